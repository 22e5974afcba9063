/**
 * Expected shortfall, or conditional value at risk: the mean loss in the worst share of the periods.
 *
 * Definition  mean of the p n smallest of n returns, times -1, where the last of them counts with the fraction that is left of p n:
 *             -(x1 + ... + x(k-1) + (p n - (k - 1)) xk) / (p n), k = ceil(p n). It minimises R. T. Rockafellar's and S. Uryasev's function, and is the
 *             coherent one: the mean of the returns at or below the value at risk (empyrical, quantstats) is another figure unless p n is whole
 * Units       returns in; a loss as a positive fraction of the period's start out
 * NaN         without a return, and where one is NaN
 * Errors      RangeError for a probability that is not between 0 and 1
 * Source      R. T. Rockafellar and S. Uryasev, Conditional value-at-risk for general loss distributions, Journal of Banking and Finance 26(7), 2002,
 *             doi:10.1016/S0378-4266(02)00271-6
 * Example     -0.03, -0.02, 0, 0.01, 0.02 at 0.3 -> 0.08 / 3: the worst whole, half of the second
 */
import { compensatedSum } from '@zanzibar/core';

export interface ExpectedShortfallOptions {
  /** Share of the periods that are the worst. @defaultValue 0.05 */
  readonly probability?: number;
}

export function historicalExpectedShortfall(returns: ArrayLike<number>, { probability = 0.05 }: ExpectedShortfallOptions = {}): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`historicalExpectedShortfall: probability must be between 0 and 1, was ${probability}`);
  const count = returns.length, sorted = Float64Array.from(returns).sort(), share = probability * count;
  // Typed arrays sort NaN to the end.
  if (count === 0 || Number.isNaN(sorted[count - 1])) return NaN;
  const last = Math.ceil(share) - 1;
  return -(compensatedSum(sorted, 0, last) + (share - last) * sorted[last]) / share;
}
