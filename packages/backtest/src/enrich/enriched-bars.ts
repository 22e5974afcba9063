/** `EnrichedBar v1`: bars of a base timeframe with the outputs of engines over several timeframes, joined as of the times at which they are known. */
import { barsOfBars, barSchema, combine, compareText, eventKinds, eventSchema, formatInterval, parseInterval, timeBars, type AnyEngine, type ColumnArray, type Graph, type Schema, type SourceColumns, type TickPrice } from '@zanzibar/core';
import { goesOverRows, kindOf, wiringOf, type NodeWiring } from './node-wiring.ts';

/**
 * An engine, its options, and what gives it the tables and columns that it reads: a node, `node/output`, or a column of bars.
 *
 * What is left out comes from the node of the same name, else from the only node that is the usual engine for it or has an output of that name; a table of trades
 * from the rows of which the bars are made.
 */
export type EnrichNode = readonly [engine: AnyEngine, options?: object, wires?: { readonly [table: string]: string }];

export interface EnrichOptions {
  /** Lengths of bars: `1m`, `5m`; the shortest is the base, of which every row of the result is one bar. */
  readonly timeframes: readonly string[];
  /** Engines by the names of their nodes: over bars, or over the quotes or trades of which the bars are made. */
  readonly engines: { readonly [node: string]: EnrichNode };
  /** Price that bars of ticks are made of. @defaultValue 'mid' of quotes, 'trade' of trades */
  readonly price?: TickPrice;
  /** Grid of the prices of bars of ticks; 0 is none. @defaultValue 0 */
  readonly ticksPerUnit?: number;
}

export interface EnrichedTable {
  readonly schema: Schema;
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly texts: { readonly [column: string]: readonly string[] };
  readonly length: number;
}

export interface EnrichedBars {
  /** A row a bar of the base timeframe: its columns, and `<source>_<node>` or `<source>_<node>_<output>` of each engine; the source is a timeframe, or quotes or trades. */
  readonly bars: EnrichedTable;
  /** The events of all engines, in the order in which the base's rows know them; `baseRow` is that row, NaN behind the last. */
  readonly events: EnrichedTable;
}

const enrichedEventSchema = {
  baseRow: 'f64', source: 'text', kind: 'text', id: 'f64', direction: 'i8', originRow: 'f64', knownRow: 'f64', knownTime: 'i64', ref: 'f64', level0: 'f64', level1: 'f64',
  value: 'f64', segment: 'i32',
} as const satisfies Schema;

/**
 * Runs engines over bars of several timeframes and joins what they write onto the bars of the shortest.
 *
 * Definition  A value of a longer timeframe stands in a row from the bar on whose closeTime is at or after that of the longer bar, until the next one closes;
 *             it is NaN before the first and after a cut of the data. An engine that needs columns of the quotes or trades goes over them, once; a bar has what
 *             it gave for the last of them in it. Nothing is joined before it is known, so a row never changes when data follows.
 * Shapes      one row a closed bar of the base timeframe; integers of engines become doubles, rows of events count the bars of their own timeframe
 * Errors      RangeError for a timeframe that is no multiple of the data's own; TypeError for an engine that runs over neither bars nor the data, or reads a
 *             column or table that no node makes
 * Example     enrichBars({ time, bid, ask }, { timeframes: ['1m', '5m'], engines: { atr14: [atr] } }) has the columns 1m_atr14 and 5m_atr14
 */
export function enrichBars(data: SourceColumns, { timeframes, engines, price, ticksPerUnit = 0 }: EnrichOptions): EnrichedBars {
  const frames = orderedFrames(timeframes), ordered = inOrderOfReading(engines, data), graph: Record<string, Graph[string]> = {};
  const kind = kindOf(data), ofRows = ordered.filter(([node]) => goesOverRows(node, engines, data)), nodes = ordered.filter(placed => !ofRows.includes(placed));
  for (const [node, [engine, options], { wires }] of ofRows) graph[`${kind}_${node}`] = [engine, 'rows', options, wires];
  const own = data.closeTime === undefined ? undefined : intervalOfBars(data);
  for (const { name, interval } of frames) {
    if (own === undefined) graph[name] = [timeBars, 'rows', { interval, price: price ?? (data.bid === undefined ? 'trade' : 'mid'), ticksPerUnit }];
    else if (interval % own !== 0) throw new RangeError(`enrich: timeframes must be multiples of the data's ${formatInterval(own)} bars, was ${name}`);
    else graph[name] = [barsOfBars, 'rows', { interval }];
    for (const [node, [engine, options], { wires }] of nodes) graph[`${name}_${node}`] = [engine, `${name}.bars`, options, Object.fromEntries(Object.entries(wires).map(([reading, from]) => [reading, from.replace('%', name)]))];
  }
  const made = combine(graph)({ rows: data }) as unknown as { readonly [node: string]: any }, base = made[frames[0].name].bars, length: number = base.length;
  const schema: Record<string, Schema[string]> = { ...barSchema }, columns: Record<string, ColumnArray> = {};
  for (const column in barSchema) columns[column] = base[column].subarray(0, length);
  const sources = [...frames.map(({ name }) => ({ name, nodes, rows: rowsKnown(base, made[name].bars) })), ...(ofRows.length === 0 ? [] : [{ name: kind, nodes: ofRows, rows: lastRows(base) }])];
  for (const { name, nodes, rows } of sources) {
    for (const [node, [engine]] of nodes) {
      const outputs = Object.keys(engine.spec.aligned ?? {});
      for (const output of outputs) {
        const column = `${name}_${node}${outputs.length === 1 ? '' : `_${output}`}`;
        schema[column] = 'f64';
        columns[column] = asOf(made[`${name}_${node}`][output], rows);
      }
    }
  }
  return { bars: { schema, columns, texts: {}, length }, events: eventsOf(sources, made, base, kind) };
}

function orderedFrames(timeframes: readonly string[]): { name: string; interval: number }[] {
  if (timeframes.length === 0) throw new RangeError('enrich: timeframes must name at least one length of bars');
  const frames = timeframes.map(text => ({ name: formatInterval(parseInterval(text)), interval: parseInterval(text) })).sort((a, b) => a.interval - b.interval);
  for (let k = 1; k < frames.length; k++) if (frames[k].interval === frames[k - 1].interval) throw new RangeError(`enrich: timeframes must differ, ${frames[k].name} is there twice`);
  return frames;
}

type WiredNode = readonly [name: string, node: EnrichNode, wiring: NodeWiring];

/** Engines behind those that they read. */
function inOrderOfReading(engines: EnrichOptions['engines'], data: SourceColumns): WiredNode[] {
  const ordered: WiredNode[] = [], open = new Set<string>();
  const place = (node: string): void => {
    if (ordered.some(([name]) => name === node)) return;
    if (open.has(node)) throw new TypeError(`enrich: ${node} reads its own output, by way of others`);
    open.add(node);
    const wiring = wiringOf(node, engines, data);
    wiring.reads.forEach(place);
    ordered.push([node, engines[node], wiring]);
  };
  for (const node in engines) place(node);
  return ordered;
}

/** Length of the data's bars: the longest of them, for one may be cut short. */
function intervalOfBars(data: SourceColumns): number {
  const openTime: BigInt64Array | undefined = data.openTime, closeTime: BigInt64Array = data.closeTime;
  if (openTime === undefined || closeTime.length === 0) throw new TypeError('enrich: bars need openTime and closeTime, and at least one row');
  let most: bigint = 0n;
  for (let i = 0; i < closeTime.length; i++) if (closeTime[i] - openTime[i] > most) most = closeTime[i] - openTime[i];
  return Number(most);
}

interface Bars { readonly closeTime: BigInt64Array; readonly toRow: Float64Array; readonly segment: Int32Array; readonly length: number }
type Source = { readonly name: string; readonly nodes: readonly WiredNode[] };

/** For each bar of the base the newest bar of another timeframe that is known with it, -1 where there is none in its segment. */
function rowsKnown(base: Bars, bars: Bars): Int32Array {
  const rows = new Int32Array(base.length);
  for (let i = 0, next = 0; i < base.length; i++) {
    while (next < bars.length && bars.closeTime[next] <= base.closeTime[i]) next++;
    rows[i] = next > 0 && bars.segment[next - 1] === base.segment[i] ? next - 1 : -1;
  }
  return rows;
}

/** For each bar of the base the last of the quotes or trades in it: one at the time of its close is the next bar's. */
function lastRows(base: Bars): Int32Array {
  return Int32Array.from(base.toRow.subarray(0, base.length), row => row - 1);
}

function asOf(values: ArrayLike<number | bigint>, rows: Int32Array): Float64Array {
  const column = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) column[i] = rows[i] < 0 ? NaN : Number(values[rows[i]]);
  return column;
}

function eventsOf(all: readonly Source[], made: { readonly [node: string]: any }, base: Bars, kind: string): EnrichedTable {
  const sources = all.flatMap(({ name, nodes }) => nodes.filter(([, [engine]]) => Object.keys(eventSchema).every(column => column in (engine.spec.appended?.events ?? {}))).map(([node]) => `${name}_${node}`)), isOfRows = sources.map(name => name.startsWith(`${kind}_`));
  const found: { source: number; row: number; time: bigint }[] = [];
  sources.forEach((name, source) => {
    const { events } = made[name];
    for (let row = 0; row < events.length; row++) found.push({ source, row, time: events.knownTime[row] });
  });
  // Equal times keep the order of timeframes and nodes, and within one that of its ids.
  found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.source - b.source || a.row - b.row));
  const { length } = found, columns: Record<string, ColumnArray> = {}, kinds = [...new Set(found.map(({ source, row }) => eventKinds[made[sources[source]].events.kind[row]]))].sort(compareText);
  for (const column of ['id', 'originRow', 'knownRow', 'ref', 'level0', 'level1', 'value'] as const) columns[column] = Float64Array.from(found, ({ source, row }) => made[sources[source]].events[column][row]);
  columns.direction = Int8Array.from(found, ({ source, row }) => made[sources[source]].events.direction[row]);
  columns.segment = Int32Array.from(found, ({ source, row }) => made[sources[source]].events.segment[row]);
  columns.knownTime = BigInt64Array.from(found, ({ time }) => time);
  columns.source = Int32Array.from(found, ({ source }) => source);
  columns.kind = Int32Array.from(found, ({ source, row }) => kinds.indexOf(eventKinds[made[sources[source]].events.kind[row]]));
  const baseRow = new Float64Array(length);
  for (let k = 0, i = 0; k < length; k++) {
    while (i < base.length && base.closeTime[i] < found[k].time) i++;
    let row = i;
    if (isOfRows[found[k].source]) while (row < base.length && base.toRow[row] <= columns.knownRow[k]) row++;
    baseRow[k] = row < base.length ? row : NaN;
  }
  columns.baseRow = baseRow;
  return { schema: enrichedEventSchema, columns, texts: { source: sources, kind: kinds }, length };
}
