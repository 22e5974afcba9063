/** Engines joined to a pipeline that runs in blocks up to frontiers of time; where the frontiers lie changes no bit. */
import { noteReplacement } from '../array-replacements.ts';
import { encodeCanonical } from '../canonical.ts';
import { decodeSnapshot, encodeSnapshot } from '../snapshot-bytes.ts';
import { compareText, type SourceOrder } from '../order-of-time.ts';
import { GrowingTable, type ColumnArray, type Schema } from '../table.ts';
import { firstDescent } from '../time.ts';
import { aliased, flatten, sourcesOf, type FlatEntry } from './flatten.ts';
import { copyMemory } from './memory.ts';
import { Node } from './node.ts';
import type { Graph, GraphResult, Live, Pipeline, PipelineNode, SourceColumns } from './pipeline.ts';
import { knownTimes, Place } from './place.ts';
import { checkArrival, checkColumns, classify, clear, isUnopened, schemaOfColumns, schemaOfRow, tableOf, timesOf } from './source-table.ts';

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
    if (row < place.keep) place.keep = row;
    if (place.aligned) need(place.driver!, row);
  };
  /** Sets for each table the first row that some node has still to read. */
  const mark = (): void => {
    for (const place of all) place.keep = place.table.base + place.table.length;
    for (const { taken, joins, memory } of nodes) {
      for (const place of taken) need(place, memory.row);
      for (let k = 0; k < joins.length; k++) need(joins[k].place, memory.cursors[k]);
    }
    // Positions of aligned columns are those of their driver, whose rows others may need longer.
    for (const place of all) if (place.aligned) place.keep = place.driver!.keep;
  };
  const sourceOf = (name: string): Place => {
    const place = find(name);
    if (place.driver !== undefined) throw new TypeError(`combine: "${name}" is no source`);
    return place;
  };
  const open = (place: Place, schema: Schema): void => {
    Object.assign(place.table.schema, schema);
    place.table.capacity = -1;
    place.table.reserve(0);
    classify(place, order[place.name]);
  };
  const push = (name: string, row: { readonly [column: string]: number | bigint | undefined }): void => {
    const place = sourceOf(name), { table } = place;
    if (isUnopened(table)) open(place, schemaOfRow(place, row, nodes));
    for (const column in table.schema) if (row[column] === undefined) throw new TypeError(`combine: row of "${name}" lacks "${column}", which earlier rows had`);
    if (row.segment !== undefined && !table.columns.segment) throw new TypeError(`combine: row of "${name}" has "segment", which earlier rows lacked`);
    const time = (row.knownTime ?? row.closeTime ?? row.time) as bigint | undefined;
    if (time !== undefined) checkArrival(place, time, frontier, sources);
    const at = table.append();
    for (const column in table.schema) (table.columns[column] as Float64Array)[at] = row[column] as number;
    place.lastTime = time ?? place.lastTime;
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
      const place = sourceOf(name), { table } = place;
      if (isUnopened(table)) open(place, schemaOfColumns(name, columns));
      if (place.block !== columns || to > place.blockRows) {
        place.blockRows = checkColumns(place, columns, to);
        place.block = columns;
      }
      const times = timesOf(columns), start = table.length;
      if (times && to > from) {
        checkArrival(place, times[from], frontier, sources);
        const i = firstDescent(times, from, to);
        if (i < to) throw new RangeError(`combine: time of "${name}" runs backwards at row ${table.base + start + i - from}: ${times[i]} after ${times[i - 1]}`);
      }
      table.reserve(start + to - from);
      if (to - from === 1) {
        const own = table.columns;
        for (const column in own) (own[column] as Float64Array)[start] = (columns[column] as Float64Array)[from];
      } else for (const column in table.schema) (table.columns[column] as Float64Array).set((columns[column] as ColumnArray).subarray(from, to) as Float64Array, start);
      table.length = start + to - from;
      if (times && to > from) place.lastTime = times[to - 1];
    },
    advance(time, isTrimming = true) {
      if (given === undefined && isTrimming) {
        mark();
        for (const { table, keep } of all) table.dropBefore(keep);
      }
      run(time);
      for (const source of sources) source.seenTime = source.lastTime;
      if (time !== undefined && (frontier === undefined || time > frontier)) frontier = time;
    },
    peek(rows, time, look) {
      const memories = nodes.map(node => node.memory), ends = tables.map(table => table.length), lengths: number[] = nodes.map(node => node.output.length);
      const lastTimes = sources.map(source => source.lastTime), unopened = sources.filter(({ table }) => isUnopened(table));
      for (const node of nodes) node.memory = copyMemory(node.memory);
      try {
        for (const source in rows) push(source, rows[source]);
        run(time);
        return look();
      } finally {
        nodes.forEach((node, k) => {
          node.memory = memories[k];
          node.output.length = lengths[k];
          if (unopened.length > 0) node.isBound = false;
        });
        tables.forEach((table, k) => {
          table.length = ends[k];
        });
        sources.forEach((source, k) => {
          source.lastTime = lastTimes[k];
        });
        for (const { table } of unopened) clear(table);
      }
    },
    snapshot() {
      mark();
      return encodeSnapshot({
        format: snapshotFormat,
        frontier: frontier ?? null,
        nodes: nodes.map(node => ({ name: node.name, engine: node.spec.name, version: node.spec.version ?? 1, reads: node.tablesRead(), options: node.options, memory: node.remembered() })),
        tables: all.map(({ name, lastTime, seenTime, keep, table: { base, length, schema, columns, texts } }) => ({
          name, lastTime: lastTime ?? null, seenTime: seenTime ?? null, base: keep, length: base + length - keep, schema, texts,
          columns: Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, values.slice(keep - base, length)])),
        })),
      });
    },
    restore(bytes) {
      const saved = decodeSnapshot('combine', bytes);
      if (saved.format !== snapshotFormat) throw new RangeError(`combine: snapshot format must be ${snapshotFormat}, was ${saved.format}`);
      const sign = (name: string, engine: string, version: number, reads: string, options: object): string => `${name}: ${engine} ${version} of ${reads} ${encodeCanonical(options).join()}`;
      const have = nodes.map(node => sign(node.name, node.spec.name, node.spec.version ?? 1, node.tablesRead(), node.options));
      const had = saved.nodes.map((node: any) => sign(node.name, node.engine, node.version, node.reads, node.options));
      if (have.join('\n') !== had.join('\n')) throw new RangeError('combine: the snapshot was taken of another graph: nodes, engines, versions, options and the tables they read must be the same');
      frontier = saved.frontier ?? undefined;
      saved.nodes.forEach((node: any, k: number) => {
        nodes[k].remember(node.memory);
      });
      saved.tables.forEach(({ lastTime, seenTime, base, length, schema, texts, columns }: any, k: number) => {
        const { table } = all[k];
        all[k].lastTime = lastTime ?? undefined;
        all[k].seenTime = seenTime ?? undefined;
        if (all[k].driver === undefined) Object.assign(table.schema, schema);
        Object.assign(table.texts, texts);
        table.base = base;
        table.length = length;
        table.capacity = length;
        table.columns = columns;
        noteReplacement(table);
        Object.assign(table, columns);
        if (all[k].driver === undefined && Object.keys(table.schema).length > 0) classify(all[k], order[all[k].name]);
      });
      for (const node of nodes) node.show();
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
