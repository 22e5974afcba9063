/** What stands where in a delimited file, as data. */
import type { OnGrid } from './table-file.ts';
import type { TimeFormat } from './csv-time.ts';

export type CsvRecord = 'quotes' | 'trades' | 'bars';

/** A column of the file: its position from 0, or its name in the header line (capitals do not matter). */
export type CsvColumn = number | string;

/** Record columns and where they stand; `time` may be made of several, joined by a blank. */
export type CsvColumns = { readonly [column: string]: CsvColumn | readonly CsvColumn[] };

export interface CsvLayout {
  record: CsvRecord;
  /** Where the columns stand; every table shares the column `time`. @see CsvLayout.tables */
  columns: CsvColumns;
  /** Tables that share the rows of the file, by name: bid and ask bars of Lean. Their columns come on top of `columns`. @defaultValue one table of `columns` */
  tables?: { readonly [table: string]: CsvColumns };
  /** Is the first line a header? `auto`: yes where its time field does not start with a digit. @defaultValue 'auto' */
  header?: boolean | 'auto';
  /** Fields that a row must have. @defaultValue those of the header, or of the first row */
  fieldCount?: number;
  /** @defaultValue ',' */
  delimiter?: string;
  timeFormat: TimeFormat;
  /** Zone of times that state none: `UTC`, `UTC-5`, `+05:30` or an IANA name. Required for them. */
  timeZone?: string;
  /** The local date of a file whose times count from midnight (`2014-05-01`). @defaultValue the one at the start of its name */
  date?: string;
  /** Bars only, required: does the time label the open or the close of the bar? */
  time?: 'open' | 'close';
  /** Bars only, required: their length (`1m`); whole days are days of the zone, also those of 23 and 25 hours. */
  interval?: string;
  /** Numbers for texts: `{ side: { buy: 1, sell: -1 } }`. */
  values?: { readonly [column: string]: { readonly [text: string]: number } };
  /** Factors of columns: sizes that a file counts in millions, `{ bidSize: 1e6, askSize: 1e6 }`. @defaultValue 1 */
  scale?: { readonly [column: string]: number };
  /** Column that holds the symbol; all rows must agree. @defaultValue a header named symbol, ticker or instrument */
  symbolColumn?: CsvColumn;
  /** The symbol that it must hold. */
  symbol?: string;
  /** Files with the newest row first. @defaultValue 'ascending' */
  order?: 'ascending' | 'descending';
  /** Prices that are accepted: above 0, any finite one, or also none at all (NaN, for the quality step to judge). @defaultValue 'positive' */
  prices?: 'positive' | 'signed' | 'any';
  /** Puts prices on the instrument's grid. @defaultValue prices stay as they are */
  onGrid?: OnGrid;
}

/** The time column's positions as a list. */
export function columnList(column: CsvColumn | readonly CsvColumn[]): readonly CsvColumn[] {
  return typeof column === 'object' ? column : [column];
}
