/**
 * Pearson's correlation of stretches of rings: `count` values that end at a position.
 *
 * Two passes, means first: a running sum would keep the trace of an outlier, and squares of prices lose the digits that their differences have.
 */
export function windowMean(ring: Float64Array, last: number, count: number): number {
  const size = ring.length;
  let sum = 0;
  for (let k = 0, at = last; k < count; k++) {
    sum += ring[at];
    at = at === 0 ? size - 1 : at - 1;
  }
  return sum / count;
}

export function windowSquares(ring: Float64Array, last: number, count: number, mean: number): number {
  const size = ring.length;
  let sum = 0;
  for (let k = 0, at = last; k < count; k++) {
    const distance = ring[at] - mean;
    sum += distance * distance;
    at = at === 0 ? size - 1 : at - 1;
  }
  return sum;
}

/** Rings of one size. */
export function windowCross(first: Float64Array, lastFirst: number, meanFirst: number, second: Float64Array, lastSecond: number, meanSecond: number, count: number): number {
  const size = first.length;
  let sum = 0;
  for (let k = 0, a = lastFirst, b = lastSecond; k < count; k++) {
    sum += (first[a] - meanFirst) * (second[b] - meanSecond);
    a = a === 0 ? size - 1 : a - 1;
    b = b === 0 ? size - 1 : b - 1;
  }
  return sum;
}

/** Never beyond 1 by a rounding; NaN where a side does not vary or a value is NaN. */
export function correlationOf(cross: number, squaresFirst: number, squaresSecond: number): number {
  const size = Math.sqrt(squaresFirst * squaresSecond), ratio = size > 0 ? cross / size : NaN;
  return ratio > 1 ? 1 : ratio < -1 ? -1 : ratio;
}
