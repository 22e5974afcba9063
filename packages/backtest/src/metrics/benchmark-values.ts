/**
 * Benchmark values: one unit of money in the traded instruments in equal parts at the start of a run, held without costs, as equity is sampled.
 *
 * Definition  value(t) = mean over the instruments of p(t) rate(t) / (p(start) rate(from)), p(t) the last price at or before t: the first price of the run before that;
 *             rate(t) account currency for one of the instrument's as of t, from the start of the run on.
 *             Its last value less 1 is the buy-and-hold return where the last sample is the end of the run.
 * Units       multiples of the start.  NaN  without an instrument, and from a first price that is not above 0.
 * Example     prices 100, 110 at times 1, 2, sampled at 1 and 3 -> 1, 1.1
 */
import { mean } from '@zanzibar/core';

export interface BenchmarkPrices {
  /** UTC nanoseconds, ascending. */
  readonly time: BigInt64Array;
  /** The price of a row. */
  readonly price: (row: number) => number;
  /** Price at the start. */
  readonly first: number;
  /** Rows `[from, to)` count. */
  readonly from: number;
  readonly to: number;
  /** Account currency for one that prices are in, as of a time, over that at the start of the run. @defaultValue always 1 */
  readonly growth?: (time: bigint) => number;
}

/** One value for each of the ascending `times`. */
export function benchmarkValues(instruments: readonly BenchmarkPrices[], times: BigInt64Array): Float64Array {
  const at = instruments.map(({ from }) => from), last = instruments.map(({ first }) => first), growth = new Float64Array(instruments.length);
  return Float64Array.from(times, time => {
    instruments.forEach(({ time: own, price, first, from, to, growth: ofRate }, k) => {
      const next = firstAfter(own, time, at[k], to);
      // The last row that has a price: rows without one do not exist.
      for (let row = next - 1; row >= Math.max(at[k] - 1, from); row--) {
        const value = price(row);
        if (!(value > 0)) continue;
        last[k] = value;
        break;
      }
      at[k] = next;
      growth[k] = first > 0 ? (last[k] / first) * (ofRate === undefined ? 1 : ofRate(time)) : NaN;
    });
    return mean(growth);
  });
}

/** The first row in `[low, high)` whose time is after `time`. */
function firstAfter(column: BigInt64Array, time: bigint, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
