/** The register of engines that is shipped with them: what each reads and writes, its options, warm-up, lag, source and oracles, as the sources say. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnyEngine } from '@zanzibar/core';
import { root } from '../lint/repository.ts';
import type { RegisterEntry } from '../packages/backtest/src/cli/engines.ts';
import { headerBefore, interfacesOf, optionsTypeOf } from './engine-source.ts';
import { defaultText, type PublicEngine, sourceFiles } from './public-engines.ts';

/** Where the numbers of an engine come from that we did not write. */
export interface Oracle {
  /**
   * `shared`: a file of other programs' outputs beside the repository. `program`: outputs of a pinned script in `oracles/`. `paper`: a published table.
   * `reference`: a second statement of the definition that shares no code with the engine. `hand`: a test that is worked by hand.
   */
  readonly kind: OracleKind;
  readonly file: string;
}

export const oracleKinds = ['shared', 'program', 'paper', 'reference', 'hand'] as const;
export type OracleKind = (typeof oracleKinds)[number];

export function registerEntry({ name, engine, specifier, file }: PublicEngine): RegisterEntry {
  const { spec } = engine,
    text = readFileSync(join(root, file), 'utf8'),
    { meaning, sections } = headerBefore(text, name),
    defaults = engine.resolve() as { [option: string]: unknown };
  const members = interfacesOf(sourceFiles(dirname(file)).map((path) => readFileSync(join(root, path), 'utf8'))).members(optionsTypeOf(text, name));
  return {
    name,
    family: dirname(file).slice(file.indexOf('/src/') + 5),
    import: specifier,
    meaning,
    inputs: inputsOf(engine),
    columns: { required: Object.keys(spec.input), optional: Object.keys(spec.optional ?? {}) },
    reads: Object.keys(spec.reads ?? {}),
    outputs: { columns: Object.keys(spec.aligned ?? {}), tables: Object.keys(spec.appended ?? {}), kinds: [...(spec.kinds ?? [])] },
    options: Object.fromEntries(
      Object.entries(defaults).map(([option, value]) => {
        const member = members.get(option);
        return [option, { type: member?.type ?? '', default: defaultText(value), meaning: member?.meaning ?? '' }];
      }),
    ),
    warmup: sections['Warm-up'] ?? '',
    lag: sections.Lag ?? '',
    source: sections.Source ?? '',
    oracles: oraclesOf(name, sections.Oracle),
  };
}

/** What data an engine is fed with, itself or through the tables and columns that it needs of other engines. `book` is what the book shows: today the sizes at its top. */
function inputsOf({ spec }: AnyEngine): RegisterEntry['inputs'] {
  const needed = Object.keys(spec.input), own = [...needed, ...Object.keys(spec.optional ?? {})], tables = Object.values(spec.reads ?? {}).map((table) => Object.keys(table as object));
  const has = (columns: readonly string[], ...wanted: string[]): boolean => wanted.some((column) => columns.includes(column));
  const reads = (...wanted: string[]): boolean => tables.some((table) => wanted.every((column) => table.includes(column)));
  const isBars = has(own, 'open', 'high', 'low', 'close'),
    isOfTrades = (!isBars && has(own, 'price', 'size')) || has(needed, 'buyVolume', 'cumulativeDelta') || reads('price', 'size') || reads('buyVolume'),
    isOfQuotes = has(own, 'bid', 'ask', 'bidSize', 'askSize') || has(needed, 'sum') || reads('bid') || reads('orderFlowImbalance'),
    isOfBook = has(needed, 'bidSize', 'askSize', 'sum') || reads('orderFlowImbalance');
  const found = [...(isOfTrades ? ['trades'] : []), ...(isOfQuotes ? ['quotes'] : []), ...(isOfBook ? ['book'] : [])];
  return isBars || found.length === 0 ? ['price', ...found] : found;
}

/** The lines of a header's Oracle section: a kind and a file each. */
export function oraclesOf(name: string, section: string | undefined): Oracle[] {
  return (section ?? '').split('\n').filter(Boolean).map((line) => {
    const [kind, file, ...rest] = line.trim().split(/\s+/);
    if (!oracleKinds.includes(kind as OracleKind) || file === undefined || rest.length > 0)
      throw new Error(`${name}: an oracle is one of ${oracleKinds.join(', ')} and a file, was "${line}"`);
    return { kind: kind as OracleKind, file: kind === 'shared' ? `../shared/oracles/${file}` : file };
  });
}
