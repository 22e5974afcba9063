/**
 * The lots of a position, first in first out (`fills.md` B17).
 *
 * Definition  what closes takes the oldest lot first; each part's profit is (price - the lot's price) x part x side x multiplier, rounded on its own. The average is
 *             that of the lots that are left, weighted by quantity. A split multiplies each lot's quantity and divides its price, without cutting it to steps
 * Units       quantities are unsigned, profits in units of money
 */
import { wholeSteps } from '@zanzibar/core';
import type { Market } from '../simulator/market.ts';
import type { Money } from './money.ts';

export interface Lot {
  quantity: number;
  price: number;
  /** A split has left a part of a step: sums cannot be cleaned by the grid any more. */
  isPart?: boolean;
}

/** Closes a quantity and returns its profit; `took` is told each part. */
export function closeLots<L extends Lot>(lots: L[], quantity: number, price: number, side: number, market: Market, money: Money, took?: (lot: L, part: number, profit: number, isLast: boolean) => void): number {
  const isLoose = !market.quantities.isGrid || lots.some(lot => lot.isPart), clean = (left: number, of: number): number => (!isLoose ? market.cleanQuantity(left) : left > 1e-9 * of ? left : 0);
  let rest = quantity, profit = 0;
  while (rest > 0 && lots.length > 0) {
    const [lot] = lots, part = rest < lot.quantity ? rest : lot.quantity, own = money.count((price - lot.price) * part * side * market.multiplier);
    profit += own;
    rest = clean(rest - part, quantity);
    lot.quantity = clean(lot.quantity - part, lot.quantity);
    if (lot.quantity === 0) lots.shift();
    took?.(lot, part, own, rest === 0 || lots.length === 0);
  }
  return profit;
}

/** Puts the lots on the scale of a split. */
export function splitLots(lots: readonly Lot[], ratio: number, { quantities }: Market): void {
  for (const lot of lots) {
    lot.quantity *= ratio;
    lot.price /= ratio;
    const whole = quantities.isGrid ? wholeSteps(quantities, lot.quantity) : lot.quantity;
    if (Math.abs(lot.quantity - whole) > 1e-9 * lot.quantity) lot.isPart = true;
    else lot.quantity = whole;
  }
}

/** NaN without lots. */
export function averageOf(lots: readonly Lot[]): number {
  if (lots.length === 1) return lots[0].price;
  let worth = 0, sum = 0;
  for (const { quantity, price } of lots) {
    worth += quantity * price;
    sum += quantity;
  }
  return worth / sum;
}
