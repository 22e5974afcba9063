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

const latest = (1n << 63n) - 1n,
  earliest = -(1n << 63n);

/** Throws on intervals that are no grid. */
export function checkIntervals(engine: string, { interval, origin, sessionOpens, lateness }: IntervalOptions): void {
  positiveInteger(`${engine}: interval`, interval);
  nonNegativeInteger(`${engine}: lateness`, lateness);
  if (typeof origin !== 'bigint') throw new TypeError(`${engine}: origin must be a bigint of UTC nanoseconds, was ${String(origin)}`);
  if (!(sessionOpens instanceof BigInt64Array)) throw new TypeError(`${engine}: sessionOpens must be a BigInt64Array of UTC nanoseconds`);
  for (let k = 1; k < sessionOpens.length; k++) {
    if (sessionOpens[k] <= sessionOpens[k - 1])
      throw new RangeError(`${engine}: sessionOpens must rise, ${sessionOpens[k]} at ${k} follows ${sessionOpens[k - 1]}`);
  }
}

/** Where the grid was found last, so that the next bar needs no search: start of the last interval, and the session open that ends this stretch of the grid. */
export function newGrid(): BigInt64Array {
  return BigInt64Array.of(earliest, earliest);
}

/**
 * Writes the interval around `time[row]` to `times`: its start at `at`, its end (exclusive) at `at + 1`, and when its bar is known at `at + 2`.
 *
 * Called once a bar. Differences of times pass through `span`, so that no BigInt is made on the usual way, which counts from the interval before.
 */
export function writeInterval(
  times: BigInt64Array,
  at: number,
  time: BigInt64Array,
  row: number,
  grid: BigInt64Array,
  options: IntervalOptions,
): void {
  const { interval, lateness } = options;
  if (time[row] >= grid[1]) findGrid(grid, time[row], options);
  span[0] = time[row] - grid[0];
  if (halves[1] >= farthest || halves[1] < 0) {
    findGrid(grid, time[row], options);
    span[0] = time[row] - grid[0];
  }
  const since = halves[1] * 4_294_967_296 + (halves[0] >>> 0);
  let rest = since - Math.floor(since / interval) * interval;
  if (rest < 0) rest += interval;
  else if (rest >= interval) rest -= interval;
  setSpan(rest);
  times[at] = time[row] - span[0];
  grid[0] = times[at];
  setSpan(interval);
  times[at + 1] = times[at] + span[0];
  if (times[at + 1] > grid[1] || times[at + 1] < times[at]) times[at + 1] = grid[1];
  setSpan(lateness);
  times[at + 2] = times[at + 1] + span[0];
  if (times[at + 2] < times[at + 1]) times[at + 2] = latest;
}

/** One difference of times, and the same memory in two halves; written and read within one call. */
const span: BigInt64Array = new BigInt64Array(1);
const halves: Int32Array = new Int32Array(span.buffer);
/** High half from which a double no longer counts nanoseconds exactly: 2^53. */
const farthest = 1 << 21;

function setSpan(nanoseconds: number): void {
  const high = Math.floor(nanoseconds / 4_294_967_296);
  halves[1] = high;
  halves[0] = nanoseconds - high * 4_294_967_296;
}

/** The interval around `time`, by search. */
function findGrid(grid: BigInt64Array, time: bigint, { interval, origin, sessionOpens }: IntervalOptions): void {
  const next = countAtOrBefore(sessionOpens, time),
    step = BigInt(interval);
  const start = next > 0 ? sessionOpens[next - 1] : sessionOpens.length > 0 ? sessionOpens[0] : origin,
    rest = (time - start) % step;
  grid[0] = time - (rest < 0n ? rest + step : rest);
  grid[1] = next < sessionOpens.length ? sessionOpens[next] : latest;
}

/** How many of the rising times are at or before `time`. */
function countAtOrBefore(rising: BigInt64Array, time: bigint): number {
  let from = 0,
    to = rising.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle] <= time) from = middle + 1;
    else to = middle;
  }
  return from;
}
