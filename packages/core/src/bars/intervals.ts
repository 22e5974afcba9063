/** Which interval of time a row falls into: a grid from an origin, or one that starts anew at every session. */
import { nonNegativeInteger, positiveInteger } from '../errors.ts';

export interface IntervalOptions {
  /** Length of a bar in nanoseconds; `parseInterval('1m')`. */
  readonly interval: number;
  /** One boundary of the grid, UTC nanoseconds; the others lie whole intervals before and after it. @defaultValue 0n (1970-01-01) */
  readonly origin: bigint;
  /**
   * Rising times at which the grid starts anew, UTC nanoseconds; none is one grid for all time.
   *
   * A calendar knows them: 17:00 in New York is another time of the UTC day in summer than in winter, and a session of 23 or 25 hours ends where the next one
   * opens, so the last bar before an open may be shorter. One bar a session is an interval longer than every session.
   * After the last open the grid goes on. @defaultValue none
   */
  readonly sessionOpens: BigInt64Array;
  /** Nanoseconds after its end at which a bar is known: how late its last row may reach us. @defaultValue 0 */
  readonly lateness: number;
}

export const minuteIntervals: IntervalOptions = { interval: 60_000_000_000, origin: 0n, sessionOpens: new BigInt64Array(0), lateness: 0 };

const latest = (1n << 63n) - 1n;

/** Throws on intervals that are no grid. */
export function checkIntervals(engine: string, { interval, origin, sessionOpens, lateness }: IntervalOptions): void {
  positiveInteger(`${engine}: interval`, interval);
  nonNegativeInteger(`${engine}: lateness`, lateness);
  if (typeof origin !== 'bigint') throw new TypeError(`${engine}: origin must be a bigint of UTC nanoseconds, was ${String(origin)}`);
  if (!(sessionOpens instanceof BigInt64Array)) throw new TypeError(`${engine}: sessionOpens must be a BigInt64Array of UTC nanoseconds`);
  for (let k = 1; k < sessionOpens.length; k++) {
    if (sessionOpens[k] <= sessionOpens[k - 1]) throw new RangeError(`${engine}: sessionOpens must rise, ${sessionOpens[k]} at ${k} follows ${sessionOpens[k - 1]}`);
  }
}

/**
 * Writes the interval around `time` to `times`: its start at `at`, its end (exclusive) at `at + 1`, and when its bar is known at `at + 2`.
 *
 * BigInt arithmetic: called once a bar, never once a row.
 */
export function writeInterval(times: BigInt64Array, at: number, time: bigint, { interval, origin, sessionOpens, lateness }: IntervalOptions): void {
  const next = countAtOrBefore(sessionOpens, time), step = BigInt(interval);
  const start = next > 0 ? sessionOpens[next - 1] : sessionOpens.length > 0 ? sessionOpens[0] : origin, rest = (time - start) % step;
  const open = time - (rest < 0n ? rest + step : rest);
  let end = open + step;
  if (next < sessionOpens.length && sessionOpens[next] < end) end = sessionOpens[next];
  times[at] = open;
  times[at + 1] = end < latest ? end : latest;
  times[at + 2] = end + BigInt(lateness) < latest ? end + BigInt(lateness) : latest;
}

/** How many of the rising times are at or before `time`. */
function countAtOrBefore(rising: BigInt64Array, time: bigint): number {
  let from = 0, to = rising.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle] <= time) from = middle + 1;
    else to = middle;
  }
  return from;
}
