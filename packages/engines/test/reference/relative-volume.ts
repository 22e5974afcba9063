/** Relative volume of hours around the clock, from its definition: a volume over the median of those 24, 48 ... hours before. */
import { median } from '@zanzibar/core';

export function relativeVolumeOfHours(volume: Float64Array, sessions: number): Float64Array {
  return volume.map((value, i) => (i < 24 * sessions ? NaN : value / median(Array.from({ length: sessions }, (_, k) => volume[i - 24 * (k + 1)]))));
}
