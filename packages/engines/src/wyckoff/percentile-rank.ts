/**
 * Share of a sample that lies strictly below a value.
 *
 * Comparisons are added up as numbers, four at a time: as branches they would be mispredicted half of the time.
 * Source: percentile rank of the strict kind, as `scipy.stats.percentileofscore(..., kind='strict') / 100`.
 */
export function percentileRank(sample: Float64Array, value: number): number {
  const length = sample.length;
  let even = 0, odd = 0, k = 0;
  for (; k + 4 <= length; k += 4) {
    even = (even + Number(sample[k] < value) + Number(sample[k + 2] < value)) | 0;
    odd = (odd + Number(sample[k + 1] < value) + Number(sample[k + 3] < value)) | 0;
  }
  for (; k < length; k++) even = (even + Number(sample[k] < value)) | 0;
  return (even + odd) / length;
}
