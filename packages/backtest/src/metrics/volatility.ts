/**
 * Annual volatility: the sample standard deviation of the returns, scaled by the square root of the periods in a year.
 *
 * Definition  sqrt(sum (r - mean)^2 / (n - 1)) * sqrt(periodsPerYear).  Units  fraction a year.  NaN  for fewer than two returns.
 * Example     0.01, 0.03 with 252 periods -> 0.2244994432
 */
import { variance } from '@zanzibar/core';

export function annualVolatility(returns: ArrayLike<number>, periodsPerYear: number): number {
  return Math.sqrt(variance(returns) * periodsPerYear);
}
