/**
 * The value below which a share `p` of a sample lies, by any of the nine definitions in use; 7 is the default, as in numpy, R and Excel.
 *
 * Definition  values sorted x1..xn; types 1 to 3 take a value (inverse of the empirical distribution, averaged at its steps, nearest even), types 4 to 9
 *             interpolate at position h: 4 np; 5 np + 1/2; 6 (n + 1) p; 7 (n - 1) p + 1; 8 (n + 1/3) p + 1/3; 9 (n + 1/4) p + 3/8,
 *             held within 1..n; x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])
 * Units       those of the values; p is a fraction     NaN  any NaN in the values gives NaN, so does an empty sample
 * Errors      RangeError for p outside [0, 1] and an unknown type
 * Source      R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996). As in R a position
 *             within 4 machine epsilons of a step counts as on it
 * Example     1 to 10, p = 0.05: 1.45 by type 7, 1 by type 1
 */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export function quantile(values: ArrayLike<number>, p: number, type: QuantileType = 7): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p, type);
}

/** The same for values that are already in ascending order (NaN last, as typed arrays sort them). */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number, type: QuantileType = 7): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: p must be from 0 to 1, was ${p}`);
  if (!(Number.isInteger(type) && type >= 1 && type <= 9)) throw new RangeError(`quantile: type must be 1 to 9, was ${type}`);
  const count = sorted.length;
  if (count === 0 || Number.isNaN(sorted[count - 1])) return NaN;
  const at = (position: number): number => sorted[Math.min(Math.max(position, 1), count) - 1];
  const position = positions[type - 1](count, p), fuzz = 4 * Number.EPSILON;
  const whole = Math.floor(position + fuzz), rest = Math.abs(position - whole) < fuzz ? 0 : position - whole;
  if (type === 1) return at(rest > 0 ? whole + 1 : whole);
  if (type === 2) return rest > 0 ? at(whole + 1) : (at(whole) + at(whole + 1)) / 2;
  if (type === 3) return at(rest > 0 || whole % 2 !== 0 ? whole + 1 : whole);
  const low = at(whole), high = at(whole + 1);
  return rest === 0 || low === high ? low : low + rest * (high - low);
}

const positions: readonly ((count: number, p: number) => number)[] = [
  (n, p) => n * p, (n, p) => n * p, (n, p) => n * p - 0.5, (n, p) => n * p, (n, p) => n * p + 0.5, (n, p) => (n + 1) * p,
  (n, p) => (n - 1) * p + 1, (n, p) => (n + 1 / 3) * p + 1 / 3, (n, p) => (n + 0.25) * p + 0.375,
];

/** The middle of a sample: its quantile of 1/2, the mean of the two middle values where their count is even. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
