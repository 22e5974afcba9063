/** One instrument while it trades: this group's rows as buyers and sellers meet them, what stands before them, its live orders and its position. */
import { againstOrder, DataError, isOnGrid, makeGrid, roundToGrid, type Grid } from '@zanzibar/core';
import type { Clock } from './clock.ts';
import { Hits } from './hits.ts';
import { indexMarket, type MarketIndex } from './market-index.ts';
import type { Slot } from './order.ts';
import type { MarketRows, SimulationOptions, TradedInstrument } from './setup.ts';

const none: Float64Array = new Float64Array(0);

export class Market {
  readonly rank: number;
  readonly facts: TradedInstrument;
  readonly prices: Grid;
  readonly quantities: Grid;
  readonly multiplier: number;
  readonly isBars: boolean;
  readonly isQuotes: boolean;
  /** A limit needs a price beyond it, not at it. */
  readonly isStrict: boolean;
  private readonly isCrossedTraded: boolean;
  /** Half the modelled spread, and that with slippage, in price. */
  half = 0;
  halfAndSlip = 0;
  private readonly givenHalf: number;
  private readonly slip: number;

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
  hasBegun = false;
  firstRow = -1;

  /** What stood before this group. */
  carriedBuy: number = NaN;
  carriedSell: number = NaN;
  carriedRow = -1;
  /** First row that has not come yet as far as was asked last; rows before it are passed. */
  cursor = 0;
  /** Bars: rows whose open, and whose whole, has been met; and where the last known price is. */
  opened = 0;
  closed = 0;
  markRow = -1;
  isMarkOpen = false;
  markBuy: number = NaN;
  markSell: number = NaN;

  readonly live: Slot[] = [];
  readonly hits: Hits = new Hits();
  /** Bars: levels at which the next thing happens; `isAlways`: whatever the bar. */
  isDirty = true;
  isAlways = false;
  buyAbove: number = Infinity;
  buyBelow: number = -Infinity;
  sellAbove: number = Infinity;
  sellBelow: number = -Infinity;
  /** Signed. */
  position = 0;
  average: number = NaN;

  constructor(rank: number, facts: TradedInstrument, options: SimulationOptions) {
    this.rank = rank;
    this.facts = facts;
    this.prices = makeGrid(facts.tick);
    this.quantities = makeGrid(facts.quantityStep);
    this.multiplier = facts.multiplier;
    this.isBars = facts.market === 'bars';
    this.isQuotes = facts.market === 'quotes';
    this.isStrict = !this.isQuotes && options.limitFill !== 'touch';
    this.isCrossedTraded = options.crossed === 'trade';
    const { halfSpread = 0, slippage = 0 } = options.costs ?? {};
    this.givenHalf = this.isQuotes ? 0 : halfSpread;
    this.slip = slippage * (Number.isNaN(facts.tick) ? 1 : facts.tick);
    this.setHalf(this.givenHalf);
  }

  private setHalf(half: number): void {
    this.half = half;
    this.halfAndSlip = half + this.slip;
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
      this.setHalf(hasAsk ? 0 : this.givenHalf);
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
    this.isDirty = true;
  }

  /** Keeps what stands at the present key, before this group's rows go. */
  keepStanding(clock: Clock): void {
    const row = this.standing(clock);
    if (this.isBars) this.keepMark();
    if (row < 0) return;
    this.carriedBuy = this.standingBuy(row);
    this.carriedSell = this.standingSell(row);
    this.carriedRow = this.base + row;
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

  private lastExisting(position: number): number {
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

  /** Position of the standing row at the present key; -1: what was carried over. Bars: of the last whole bar. */
  standing(clock: Clock): number {
    return this.isBars ? this.closed - 1 - this.base : this.lastExisting(this.unprocessed(clock) - 1 - this.base);
  }

  /** Bars: has any bar closed? */
  get hasStanding(): boolean {
    return this.firstRow >= 0 && this.closed > this.firstRow;
  }

  standingBuy(position: number): number {
    return position < 0 ? this.carriedBuy : this.isBars ? this.buyClose[position] : this.buy[position];
  }

  standingSell(position: number): number {
    return position < 0 ? this.carriedSell : this.isBars ? this.sellClose[position] : this.sell[position];
  }

  /** What the position would close on at the present key. */
  mark(clock: Clock): number {
    const isLong = this.position > 0;
    if (!this.isBars) {
      const at = this.lastExisting(this.unprocessed(clock) - 1 - this.base);
      return isLong ? this.standingSell(at) : this.standingBuy(at);
    }
    const at = this.markRow - this.base;
    if (at < 0) return isLong ? this.markSell : this.markBuy;
    if (this.isMarkOpen) return isLong ? this.sell[at] : this.buy[at];
    return isLong ? this.sellClose[at] : this.buyClose[at];
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

  private keepMark(): void {
    const at = this.markRow - this.base;
    if (at < 0) return;
    this.markSell = this.isMarkOpen ? this.sell[at] : this.sellClose[at];
    this.markBuy = this.isMarkOpen ? this.buy[at] : this.buyClose[at];
  }

  /** Does a session or a segment begin with this row? Asked in order of rows. */
  isStart(row: number): boolean {
    const { starts } = this;
    while (this.startAt < starts.length && starts[this.startAt] < row) this.startAt++;
    return row === this.firstRow || (this.startAt < starts.length && starts[this.startAt] === row);
  }

  /** What a taker pays where the market is at `raw`. */
  taken(raw: number, side: number): number {
    return this.half === 0 ? raw : roundToGrid(this.prices, raw + side * this.half, againstOrder(side));
  }

  /** The same with slippage. */
  slipped(raw: number, side: number): number {
    return this.halfAndSlip === 0 ? raw : roundToGrid(this.prices, raw + side * this.halfAndSlip, againstOrder(side));
  }

  /** A sum of quantities, freed of the dust of adding doubles. */
  cleanQuantity(quantity: number): number {
    return this.quantities.isGrid ? roundToGrid(this.quantities, quantity, 'nearest') : quantity;
  }
}

function need(facts: TradedInstrument, column: Float64Array | undefined, name: string): Float64Array {
  return column ?? missing(facts, name);
}

function missing(facts: TradedInstrument, column: string): never {
  throw new TypeError(`${facts.id}: a market of ${facts.market} needs the column "${column}"`);
}

/** Throws at the first price that is not on the grid. */
export function checkOnGrid(facts: TradedInstrument, column: Float64Array | undefined, name: string, base: number, length: number): void {
  const grid = makeGrid(facts.tick);
  if (!grid.isGrid || column === undefined) return;
  const { numerator, denominator } = grid;
  for (let i = 0; i < length; i++) {
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, faster than Math.round; what fails here is looked at exactly.
    const price = column[i], ticks = (price * denominator) / numerator + 6755399441055744 - 6755399441055744;
    if ((ticks * numerator) / denominator !== price && price === price && !isOnGrid(grid, price)) {
      throw new DataError(`${facts.id}: ${price} is not on the grid of ${facts.tick}; quality can round or drop such rows`, { row: base + i, column: name });
    }
  }
}
