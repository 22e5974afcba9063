/** What of an instrument's rows goes to the simulator. */
import type { ColumnArray, GrowingTable } from '@zanzibar/core';

/** Columns of an instrument's rows that the simulator reads. */
export const marketColumns: readonly string[] = ['time', 'openTime', 'closeTime', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size', 'open', 'high', 'low', 'close', 'askOpen', 'askHigh', 'askLow', 'askClose'];

/** Arrays of one row, taken in turns: a group's rows stay until the group after the next one comes. */
export class OneRow {
  private readonly turns: readonly [Record<string, ColumnArray>, Record<string, ColumnArray>] = [{}, {}];
  private turn: 0 | 1 = 0;

  next(): void {
    this.turn = this.turn === 0 ? 1 : 0;
  }

  /** A row's value in an array of its own; a slice takes several times as long. */
  of(column: string, values: ColumnArray, at: number): ColumnArray {
    const own = this.turns[this.turn], one = (own[column] ??= values.slice(at, at + 1));
    (one as Float64Array)[0] = (values as Float64Array)[at];
    return one;
  }
}

/**
 * Copies the rows from position `first` on of some columns into `rows`.
 *
 * The pipeline moves its rows before the next group is loaded; the simulator still looks at the last ones then.
 */
export function copyRows(table: GrowingTable, columns: readonly string[], first: number, rows: { [column: string]: unknown }, one: OneRow): void {
  const { length } = table;
  if (length - first === 1) one.next();
  for (const column of columns) {
    const values = table.columns[column];
    if (values) rows[column] = length - first === 1 ? one.of(column, values, first) : values.slice(first, length);
  }
}
