/**
 * Powers of several frequencies in a stretch of values, by cosines and sines that are computed once.
 *
 * Definition  |sum of x[k] exp(-j w d)|^2 with d the row's distance from the middle of the stretch: (sum of (x[+d] + x[-d]) cos(w d))^2 + (sum of (x[+d] - x[-d]) sin(w d))^2,
 *             each pair of rows at the same distance taken at once; what `goertzelPower` gives, but for roundings of its recurrence. A middle row is a pair of its own
 * Units       frequencies in cycles a row; the square of the values' unit out     NaN  from any value
 * Source      the discrete Fourier transform
 * Example     1 0 -1 0 at 1/4 -> 4
 */
import { cosine, sine } from '@zanzibar/core';

/**
 * Cosines and sines of one stretch: group by group of four frequencies, in it distance by distance, four cosines and four sines.
 * The last group repeats its last frequency, so that all are full.
 */
export function waveTable(size: number, frequencies: ArrayLike<number>): Float64Array {
  const half = (size + 1) >> 1, count = frequencies.length, groups = (count + 3) >> 2, waves = new Float64Array(8 * groups * half);
  for (let f = 0; f < 4 * groups; f++) {
    const w = 2 * Math.PI * frequencies[Math.min(f, count - 1)];
    for (let j = 0; j < half; j++) {
      const at = waveAt(half, f, j), distance = size % 2 === 0 ? j + 0.5 : j;
      waves[at] = cosine(w * distance);
      waves[at + 4] = sine(w * distance);
    }
  }
  return waves;
}

/** Where the cosine of a frequency at the j-th distance stands; its sine stands four further. */
export function waveAt(half: number, frequency: number, j: number): number {
  return 8 * ((frequency >> 2) * half + j) + (frequency & 3);
}

/** Sum and difference of the two rows at each distance, from `from` on. */
export function foldPairs(values: Float64Array, from: number, pairs: Float64Array): void {
  const half = pairs.length >> 1, last = values.length - 1, upper = from + ((values.length - from) >> 1);
  for (let j = 0; j < half; j++) {
    const above = values[upper + j], below = values[last + from - upper - j];
    pairs[2 * j] = above + below;
    pairs[2 * j + 1] = above - below;
  }
  // The middle row has met itself.
  if ((last + from) % 2 === 0) pairs[0] = values[upper];
}

/** Powers of folded values; four frequencies go side by side, for each sum waits for its last addition. */
export function periodogram(pairs: Float64Array, waves: Float64Array, powers: Float64Array): void {
  const count = powers.length, length = pairs.length;
  for (let f = 0, at = 0; f < count; f += 4) {
    let a = 0, b = 0, c = 0, d = 0, e = 0, g = 0, h = 0, i = 0;
    for (let k = 0; k < length; k += 2, at += 8) {
      const sum = pairs[k], difference = pairs[k + 1];
      a += sum * waves[at];
      b += sum * waves[at + 1];
      c += sum * waves[at + 2];
      d += sum * waves[at + 3];
      e += difference * waves[at + 4];
      g += difference * waves[at + 5];
      h += difference * waves[at + 6];
      i += difference * waves[at + 7];
    }
    powers[f] = a * a + e * e;
    if (f + 1 < count) powers[f + 1] = b * b + g * g;
    if (f + 2 < count) powers[f + 2] = c * c + h * h;
    if (f + 3 < count) powers[f + 3] = d * d + i * i;
  }
}
