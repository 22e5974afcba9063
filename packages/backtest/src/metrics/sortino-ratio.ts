/**
 * Sortino ratio: mean return above a target for each unit of downside deviation, a year.
 *
 * Definition  (mean(r) - t) / sqrt(sum min(r - t, 0)^2 / n) * sqrt(periodsPerYear), t = target / periodsPerYear; squares over all n returns, also those above
 *             the target (empyrical, PerformanceAnalytics; the deviation of the negative returns alone is another figure)
 * Units       none. `target` is a fraction a year.
 * NaN         without a return, and where none is below the target.
 * Source      F. A. Sortino and L. N. Price, Performance Measurement in a Downside Risk Framework, Journal of Investing 3(3), 1994
 * Example     series A of the reference data with 252 periods -> 2.47594481710
 */
import { compensatedSum, mean } from '@zanzibar/core';

export function sortinoRatio(returns: ArrayLike<number>, periodsPerYear: number, target: number = 0): number {
  const perPeriod = target / periodsPerYear;
  const squares = Float64Array.from(returns, r => (r < perPeriod ? (r - perPeriod) * (r - perPeriod) : 0));
  const downside = Math.sqrt(compensatedSum(squares) / squares.length);
  return downside > 0 ? ((mean(returns) - perPeriod) / downside) * Math.sqrt(periodsPerYear) : NaN;
}
