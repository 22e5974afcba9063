/**
 * Mean, variance, standard deviation, skewness and kurtosis of a sample or of a whole population, each from two passes over the values.
 *
 * Definition  m = mean of x, refined once by the mean of x - m; d = x - m; Mk = mean of d^k (sums compensated)
 *             sample: variance n M2 / (n - 1); skewness G1 = g1 sqrt(n (n - 1)) / (n - 2); excess kurtosis
 *             G2 = (n - 1) ((n + 1) g2 + 6) / ((n - 2)(n - 3)); population: M2, g1 = M3 / M2^1.5, g2 = M4 / M2^2 - 3
 * Units       mean and deviation those of x, variance their square, skewness and kurtosis none; kurtosis is excess: 0 for the normal
 * NaN         any NaN gives NaN; so do fewer values than the definition needs (1; 2 for sample variance, 3, 4) and, for shape, no variance
 * Source      D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998); R, numpy and Excel
 *             (SKEW, KURT) agree with these names
 * Example     1, 2, 3, 4: standardDeviation 1.29099..., populationStandardDeviation 1.11803...
 */
import { compensatedSquares, compensatedSum } from './compensated-sum.ts';

export function mean(values: ArrayLike<number>): number {
  const count = values.length, rough = compensatedSum(values) / count;
  if (count === 0 || !Number.isFinite(rough)) return count === 0 ? NaN : rough;
  let rest = 0;
  for (let i = 0; i < count; i++) rest += values[i] - rough;
  return rough + rest / count;
}

/** Means of the second to fourth power of the distance from the mean. */
function centralMoments(values: ArrayLike<number>): readonly [second: number, third: number, fourth: number] {
  const count = values.length, center = mean(values), squares = new Float64Array(count), cubes = new Float64Array(count);
  const fourths = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const distance = values[i] - center, square = distance * distance;
    squares[i] = square;
    cubes[i] = square * distance;
    fourths[i] = square * square;
  }
  return [compensatedSum(squares) / count, compensatedSum(cubes) / count, compensatedSum(fourths) / count];
}

/** Of a sample: divides by n - 1. `center` is their mean, for a caller that has it already. */
export function variance(values: ArrayLike<number>, center: number = mean(values)): number {
  return values.length < 2 ? NaN : compensatedSquares(values, center) / (values.length - 1);
}

export function populationVariance(values: ArrayLike<number>): number {
  return values.length < 1 ? NaN : compensatedSquares(values, mean(values)) / values.length;
}

/** Of a sample: the root of the variance that divides by n - 1. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

export function populationStandardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(populationVariance(values));
}

/** Of a sample: the adjusted G1. */
export function skewness(values: ArrayLike<number>): number {
  const count = values.length;
  return count < 3 ? NaN : (populationSkewness(values) * Math.sqrt(count * (count - 1))) / (count - 2);
}

export function populationSkewness(values: ArrayLike<number>): number {
  const [second, third] = centralMoments(values);
  return second > 0 ? third / (second * Math.sqrt(second)) : NaN;
}

/** Of a sample, excess: the adjusted G2. */
export function kurtosis(values: ArrayLike<number>): number {
  const count = values.length;
  return count < 4 ? NaN : ((count - 1) * ((count + 1) * populationKurtosis(values) + 6)) / ((count - 2) * (count - 3));
}

/** Of a population, excess. */
export function populationKurtosis(values: ArrayLike<number>): number {
  const [second, , fourth] = centralMoments(values);
  return second > 0 ? fourth / (second * second) - 3 : NaN;
}
