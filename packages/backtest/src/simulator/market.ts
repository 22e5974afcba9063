/** One instrument while it trades: its rows, what stands, what a taker pays, its live orders and its position. */
import { againstOrder, makeGrid, roundToGrid, type Grid } from '@zanzibar/core';
import type { Clock } from './clock.ts';
import { Closures } from './closures.ts';
import { Hits } from './hits.ts';
import type { Slot } from './order.ts';
import { RowsInForce } from './rows-in-force.ts';
import type { MarketRows, SimulationOptions, TradedInstrument } from './setup.ts';
import { follow } from './trail.ts';
import { Hedge, type Holding, type HedgedPosition } from './holding.ts';
import type { Lot } from '../ledger/lots.ts';

const range: Float64Array = new Float64Array(2);

/** Before all times. */
export const never: bigint = -(1n << 63n);

export class Market extends RowsInForce implements Holding {
  readonly prices: Grid;
  readonly quantities: Grid;
  /** Smallest price step, 1 where there is none. */
  readonly tick: number;
  readonly multiplier: number;
  /** Null where it can be traded all the time. */
  readonly closures: Closures | null;
  /** Quantities are whole numbers, or have no grid: sums need no cleaning. */
  private readonly isSumExact: boolean;
  /** A limit needs a price beyond it, not at it. */
  readonly isStrict: boolean;
  /** Half the modelled spread, and that with slippage, in price. */
  half = 0;
  halfAndSlip = 0;
  private readonly givenHalf: number;
  private readonly slip: number;

  /** What stood before this group. */
  carriedBuy: number = NaN;
  carriedSell: number = NaN;
  carriedRow = -1;
  carriedTime: bigint = never;
  /** Lowest and highest price of the carried row: to sell, to buy. */
  carriedRange: Float64Array = new Float64Array(4).fill(NaN);
  /** Bars: where the last known price is. */
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
  /** Signed; in hedging the sum of all positions, and their average where they are of one side. */
  position = 0;
  average: number = NaN;
  lots: Lot[] = [];
  /** Null: one position, which is the market itself. */
  readonly hedge: Hedge | null;
  /** What is held; with netting one that may hold nothing. */
  readonly holdings: readonly Holding[];
  /** Rows before this one are of before a split: their prices are worth `1 / staleRatio` of themselves. */
  private staleBefore = 0;
  private staleRatio = 1;

  constructor(rank: number, facts: TradedInstrument, options: SimulationOptions) {
    super(rank, facts, options);
    this.tick = Number.isNaN(facts.tick) ? 1 : facts.tick;
    this.prices = makeGrid(facts.tick);
    this.quantities = makeGrid(facts.quantityStep);
    this.multiplier = facts.multiplier;
    this.closures = facts.expires === undefined && (facts.halts ?? []).length === 0 ? null : new Closures(facts);
    this.isSumExact = !this.quantities.isGrid || this.quantities.denominator === 1;
    this.isStrict = !this.isQuotes && options.limitFill !== 'touch';
    const { halfSpread = 0, slippage = 0 } = options.costs ?? {};
    this.givenHalf = this.isQuotes ? 0 : halfSpread;
    this.slip = slippage * this.tick;
    this.setHalf(this.givenHalf);
    this.hedge = options.positionMode === 'hedging' ? new Hedge() : null;
    this.holdings = this.hedge === null ? [this] : this.hedge.positions;
  }

  /** After a fill of one of several positions. */
  settleHedge(hedge: Hedge, holding: HedgedPosition): void {
    hedge.settle(holding);
    this.sumHedge(hedge);
  }

  sumHedge(hedge: Hedge): void {
    this.position = this.cleanQuantity(hedge.net);
    this.average = hedge.average;
  }

  private setHalf(half: number): void {
    this.half = half;
    this.halfAndSlip = half + this.slip;
  }

  override load(rows: MarketRows): void {
    super.load(rows);
    this.setHalf(this.hasAskBars ? 0 : this.givenHalf);
    this.isDirty = true;
  }

  /** Keeps what stands at the present key, before this group's rows go. */
  keepStanding(clock: Clock): void {
    const row = this.standing(clock);
    this.carriedTime = this.lastPassedTime(clock);
    if (this.isBars) this.keepMark();
    else this.followAll(clock);
    if (row < 0) return;
    this.carriedBuy = this.standingBuy(row);
    this.carriedSell = this.standingSell(row);
    this.carriedRow = this.base + row;
    const { carriedRange } = this;
    for (let k = 0; k < 2; k++) {
      super.extremes(k === 0 ? -1 : 1, this.carriedRow, this.carriedRow + 1, range);
      carriedRange[2 * k] = range[0];
      carriedRange[2 * k + 1] = range[1];
    }
  }

  /** Stop prices that follow the market take in what has passed. */
  private followAll(clock: Clock): void {
    for (const slot of this.live) if (slot.trail !== null && !slot.isTriggered) follow(this, slot, this.unprocessed(clock));
  }

  /** Position of the standing row at the present key; -1: what was carried over. Bars: of the last whole bar. */
  standing(clock: Clock): number {
    return this.isBars ? this.closed - 1 - this.base : this.lastExisting(this.unprocessed(clock) - 1 - this.base);
  }

  /** Time (of bars: of opening) of the last existing row that has passed; `never` where none has. */
  lastPassedTime(clock: Clock): bigint {
    const at = this.lastExisting((this.isBars ? this.opened : this.unprocessed(clock)) - 1 - this.base);
    return at < 0 ? this.carriedTime : this.time[at];
  }

  /** Bars: has any bar closed? */
  get hasStanding(): boolean {
    return this.firstRow >= 0 && this.closed > this.firstRow;
  }

  standingBuy(position: number): number {
    return position < 0 ? this.carriedBuy : this.onScale(position, this.isBars ? this.buyClose[position] : this.buy[position]);
  }

  standingSell(position: number): number {
    return position < 0 ? this.carriedSell : this.onScale(position, this.isBars ? this.sellClose[position] : this.sell[position]);
  }

  /** The same of rows that have gone where the last of them, which an order for the close was filled at, is asked for. */
  override extremes(side: number, from: number, to: number, out: Float64Array): void {
    super.extremes(side, from, to, out);
    const { carriedRow, carriedRange } = this, at = side > 0 ? 2 : 0;
    if (carriedRow < from || carriedRow >= this.base || carriedRow >= to) return;
    out[0] = Math.min(out[0], carriedRange[at]);
    out[1] = Math.max(out[1], carriedRange[at + 1]);
  }

  /** What the position, or one of this quantity, would close on at the present key. */
  mark(clock: Clock, held: number = this.position): number {
    const isLong = held > 0;
    if (!this.isBars) {
      const at = this.lastExisting(this.unprocessed(clock) - 1 - this.base);
      return isLong ? this.standingSell(at) : this.standingBuy(at);
    }
    const at = this.markRow - this.base;
    if (at < 0) return isLong ? this.markSell : this.markBuy;
    if (this.isMarkOpen) return isLong ? this.sell[at] : this.buy[at];
    return this.onScale(at, isLong ? this.sellClose[at] : this.buyClose[at]);
  }

  private keepMark(): void {
    const at = this.markRow - this.base;
    if (at < 0) return;
    this.markSell = this.onScale(at, this.isMarkOpen ? this.sell[at] : this.sellClose[at]);
    this.markBuy = this.onScale(at, this.isMarkOpen ? this.buy[at] : this.buyClose[at]);
  }

  private onScale(position: number, price: number): number {
    return position + this.base < this.staleBefore ? price / this.staleRatio : price;
  }

  /** Everything that stands is of before a split by this ratio. */
  splitStanding(ratio: number, clock: Clock): void {
    const standing = this.isBars ? this.markRow : this.base + this.standing(clock);
    this.staleRatio = standing >= this.staleBefore ? ratio : this.staleRatio * ratio;
    this.staleBefore = this.isBars ? this.opened : this.unprocessed(clock);
    this.carriedBuy /= ratio;
    this.carriedSell /= ratio;
    for (let k = 0; k < 4; k++) this.carriedRange[k] /= ratio;
    this.markBuy /= ratio;
    this.markSell /= ratio;
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
    return this.isSumExact ? quantity : roundToGrid(this.quantities, quantity, 'nearest');
  }
}
