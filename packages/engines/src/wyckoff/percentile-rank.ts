/**
 * Share of a sample below a value, those equal to it counted half: 0.5 where all are equal, so that a market without volume has neither high nor low volume.
 *
 * Comparisons are added up as numbers, two values at a time: as branches they would be mispredicted half of the time.
 * Source: percentile rank of the mean kind, as `scipy.stats.percentileofscore(..., kind='mean') / 100`.
 */
export function percentileRank(sample: Float64Array, value: number): number {
  const length = sample.length, even = length & ~1;
  let below = 0, upTo = 0, belowToo = 0, upToToo = 0;
  for (let k = 0; k < even; k += 2) {
    const first = sample[k], second = sample[k + 1];
    below = (below + (Number(first < value) | 0)) | 0;
    belowToo = (belowToo + (Number(second < value) | 0)) | 0;
    upTo = (upTo + (Number(first <= value) | 0)) | 0;
    upToToo = (upToToo + (Number(second <= value) | 0)) | 0;
  }
  if (even < length) {
    below += Number(sample[even] < value);
    upTo += Number(sample[even] <= value);
  }
  return (below + belowToo + upTo + upToToo) / (2 * length);
}
