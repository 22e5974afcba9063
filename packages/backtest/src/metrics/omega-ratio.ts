/**
 * Omega ratio: what the returns gained above a threshold for each unit that they fell short of it.
 *
 * Definition  sum max(r - t, 0) / sum max(t - r, 0), t = threshold / periodsPerYear; at 0 it is the profit factor of the returns
 * Units       none. `threshold` is a fraction a year, divided by the periods (empyrical takes (1 + threshold)^(1 / periods) - 1).
 * NaN         where no return is below the threshold.
 * Source      C. Keating and W. F. Shadwick, A Universal Performance Measure, Journal of Performance Measurement 6(3), 2002
 * Example     series A of the reference data -> 1.28996895203
 */
import { compensatedSum } from '@zanzibar/core';

export function omegaRatio(returns: ArrayLike<number>, periodsPerYear: number, threshold: number = 0): number {
  const perPeriod = threshold / periodsPerYear, distance = Float64Array.from(returns, r => r - perPeriod);
  const above = compensatedSum(distance.map(d => (d < 0 ? 0 : d))), below = compensatedSum(distance.map(d => (d > 0 ? 0 : -d)));
  return below > 0 ? above / below : NaN;
}
