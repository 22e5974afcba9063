/** `zanzibar engine NAME`: any engine over a file, columns and events out. */
import { eventKinds, formatTime, type AnyEngine, type ColumnArray, type GrowingTable, type Schema } from '@zanzibar/core';
import { replaceText, writeParquet } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags, type Parsed } from './arguments.ts';
import { readingsOf, runOver } from './engine-inputs.ts';
import { knownEngines } from './known-engines.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { readColumns } from '../data/read-columns.ts';
import { checkFiles } from './outputs.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  data: { type: 'text', value: 'FILE', about: 'CSV with a header or Parquet' },
  set: { type: 'list', value: 'NAME=VALUE', about: 'an option of the engine; table.name=value for one of an engine that it reads, such as swings.left=3' },
  out: { type: 'text', value: 'FILE', about: 'columns to FILE (.csv or .parquet), appended tables beside it as FILE.<table>.<ending>' },
  zone: { type: 'text', value: 'ZONE', about: 'time zone of times that state none (default UTC)' },
};

export const engineVerb: Verb = {
  help: helpText('engine NAME --data FILE', `Runs an engine over the columns of a file: columns and events out.\n\nEngines: ${Object.keys(knownEngines).sort().join(', ')}`, flags, [
    'zanzibar bars --data data --every 1h --out out/prices.csv && zanzibar engine atr --data out/prices.csv --set period=14 --json',
    'zanzibar engine structureBreaks --data out/prices.csv --set swings.left=3 --out out/breaks.parquet',
  ]),
  async run(argv, console, signal) {
    const given = parseFlags('engine', argv, flags), [name] = given.words, file = given.text('data');
    if (name === undefined || !Object.hasOwn(knownEngines, name)) throw new UsageError(`engine: ${name === undefined ? 'a name is missing' : `there is no engine "${name}"`}, known are ${Object.keys(knownEngines).sort().join(', ')}`, name);
    if (file === undefined) throw new UsageError('engine: --data FILE is needed', '--data');
    const out = given.text('out');
    if (given.words.length > 1) throw new UsageError(`engine: ${given.words[1]} is too much, options are given by --set NAME=VALUE`, given.words[1]);
    if (out !== undefined && !/\.(parquet|csv)$/.test(out)) throw new UsageError(`engine: --out must end in .parquet or .csv, was ${out}`, '--out');
    await checkFiles('engine', { out });
    refuseStrayOptions(name, knownEngines[name], given);
    const engine = knownEngines[name], output = runOver(engine, await readColumns(file, given.text('zone') ?? 'UTC'), file, given, '');
    const aligned: Schema = engine.spec.aligned ?? {}, appended = Object.keys(engine.spec.appended ?? {});
    if (signal.aborted) throw new Interrupted('interrupted: nothing was written');
    if (out !== undefined) {
      if (Object.keys(aligned).length > 0) await write(out, aligned, output);
      for (const table of appended) await write(out.replace(/(\.[^.]+)$/, `.${table}$1`), engine.spec.appended[table], output[table]);
    }
    console.line(`${name}: ${output.length} rows in${Object.keys(aligned).map(column => `, last ${column} ${output[column][output.length - 1]}`).join('')}${appended.map(table => `, ${output[table].length} ${table}`).join('')}`);
    for (const table of appended) for (const line of lastRows(output[table], engine.spec.appended[table])) console.line(line);
    console.result({
      engine: name, rows: output.length,
      columns: Object.fromEntries(Object.keys(aligned).map(column => [column, Array.from(output[column] as Float64Array)])),
      tables: Object.fromEntries(appended.map(table => [table, rowsOf(output[table], engine.spec.appended[table])])),
    });
    return exitCode.done;
  },
};

/** An option that nobody would read must not be ignored. */
function refuseStrayOptions(name: string, engine: AnyEngine, given: Parsed): void {
  const tables = readingsOf(engine);
  for (const pair of given.list('set')) {
    const [option] = pair.split('='), [table, ...rest] = option.split('.');
    if (!pair.includes('=')) throw new UsageError(`engine: --set wants NAME=VALUE, was ${pair}`, '--set');
    if (rest.length > 0 && !tables.includes(table)) throw new UsageError(`engine: ${name} reads no table "${table}"${tables.length > 0 ? `, it reads ${tables.join(', ')}` : ''}: --set ${pair} would do nothing`, '--set');
  }
}

async function write(file: string, schema: Schema, table: { readonly [name: string]: any }): Promise<void> {
  const names = Object.keys(schema).filter(name => !(schema[name] === 'text' && (table[name] as Int32Array).some(code => code < 0))), length: number = table.length;
  if (file.endsWith('.parquet')) {
    await writeParquet(file, { columns: Object.fromEntries(names.map(name => [name, table[name] as ColumnArray])), texts: table.texts ?? {}, length }, { schema });
    return;
  }
  const lines = [names.join(',')];
  for (let i = 0; i < length; i++) lines.push(names.map(name => (schema[name] === 'text' ? (table.texts?.[name]?.[table[name][i]] ?? '') : String(table[name][i]))).join(','));
  await replaceText(file, `${lines.join('\n')}\n`);
}

function rowsOf(table: GrowingTable, schema: Schema): object[] {
  return Array.from({ length: table.length }, (_, i) => Object.fromEntries(Object.keys(schema).map(name => [name, schema[name] === 'text' ? (table.texts[name]?.[Number(table.columns[name][i])] ?? null) : table.columns[name][i]])));
}

function lastRows(table: GrowingTable, schema: Schema): string[] {
  const { columns, length } = table;
  if (!('kind' in schema)) return [];
  return Array.from({ length: Math.min(10, length) }, (_, n) => {
    const i = length - Math.min(10, length) + n, time = columns.knownTime?.[i];
    return `  row ${columns.knownRow[i]}${time ? ` ${formatTime(time as bigint)}` : ''}  ${eventKinds[Number(columns.kind[i])]} ${Number(columns.direction[i]) > 0 ? 'up' : 'down'}  ${columns.level0[i]}${Number.isNaN(columns.level1[i]) ? '' : ` .. ${columns.level1[i]}`}`;
  });
}

