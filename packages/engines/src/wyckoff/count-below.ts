/**
 * How many values of a ring are strictly below the one at `at`, which has taken its own place there before it is ranked.
 *
 * Over the number of the others that is the percentile rank of the strict kind, as `scipy.stats.percentileofscore(..., kind='strict') / 100`. Comparisons are added up as numbers: as
 * branches they would be mispredicted half of the time. Twelve in a round, because every round looks at the array anew.
 */
export function countBelow(ring: Float64Array, at: number): number {
  const { length } = ring, value = ring[at];
  let below = 0, k = 0;
  for (; k + 12 <= length; k += 12) {
    const first = Number(ring[k] < value) + Number(ring[k + 1] < value) + Number(ring[k + 2] < value) + Number(ring[k + 3] < value) + Number(ring[k + 4] < value) + Number(ring[k + 5] < value);
    below = (below + first + Number(ring[k + 6] < value) + Number(ring[k + 7] < value) + Number(ring[k + 8] < value)) | 0;
    below = (below + Number(ring[k + 9] < value) + Number(ring[k + 10] < value) + Number(ring[k + 11] < value)) | 0;
  }
  for (; k < length; k++) below = (below + Number(ring[k] < value)) | 0;
  return below;
}
