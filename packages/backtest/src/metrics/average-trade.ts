/**
 * Average trade: mean profit of a round trip after costs. Other programs call this figure expectancy.
 *
 * Definition  sum of net / count.  Units  account currency.  NaN  without a round trip.  Example  2, -1, 0, 3 -> 1
 */
import { compensatedSum } from '@zanzibar/core';

export function averageTrade(net: ArrayLike<number>): number {
  return compensatedSum(net) / net.length;
}
