/**
 * Sharpe ratio: mean excess return for each unit of its deviation, a year.
 *
 * Definition  (mean(r) - riskFree / periodsPerYear) / s * sqrt(periodsPerYear), s the sample standard deviation (n - 1)
 * Units       none. `riskFree` is a fraction a year.
 * NaN         for fewer than two returns, and where they do not vary (s at most 1e-14 of the largest return: rounding, no risk).
 * Source      W. F. Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21(1), 1994
 * Example     series A of the reference data with 252 periods -> 1.59674026002
 */
import { mean, variance } from '@zanzibar/core';

export function sharpeRatio(returns: ArrayLike<number>, periodsPerYear: number, riskFree: number = 0): number {
  const center = mean(returns), deviation = Math.sqrt(variance(returns, center));
  // No return lies further from the mean than all of them together: where that settles it, the largest need not be looked for.
  const most = Math.abs(center) + deviation * Math.sqrt(returns.length);
  if (!(deviation > 1e-14 * most) && !(deviation > 1e-14 * largestMagnitude(returns))) return NaN;
  return ((center - riskFree / periodsPerYear) / deviation) * Math.sqrt(periodsPerYear);
}

function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}
