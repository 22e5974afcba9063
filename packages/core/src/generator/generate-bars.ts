/**
 * Bars of a plain random walk, for benchmarks and tests that need prices and nothing else.
 *
 * Definition  the log price moves by four normal steps a bar, `deviation / 2` each; open is the close before, high and low are the extremes of the bar's
 *             five points; volume is a whole number from 1 to 1000; `interval` apart from `from` on
 * Units       prices as they come, on no grid     Source  none, it is the null model
 * Example     `generateBars({ seed: 1, count: 100 }).close`
 */
import { positiveInteger, positiveNumber } from '../errors.ts';
import { randomStream } from '../random.ts';
import { parseInterval, parseTime } from '../time.ts';
import { exponential } from '../numerics/exponential.ts';

export interface GeneratedBarsOptions {
  readonly seed: number;
  readonly count: number;
  /** @defaultValue '1m' */
  readonly interval?: string;
  /** Open time of the first bar. @defaultValue '2024-01-01' */
  readonly from?: string;
  /** @defaultValue 100 */
  readonly startPrice?: number;
  /** Of the log price over one bar. @defaultValue 0.001 */
  readonly deviation?: number;
}

export interface GeneratedBars {
  readonly openTime: BigInt64Array;
  readonly closeTime: BigInt64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export function generateBars(options: GeneratedBarsOptions): GeneratedBars {
  const { seed, count, interval = '1m', from = '2024-01-01', startPrice = 100, deviation = 0.001 } = options;
  positiveInteger('generateBars: count', count);
  positiveNumber('generateBars: startPrice', startPrice);
  positiveNumber('generateBars: deviation', deviation);
  const prices = randomStream(seed, 'price'), volumes = randomStream(seed, 'volume'), step = BigInt(parseInterval(interval));
  const openTime = new BigInt64Array(count), closeTime = new BigInt64Array(count), volume = new Float64Array(count);
  const open = new Float64Array(count), high = new Float64Array(count), low = new Float64Array(count), close = new Float64Array(count);
  let price = startPrice, time = parseTime(from);
  for (let i = 0; i < count; i++) {
    let top = price, bottom = price;
    open[i] = price;
    for (let k = 0; k < 4; k++) {
      price *= exponential((deviation / 2) * prices.normal());
      if (price > top) top = price;
      if (price < bottom) bottom = price;
    }
    high[i] = top;
    low[i] = bottom;
    close[i] = price;
    volume[i] = volumes.integer(1, 1000);
    openTime[i] = time;
    closeTime[i] = time += step;
  }
  return { openTime, closeTime, open, high, low, close, volume };
}
