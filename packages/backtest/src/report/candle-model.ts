/** Candles in the report's model: what engines and the strategy did on them, from the rows on at which it was known. */

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
  /** Its kind as the field abbreviates it; since 1.2. */
  readonly short?: string;
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
  /** Its kind as the field abbreviates it; since 1.2. */
  readonly short?: string;
}

/** Any other event: a label at the candle that made it known, at its level where it has one; since 1.2. */
export interface ReportLabel {
  readonly node: string;
  readonly kind: string;
  readonly direction: number;
  readonly row: number;
  readonly level: number | null;
  readonly short: string;
}

/** A finished volume profile: rows of `size` from `price` up, of the bars from `fromRow` on, final at `row`; since 1.2. */
export interface ReportProfile {
  readonly node: string;
  readonly fromRow: number;
  readonly row: number;
  readonly control: number;
  /** Value area. */
  readonly low: number;
  readonly high: number;
  readonly size: number;
  readonly price: readonly number[];
  readonly volume: readonly number[];
}

/** The point of control of a finished profile while it is naked: from the row that made it final until price came back to it. Since 1.2. */
export interface ReportNakedControl {
  readonly node: string;
  readonly fromRow: number;
  /** Row of the event that ended it, or null. */
  readonly toRow: number | null;
  readonly level: number;
  /** Kind of the event that ended it, empty while it stands. */
  readonly end: string;
}

/** A profile as it grew, in columns: what was known from `row` on, until the next one, of the profile that began at `fromRow`; null before its first volume. Since 1.2. */
export interface ReportDevelopingProfile {
  readonly node: string;
  readonly row: readonly number[];
  readonly fromRow: readonly number[];
  readonly control: readonly (number | null)[];
  /** Value area. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** What was bought and sold at each price within a candle, in columns; since 1.2. */
export interface ReportCells {
  readonly row: readonly number[];
  readonly price: readonly number[];
  readonly buy: readonly number[];
  readonly sell: readonly number[];
  readonly imbalance: readonly number[];
  readonly size: number;
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
  /** Since 1.2. */
  readonly labels?: readonly ReportLabel[];
  /** Since 1.2. */
  readonly profiles?: readonly ReportProfile[];
  /** Since 1.2. */
  readonly nakedControls?: readonly ReportNakedControl[];
  /** Since 1.2. */
  readonly developing?: readonly ReportDevelopingProfile[];
  /** The latest cells of a footprint; since 1.2. */
  readonly cells?: ReportCells;
}
