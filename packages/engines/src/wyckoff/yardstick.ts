/** The average true range of the bars before this one: a bar is never measured by a yardstick that holds it. */
import { trueRange } from '../volatility/true-range.ts';

/** What it remembers: bars, sum of the seed, mean, close before. */
export function newYardstick(): Float64Array {
  return Float64Array.of(0, 0, NaN, NaN);
}

/** Wilder's mean as `atr` defines it, of the rows before; then takes this row in. NaN until there is one. */
export function yardstick(memory: Float64Array, high: number, low: number, close: number, period: number): number {
  const count = memory[0], before = memory[2];
  if (count > 0) {
    const range = trueRange(high, low, memory[3]);
    if (count > period) memory[2] = before * ((period - 1) / period) + range * (1 / period);
    else memory[1] += range;
    if (count === period) memory[2] = memory[1] / period;
  }
  memory[3] = close;
  if (count <= period) memory[0] = count + 1;
  return before;
}
