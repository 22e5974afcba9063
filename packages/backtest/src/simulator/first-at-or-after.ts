/** First position whose time is at or after `time`. */
export function firstAtOrAfter(times: BigInt64Array, time: bigint, length: number = times.length, from = 0): number {
  let low = from, high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
