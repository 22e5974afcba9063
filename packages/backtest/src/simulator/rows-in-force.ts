/** The rows of one instrument that are loaded: what buyers and sellers meet, which rows exist for orders, and which of them have passed. */
import type { Clock } from './clock.ts';
import { indexMarket, type MarketIndex } from './market-index.ts';
import type { MarketRows, SimulationOptions, TradedInstrument } from './setup.ts';

const none: Float64Array = new Float64Array(0);

export class RowsInForce {
  readonly rank: number;
  readonly facts: TradedInstrument;
  readonly isBars: boolean;
  readonly isQuotes: boolean;
  private readonly isCrossedTraded: boolean;

  // This group: what buyers and sellers meet (bars: at the open), and the rest of bars.
  base = 0;
  length = 0;
  time: BigInt64Array = new BigInt64Array(0);
  closeTime: BigInt64Array = new BigInt64Array(0);
  buy: Float64Array = none;
  sell: Float64Array = none;
  buySize: Float64Array | undefined;
  sellSize: Float64Array | undefined;
  buyHigh: Float64Array = none;
  buyLow: Float64Array = none;
  buyClose: Float64Array = none;
  sellHigh: Float64Array = none;
  sellLow: Float64Array = none;
  sellClose: Float64Array = none;
  index: MarketIndex | undefined;
  private starts: Float64Array = none;
  private startAt = 0;
  /** Bars of bid and ask. */
  hasAskBars = false;
  hasBegun = false;
  firstRow = -1;
  /** First row that has not come yet as far as was asked last; rows before it are passed. */
  cursor = 0;
  /** That row at the present key, where a lane knows it without reading times; else -1. */
  known = -1;
  /** Bars: rows whose open, and whose whole, has been met. */
  opened = 0;
  closed = 0;

  constructor(rank: number, facts: TradedInstrument, options: SimulationOptions) {
    this.rank = rank;
    this.facts = facts;
    this.isBars = facts.market === 'bars';
    this.isQuotes = facts.market === 'quotes';
    this.isCrossedTraded = options.crossed === 'trade';
  }

  /** The next rows; what stood before them must have been kept by `keepStanding`. */
  load(rows: MarketRows): void {
    const { facts } = this;
    if (this.hasBegun && rows.length > 0 && rows.base !== this.base + this.length) {
      throw new RangeError(`${facts.id}: rows must go on at row ${this.base + this.length}, came from row ${rows.base}`);
    }
    if (!this.hasBegun || rows.length > 0) this.base = rows.base;
    else this.base += this.length;
    this.length = rows.length;
    this.time = rows.time;
    if (!this.hasBegun && rows.length > 0) {
      this.hasBegun = true;
      this.firstRow = rows.base;
      this.opened = this.closed = rows.base;
    }
    if (this.cursor < this.base) this.cursor = this.base;
    this.starts = rows.starts ?? none;
    this.startAt = 0;
    if (this.isBars) {
      this.sell = need(facts, rows.open, 'open');
      this.sellHigh = need(facts, rows.high, 'high');
      this.sellLow = need(facts, rows.low, 'low');
      this.sellClose = need(facts, rows.close, 'close');
      this.closeTime = rows.closeTime ?? missing(facts, 'closeTime');
      const hasAsk = rows.askOpen !== undefined;
      this.buy = rows.askOpen ?? this.sell;
      this.buyHigh = hasAsk ? need(facts, rows.askHigh, 'askHigh') : this.sellHigh;
      this.buyLow = hasAsk ? need(facts, rows.askLow, 'askLow') : this.sellLow;
      this.buyClose = hasAsk ? need(facts, rows.askClose, 'askClose') : this.sellClose;
      this.hasAskBars = hasAsk;
    } else if (this.isQuotes) {
      this.buy = need(facts, rows.ask, 'ask');
      this.sell = need(facts, rows.bid, 'bid');
      this.buySize = rows.askSize;
      this.sellSize = rows.bidSize;
    } else {
      this.buy = this.sell = need(facts, rows.price, 'price');
      this.buySize = this.sellSize = rows.size;
    }
    this.index = rows.index ?? (rows.length > 0 ? indexMarket(facts, rows, this.isCrossedTraded) : undefined);
  }

  /** After a restore: this group's rows are gone, only their number is known. */
  forgetRows(): void {
    this.time = new BigInt64Array(0);
    this.base += this.length;
    this.length = 0;
  }

  /** Does the row at this position exist for orders? */
  exists(position: number): boolean {
    const buy = this.buy[position], sell = this.sell[position];
    return this.isQuotes && !this.isCrossedTraded ? buy >= sell : buy === buy && sell === sell;
  }

  /** The last existing row at or before this position, -1 if there is none. */
  lastExisting(position: number): number {
    let at = position;
    while (at >= 0 && !this.exists(at)) at--;
    return at;
  }

  /** The first row from `row` on that exists, Infinity if there is none in this group. */
  firstExisting(row: number): number {
    let at = Math.max(row - this.base, 0);
    while (at < this.length && !this.exists(at)) at++;
    return at < this.length ? this.base + at : Infinity;
  }

  /** The first row whose key is greater than the present one: rows before it have passed. */
  unprocessed(clock: Clock): number {
    const { base, length, time } = this;
    if (this.known >= 0) return this.known;
    if (clock.class === 5 && clock.rank === this.rank) {
      if (this.cursor <= clock.row) this.cursor = clock.row + 1;
      return clock.row + 1;
    }
    const isAfter = clock.class === 5 && clock.rank > this.rank, { times, at: now } = clock;
    let at = this.cursor - base;
    if (at < length && (isAfter ? time[at] <= times[now] : time[at] < times[now])) {
      let step = 1;
      while (at + step < length && (isAfter ? time[at + step] <= times[now] : time[at + step] < times[now])) {
        at += step;
        step *= 2;
      }
      let end = Math.min(at + step, length);
      at++;
      while (at < end) {
        const middle = (at + end) >> 1;
        if (isAfter ? time[middle] <= times[now] : time[middle] < times[now]) at = middle + 1;
        else end = middle;
      }
      this.cursor = base + at;
    }
    return base + at;
  }

  /** Does a session or a segment begin with this row? Asked in order of rows. */
  isStart(row: number): boolean {
    const { starts } = this;
    while (this.startAt < starts.length && starts[this.startAt] < row) this.startAt++;
    return row === this.firstRow || (this.startAt < starts.length && starts[this.startAt] === row);
  }

  /** One past the last row that has been met. */
  passed(clock: Clock): number {
    return this.isBars ? this.closed : this.unprocessed(clock);
  }

  /** Smallest and largest price of rows `[from, to)` at the side that an order of this side would take, into `out`. Rows that have gone are left out. */
  extremes(side: number, from: number, to: number, out: Float64Array): void {
    const { base } = this, first = Math.max(from - base, 0), end = Math.min(to - base, this.length);
    if (!this.isBars) {
      out[0] = Infinity;
      out[1] = -Infinity;
      if (this.index !== undefined) (side > 0 ? this.index.buy! : this.index.sell!).extremes(first, end, out);
      return;
    }
    const lows = side > 0 ? this.buyLow : this.sellLow, highs = side > 0 ? this.buyHigh : this.sellHigh;
    let low = Infinity, high = -Infinity;
    for (let at = first; at < end; at++) {
      if (lows[at] < low) low = lows[at];
      if (highs[at] > high) high = highs[at];
    }
    out[0] = low;
    out[1] = high;
  }
}

function need(facts: TradedInstrument, column: Float64Array | undefined, name: string): Float64Array {
  return column ?? missing(facts, name);
}

function missing(facts: TradedInstrument, column: string): never {
  throw new TypeError(`${facts.id}: a market of ${facts.market} needs the column "${column}"`);
}
