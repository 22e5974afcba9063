/**
 * The lots of a position, first in first out (`fills.md` B17).
 *
 * Definition  what closes takes the oldest lot first; each part's profit is (price - the lot's price) x part x side x multiplier, rounded on its own. The average is
 *             that of the lots that are left, weighted by quantity
 * Units       quantities are unsigned, profits in units of money
 */
import type { Market } from '../simulator/market.ts';
import type { Money } from './money.ts';

export interface Lot {
  quantity: number;
  readonly price: number;
}

export function openLot(lots: Lot[], quantity: number, price: number): void {
  lots.push({ quantity, price });
}

/** Closes a quantity and returns its profit. */
export function closeLots(lots: Lot[], quantity: number, price: number, side: number, market: Market, money: Money): number {
  let rest = quantity, profit = 0;
  while (rest > 0 && lots.length > 0) {
    const [lot] = lots, part = rest < lot.quantity ? rest : lot.quantity;
    profit += money.count((price - lot.price) * part * side * market.multiplier);
    rest = market.cleanQuantity(rest - part);
    lot.quantity = market.cleanQuantity(lot.quantity - part);
    if (lot.quantity === 0) lots.shift();
  }
  return profit;
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
