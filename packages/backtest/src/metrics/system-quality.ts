/**
 * System quality number: how surely the mean of the round trips is above 0, their t statistic.
 *
 * Definition  sqrt(n) * mean(net) / s, s the sample standard deviation (n - 1) of net; n is not held at 100 (Tharp's own tables are)
 * Units       none.  NaN  for fewer than two round trips, and where they do not vary.
 * Source      V. K. Tharp, Definitive Guide to Position Sizing, 2008 (there of R multiples; backtesting.py and backtrader take money, as here)
 * Example     1, 3 -> 2
 */
import { mean, standardDeviation } from '@zanzibar/core';

export function systemQuality(net: ArrayLike<number>): number {
  const deviation = standardDeviation(net);
  return deviation > 0 ? (Math.sqrt(net.length) * mean(net)) / deviation : NaN;
}
