/** The one pipeline of a run: quality, bars and the strategy's engines, as a graph over the instruments' raw rows. */
import { barsOfBars, barSchema, cleanTicks, combine, defineEngine, makeGrid, tickBars, timeBars, type Graph, type GraphEntry, type Pipeline, type Schema, type Schemas, type SourceOrder } from '@zanzibar/core';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { Source } from '../strategy/strategy.ts';
import type { Market } from './market.ts';

/** A source of the strategy and the table that holds its rows. */
export interface BuiltSource {
  readonly name: string;
  readonly source: Source;
  /** Index of its instrument, -1 where it has none. */
  readonly instrument: number;
  /** Nanoseconds between rows; 0 where rows are not regular. */
  readonly interval: number;
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

const engines = 'engines';

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
  const declared = strategy.sources(parameters), places: { name: string; source: Source; instrument: number; interval: number; table: string | undefined }[] = [];
  for (const name in declared) {
    if (name in graph || name === engines || name.includes('.') || name.includes('/')) throw new RangeError(`${strategy.name}: a source cannot be called "${name}"`);
    const source = declared[name], instrument = instrumentOf(strategy, name, source, markets), market = markets[instrument];
    let table: string | undefined, interval = 0;
    if (source.kind === 'bars') {
      interval = source.interval;
      table = addBars(graph, name, source, market, marketTables[instrument]);
      stages[`bars ${name}`] = table;
    } else if (source.kind === 'tickBars') {
      if (market.kind === 'bars') throw new RangeError(`${strategy.name}: source "${name}" counts ticks, but ${market.id} has bars only`);
      graph[name] = [tickBars, marketTables[instrument], { count: source.count, price: source.price, ticksPerUnit: ticksPerUnit(market) }];
      table = `${name}.bars`;
      stages[`bars ${name}`] = table;
    } else if (source.kind === 'ticks') {
      table = marketTables[instrument];
    } else if (source.kind === 'custom') {
      table = `custom ${name}`;
      order[table] = { class: 'report' };
    } else if (source.kind === 'timer') interval = source.every;
    if (table !== undefined) tables[name] = table;
    places.push({ name, source, instrument, interval, table });
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

function strategyGraph(strategy: AnyStrategy, parameters: object): Pipeline<Graph> | undefined {
  const pipeline = strategy.engines?.(parameters);
  const plan = strategy.plan?.(parameters);
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
  const at = markets.findIndex(market => market.id === instrument || market.id.split('.')[0] === instrument);
  if (at < 0) throw new RangeError(`${strategy.name}: source "${name}" wants instrument ${instrument}, data has ${markets.map(market => market.id).join(', ')}`);
  return at;
}

function ticksPerUnit(market: Market): number {
  const { isGrid, numerator, denominator } = makeGrid(market.tick);
  return isGrid ? denominator / numerator : 0;
}

function addBars(graph: Record<string, GraphEntry>, name: string, source: Extract<Source, { readonly kind: 'bars' }>, market: Market, table: string): string {
  const { interval, price, align } = source, sessionOpens = align === 'session' ? { sessionOpens: market.sessionOpens } : {};
  if (market.kind !== 'bars') {
    const wanted = market.kind === 'trades' ? 'trade' : price === 'trade' ? 'mid' : price;
    graph[name] = [timeBars, table, { interval, price: wanted, ticksPerUnit: ticksPerUnit(market), ...sessionOpens }];
    return `${name}.bars`;
  }
  if (interval === market.interval) return table;
  if (market.interval === undefined || interval % market.interval !== 0) throw new RangeError(`bars of ${interval} ns cannot be made of ${market.id}'s bars of ${market.interval ?? 'unknown'} ns (source "${name}")`);
  graph[name] = [barsOfBars, table, { interval, ...sessionOpens }];
  return `${name}.bars`;
}

/** Adds the node whose offsets are what the strategy sees at each row of a source. */
function addView(graph: Record<string, GraphEntry>, place: { name: string; source: Source; instrument: number; interval: number; table: string | undefined }, places: readonly { name: string; table: string | undefined }[], pipeline: Pipeline<Graph> | undefined, drivers: Map<string, string>): BuiltSource {
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
  for (const other of places) if (other.name !== name && other.table !== undefined && other.table !== table) addRead(other.name, barSchema, other.table);
  function addRead(label: string, schema: Schema, from: string): void {
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
