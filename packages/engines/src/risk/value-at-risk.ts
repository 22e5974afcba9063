/**
 * Value at risk: the loss that a return exceeds with a stated probability, read off the returns themselves (historical simulation).
 *
 * Definition  -Q(p) of the returns, Q their quantile, by default of type 7 (numpy, R, empyrical); type 1 takes an observed return (skfolio)
 * Units       returns in; a loss as a positive fraction of the period's start out, negative where even that quantile is a gain
 * NaN         without a return, and where one is NaN
 * Errors      RangeError for a probability that is not between 0 and 1
 * Source      P. Jorion, Value at Risk, 3rd edition 2007, chapter 10; skfolio and PerformanceAnalytics differ in the quantile's type only
 * Example     -0.02, -0.01, 0, 0.01, 0.02 at 0.25 -> 0.01
 */
import { quantile } from '@zanzibar/core';
import type { QuantileType } from '@zanzibar/core';

export interface ValueAtRiskOptions {
  /** Probability of a larger loss. @defaultValue 0.05 */
  readonly probability?: number;
  /** How the quantile is interpolated. @defaultValue 7 */
  readonly quantileType?: QuantileType;
}

export function historicalValueAtRisk(returns: ArrayLike<number>, { probability = 0.05, quantileType = 7 }: ValueAtRiskOptions = {}): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`historicalValueAtRisk: probability must be between 0 and 1, was ${probability}`);
  return -quantile(returns, probability, quantileType);
}
