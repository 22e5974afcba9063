/** A finished table: columns of a schema, the rows in use, and the strings behind text columns. */
import { columnDefault, newColumn } from '@zanzibar/core';
import type { ColumnArray, Schema } from '@zanzibar/core';

/**
 * What a result holds of orders, fills, bars and so on; a `GrowingTable` is one.
 *
 * Columns may be longer than `length`, and one whose every value is its default may be absent.
 */
export interface ResultTable {
  readonly schema: Schema;
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly length: number;
  /** For every text column the strings behind its codes. */
  readonly texts: { readonly [column: string]: readonly string[] };
}

/** A table over existing columns; `length` is that of its shortest column if not given. */
export function resultTable(
  schema: Schema, columns: { readonly [column: string]: ColumnArray }, length?: number, texts: { readonly [column: string]: readonly string[] } = {},
): ResultTable {
  for (const name in columns) if (!(name in schema)) throw new TypeError(`result: the schema has no column "${name}"`);
  const lengths = Object.values(columns).map(column => column.length);
  const rows = length ?? (lengths.length > 0 ? Math.min(...lengths) : 0);
  for (const name in columns) {
    if (columns[name].length < rows) throw new RangeError(`result: column "${name}" has ${columns[name].length} rows, the table ${rows}`);
  }
  return { schema, columns, length: rows, texts };
}

/** An empty table. */
export function emptyTable(schema: Schema): ResultTable {
  return { schema, columns: {}, length: 0, texts: {} };
}

/** The rows of a column of numbers; its default in every row where the column is absent. */
export function numbersOf(table: ResultTable, column: string): ArrayLike<number> {
  return columnOf(table, column) as Float64Array;
}

/** The rows of a column of times. */
export function timesOf(table: ResultTable, column: string): BigInt64Array {
  return columnOf(table, column) as BigInt64Array;
}

/** The rows of a column, materialised where it is absent. */
export function columnOf(table: ResultTable, column: string): ColumnArray {
  const type = table.schema[column];
  if (type === undefined) throw new TypeError(`result: the table has no column "${column}"`);
  const values = table.columns[column];
  if (values) return values.length === table.length ? values : (values as Float64Array).subarray(0, table.length);
  const made = newColumn(type, table.length), value = columnDefault(column, type);
  if (value !== 0 && value !== 0n) (made as Float64Array).fill(value as number);
  return made;
}

/** The text of a row, empty where there is none. */
export function textOf(table: ResultTable, column: string, row: number): string {
  const codes = table.columns[column] as Int32Array | undefined;
  return codes === undefined || codes[row] < 0 ? '' : (table.texts[column]?.[codes[row]] ?? '');
}
