/** Columns with their types: what goes into Arrow and comes out of it. */
import type { ColumnArray, Schema } from '../table.ts';

/** A table of columns; a slice of a file, a `GrowingTable` and every table of a result is one. */
export interface ColumnTable {
  readonly schema: Schema;
  /** Columns of the schema that the table has; they may be longer than `length`. */
  readonly columns: { readonly [column: string]: ColumnArray };
  /** For every text column the strings behind its codes. */
  readonly texts: { readonly [column: string]: readonly string[] };
  readonly length: number;
}
