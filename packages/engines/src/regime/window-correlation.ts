/**
 * Pearson's correlation of two stretches of rings: `count` values that end at positions `lastFirst` and `lastSecond`.
 *
 * Two passes, means first: a running sum would keep the trace of an outlier, and squares of prices lose the digits that their differences have.
 * NaN where a value is NaN and where a side does not vary.
 */
export function windowCorrelation(first: Float64Array, lastFirst: number, second: Float64Array, lastSecond: number, count: number): number {
  const sizeFirst = first.length, sizeSecond = second.length;
  let sumFirst = 0, sumSecond = 0, a = lastFirst, b = lastSecond;
  for (let k = 0; k < count; k++) {
    sumFirst += first[a];
    sumSecond += second[b];
    a = a === 0 ? sizeFirst - 1 : a - 1;
    b = b === 0 ? sizeSecond - 1 : b - 1;
  }
  const meanFirst = sumFirst / count, meanSecond = sumSecond / count;
  let cross = 0, squaresFirst = 0, squaresSecond = 0;
  a = lastFirst;
  b = lastSecond;
  for (let k = 0; k < count; k++) {
    const x = first[a] - meanFirst, y = second[b] - meanSecond;
    cross += x * y;
    squaresFirst += x * x;
    squaresSecond += y * y;
    a = a === 0 ? sizeFirst - 1 : a - 1;
    b = b === 0 ? sizeSecond - 1 : b - 1;
  }
  return correlationOf(cross, squaresFirst, squaresSecond);
}

/** Never beyond 1 by a rounding; NaN where a side does not vary. */
export function correlationOf(cross: number, squaresFirst: number, squaresSecond: number): number {
  const size = Math.sqrt(squaresFirst * squaresSecond), ratio = size > 0 ? cross / size : NaN;
  return ratio > 1 ? 1 : ratio < -1 ? -1 : ratio;
}
