/** The rows of several sources in the one order of time, and the two ways to run a pipeline over them. */
import type { Live, Pipeline, SourceColumns } from '../engine/pipeline.ts';
import { clockClass, compareText, marketClass, marketKinds, timeClasses, type SourceOrder } from '../order-of-time.ts';
import type { RandomStream } from '../random.ts';
import { OutputLog } from './output-log.ts';

export type Sources = { readonly [source: string]: SourceColumns };
export type Row = { readonly [column: string]: number | bigint };

/** A row and its key. */
export interface Arrival {
  readonly source: string;
  readonly row: number;
  readonly time: bigint | undefined;
  readonly class: number;
}

export function columnNames(columns: SourceColumns): string[] {
  return Object.keys(columns).filter(name => ArrayBuffer.isView(columns[name]));
}

export function rowCount(columns: SourceColumns): number {
  return Math.max(0, ...columnNames(columns).map(name => columns[name].length));
}

export function rowOf(columns: SourceColumns, row: number): Row {
  return Object.fromEntries(columnNames(columns).map(name => [name, columns[name][row]]));
}

/** All sources up to some row of each. */
export function firstRows(sources: Sources, counts: { readonly [source: string]: number }): Sources {
  const cut: Record<string, SourceColumns> = {};
  for (const name in sources) cut[name] = Object.fromEntries(columnNames(sources[name]).map(column => [column, sources[name][column].slice(0, counts[name])]));
  return cut;
}

export function timesOf(columns: SourceColumns): BigInt64Array | undefined {
  return columns.knownTime ?? columns.closeTime ?? columns.time;
}

/** Rows in order of (time, class, instrument, kind, source), those of one source in their own. */
export function inOrder(sources: Sources, order: { readonly [source: string]: SourceOrder } = {}): Arrival[] {
  const names = Object.keys(sources), instrument = (name: string): string => order[name]?.instrument ?? name;
  const rank = names.map(name => instrument(name)).sort(compareText);
  const all = names.flatMap((name, index) => {
    const columns = sources[name], times = timesOf(columns), own = order[name]?.class;
    if (times === undefined && names.length > 1) throw new TypeError(`laws: source "${name}" has no time, so it cannot be fed beside others`);
    const of = own === undefined ? (columns.closeTime ? clockClass : marketClass) : timeClasses.indexOf(own);
    const kind = marketKinds.indexOf(order[name]?.kind ?? (columns.bid ? 'quote' : 'trade'));
    return Array.from({ length: rowCount(columns) }, (_, row) => ({ source: name, row, time: times?.[row], class: of, rank: rank.indexOf(instrument(name)), kind, index }));
  });
  return all.sort((a, b) => (a.time === b.time ? a.class - b.class || a.rank - b.rank || a.kind - b.kind || a.index - b.index || a.row - b.row : a.time! < b.time! ? -1 : 1));
}

/** May a frontier follow arrival k? Not between bars that close together, which are visible to one another. */
export function mayEnd(arrivals: readonly Arrival[], k: number): boolean {
  const here = arrivals[k], next = arrivals[k + 1];
  return next === undefined || next.time === undefined || next.time !== here.time || here.class !== clockClass || next.class !== clockClass;
}

/** A clock time after arrival k at which nothing else can have come, at random. */
export function clockAfter(arrivals: readonly Arrival[], k: number, random: RandomStream): bigint | undefined {
  const time = arrivals[k].time, next = arrivals[k + 1]?.time;
  if (time === undefined || next === undefined) return time;
  const room = next - time - (arrivals[k + 1].class <= clockClass ? 1n : 0n);
  if (room <= 0n) return undefined;
  return time + (room * BigInt(random.integer(0, 8))) / 8n;
}

/** The clock's end for whole runs: late enough for anything to close. */
export function endOf(arrivals: readonly Arrival[]): bigint | undefined {
  const last = arrivals.at(-1)?.time;
  return last === undefined ? undefined : last + 86_400_000_000_000n;
}

export function runBatch(pipeline: Pipeline<any>, sources: Sources, until: bigint | undefined): OutputLog {
  return new OutputLog().take(pipeline(sources, until));
}

/** What happens at each arrival of a live run. */
export interface LivePlan {
  /** Does a block end here? */
  ends(k: number): boolean;
  /** Before arrival k, when everything before it is in. Returns the stream that goes on. */
  before?(stream: Live<any>, k: number, log: OutputLog): Live<any>;
  /** After the block that ends with arrival k. */
  after?(stream: Live<any>, k: number, log: OutputLog): void;
}

/** Feeds the arrivals in blocks; each block's frontier is the time of its last row. */
export function runLive(pipeline: Pipeline<any>, sources: Sources, arrivals: readonly Arrival[], until: bigint | undefined, plan: LivePlan): OutputLog {
  const log = new OutputLog();
  let stream: Live<any> = pipeline.stream();
  arrivals.forEach(({ source, row, time }, k) => {
    if (plan.before) stream = plan.before(stream, k, log);
    stream.feed(source, rowOf(sources[source], row));
    if (!mayEnd(arrivals, k) || !plan.ends(k)) return;
    stream.advance(time);
    log.take(stream.output);
    plan.after?.(stream, k, log);
  });
  stream.advance(until);
  return log.take(stream.output);
}
