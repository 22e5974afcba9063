/** What rows trade or show, and how much of it the account has taken: participation limits (`fills.md` C6 to C8). */
import { wholeSteps } from '@zanzibar/core';
import { atPoint } from './look.ts';
import type { Market } from './market.ts';
import type { Slot } from './order.ts';
import type { MarketRows, SimulationOptions, TradedInstrument } from './setup.ts';

/** Do fills depend on what rows trade or show? */
export function needsVolumes({ participation, costs }: SimulationOptions): boolean {
  return participation !== undefined || Object.values(costs?.impact ?? {}).some(({ kind }) => kind === 'volumeShare');
}

export class RowVolumes {
  /** Share of a row that the account may take. */
  private readonly share: number;
  /** Bars: by instrument, the column in force, and the volume of the last bar before it. */
  private readonly columns: (Float64Array | undefined)[];
  private readonly carried: Float64Array;
  /** By instrument, the row that was filled on last, and how much. */
  private readonly row: Float64Array;
  private readonly taken: Float64Array;

  /** `share` NaN: no limit. Errors: RangeError for one that is not in (0, 1]. */
  constructor(share: number, instruments: readonly TradedInstrument[]) {
    if (share === share && !(share > 0 && share <= 1)) throw new RangeError(`simulator: participation must be above 0 and at most 1, was ${share}`);
    this.share = share;
    this.columns = instruments.map(() => undefined);
    this.carried = new Float64Array(instruments.length).fill(NaN);
    this.row = new Float64Array(instruments.length).fill(-1);
    this.taken = new Float64Array(instruments.length);
  }

  /** The next rows, before the market has them. Errors: TypeError for a missing column. */
  load(market: Market, rows: MarketRows): void {
    const { facts, rank } = market, missing = facts.market === 'bars' ? rows.volume === undefined && 'volume' : facts.market === 'trades' ? rows.size === undefined && 'size' : rows.askSize === undefined ? 'askSize' : rows.bidSize === undefined && 'bidSize';
    if (missing !== false && rows.length > 0) throw new TypeError(`${facts.id}: participation and impact by volume need the column "${missing}"`);
    this.keep(market);
    this.columns[rank] = rows.volume;
  }

  /** Keeps the volume of the last bar that closed, before its rows go. */
  private keep({ rank, isBars, closed, base }: Market): void {
    const column = this.columns[rank], at = closed - 1 - base;
    if (isBars && column !== undefined && at >= 0 && at < column.length) this.carried[rank] = column[at];
  }

  /** What the row at this position trades or shows to this side: bars at their open what the bar before traded, which is known by then. */
  of(market: Market, side: number, at: number, look: number): number {
    if (!market.isBars) return (side > 0 ? market.buySize : market.sellSize)![at];
    const position = look === atPoint ? market.closed - 1 - market.base : at, column = this.columns[market.rank];
    return position < 0 || column === undefined ? this.carried[market.rank] : column[position];
  }

  /** How much of `quantity`, what is left of the order, may be filled; 0 where nothing may. */
  allowed(market: Market, slot: Slot, quantity: number, at: number, look: number): number {
    if (this.share !== this.share) return quantity;
    const { rank, quantities } = market, row = market.base + at, taken = this.row[rank] === row ? this.taken[rank] : 0, free = this.share * this.of(market, slot.side, at, look) - taken;
    if (!(free > 0)) return 0;
    if (quantities.isGrid) return Math.min(quantity, wholeSteps(quantities, free));
    // Parts of a quantity without steps are whole multiples of a power of two: so they add up to it exactly.
    const grain = powerOfTwo(slot.quantity / 536_870_912);
    return free >= quantity ? quantity : Math.floor(free / grain) * grain;
  }

  take(market: Market, at: number, quantity: number): void {
    const { rank } = market, row = market.base + at;
    this.taken[rank] = this.row[rank] === row ? market.cleanQuantity(this.taken[rank] + quantity) : quantity;
    this.row[rank] = row;
  }

  save(markets: readonly Market[]): object {
    for (const market of markets) this.keep(market);
    return { carried: this.carried, row: this.row, taken: this.taken };
  }

  restore({ carried, row, taken }: { carried: Float64Array; row: Float64Array; taken: Float64Array }): void {
    this.carried.set(carried);
    this.row.set(row);
    this.taken.set(taken);
  }
}

/** The largest power of two that is not above a positive number. */
function powerOfTwo(value: number): number {
  let power = 1;
  while (power > value) power /= 2;
  while (power * 2 <= value) power *= 2;
  return power;
}
