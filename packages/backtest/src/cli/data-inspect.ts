/** `zanzibar data inspect`: what a file or a catalogue holds. */
import { stat } from 'node:fs/promises';
import { formatTime } from '@zanzibar/core';
import { isTableFile, openCatalogue, openTable } from '@zanzibar/core/io';
import { readColumns } from '../data/read-columns.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import type { Console } from './console.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = { rows: { type: 'text', value: 'COUNT', about: 'first rows of a file to print (default 5)' } };

export const dataInspectVerb: Verb = {
  help: helpText('data inspect PATH', 'Prints the series of a catalogue with rows, times and days, or the columns and first rows of a file.', flags, ['zanzibar data inspect data', "zanzibar data inspect 'data/kind=quotes/venue=sample/symbol=EURUSD/date=2024-01-08/part.parquet' --rows 3"]),
  async run(argv, console) {
    const given = parseFlags('data inspect', argv, flags), [path, more] = given.words, rows = given.number('rows') ?? 5;
    if (path === undefined || more !== undefined) throw new UsageError('data inspect: name one file or catalogue', more);
    if (!(Number.isInteger(rows) && rows >= 0)) throw new UsageError(`data inspect: --rows must be a whole number, was ${rows}`, '--rows');
    const info = await stat(path).catch(() => {
      throw new UsageError(`data inspect: there is no file or folder ${path}`, path);
    });
    return info.isDirectory() ? catalogue(path, console) : file(path, rows, console);
  },
};

async function catalogue(root: string, console: Console): Promise<number> {
  const series = (await openCatalogue(root)).coverage();
  for (const { kind, venue, symbol, interval, price, rows, firstTime, lastTime, days } of series) {
    console.line(`${`${symbol}.${venue}`.toUpperCase()}  ${kind}${interval ? ` ${interval}` : ''}${price ? ` ${price}` : ''}  ${rows} rows  ${formatTime(firstTime)} .. ${formatTime(lastTime)}  ${days.length} days`);
    for (const { date, rows: count, digest } of days) console.line(`  ${date}  ${String(count).padStart(9)}  ${digest.slice(0, 16)}`);
  }
  console.result({ root, series });
  return exitCode.done;
}

async function file(path: string, count: number, console: Console): Promise<number> {
  const facts: Record<string, unknown> = { file: path };
  let columns: { [column: string]: any };
  if (isTableFile(path)) {
    const table = await openTable(path, { order: 'any' });
    Object.assign(facts, { rows: table.rowCount, schema: table.schema, rowGroups: table.groups.length, metadata: table.metadata });
    console.line(`${path}: ${table.rowCount} rows in ${table.groups.length} row groups`);
    columns = (await table.read({ groups: [0] })).columns;
    for (const [name, type] of Object.entries(table.schema)) console.line(`  ${name.padEnd(16)} ${type}`);
    await table.close();
  } else {
    columns = await readColumns(path, 'UTC');
    const rows = Object.values(columns)[0]?.length ?? 0;
    Object.assign(facts, { rows, columns: Object.keys(columns) });
    console.line(`${path}: ${rows} rows, columns ${Object.keys(columns).join(', ')}`);
  }
  const names = Object.keys(columns), shown = Math.min(count, columns[names[0]]?.length ?? 0);
  const cell = (name: string, i: number): string => (typeof columns[name][i] === 'bigint' && /time$/i.test(name) ? formatTime(columns[name][i]) : String(columns[name][i]));
  for (let i = 0; i < shown; i++) console.line(`  ${names.map(name => cell(name, i)).join('  ')}`);
  console.result(facts);
  return exitCode.done;
}
