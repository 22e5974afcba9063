/** Blocks of one row, which is what a live run consists of. */
import type { ColumnArray, GrowingTable } from '@zanzibar/core';

/** One row of some columns of a table, in arrays of one element that are used again: a view or a slice of each takes many times as long. */
export class OneRow {
  /** By name. */
  readonly columns: { readonly [column: string]: any };
  private readonly table: GrowingTable;
  private readonly names: readonly string[];
  private readonly own: readonly ColumnArray[];
  private given: readonly ColumnArray[] = [];
  private replaced = -1;

  /** The table must have these columns. */
  constructor(table: GrowingTable, names: readonly string[]) {
    this.table = table;
    this.names = names;
    this.own = names.map(name => table.columns[name].slice(0, 1));
    this.columns = Object.fromEntries(names.map((name, k) => [name, this.own[k]]));
  }

  /** Takes the row at position `at`. */
  take(at: number): void {
    const { table, own } = this;
    if (this.replaced !== table.replaced) {
      this.given = this.names.map(name => table.columns[name]);
      this.replaced = table.replaced;
    }
    const { given } = this;
    for (let k = 0; k < own.length; k++) (own[k] as Float64Array)[0] = (given[k] as Float64Array)[at];
  }
}
