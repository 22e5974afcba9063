/** What a pipeline is: engines wired to tables, run as one batch or fed live. */
import type { GrowingTable } from '../table.ts';
import type { AnyEngine, Engine, Output } from './engine.ts';

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
  /**
   * A frontier: everything fed so far, then the clock up to `time` (not at all if left out). Rows that every node has read are forgotten first; a caller that
   * keeps count of the rows itself may leave that to every so many blocks (`isTrimming`).
   */
  advance(time?: bigint, isTrimming?: boolean): void;
  /** What `look` sees if these rows came and the clock ran to `time`; commits nothing. `peek({}, boundary, look)` is the forming bar. */
  peek<V>(rows: { readonly [source: string]: { readonly [column: string]: number | bigint | undefined } }, time: bigint | undefined, look: () => V): V;
  /** Canonical bytes of states, cursors and the rows that some node has still to read. */
  snapshot(): Uint8Array;
  restore(bytes: Uint8Array): void;
  /** The source's or node's table by name: `bars`, `atr`, `gaps.events`. */
  table(name: string): GrowingTable;
}
