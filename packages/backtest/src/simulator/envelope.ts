/** The envelope of a bar market: the nearest levels at which anything happens, so that a bar inside them costs two comparisons. */
import type { Market } from './market.ts';
import { isImmediate, limit, market as marketKind, stop, type Slot } from './order.ts';

/** Must the order be looked at on its next bar whatever the prices? */
export function waitsForAny(slot: Slot): boolean {
  if (!slot.isActive) return false;
  if (slot.kind === marketKind) return true;
  return (slot.kind === stop && slot.isTriggered) || (slot.isFresh && (slot.isSatisfied || isImmediate(slot)));
}

export function makeEnvelope(market: Market): void {
  const { live } = market;
  market.isDirty = false;
  market.isAlways = false;
  market.buyAbove = market.sellAbove = Infinity;
  market.buyBelow = market.sellBelow = -Infinity;
  for (let k = 0; k < live.length; k++) {
    const slot = live[k];
    if (waitsForAny(slot)) {
      market.isAlways = true;
      return;
    }
    if (slot.kind === marketKind || !slot.isActive) continue;
    const isLimit = slot.kind === limit || slot.isTriggered, level = isLimit ? slot.limit : slot.stop;
    if (slot.trail !== null && !isLimit) {
      // What begins or raises it counts as well.
      const { extreme, activation } = slot.trail, next = extreme === extreme ? extreme : activation;
      if (next !== next) {
        market.isAlways = true;
        return;
      }
      if (slot.side > 0) market.buyBelow = Math.max(market.buyBelow, next);
      else market.sellAbove = Math.min(market.sellAbove, next);
      if (level !== level) continue;
    }
    const isAbove = isLimit ? slot.side < 0 : slot.turn > 0;
    if (slot.side > 0) {
      if (isAbove) market.buyAbove = Math.min(market.buyAbove, level);
      else market.buyBelow = Math.max(market.buyBelow, level);
    } else if (isAbove) market.sellAbove = Math.min(market.sellAbove, level);
    else market.sellBelow = Math.max(market.sellBelow, level);
  }
}

/** May bar `i` concern a live order? */
export function isBarMet(market: Market, i: number): boolean {
  return market.isAlways || market.sellLow[i] <= market.sellBelow || market.sellHigh[i] >= market.sellAbove ||
    market.buyLow[i] <= market.buyBelow || market.buyHigh[i] >= market.buyAbove;
}
