/** Where an order on ticks must be looked at next: a pair of bracket legs by one search, everything else by its own. */
import type { Market } from './market.ts';
import { isImmediate, limit, market as marketKind, stop, type Slot } from './order.ts';
import { trailingPassage } from './trailing-passage.ts';
import type { Venue } from './venue.ts';

/** The largest double below a finite one. */
const bits: Float64Array = new Float64Array(1);
const words: Int32Array = new Int32Array(bits.buffer);
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  bits[0] = value;
  if (value > 0) {
    if (words[0] === 0) words[1]--;
    words[0]--;
  } else {
    words[0]++;
    if (words[0] === 0) words[1]++;
  }
  return bits[0];
}

/** Sets the row of an order, and of its sibling where one search serves both, and remembers it. Rows before `eligible` are behind them. */
export function search(venue: Venue, market: Market, slot: Slot): void {
  if (market.isBars || slot.livePlace < 0) return;
  if (!slot.isActive) {
    slot.next = Infinity;
    return;
  }
  const { kind } = slot;
  if (kind === marketKind || (slot.isFresh && (slot.isSatisfied || isImmediate(slot))) || (slot.isTriggered && kind === stop)) {
    remember(market, slot, market.firstExisting(slot.eligible));
    return;
  }
  if (slot.trail !== null && !slot.isTriggered) {
    remember(market, slot, trailingPassage(market, slot));
    return;
  }
  const other = pairOf(slot);
  if (other === null) remember(market, slot, passage(market, slot.side, slot.eligible, priceOf(market, slot), priceOf(market, slot), isAbove(slot), !isAbove(slot)));
  else {
    const row = passage(market, slot.side, slot.eligible, priceOf(market, isAbove(slot) ? slot : other), priceOf(market, isAbove(slot) ? other : slot), true, true);
    other.eligible = slot.eligible;
    other.next = row;
    remember(market, slot, row);
  }
}

/** The other leg of a pair that can be searched together: one waits above, one below, and nothing before `slot.eligible` concerns the other. */
function pairOf(slot: Slot): Slot | null {
  const { parent } = slot;
  if (parent === null) return null;
  const other = parent.leg0 === slot ? parent.leg1 : parent.leg0;
  if (other === null || other === slot || other.livePlace < 0 || other.kind === marketKind || other.trail !== null) return null;
  if (other.eligible > slot.eligible || other.next < slot.eligible) return null;
  if ((other.isFresh && other.isSatisfied) || other.isTriggered || isAbove(other) === isAbove(slot)) return null;
  return other;
}

/** Does the market have to rise to it? */
function isAbove(slot: Slot): boolean {
  return slot.kind === limit || slot.isTriggered ? slot.side < 0 : slot.turn > 0;
}

/** The level as one to be reached, not passed. */
function priceOf(market: Market, slot: Slot): number {
  const isLimit = slot.kind === limit || slot.isTriggered;
  if (!isLimit) return slot.stop;
  if (!market.isStrict) return slot.limit;
  return slot.side > 0 ? below(slot.limit) : -below(-slot.limit);
}

function passage(market: Market, side: number, from: number, high: number, low: number, hasHigh: boolean, hasLow: boolean): number {
  const { index, base, length } = market;
  if (index === undefined) return Infinity;
  const start = from > base ? from - base : 0;
  if (start >= length) return Infinity;
  const row = (side > 0 ? index.buy! : index.sell!).first(start, length, hasLow ? low : -Infinity, hasHigh ? high : Infinity);
  return row < length ? base + row : Infinity;
}

function remember(market: Market, slot: Slot, row: number): void {
  slot.next = row;
  if (row < Infinity) market.hits.push(row, slot);
}
