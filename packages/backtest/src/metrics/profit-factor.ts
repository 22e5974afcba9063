/**
 * Profit factor: what the winning round trips made for each unit that the losing ones lost.
 *
 * Definition  sum of net above 0 / |sum of net below 0|.  Units  none.  NaN  where nothing was lost.  Example  2, -1, 0, 3 -> 5
 */
import { compensatedSum } from '@zanzibar/core';

export function profitFactor(net: ArrayLike<number>): number {
  const won = compensatedSum(Float64Array.from(net, value => Math.max(value, 0)));
  const lost = -compensatedSum(Float64Array.from(net, value => Math.min(value, 0)));
  return lost > 0 ? won / lost : NaN;
}
