/**
 * Hayashi-Yoshida correlation of two series of ticks at each of some delays: which instrument is ahead, and by how long.
 *
 * Definition  of ticks of one time the last counts. The second's clock is set back by the delay d; r(d) = sum of dX(I) dY(J) over the intervals between ticks that
 *             overlap / sqrt(sum of dX^2 * sum of dY^2). `delay` is the d of the largest |r| (of equals the nearest to 0, then the first given): above 0 the
 *             first is ahead. `asymmetry` (P - N) / (P + N), P the sum of r^2 over delays above 0 and N over those below
 * Units       times in UTC ns, delays in ns; -1 to 1 as a rule     NaN  ticks without price are none; r of a side that has not moved is NaN
 * Errors      RangeError for a delay that is no number, DataError for ticks more than 100 days apart
 * Source      M. Hoffmann, M. Rosenbaum and N. Yoshida, Estimation of the lead-lag parameter from non-synchronous data, Bernoulli 19 (2013) 426-461
 * Example     the second repeats the first 2 s later: delay 2e9 with correlation 1
 */
import { nanosecondsSince } from '@zanzibar/core';

export interface Ticks {
  readonly time: BigInt64Array;
  readonly price: Float64Array;
}

export interface HayashiYoshidaLeadLag {
  readonly delays: Float64Array;
  readonly correlations: Float64Array;
  readonly delay: number;
  readonly correlation: number;
  readonly asymmetry: number;
}

export function hayashiYoshidaLeadLag(first: Ticks, second: Ticks, delays: ArrayLike<number>): HayashiYoshidaLeadLag {
  const anchor = first.time[0] ?? 0n, x = lastOfTimes(first, anchor), y = lastOfTimes(second, anchor), given = Float64Array.from(delays), correlations = new Float64Array(given.length);
  const size = Math.sqrt(squares(x.price) * squares(y.price));
  let best = NaN, largest = NaN, ahead = 0, behind = 0;
  given.forEach((delay, k) => {
    if (!Number.isFinite(delay)) throw new RangeError(`hayashiYoshidaLeadLag: a delay must be a number of nanoseconds, was ${delay}`);
    const r = (correlations[k] = size > 0 ? covariance(x, y, delay) / size : NaN);
    if (r !== r) return;
    if (delay > 0) ahead += r * r;
    if (delay < 0) behind += r * r;
    const isLarger = largest !== largest || Math.abs(r) > Math.abs(largest), isNearer = Math.abs(r) === Math.abs(largest) && Math.abs(delay) < Math.abs(best);
    if (!isLarger && !isNearer) return;
    largest = r;
    best = delay;
  });
  return { delays: given, correlations, delay: best, correlation: largest, asymmetry: ahead + behind > 0 ? (ahead - behind) / (ahead + behind) : NaN };
}

interface Clean { readonly since: Float64Array; readonly price: Float64Array }

/** Nanoseconds since the anchor and prices, one tick a time. */
function lastOfTimes({ time, price }: Ticks, anchor: bigint): Clean {
  const since = new Float64Array(time.length), prices = new Float64Array(time.length);
  nanosecondsSince(time, anchor, since);
  let count = 0;
  for (let i = 0; i < time.length; i++) {
    if (price[i] !== price[i]) continue;
    if (count === 0 || since[i] !== since[count - 1]) count++;
    since[count - 1] = since[i];
    prices[count - 1] = price[i];
  }
  return { since: since.subarray(0, count), price: prices.subarray(0, count) };
}

function squares(price: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < price.length; i++) sum += (price[i] - price[i - 1]) * (price[i] - price[i - 1]);
  return sum;
}

/** For each interval of x the move of y from the last tick at or before its start to the first at or after its end: the sum over all that overlap. */
function covariance(x: Clean, y: Clean, delay: number): number {
  const count = y.since.length;
  let sum = 0, before = 0, after = 0;
  for (let i = 1; i < x.since.length; i++) {
    const start = x.since[i - 1] + delay, end = x.since[i] + delay;
    while (before + 1 < count && y.since[before + 1] <= start) before++;
    while (after + 1 < count && y.since[after] < end) after++;
    if (after > before) sum += (x.price[i] - x.price[i - 1]) * (y.price[after] - y.price[before]);
  }
  return sum;
}
