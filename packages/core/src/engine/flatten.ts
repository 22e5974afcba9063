/** Graphs of engines as one flat list of nodes. */
import type { AnyEngine } from './engine.ts';
import type { Graph } from './pipeline.ts';

export interface FlatEntry {
  readonly engine: AnyEngine;
  readonly driver: string;
  readonly options: object | undefined;
  readonly wires: { readonly [name: string]: string };
}

/** Takes nested pipelines apart: node `inner` of `outer` is called `outer.inner`. */
export function flatten(graph: Graph, prefix: string, resolve: (table: string) => string): Map<string, FlatEntry> {
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
    const isOnly = engine.sources.length === 1;
    const inner = flatten(engine.graph, `${prefix}${name}.`, table => {
      // A column of a source, `bars/high`, is wired as the source is.
      const [source, column] = table.split('/'), given = renamed[source] ?? named(isOnly ? driver : source);
      return column === undefined ? given : `${given}/${column}`;
    });
    for (const [node, entry] of inner) flat.set(node, entry);
  }
  return flat;
}

/** Drivers and tables that are no nodes: what must be given. */
export function sourcesOf(flat: Map<string, FlatEntry>): string[] {
  const known = new Set<string>(), sources: string[] = [];
  const need = (table: string): void => {
    if (!known.has(table) && !sources.includes(table)) sources.push(table);
  };
  for (const [name, { engine, driver, wires }] of flat) {
    need(driver);
    for (const read in engine.spec.reads) if (wires[read] !== undefined || !engine.spec.optionalReads?.includes(read)) need(wires[read] ?? read);
    known.add(name);
    for (const table in engine.spec.appended) known.add(`${name}.${table}`);
  }
  for (const source of sources) if (known.has(source)) throw new TypeError(`combine: "${source}" is read before it is made`);
  return sources;
}

/** A node driven by a node's aligned columns is driven by that node's driver and takes its columns from there. */
export function aliased(engine: AnyEngine, driver: string, wires: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const all: Record<string, string> = { ...wires };
  for (const column in engine.spec.input) all[column] ??= `${driver}/${column}`;
  return all;
}
