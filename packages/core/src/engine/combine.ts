/** Engines joined to a pipeline that runs in blocks up to frontiers of time; where the frontiers lie changes no bit. */
import { decodeCanonical, encodeCanonical } from '../canonical.ts';
import { compareText, clockClass, marketClass, marketKinds, timeClasses, type SourceOrder } from '../order-of-time.ts';
import { columnTypeOf, GrowingTable, type ColumnArray, type Schema } from '../table.ts';
import type { AnyEngine, Engine, Output } from './engine.ts';
import { copyMemory, Node, type Memory } from './node.ts';
import { knownTimes, Place } from './place.ts';

/** Engine or pipeline, driving table, options, and the tables (or aligned columns, `node/column`) behind the names it reads. */
export type GraphEntry = readonly [engine: AnyEngine | Pipeline<any>, driver: string, options?: object | undefined, wires?: { readonly [name: string]: string }];
export type Graph = { readonly [node: string]: GraphEntry };
export type GraphResult<G extends Graph> = {
  readonly [N in keyof G]: G[N][0] extends Engine<any, any, infer A, infer T, any, any> ? Output<A, T> : G[N][0] extends Pipeline<infer H> ? GraphResult<H> : never;
};
/** Typed arrays under their names, or a table. */
export type SourceColumns = { readonly [column: string]: any };

export interface Pipeline<G extends Graph> {
  /** All rows as one block, the clock up to `until` (the last known time if left out). */
  (sources: { readonly [source: string]: SourceColumns }, until?: bigint): GraphResult<G>;
  stream(): Live<G>;
  readonly graph: G;
  /** Names of the tables that must be given. */
  readonly sources: readonly string[];
  /** Every engine in the graph, nested ones by their path, in order. */
  readonly nodes: readonly PipelineNode[];
}

export interface PipelineNode {
  /** `atr`, or `outer.atr` where pipelines are nested. */
  readonly name: string;
  readonly engine: AnyEngine;
  /** The table that drives it: a source, or `node.table` of another node. */
  readonly driver: string;
}

export interface Live<G extends Graph> {
  /** Aligned rows and appended tables of the last block, and older rows that some node has still to read. */
  readonly output: GraphResult<G>;
  /** One row of one source; the rows of all sources come in one order of time. */
  feed(source: string, row: { readonly [column: string]: number | bigint | undefined }): void;
  /** Rows `[from, to)` of typed columns, as one block of a source. */
  feedColumns(source: string, columns: SourceColumns, from: number, to: number): void;
  /** A frontier: everything fed so far, then the clock up to `time` (not at all if left out). */
  advance(time?: bigint): void;
  /** What `look` sees if these rows came and the clock ran to `time`; commits nothing. `peek({}, boundary, look)` is the forming bar. */
  peek<V>(rows: { readonly [source: string]: { readonly [column: string]: number | bigint | undefined } }, time: bigint | undefined, look: () => V): V;
  /** Canonical bytes of states, cursors and the rows that some node has still to read. */
  snapshot(): Uint8Array;
  restore(bytes: Uint8Array): void;
  /** The source's or node's table by name: `bars`, `atr`, `gaps.events`. */
  table(name: string): GrowingTable;
}

const snapshotFormat = 1;

/** Joins engines to a graph that is itself an engine: drivers and tables that are no nodes are the sources to be given. */
export function combine<const G extends Graph>(graph: G, order: { readonly [source: string]: SourceOrder } = {}): Pipeline<G> {
  const flat = flatten(graph, '', name => name), sources = sourcesOf(flat);
  for (const name in order) if (!sources.includes(name)) throw new TypeError(`combine: no node reads a source called "${name}"`);
  start(graph, flat, sources, order, undefined);
  const nodes = [...flat].map(([name, { engine, driver }]): PipelineNode => ({ name, engine, driver: flat.get(driver)?.driver ?? driver }));
  const batch = (given: { readonly [source: string]: SourceColumns }, until?: bigint): GraphResult<G> => {
    for (const name of sources) if (!given[name]) throw new TypeError(`combine: source "${name}" is missing`);
    const live = start(graph, flat, sources, order, given);
    live.advance(until ?? live.lastTime());
    live.trimToLength();
    return live.output;
  };
  return Object.assign(batch, { stream: () => start(graph, flat, sources, order, undefined) as Live<G>, graph, sources, nodes });
}

interface FlatEntry {
  readonly engine: AnyEngine;
  readonly driver: string;
  readonly options: object | undefined;
  readonly wires: { readonly [name: string]: string };
}

/** Takes nested pipelines apart: node `inner` of `outer` is called `outer.inner`. */
function flatten(graph: Graph, prefix: string, resolve: (table: string) => string): Map<string, FlatEntry> {
  const flat = new Map<string, FlatEntry>(), own = Object.keys(graph);
  const named = (table: string): string => (own.includes(table.split(/[./]/)[0]) ? prefix + table : resolve(table));
  for (const name of own) {
    const [engine, driver, options, wires = {}] = graph[name], renamed: Record<string, string> = {};
    for (const wire in wires) renamed[wire] = named(wires[wire]);
    if (!('graph' in engine)) {
      flat.set(prefix + name, { engine, driver: named(driver), options, wires: renamed });
      continue;
    }
    if (options !== undefined) throw new TypeError(`combine: ${name} is a pipeline and takes no options`);
    const inner = flatten(engine.graph, `${prefix}${name}.`, source => renamed[source] ?? (engine.sources.length === 1 ? named(driver) : source === driver ? named(driver) : named(source)));
    for (const [node, entry] of inner) flat.set(node, entry);
  }
  return flat;
}

function sourcesOf(flat: Map<string, FlatEntry>): string[] {
  const known = new Set<string>(), sources: string[] = [];
  const need = (table: string): void => {
    if (!known.has(table) && !sources.includes(table)) sources.push(table);
  };
  for (const [name, { engine, driver, wires }] of flat) {
    need(driver);
    for (const read in engine.spec.reads) need(wires[read] ?? read);
    known.add(name);
    for (const table in engine.spec.appended) known.add(`${name}.${table}`);
  }
  for (const source of sources) if (known.has(source)) throw new TypeError(`combine: "${source}" is read before it is made`);
  return sources;
}

interface Running extends Live<any> {
  lastTime(): bigint | undefined;
  trimToLength(): void;
}

function start(graph: Graph, flat: Map<string, FlatEntry>, sourceNames: readonly string[], order: { readonly [source: string]: SourceOrder }, given: { readonly [source: string]: SourceColumns } | undefined): Running {
  const places = new Map<string, Place>(), nodes: Node[] = [];
  const find = (name: string): Place => {
    const place = places.get(name);
    if (!place) throw new TypeError(`combine: there is no table "${name}" before its reader`);
    return place;
  };
  const instruments = [...new Set(sourceNames.map(name => order[name]?.instrument ?? name))].sort(compareText);
  const sources = sourceNames.map((name, index) => {
    const source = new Place(name, given ? tableOf(name, given[name]) : new GrowingTable({}));
    source.rank = instruments.indexOf(order[name]?.instrument ?? name);
    source.index = index;
    places.set(name, source);
    if (given) classify(source, order[name]);
    return source;
  });
  for (const source of sources) {
    const of = order[source.name]?.of;
    if (of !== undefined) source.of = find(of);
  }
  for (const [name, { engine, driver, options, wires }] of flat) {
    const at = find(driver), node = new Node(name, engine, at.aligned ? at.driver! : at, options, at.aligned ? aliased(engine, driver, wires) : wires, find);
    nodes.push(node);
    places.set(name, node.aligned);
    for (const table in node.appended) places.set(`${name}.${table}`, node.appended[table]);
  }
  const all = [...places.values()], tables = all.map(place => place.table);
  let frontier: bigint | undefined;

  const run = (time: bigint | undefined): void => {
    for (const node of nodes) node.advance(time);
  };
  const need = (place: Place, row: number): void => {
    place.keep = Math.min(place.keep, row);
    if (place.aligned) need(place.driver!, row);
  };
  /** Drops the rows that every node has read. */
  const trim = (): void => {
    for (const place of all) place.keep = place.table.base + place.table.length;
    for (const { driver, reads, memory, wiring } of nodes) {
      need(driver, memory.row);
      for (const name in wiring) need(wiring[name][0], memory.row);
      for (const name in reads) need(reads[name], memory.cursors[name]);
    }
    for (const { table, keep } of all) table.dropBefore(keep);
  };
  const accept = (place: Place, time: bigint | undefined): void => {
    if (time === undefined || frontier === undefined) return;
    if (time < frontier || (time === frontier && place.class === clockClass)) throw new RangeError(`combine: a row of "${place.name}" known at ${time} comes after the frontier ${frontier}`);
  };
  const push = (name: string, row: { readonly [column: string]: number | bigint | undefined }): void => {
    const place = find(name), { table } = place;
    if (place.driver !== undefined) throw new TypeError(`combine: "${name}" is no source`);
    if (Object.keys(table.schema).length === 0) {
      Object.assign(table.schema, schemaOfRow(place, row, nodes));
      table.capacity = -1;
      table.reserve(0);
      classify(place, order[name]);
    }
    const time = (row.knownTime ?? row.closeTime ?? row.time) as bigint | undefined, times = knownTimes(place);
    if (time !== undefined && times && table.length > 0 && time < times[table.length - 1]) throw new RangeError(`combine: time of "${name}" runs backwards at row ${table.base + table.length}: ${time} after ${times[table.length - 1]}`);
    accept(place, time);
    const at = table.append();
    for (const column in table.schema) {
      const value = row[column];
      if (value === undefined) throw new TypeError(`combine: row of "${name}" lacks "${column}", which earlier rows had`);
      (table.columns[column] as Float64Array)[at] = value as number;
    }
  };

  const output: any = {};
  for (const node of nodes) {
    const path = node.name.split('.');
    let target = output;
    for (const part of path.slice(0, -1)) target = target[part] ??= {};
    target[path.at(-1)!] = node.output;
  }
  return {
    output,
    feed: push,
    feedColumns(name, columns, from, to) {
      const place = find(name), { table } = place;
      if (place.driver !== undefined) throw new TypeError(`combine: "${name}" is no source`);
      if (Object.keys(table.schema).length === 0) {
        Object.assign(table.schema, schemaOfColumns(name, columns));
        table.capacity = -1;
        table.reserve(0);
        classify(place, order[name]);
      }
      const start = table.length;
      table.reserve(start + to - from);
      for (const column in table.schema) {
        const given = columns[column] as ColumnArray | undefined;
        if (!given) throw new TypeError(`combine: block of "${name}" lacks "${column}", which earlier rows had`);
        (table.columns[column] as Float64Array).set(given.subarray(from, to) as Float64Array, start);
      }
      table.length = start + to - from;
      const times = knownTimes(place);
      if (times && to > from) accept(place, times[start]);
      if (times) checkOrder(place, Math.max(0, start - 1));
    },
    advance(time) {
      if (given === undefined) trim();
      run(time);
      if (time !== undefined && (frontier === undefined || time > frontier)) frontier = time;
    },
    peek(rows, time, look) {
      const memories = nodes.map(node => node.memory), ends = tables.map(table => table.length);
      for (const node of nodes) node.memory = copyMemory(node.memory);
      try {
        for (const source in rows) push(source, rows[source]);
        run(time);
        return look();
      } finally {
        nodes.forEach((node, k) => {
          node.memory = memories[k];
        });
        tables.forEach((table, k) => {
          table.length = ends[k];
        });
      }
    },
    snapshot() {
      trim();
      return encodeCanonical({
        format: snapshotFormat,
        frontier: frontier ?? null,
        nodes: nodes.map(node => ({ name: node.name, engine: node.spec.name, options: node.options, memory: node.memory })),
        tables: all.map(({ name, table: { base, length, schema, columns, texts } }) => ({ name, base, length, schema, texts, columns: Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, values.slice(0, length)])) })),
      });
    },
    restore(bytes) {
      const saved = decodeCanonical(bytes) as any;
      if (saved.format !== snapshotFormat) throw new RangeError(`combine: snapshot format must be ${snapshotFormat}, was ${saved.format}`);
      const sign = (name: string, engine: string, options: object): string => `${name}: ${engine} ${encodeCanonical(options).join()}`;
      const have = nodes.map(node => sign(node.name, node.spec.name, node.options)), had = saved.nodes.map((node: any) => sign(node.name, node.engine, node.options));
      if (have.join('\n') !== had.join('\n')) throw new RangeError('combine: the snapshot was taken of another graph: nodes, engines and options must be the same');
      frontier = saved.frontier ?? undefined;
      saved.nodes.forEach((node: any, k: number) => {
        nodes[k].memory = node.memory as Memory;
      });
      saved.tables.forEach(({ base, length, schema, texts, columns }: any, k: number) => {
        const { table } = all[k];
        if (all[k].driver === undefined) Object.assign(table.schema, schema);
        Object.assign(table.texts, texts);
        table.base = base;
        table.length = length;
        table.capacity = length;
        table.columns = columns;
        Object.assign(table, columns);
        if (all[k].driver === undefined && Object.keys(table.schema).length > 0) classify(all[k], order[all[k].name]);
      });
    },
    table: name => find(name).table,
    lastTime() {
      let last: bigint | undefined;
      for (const source of sources) {
        const time = knownTimes(source)?.[source.table.length - 1];
        if (time !== undefined && (last === undefined || time > last)) last = time;
      }
      return last;
    },
    trimToLength() {
      for (const node of nodes) {
        const { table } = node.aligned;
        for (const column in table.columns) node.output[column] = table.columns[column].subarray(0, table.length);
        for (const name in node.appended) node.appended[name].table.shrink();
      }
    },
  } satisfies Running;
}

/** A node driven by a node's aligned columns is driven by that node's driver and takes its columns from there. */
function aliased(engine: AnyEngine, driver: string, wires: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const all: Record<string, string> = { ...wires };
  for (const column in engine.spec.input) all[column] ??= `${driver}/${column}`;
  return all;
}

/** Sets a source's class and kind from its columns unless they are stated. */
function classify(place: Place, order: SourceOrder | undefined): void {
  const { columns } = place.table;
  place.sourceClass = order?.class === undefined ? (columns.closeTime ? clockClass : marketClass) : timeClasses.indexOf(order.class);
  place.kind = marketKinds.indexOf(order?.kind ?? (columns.bid ? 'quote' : 'trade'));
}

function tableOf(name: string, columns: SourceColumns): GrowingTable {
  const schema = schemaOfColumns(name, columns), arrays: Record<string, ColumnArray> = {};
  let length = typeof columns.length === 'number' ? columns.length : -1;
  for (const column in schema) {
    const values = columns[column] as ColumnArray;
    if (length < 0) length = values.length;
    if (values.length < length || (typeof columns.length !== 'number' && values.length !== length)) throw new RangeError(`combine: column "${column}" of "${name}" has ${values.length} rows, others ${length}`);
    arrays[column] = values;
  }
  const table = new GrowingTable(schema, arrays, Math.max(0, length)), place = new Place(name, table);
  checkOrder(place, 0);
  return table;
}

/** Times never decrease; equal ones are normal. */
function checkOrder(place: Place, from: number): void {
  const times = knownTimes(place), { length, base } = place.table;
  if (times) for (let i = from + 1; i < length; i++) if (times[i] < times[i - 1]) throw new RangeError(`combine: time of "${place.name}" runs backwards at row ${base + i}: ${times[i]} after ${times[i - 1]}`);
}

function schemaOfColumns(name: string, columns: SourceColumns): Schema {
  const declared: Schema | undefined = columns.schema, schema: Record<string, Schema[string]> = {};
  for (const column in declared ?? columns) {
    const values = columns[column];
    if (values === undefined || (declared === undefined && !ArrayBuffer.isView(values))) continue;
    const type = columnTypeOf(values);
    if (type === undefined) throw new TypeError(`combine: column "${column}" of "${name}" must be a typed array`);
    schema[column] = declared?.[column] ?? type;
  }
  return schema;
}

/** The type of each field of a first row: what some node declares for it, else by its kind of value. */
function schemaOfRow(place: Place, row: { readonly [column: string]: number | bigint | undefined }, nodes: readonly Node[]): Schema {
  const schema: Record<string, Schema[string]> = {};
  for (const column in row) if (row[column] !== undefined) schema[column] = column === 'segment' ? 'i32' : typeof row[column] === 'bigint' ? 'i64' : 'f64';
  for (const { spec, wiring } of nodes) {
    for (const column in wiring) if (wiring[column][0] === place && wiring[column][1] in schema) schema[wiring[column][1]] = spec.input[column] ?? spec.optional![column];
  }
  for (const { spec, reads } of nodes) {
    for (const table in reads) if (reads[table] === place) for (const column in spec.reads![table]) if (column in schema) schema[column] = spec.reads![table][column];
  }
  return schema;
}
