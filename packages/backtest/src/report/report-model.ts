/**
 * The report as plain JSON: what the HTML page, the SVG and the terminal show, and what a dashboard or a notebook can show too.
 *
 * Times are UTC milliseconds (for display; records keep nanoseconds), prices and money plain numbers, a missing figure is null. Rows are absolute rows of the
 * candles' table. Every zone, swing and break starts at its known row: nothing is drawn before it could be known.
 */
import type { Warning } from '../result/result.ts';
import type { ReportCandles } from './candle-model.ts';

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

/** Amounts against another amount; since 1.2. */
export interface ReportCurve {
  readonly title: string;
  readonly unit: string;
  /** What stands below the drawing. */
  readonly along: string;
  readonly isLogarithmic: boolean;
  readonly at: readonly number[];
  /** The first is drawn stronger. */
  readonly lines: readonly { readonly title: string; readonly value: readonly number[] }[];
  /** Places along the axis that have a name: lines in the drawing. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
}

/** What a section shows; `half` ones stand two in a row where there is room (since 1.1, like `heatMap`; `curve` since 1.2). A view leaves out kinds that it does not know. */
export type ReportContent =
  | { readonly kind: 'series'; readonly id: string; readonly half?: boolean; /** Further series in the same drawing. */ readonly others?: readonly string[] }
  | { readonly kind: 'table'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'bars'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'histogram'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'candles'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'heatMap'; readonly id: string; readonly half?: boolean }
  | { readonly kind: 'curve'; readonly id: string; readonly half?: boolean };

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
  /** Since 1.2. */
  readonly curves?: { readonly [id: string]: ReportCurve };
  /** Trials that share data with the run, and since when they are counted; absent where they are not. Since 1.1. */
  readonly trials?: { readonly count: number; readonly since: string };
}
