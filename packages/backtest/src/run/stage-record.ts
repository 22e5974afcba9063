/** What a session keeps of its stages: every row that the pipeline made, for records, charts and digests. */
import { GrowingTable, type Schema } from '@zanzibar/core';

interface RecordedStage {
  readonly stage: string;
  readonly table: GrowingTable;
  readonly kept: GrowingTable;
  /** Columns that the kept table holds; empty before its first row. */
  columns: readonly string[];
}

export class StageRecord {
  /** Every stage's rows so far. */
  readonly stages: { readonly [stage: string]: GrowingTable };
  /** By stage, the absolute row up to which rows were taken. */
  readonly rows: { [stage: string]: number } = {};
  private readonly recorded: readonly RecordedStage[];

  /** Of the tables of a pipeline, by stage. */
  constructor(tables: { readonly [stage: string]: GrowingTable }) {
    this.recorded = Object.entries(tables).map(([stage, table]) => ({ stage, table, kept: new GrowingTable(publicSchema(table)), columns: [] }));
    this.stages = Object.fromEntries(this.recorded.map(({ stage, kept }) => [stage, kept]));
    for (const stage in tables) this.rows[stage] = 0;
  }

  /** Takes the rows that are new. */
  add(): void {
    for (const recorded of this.recorded) {
      const { stage, table, kept } = recorded;
      // What an instrument's own bars hold is only known when the first of them has come.
      if (recorded.columns.length === 0 && Object.keys(kept.schema).length === 0) open(kept, publicSchema(table));
      const first = this.rows[stage] - table.base, start = kept.length, count = table.length - first;
      if (count <= 0) continue;
      kept.reserve(start + count);
      if (recorded.columns.length === 0) {
        kept.drop(Object.keys(kept.schema).filter(column => table.columns[column] === undefined));
        recorded.columns = Object.keys(kept.columns);
      }
      const { columns, texts } = kept;
      for (const column of recorded.columns) {
        const from = table.columns[column], to = columns[column];
        // One row at a time is what a live run does: no views are made for it.
        if (count === 1) to[start] = from[first];
        else (to as Float64Array).set(from.subarray(first, table.length) as Float64Array, start);
      }
      for (const text in table.texts) texts[text] = table.texts[text];
      kept.length = start + count;
      this.rows[stage] = table.base + table.length;
    }
  }

  /** Goes on behind a snapshot: rows before it stay with whoever kept them. */
  restore(rows: { readonly [stage: string]: number }): void {
    Object.assign(this.rows, rows);
    for (const stage in this.stages) this.stages[stage].base = this.rows[stage];
  }
}

/** The schema of a table without the columns that only the pipeline reads. */
export function publicSchema(table: GrowingTable): Schema {
  return Object.fromEntries(Object.entries(table.schema).filter(([name]) => !name.startsWith('@')));
}

/** Gives a table without columns those of a schema. */
function open(table: GrowingTable, schema: Schema): void {
  Object.assign(table.schema, schema);
  table.capacity = -1;
  table.reserve(0);
}
