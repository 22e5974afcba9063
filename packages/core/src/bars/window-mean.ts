/**
 * Exponentially weighted means over a bounded memory, as information-driven bars use them for what they expect.
 *
 * Definition  of the last n = min(count, window) values, oldest first: sum of keep^age x value over the sum of keep^age, keep = 1 - 2 / (span + 1). The span is fixed,
 *             or n itself where it is given as 0, so that the window cuts e^-2 = 13.5 % of the weight off
 *
 * One array of doubles, so that it is a state value: a header, then the ring of values. Once the ring is full a running sum takes one value in and one out; its
 * rounding errors fade with the weights, by e over half a span.
 */

const countAt = 0,
  sumAt = 1,
  spanAt = 2;
/** Of the full window: factor of a step, what is left of a value that leaves, sum of all weights. */
const keepAt = 3,
  leftAt = 4,
  totalAt = 5,
  header = 6;

export function newWindowMean(window: number, span: number = 0): Float64Array {
  const mean = new Float64Array(header + window);
  mean[spanAt] = span;
  mean[keepAt] = keepOf(span === 0 ? window : span);
  mean[leftAt] = 1;
  for (let age = 0; age < window; age++) {
    mean[totalAt] += mean[leftAt];
    mean[leftAt] *= mean[keepAt];
  }
  return mean;
}

/** How many values it has taken. */
export function countOf(mean: Float64Array): number {
  return mean[countAt];
}

export function takeValue(mean: Float64Array, value: number): void {
  const window = mean.length - header,
    count = mean[countAt],
    at = header + (count % window),
    leaving = mean[at];
  mean[at] = value;
  mean[countAt] = count + 1;
  if (count >= window) mean[sumAt] = mean[sumAt] * mean[keepAt] + value - leaving * mean[leftAt];
  else if (count + 1 === window) mean[sumAt] = weightedSum(mean, window, mean[keepAt]);
}

/** The mean of the values taken; NaN where there are none. */
export function meanOf(mean: Float64Array): number {
  const count = mean[countAt];
  if (count >= mean.length - header) return mean[sumAt] / mean[totalAt];
  const keep = keepOf(mean[spanAt] === 0 ? count : mean[spanAt]);
  let weight = 1,
    total = 0;
  for (let age = 0; age < count; age++) {
    total += weight;
    weight *= keep;
  }
  return weightedSum(mean, count, keep) / total;
}

function keepOf(span: number): number {
  return 1 - 2 / (span + 1);
}

/** Of a ring that has not turned yet: its first `count` values, oldest first. */
function weightedSum(mean: Float64Array, count: number, keep: number): number {
  let sum = 0;
  for (let k = header; k < header + count; k++) sum = sum * keep + mean[k];
  return sum;
}
