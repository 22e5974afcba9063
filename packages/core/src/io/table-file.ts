/** A file of columns: what every reader of tables offers, whichever format or decoder is behind it. */
import type { ColumnArray, Schema } from '../table.ts';

/** Rows of one table: columns of equal length, the strings behind the text columns, and where the rows stand in their source. */
export interface TableSlice {
  readonly schema: Schema;
  readonly columns: { readonly [column: string]: ColumnArray };
  /** For every text column the strings behind its codes. */
  readonly texts: { readonly [column: string]: readonly string[] };
  readonly length: number;
  /** Row of the source that position 0 is. */
  readonly base: number;
  /** Prices that lie off the instrument's grid and were left as they are; 0 where no grid was given. */
  readonly offGrid: number;
}

/** A stretch of rows that is stored together and read as one. */
export interface RowGroup {
  readonly index: number;
  /** Rows `[fromRow, toRow)` of the file. */
  readonly fromRow: number;
  readonly toRow: number;
  /** Bounds of the time column, where the file states them. */
  readonly minimumTime?: bigint;
  readonly maximumTime?: bigint;
  readonly byteLength: number;
}

export interface ReadOptions {
  /** Columns to read. @defaultValue all */
  columns?: readonly string[];
  /** First time, inclusive, of the time column; the file must be in order of time. */
  from?: bigint;
  /** End of time, exclusive. */
  to?: bigint;
  /** Row groups to read. @defaultValue all */
  groups?: readonly number[];
  /**
   * Columns to fill from their first row on, each of its type and with room for the rows (in a stream: for one row group); the slice is a view of
   * them, so it holds until they are filled again. @defaultValue new columns
   */
  into?: { readonly [column: string]: ColumnArray };
}

/** Puts a column of prices on its grid in place and returns how many lay off it; `noise` is the type that the file stores. */
export type OnGrid = (column: Float64Array, name: string, noise: 'f64' | 'f32') => number;

/** An open file of columns. */
export interface TableFile {
  readonly name: string;
  /** Columns in the order of the file with the types that they are read as. */
  readonly schema: Schema;
  /** The column that orders the rows, if there is one. */
  readonly timeColumn: string | undefined;
  readonly rowCount: number;
  readonly groups: readonly RowGroup[];
  /** Key-value metadata of the file. */
  readonly metadata: { readonly [key: string]: string };
  /** All chosen rows in one piece. */
  read(options?: ReadOptions): Promise<TableSlice>;
  /** The chosen rows row group by row group, so that memory holds one group; codes of text columns keep their meaning from group to group. */
  stream(options?: ReadOptions): AsyncIterable<TableSlice>;
  close(): Promise<void>;
}

/** Is this column a price, and so on the grid of its instrument? */
export function isPriceColumn(column: string): boolean {
  return priceColumns.has(column);
}

const priceColumns: ReadonlySet<string> = new Set([
  'price',
  'bid',
  'ask',
  'last',
  'open',
  'high',
  'low',
  'close',
  'stopPrice',
  'entryPrice',
  'exitPrice',
]);
