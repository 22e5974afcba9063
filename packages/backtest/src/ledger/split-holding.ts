/**
 * A holding across a split.
 *
 * Definition  quantity x numerator / denominator at average x denominator / numerator; what is below a quantity step is paid out at `price` x denominator / numerator,
 *             the last price before the split on the new scale, as if it had been sold (bought back) there
 * Units       quantities in units after the split, prices in price after it, profit in account currency, not yet rounded
 */
import { wholeSteps, type Grid, type Split } from '@zanzibar/core';

export interface SplitHolding {
  /** Signed. */
  readonly held: number;
  average: number;
  /** Unsigned quantity that was paid out, at this price and with this profit. */
  readonly paidOut: number;
  readonly price: number;
  readonly profit: number;
}

export function splitHolding(held: number, average: number, price: number, multiplier: number, quantities: Grid, { numerator, denominator }: Split): SplitHolding {
  const side = held < 0 ? -1 : 1, size = (side * held * numerator) / denominator, kept = quantities.isGrid ? wholeSteps(quantities, size) : size, paidOut = size - kept;
  const newAverage = (average * denominator) / numerator, newPrice = (price * denominator) / numerator, isPaid = paidOut > 1e-9 * size;
  return {
    held: kept === 0 ? 0 : side * kept, average: kept === 0 ? NaN : newAverage, paidOut: isPaid ? paidOut : 0, price: newPrice,
    profit: isPaid ? (newPrice - newAverage) * paidOut * side * multiplier : 0,
  };
}
