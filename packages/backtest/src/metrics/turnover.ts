/**
 * Turnover: notional traded, bought and sold, in multiples of the mean equity.
 *
 * Definition  sum |price * quantity * multiplier * rate| of the fills / mean of equity, over the whole run, not annualised.
 * Units       times equity.  NaN  when the mean equity is not above 0.  Example  notional 300, equity 100 and 200 -> 2
 */
import { compensatedSum, mean } from '@zanzibar/core';

export function turnover(notionals: ArrayLike<number>, equity: ArrayLike<number>): number {
  const average = mean(equity);
  return average > 0 ? compensatedSum(Float64Array.from(notionals, Math.abs)) / average : NaN;
}
