/**
 * A strategy against its benchmark: beta, alpha, information ratio and correlation of returns of equal periods.
 *
 * Definition  beta = cov(r, b) / var(b); alpha = (mean(r) - f - beta (mean(b) - f)) * periodsPerYear, f = riskFree / periodsPerYear: the intercept of the
 *             regression, scaled by the number of periods (quantstats; empyrical compounds it); informationRatio = mean(r - b) / s(r - b) *
 *             sqrt(periodsPerYear), s with n - 1 (empyrical and quantstats do not annualise); correlation is Pearson's. Periods in which either return is NaN are left out.
 * Units       beta, informationRatio and correlation none; alpha a fraction a year
 * NaN         for fewer than two periods; beta, alpha and correlation where the benchmark does not vary, informationRatio where the difference does not
 * Errors      RangeError for unequal lengths
 * Source      M. C. Jensen, The Performance of Mutual Funds in the Period 1945-1964, Journal of Finance 23(2), 1968; R. C. Grinold and R. N. Kahn, Active
 *             Portfolio Management, 2nd edition 2000
 * Example     r = 0.5 b + 0.001 with 252 periods -> beta 0.5, alpha 0.252, correlation 1
 */
import { compensatedSum, mean, standardDeviation } from '@zanzibar/core';

export interface BenchmarkFigures {
  readonly beta: number;
  /** Fraction a year. */
  readonly alpha: number;
  readonly informationRatio: number;
  readonly correlation: number;
  /** Periods in which both have a return. */
  readonly count: number;
}

export function benchmarkFigures(returns: ArrayLike<number>, benchmark: ArrayLike<number>, periodsPerYear: number, riskFree: number = 0): BenchmarkFigures {
  if (returns.length !== benchmark.length) throw new RangeError(`benchmarkFigures: ${returns.length} returns, but ${benchmark.length} of the benchmark`);
  const own = new Float64Array(returns.length), other = new Float64Array(returns.length);
  let count = 0;
  for (let i = 0; i < returns.length; i++) {
    if (Number.isNaN(returns[i]) || Number.isNaN(benchmark[i])) continue;
    own[count] = returns[i];
    other[count++] = benchmark[i];
  }
  if (count < 2) return { beta: NaN, alpha: NaN, informationRatio: NaN, correlation: NaN, count };
  return figuresOf(own.subarray(0, count), other.subarray(0, count), periodsPerYear, riskFree);
}

function figuresOf(own: Float64Array, other: Float64Array, periodsPerYear: number, riskFree: number): BenchmarkFigures {
  const active = own.map((r, i) => r - other[i]);
  const center = mean(own), level = mean(other), perPeriod = riskFree / periodsPerYear;
  const together = compensatedSum(own.map((r, i) => (r - center) * (other[i] - level))), square = compensatedSum(other.map(b => (b - level) * (b - level)));
  const ownSquare = compensatedSum(own.map(r => (r - center) * (r - center))), beta = square > 0 ? together / square : NaN;
  const deviation = standardDeviation(active), largest = active.reduce((most, a) => Math.max(most, Math.abs(a)), 0);
  return {
    beta,
    alpha: (center - perPeriod - beta * (level - perPeriod)) * periodsPerYear,
    // As in the Sharpe ratio: a deviation that is rounding alone is none.
    informationRatio: deviation > 1e-14 * largest ? (mean(active) / deviation) * Math.sqrt(periodsPerYear) : NaN,
    correlation: square > 0 && ownSquare > 0 ? together / Math.sqrt(square * ownSquare) : NaN,
    count: own.length,
  };
}
