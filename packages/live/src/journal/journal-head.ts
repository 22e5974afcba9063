/** What a journal is of: everything beside its rows that decides what the run does. */
import { decodeCanonical, encodeCanonical, DataError, type Instrument } from '@zanzibar/core';
import { feedsOf, versions, type MarketInput, type PreparedRun } from '@zanzibar/backtest';
import { columnTypeOf, type ColumnType } from '@zanzibar/core';

export const journalSchema = 'zanzibar-journal';
export const journalVersion = '1.0';

/** A stream of rows: an instrument's, or those of a source of columns of its own. */
export interface JournalFeed {
  readonly name: string;
  readonly kind: 'quotes' | 'trades' | 'bars' | 'custom';
  /** In the order in which a row's values stand. */
  readonly columns: { readonly [column: string]: ColumnType };
}

/** An instrument of a run, and what is stated of it beside its rows. */
export interface JournalMarket extends Pick<MarketInput, 'actions' | 'financing' | 'halts'> {
  readonly instrument: Instrument;
  readonly kind: 'quotes' | 'trades' | 'bars';
  readonly interval: number;
}

export interface JournalHead {
  readonly schema: string;
  readonly version: string;
  readonly package: string;
  readonly strategy: string;
  readonly strategyVersion: string;
  /** Of the strategy's module and what it imports; empty for one in memory. */
  readonly sourceHash: string;
  /** Where the strategy's module was; it is no part of what the journal is of. */
  readonly file: string;
  readonly parameters: { readonly [name: string]: unknown };
  readonly options: object;
  readonly quality: object;
  readonly from: bigint;
  readonly to: bigint;
  readonly markets: readonly JournalMarket[];
  readonly feeds: readonly JournalFeed[];
}

/** The head of a run's journal. */
export function headOf(run: PreparedRun, sourceHash: string, file: string): JournalHead {
  const { strategy, parameters, options, quality, from, to, data } = run, session = run.session(false);
  const feeds = feedsOf(session, data).map(({ name, kind, columns, known }): JournalFeed => ({ name, kind, columns: columnTypes(columns, known.length) }));
  const markets = data.map(({ instrument, kind, interval, actions, financing, halts }) => ({ instrument, kind, interval: interval ?? 0, actions, financing, halts }));
  const head: JournalHead = {
    schema: journalSchema, version: journalVersion, package: versions['@zanzibar/backtest'], strategy: strategy.name, strategyVersion: strategy.version ?? '', sourceHash, file,
    parameters, options, quality, from, to, markets: markets as JournalMarket[], feeds,
  };
  // As it will be read back: without what is undefined, so that two heads can be compared.
  return plain(head) as unknown as JournalHead;
}

/** Columns that hold a value a row. */
function columnTypes(columns: { readonly [column: string]: any }, length: number): { readonly [column: string]: ColumnType } {
  const types: Record<string, ColumnType> = {};
  for (const name in columns) {
    const type = columnTypeOf(columns[name]);
    if (type !== undefined && columns[name].length >= length) types[name] = type;
  }
  return types;
}

/** The same value without fields that are undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([name, each]) => [name, plain(each)]));
}

export function encodeHead(head: JournalHead): Uint8Array {
  return encodeCanonical(head, 'journal');
}

/** The head in these bytes. Errors: DataError for another schema or another major version, by name. */
export function decodeHead(bytes: Uint8Array, file: string): JournalHead {
  let head: JournalHead;
  try {
    head = decodeCanonical(bytes) as unknown as JournalHead;
  } catch (error) {
    throw new DataError(`its head cannot be read: ${(error as Error).message}`, { file });
  }
  if (typeof head !== 'object' || head === null || head.schema !== journalSchema) throw new DataError(`is no journal but of the schema ${String(head?.schema)}`, { file });
  if (head.version.split('.')[0] !== journalVersion.split('.')[0]) throw new DataError(`is a journal of version ${head.version}, this program reads version ${journalVersion}`, { file });
  return head;
}

const compared = ['strategy', 'strategyVersion', 'sourceHash', 'package', 'parameters', 'options', 'quality', 'from', 'to', 'markets', 'feeds'] as const;
const meanings: { readonly [field: string]: string } = { sourceHash: 'the source hash of the strategy', package: 'the version of zanzibar', strategyVersion: 'the version of the strategy' };

/** Throws unless two heads are of one run; the message names what differs. Nothing that differs may go on in one journal. */
export function checkSameRun(had: JournalHead, have: JournalHead, file: string): void {
  for (const field of compared) {
    const before = encodeCanonical(had[field], field), now = encodeCanonical(have[field], field);
    if (before.length === now.length && before.every((byte, i) => byte === now[i])) continue;
    throw new DataError(`was written by another run: ${meanings[field] ?? field} was ${brief(had[field])}, is ${brief(have[field])}. Name another journal, or run what it was written by; nothing was changed`, { file });
  }
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each));
  return text.length > 160 ? `${text.slice(0, 157)}...` : text === '' ? 'none' : text;
}
