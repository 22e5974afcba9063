/** The average true range of the bars before this one: a bar is never measured by a yardstick that holds it. */
import { trueRange } from '../volatility/true-range.ts';

/** Where the memory holds what `measure` found. */
export const found = 7;

/** What it remembers: bars, sum of the seed, mean, close before; then the period and the weights of Wilder's mean, and the mean before the last bar. */
export function newYardstick(period: number): Float64Array {
  return Float64Array.of(0, 0, NaN, NaN, period, (period - 1) / period, 1 / period, NaN);
}

/**
 * Leaves Wilder's mean as `atr` defines it, of the rows before row i, in place `found` of the memory, NaN until there is one; then takes row i in.
 *
 * Prices come and the mean goes in arrays, because a number that a call hands over costs an object where the call is not inlined.
 */
export function measure(memory: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array, i: number): void {
  const before = memory[2];
  if (before === before) memory[2] = before * memory[5] + trueRange(high[i], low[i], memory[3]) * memory[6];
  else {
    const count = memory[0], period = memory[4];
    if (count > 0) memory[1] += trueRange(high[i], low[i], memory[3]);
    if (count === period) memory[2] = memory[1] / period;
    memory[0] = count + 1;
  }
  memory[3] = close[i];
  memory[found] = before;
}
