/**
 * Share of a sample below a value, those equal to it counted half: 0.5 where all are equal, so that a market without volume has neither high nor low volume.
 *
 * Source: percentile rank of the mean kind, as `scipy.stats.percentileofscore(..., kind='mean') / 100`.
 */
export function percentileRank(sample: Float64Array, value: number): number {
  let below = 0, upTo = 0;
  for (let k = 0; k < sample.length; k++) {
    below += sample[k] < value ? 1 : 0;
    upTo += sample[k] <= value ? 1 : 0;
  }
  return (below + upTo) / (2 * sample.length);
}
