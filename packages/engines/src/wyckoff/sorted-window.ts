/** The last values of a series in ascending order, so that their median is one look. */

/** In the `length` ascending values from `at` on, `old` goes (NaN: none does) and `value` takes its place in the order. */
export function replaceSorted(sorted: Float64Array, at: number, length: number, old: number, value: number): void {
  let k = at + length;
  if (old === old) {
    k = at;
    while (sorted[k] < old) k++;
    for (; k + 1 < at + length && sorted[k + 1] < value; k++) sorted[k] = sorted[k + 1];
  }
  for (; k > at && sorted[k - 1] > value; k--) sorted[k] = sorted[k - 1];
  sorted[k] = value;
}

/** The median of `length` ascending values from `at` on. */
export function medianOfSorted(sorted: Float64Array, at: number, length: number): number {
  const middle = at + (length >> 1);
  return length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
