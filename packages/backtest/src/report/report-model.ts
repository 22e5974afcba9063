/**
 * The report as plain JSON: what the HTML page, the SVG and the terminal show, and what a dashboard or a notebook can show too.
 *
 * Times are UTC milliseconds (for display; records keep nanoseconds), prices and money plain numbers, a missing figure is null. Rows are absolute rows of the
 * candles' table. Every zone, swing and break starts at its known row: nothing is drawn before it could be known.
 */
import type { Warning } from '../result/result.ts';

export const reportSchema = 'zanzibar/report';
export const reportVersion = '1.2';

export interface ReportFigure {
  readonly name: string;
  readonly title: string;
  /** As people read it: `12.3 %`, or `n/a`. */
  readonly text: string;
  readonly value: number | null;
  readonly unit: string;
  readonly definition: string;
  /** Why there is no value. */
  readonly reason: string;
}

export interface ReportSeries {
  readonly title: string;
  readonly unit: string;
  readonly time: readonly number[];
  readonly value: readonly (number | null)[];
  /** Rows of the series itself; more than are here when only the extremes of each stretch were kept. */
  readonly rowCount: number;
}

export interface ReportColumn {
  readonly name: string;
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface ReportTable {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  /** Cells as text, ready to show. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that there are; more than are here in a long run. */
  readonly rowCount: number;
}

/** Named amounts, drawn as bars. */
export interface ReportBars {
  readonly title: string;
  readonly unit: string;
  readonly label: readonly string[];
  readonly value: readonly number[];
}

export interface ReportZone {
  readonly node: string;
  readonly kind: string;
  readonly direction: number;
  /** First row: the known row of the event that made it. */
  readonly fromRow: number;
  /** Row of the event that ended it, or null. */
  readonly toRow: number | null;
  readonly low: number;
  readonly high: number;
  /** Kind of the event that ended it, empty while it stands. */
  readonly end: string;
}

/** How often amounts fell between neighbouring edges: `edges` has one more than `count`. */
export interface ReportHistogram {
  readonly title: string;
  readonly unit: string;
  readonly edges: readonly number[];
  readonly count: readonly number[];
  /** An amount to compare with: a line in the drawing. Since 1.1. */
  readonly mark?: { readonly value: number; readonly label: string };
}

/** Amounts by two things, such as year and month; since 1.1. */
export interface ReportHeatMap {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row by row, null where there is nothing. */
  readonly value: readonly (readonly (number | null)[])[];
  /** The same as text, ready to show. */
  readonly text: readonly (readonly string[])[];
  /** The amount, above 0, from which on a cell has the full colour of its sign. */
  readonly full: number;
}

/** A level that the strategy marked, from the candle on in which it did; since 1.1. */
export interface ReportMark {
  readonly row: number;
  readonly level: number;
}

/** A swing or a break of structure: one level, from its known row on. */
export interface ReportLevel {
  readonly node: string;
  readonly kind: string;
  readonly direction: number;
  readonly row: number;
  readonly level: number;
}

export interface ReportFill {
  readonly fillId: number;
  readonly orderId: number;
  readonly side: number;
  readonly time: number;
  /** Row of the candle in whose time it happened. */
  readonly row: number;
  readonly price: number;
  readonly quantity: number;
}

export interface ReportTrip {
  /** Its number in the table of trades, from 1. */
  readonly trip: number;
  readonly side: number;
  readonly entryRow: number;
  readonly exitRow: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
  readonly exitReason: string;
}

/** An order, from the candle on at whose close it was sent; since 1.2. */
export interface ReportOrder {
  readonly orderId: number;
  readonly side: number;
  readonly kind: string;
  readonly quantity: number;
  /** The first candle that has closed when the order is sent, or in which it is sent. */
  readonly row: number;
  /** Candle in which it ended, null while it works. */
  readonly toRow: number | null;
  /** Its limit, else its stop; null for orders without a price. */
  readonly level: number | null;
  /** What ended it: `filled`, `cancelled` ..., empty while it works. */
  readonly end: string;
}

/** Candles with what the engines and the strategy did on them. */
export interface ReportCandles {
  readonly title: string;
  readonly instrument: string;
  /** `1m`, or the name of the source for bars that are not of time. */
  readonly interval: string;
  readonly price: string;
  /** Digits after the decimal point that the prices need. */
  readonly digits: number;
  /** Absolute rows; ascending, with holes where a long run keeps only the surroundings of its trades. */
  readonly row: readonly number[];
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** Bars of the run; more than are here in a long run. */
  readonly rowCount: number;
  readonly zones: readonly ReportZone[];
  readonly swings: readonly ReportLevel[];
  readonly breaks: readonly ReportLevel[];
  readonly fills: readonly ReportFill[];
  readonly trips: readonly ReportTrip[];
  /** A mark names no instrument: it is on every chart whose prices reach it. */
  readonly marks?: readonly ReportMark[];
  /** Since 1.2. */
  readonly orders?: readonly ReportOrder[];
}

/** What a section shows; `half` ones stand two in a row where there is room (since 1.1, like `heatMap`). A view leaves out kinds that it does not know. */
export type ReportContent =
  | { readonly kind: 'series'; readonly id: string; readonly half?: boolean; /** Further series in the same drawing. */ readonly others?: readonly string[] }
  | { readonly kind: 'table'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'bars'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'histogram'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'candles'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'heatMap'; readonly id: string; readonly half?: boolean };

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly content: readonly ReportContent[];
}

export interface ReportModel {
  readonly schema: typeof reportSchema;
  readonly version: string;
  readonly title: string;
  readonly subtitle: string;
  readonly currency: string;
  /** At most seven: the first screen. */
  readonly figures: readonly ReportFigure[];
  readonly warnings: readonly Warning[];
  readonly sections: readonly ReportSection[];
  readonly series: { readonly [id: string]: ReportSeries };
  readonly tables: { readonly [id: string]: ReportTable };
  readonly bars: { readonly [id: string]: ReportBars };
  readonly histograms: { readonly [id: string]: ReportHistogram };
  readonly candles: { readonly [id: string]: ReportCandles };
  /** Since 1.1. */
  readonly heatMaps?: { readonly [id: string]: ReportHeatMap };
  /** Trials that share data with the run, and since when they are counted; absent where they are not. Since 1.1. */
  readonly trials?: { readonly count: number; readonly since: string };
}
