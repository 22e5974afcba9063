/** What of an instrument's rows goes to the simulator. */
import type { ColumnArray, GrowingTable } from '@zanzibar/core';

/** Columns of an instrument's rows that the simulator reads. */
export const marketColumns: readonly string[] = ['time', 'openTime', 'closeTime', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size', 'open', 'high', 'low', 'close', 'askOpen', 'askHigh', 'askLow', 'askClose'];

/** A row's value in an array of its own; `slice` takes several times as long. */
function oneOf(values: ColumnArray, at: number): ColumnArray {
  if (values instanceof Float64Array) {
    const one = new Float64Array(1);
    one[0] = values[at];
    return one;
  }
  return values.slice(at, at + 1);
}

/**
 * Copies the rows from position `first` on of some columns into `rows`.
 *
 * The pipeline moves its rows before the next group is loaded; the simulator still looks at the last ones then.
 */
export function copyRows(table: GrowingTable, columns: readonly string[], first: number, rows: { [column: string]: unknown }): void {
  const { length } = table;
  for (const column of columns) {
    const values = table.columns[column];
    if (values) rows[column] = length - first === 1 ? oneOf(values, first) : values.slice(first, length);
  }
}
