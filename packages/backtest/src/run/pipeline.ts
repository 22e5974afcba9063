/** The one pipeline of a run: quality, bars and the strategy's engines, as a graph over the instruments' raw rows. */
import { barsOfBars, cleanTicks, columnTypeOf, combine, DataError, defineEngine, formatInterval, formatTime, makeGrid, tickBars, timeBars, type ColumnArray, type Graph, type GraphEntry, type Pipeline, type Schema, type Schemas, type SourceOrder } from '@zanzibar/core';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { PriceSide, Source } from '../strategy/strategy.ts';
import type { Market } from './market.ts';
import { partOfStrategy } from './strategy-part.ts';

/** A source of the strategy and the table that holds its rows. */
export interface BuiltSource {
  readonly name: string;
  readonly source: Source;
  /** Index of its instrument, -1 where it has none. */
  readonly instrument: number;
  /** Nanoseconds between rows; 0 where rows are not regular. */
  readonly interval: number;
  /** Bars: the price that they hold. */
  readonly price: PriceSide;
  /** Table in the pipeline; undefined for timers and reports. */
  readonly table: string | undefined;
  /** Columns of nodes on the same driver: name in `now.columns` -> path of the node and its output. */
  readonly columns: { readonly [name: string]: readonly [node: string, output: string] };
  /** What the view of this source has captured. */
  readonly view: View;
}

/** Tables and offsets as the driver shows them to a kernel: a strategy sees the same. */
export interface View {
  tables: { readonly [table: string]: any };
  offsets: { readonly [table: string]: Int32Array };
}

export interface BuiltPipeline {
  readonly pipeline: Pipeline<Graph>;
  readonly sources: readonly BuiltSource[];
  /** Table of each instrument's market rows. */
  readonly markets: readonly string[];
  /** Stage name -> table, for records and digests. */
  readonly stages: { readonly [stage: string]: string };
}

/** A source before the graph is complete. */
type Place = Omit<BuiltSource, 'columns' | 'view'>;

const engines = 'engines';
/** Bars, ticks and columns of one's own are read with the columns that they have. */
const anyColumns: Schema = {};

/** Builds the graph. The names of strategy sources and instruments are free; those of nodes made here cannot clash with them. */
export function buildPipeline(strategy: AnyStrategy, parameters: object, markets: readonly Market[], quality: object): BuiltPipeline {
  const graph: Record<string, GraphEntry> = {}, order: Record<string, SourceOrder> = {}, tables: Record<string, string> = {}, stages: Record<string, string> = {};
  const marketTables = markets.map((market, k) => {
    order[market.id] = market.kind === 'bars' ? { instrument: market.id } : { instrument: market.id, kind: market.kind === 'quotes' ? 'quote' : 'trade' };
    if (market.kind === 'bars') return market.id;
    graph[`clean${k}`] = [cleanTicks, market.id, { ...quality, tick: market.tick }];
    stages[`ticks ${market.id}`] = `clean${k}.ticks`;
    stages[`findings ${market.id}`] = `clean${k}.findings`;
    return `clean${k}.ticks`;
  });
  const declared = partOfStrategy(strategy.name, 'sources', () => strategy.sources(parameters)), places: Place[] = [];
  for (const name in declared) {
    if (name in graph || name === engines || name.includes('.') || name.includes('/')) throw new RangeError(`${strategy.name}: a source cannot be called "${name}"`);
    const source = typed(`${strategy.name}: source "${name}"`, declared[name]), instrument = instrumentOf(strategy, name, source, markets), market = markets[instrument];
    let table: string | undefined, interval = 0, price: PriceSide = 'trade';
    if (source.kind === 'bars' || source.kind === 'tickBars') price = priceOf(`${strategy.name}: source "${name}"`, source.price, market);
    if (source.kind === 'bars') {
      interval = source.interval;
      table = addBars(graph, name, { ...source, price }, market, marketTables[instrument]);
      stages[`bars ${name}`] = table;
    } else if (source.kind === 'tickBars') {
      if (market.kind === 'bars') throw new RangeError(`${strategy.name}: source "${name}" counts ticks, but ${market.id} has bars only`);
      graph[name] = [tickBars, marketTables[instrument], { count: source.count, price, ticksPerUnit: ticksPerUnit(market) }];
      table = `${name}.bars`;
      stages[`bars ${name}`] = table;
    } else if (source.kind === 'ticks') {
      table = marketTables[instrument];
    } else if (source.kind === 'custom') {
      table = `custom ${name}`;
      order[table] = { class: 'report' };
    } else if (source.kind === 'timer') interval = source.every;
    if (table !== undefined) tables[name] = table;
    places.push({ name, source, instrument, interval, price, table });
  }
  const pipeline = strategyGraph(strategy, parameters), drivers = new Map<string, string>();
  for (const { name, driver } of pipeline?.nodes ?? []) drivers.set(name, driver);
  if (pipeline) {
    for (const source of pipeline.sources) if (!(source in tables)) throw new TypeError(`${strategy.name}: engines read "${source}", which is none of its sources: ${Object.keys(tables).join(', ') || 'none'}`);
    const first = pipeline.sources[0] ?? Object.keys(tables)[0];
    graph[engines] = [pipeline, tables[first], undefined, tables];
    for (const { name, engine } of pipeline.nodes) {
      if (Object.keys(engine.spec.aligned ?? {}).length > 0) stages[`engine ${name}`] = `${engines}.${name}`;
      for (const table in engine.spec.appended) stages[`engine ${name}.${table}`] = `${engines}.${name}.${table}`;
    }
  }
  const sources = places.map(place => addView(graph, place, places, pipeline, drivers));
  const used = new Set(combine(graph).sources);
  return { pipeline: combine(graph, Object.fromEntries(Object.entries(order).filter(([name]) => used.has(name)))), sources, markets: marketTables, stages };
}

/** The graph of what a strategy computes: its engines and, open loop, its plan. */
export function strategyGraph(strategy: AnyStrategy, parameters: object): Pipeline<Graph> | undefined {
  const pipeline = partOfStrategy(strategy.name, 'engines', () => strategy.engines?.(parameters));
  const plan = partOfStrategy(strategy.name, 'plan', () => strategy.plan?.(parameters));
  if (plan === undefined) return pipeline;
  return combine({ ...pipeline?.graph, plan });
}

function instrumentOf(strategy: AnyStrategy, name: string, source: Source, markets: readonly Market[]): number {
  if (source.kind === 'timer' || source.kind === 'reports' || source.kind === 'custom') return -1;
  const { instrument } = source;
  if (instrument === undefined) {
    if (markets.length !== 1) throw new RangeError(`${strategy.name}: source "${name}" must name its instrument, one of ${markets.map(market => market.id).join(', ')}`);
    return 0;
  }
  const wanted = instrument.toUpperCase(), found = markets.filter(({ id }) => id === wanted || id.split('.')[0] === wanted), ids = found.map(({ id }) => id);
  if (found.length === 0) throw new RangeError(`${strategy.name}: source "${name}" wants instrument ${instrument}, data has ${markets.map(market => market.id).join(', ')}`);
  if (found.length > 1) throw new RangeError(`${strategy.name}: source "${name}" wants instrument ${instrument}, which data has of several venues, name one: ${ids.join(', ')}`);
  return markets.indexOf(found[0]);
}

/** The price that a source's bars hold: `mid` stands for the trade price where there are no quotes; another that the data lacks is an error. */
function priceOf(what: string, wanted: PriceSide, { kind, id }: Market): PriceSide {
  if (kind === 'quotes') {
    if (wanted === 'trade') throw new RangeError(`${what} wants bars of trades, but ${id} has quotes: take bid, ask or mid`);
    return wanted;
  }
  if (wanted === 'mid' || wanted === 'trade') return 'trade';
  if (kind === 'bars' && wanted === 'bid') return 'bid';
  throw new RangeError(`${what} wants bars of the ${wanted}, but ${id} has ${kind} only`);
}

/** A source with typed columns; those of one's own may be plain lists of numbers. */
function typed(what: string, source: Source): Source {
  if (source.kind !== 'custom') return source;
  const columns: Record<string, ColumnArray> = {}, { time } = source.columns;
  if (!(time instanceof BigInt64Array)) throw new TypeError(`${what} needs a time column (BigInt64Array, UTC nanoseconds, when each row is known)`);
  for (const [name, values] of Object.entries(source.columns)) {
    if (values.length !== time.length) throw new RangeError(`${what}: column "${name}" has ${values.length} rows, time has ${time.length}`);
    columns[name] = columnTypeOf(values) === undefined ? Float64Array.from(values as ArrayLike<number>) : (values as ColumnArray);
  }
  for (let row = 1; row < time.length; row++) if (time[row] < time[row - 1]) throw new DataError(`time runs backwards: ${formatTime(time[row])} after ${formatTime(time[row - 1])}`, { file: what, row });
  return { kind: 'custom', columns: columns as typeof source.columns };
}

function ticksPerUnit(market: Market): number {
  const { isGrid, numerator, denominator } = makeGrid(market.tick);
  return isGrid ? denominator / numerator : 0;
}

function addBars(graph: Record<string, GraphEntry>, name: string, source: Extract<Source, { readonly kind: 'bars' }>, market: Market, table: string): string {
  const { interval, price, align } = source, sessionOpens = align === 'session' ? { sessionOpens: market.sessionOpens } : {};
  if (market.kind !== 'bars') {
    graph[name] = [timeBars, table, { interval, price, ticksPerUnit: ticksPerUnit(market), ...sessionOpens }];
    return `${name}.bars`;
  }
  if (interval === market.interval) return table;
  if (market.interval === undefined || interval % market.interval !== 0) throw new RangeError(`source "${name}": bars of ${formatInterval(interval)} cannot be made of ${market.id}'s bars${market.interval === undefined ? ', whose length is unknown' : ` of ${formatInterval(market.interval)}`}`);
  graph[name] = [barsOfBars, table, { interval, ...sessionOpens }];
  return `${name}.bars`;
}

/** Adds the node whose offsets are what the strategy sees at each row of a source. */
function addView(graph: Record<string, GraphEntry>, place: Place, places: readonly Place[], pipeline: Pipeline<Graph> | undefined, drivers: Map<string, string>): BuiltSource {
  const view: View = { tables: {}, offsets: {} }, columns: Record<string, readonly [string, string]> = {}, reads: Record<string, Schema> = {}, wires: Record<string, string> = {};
  const { name, table } = place;
  if (table === undefined) return { ...place, columns, view };
  for (const { name: node, engine } of pipeline?.nodes ?? []) {
    const label = node.replaceAll('.', '_'), aligned = Object.keys(engine.spec.aligned ?? {}), appended: Schemas = engine.spec.appended ?? {};
    const isOwn = drivers.get(node) === name;
    if (isOwn) for (const output of aligned) columns[aligned.length === 1 ? label : `${label}_${output}`] = [node, output];
    else if (aligned.length > 0) addRead(label, engine.spec.aligned, `${engines}.${node}`);
    const names = Object.keys(appended);
    for (const output of names) addRead(names.length === 1 && (aligned.length === 0 || isOwn) ? label : `${label}_${output}`, appended[output], `${engines}.${node}.${output}`);
  }
  for (const other of places) if (other.name !== name && other.table !== undefined && other.table !== table) addRead(other.name, anyColumns, other.table);
  function addRead(label: string, schema: Schema, from: string): void {
    if (label in reads) throw new RangeError(`"${label}" stands for two tables of what source "${name}" sees: rename the source or the node`);
    reads[label] = schema;
    wires[label] = from;
  }
  const capture = defineEngine({
    name: 'view',
    input: {},
    reads,
    defaults: {},
    init: () => ({}),
    advance(_state, input) {
      view.tables = input.tables;
      view.offsets = input.offsets;
    },
  });
  graph[`view_${name}`] = [capture, table, undefined, wires];
  return { ...place, columns, view };
}
