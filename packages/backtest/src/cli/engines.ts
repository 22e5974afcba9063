/** `zanzibar engines`: the register of every engine, with its inputs, outputs, options, warm-up, lag, source and oracles. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

/** What the register says of an engine; `npm run docs:engines` makes it of the sources. */
export interface RegisterEntry {
  readonly name: string;
  readonly family: string;
  readonly import: string;
  readonly meaning: string;
  readonly inputs: readonly string[];
  readonly columns: { readonly required: readonly string[]; readonly optional: readonly string[] };
  readonly reads: readonly string[];
  readonly outputs: { readonly columns: readonly string[]; readonly tables: readonly string[]; readonly kinds: readonly string[] };
  readonly options: { readonly [option: string]: { readonly type: string; readonly default: string; readonly meaning: string } };
  readonly warmup: string;
  readonly lag: string;
  readonly source: string;
  readonly oracles: readonly { readonly kind: string; readonly file: string }[];
}

const inputs = ['price', 'trades', 'quotes', 'book'];

const flags: Flags = {
  family: { type: 'text', value: 'FAMILY', about: 'only engines of one family: averages, structure, flow, ...' },
  inputs: { type: 'text', value: 'KIND', about: `only engines fed with one kind of data: ${inputs.join(', ')} (the sizes that a book shows: today those at its top)` },
};

export const enginesVerb: Verb = {
  help: helpText('engines [NAME ...]', 'Lists every engine; of those that are named, everything that the register knows: inputs, outputs, options, warm-up, lag, source, oracles.', flags, [
    'zanzibar engines --family structure', 'zanzibar engines rsi swings', 'zanzibar engines --inputs trades --json',
  ]),
  async run(argv, console) {
    const given = parseFlags('engines', argv, flags), all = readRegister(), family = given.text('family'), kind = given.text('inputs');
    oneOfThese('--family', family, [...new Set(all.map(entry => entry.family))].sort());
    oneOfThese('--inputs', kind, inputs);
    for (const name of given.words) oneOfThese('the engine', name, all.map(entry => entry.name));
    const found = all.filter(entry => (family === undefined || entry.family === family) && (kind === undefined || entry.inputs.includes(kind)) && (given.words.length === 0 || given.words.includes(entry.name)));
    const text = given.words.length > 0 ? found.map(whole).join('\n\n') : table(found);
    console.line(text === '' ? 'no engine is of this family and has these inputs' : text);
    console.result({ engines: found });
    return exitCode.done;
  },
};

function readRegister(): readonly RegisterEntry[] {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@zanzibar/engines/register.json'), 'utf8'));
}

function oneOfThese(what: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) throw new UsageError(`engines: ${what} must be one of ${known.join(', ')}, was ${value}`, what);
}

function table(entries: readonly RegisterEntry[]): string {
  const cells = entries.map(({ name, family, inputs: kind, meaning }) => [name, family, kind.join(' '), meaning]), widths = [0, 1, 2].map(k => Math.max(...cells.map(row => row[k].length)));
  return cells.map(([name, family, kind, meaning]) => `${name.padEnd(widths[0])}  ${family.padEnd(widths[1])}  ${kind.padEnd(widths[2])}  ${meaning}`).join('\n');
}

function whole(entry: RegisterEntry): string {
  const { columns, outputs, options } = entry, list = (words: readonly string[]): string => words.join(' ');
  const lines = [
    ['import', entry.import], ['reads', `${list(columns.required)}${columns.optional.length > 0 ? ` (optional ${list(columns.optional)})` : ''}${entry.reads.length > 0 ? `; tables ${list(entry.reads)}` : ''}`],
    ['writes', [list(outputs.columns), outputs.tables.length > 0 ? `tables ${list(outputs.tables)}` : '', outputs.kinds.length > 0 ? `events ${list(outputs.kinds)}` : ''].filter(Boolean).join('; ')],
    ...Object.entries(options).map(([option, about]) => [`--set ${option}`, `${about.default}: ${about.meaning}`]),
    ['warm-up', entry.warmup], ['lag', entry.lag], ['source', entry.source], ['checked by', entry.oracles.map(({ kind, file }) => `${kind} ${file}`).join(', ')],
  ].filter(([, words]) => words !== '');
  const width = Math.max(...lines.map(([label]) => label.length));
  return [`${entry.name}: ${entry.meaning}`, ...lines.map(([label, words]) => `  ${label.padEnd(width)}  ${words}`)].join('\n');
}
