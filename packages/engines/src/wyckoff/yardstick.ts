/** The average true range of the bars before this one: a bar is never measured by a yardstick that holds it. */
import { trueRange } from '../volatility/true-range.ts';

/** What it remembers: bars, sum of the seed, mean, close before; then the period and the weights of Wilder's mean. */
export function newYardstick(period: number): Float64Array {
  return Float64Array.of(0, 0, NaN, NaN, period, (period - 1) / period, 1 / period);
}

/** Wilder's mean as `atr` defines it, of the rows before; then takes this row in. NaN until there is one. */
export function yardstick(memory: Float64Array, high: number, low: number, close: number): number {
  const count = memory[0], before = memory[2], period = memory[4];
  if (count > period) memory[2] = before * memory[5] + trueRange(high, low, memory[3]) * memory[6];
  else {
    if (count > 0) memory[1] += trueRange(high, low, memory[3]);
    if (count === period) memory[2] = memory[1] / period;
    memory[0] = count + 1;
  }
  memory[3] = close;
  return before;
}
