/** Periods of a trading calendar: intervals from the opening of each session, trade dates, weeks and months of trade dates. */
import { calendarOf, calendarRules, civilDate, nanosecondsPerDay, oneOf, parseInterval } from '@zanzibar/core';

/** Throws unless `period` is an interval below a day, `1d`, `1w` or `1M`, and the calendar is known. */
export function checkPeriod(engine: string, period: string, calendar: string): void {
  oneOf(`${engine}: calendar`, calendar, calendarRules.map(({ name }) => name));
  if (period === '1d' || period === '1w' || period === '1M') return;
  if (!/^\d+(h|m|s)$/.test(period) || !(parseInterval(period) < nanosecondsPerDay)) {
    throw new RangeError(`${engine}: period must be a count of s, m or h below a day, or 1d, 1w or 1M, was ${period}`);
  }
}

/** Is time i of a column at or after bound k of another? Both as halves (`timeHalves`): this makes no BigInt. */
export function isAtOrAfter(times: Int32Array, i: number, bounds: Int32Array, k: number): boolean {
  const high = times[2 * i + 1], bound = bounds[2 * k + 1];
  return high > bound || (high === bound && times[2 * i] >>> 0 >= bounds[2 * k] >>> 0);
}

/** End of the present period, opening and close of its session, and the length of periods below a day, 0 for others. */
export function newPeriod(period: string): BigInt64Array {
  const before = -(1n << 63n);
  return BigInt64Array.of(before, before, before, period === '1d' || period === '1w' || period === '1M' ? 0n : BigInt(parseInterval(period)));
}

/**
 * Moves to the period that holds `time`, which is at or after the end of the present one. A time between sessions belongs to the next session.
 *
 * Called where a period begins, not for every row; the calendar is asked once a session.
 */
export function enterPeriod(present: BigInt64Array, period: string, calendar: string, time: bigint): void {
  if (time >= present[2]) enterSession(present, period, calendar, time);
  const length = present[3], open = present[1], close = present[2];
  if (length === 0n) {
    present[0] = close;
    return;
  }
  const since = time - open, end = open + (since >= 0n ? since / length + 1n : -((-since - 1n) / length)) * length;
  present[0] = end < close ? end : close;
}

function enterSession(present: BigInt64Array, period: string, calendar: string, time: bigint): void {
  const { tradeDate, sessionOpen, sessionClose, isTradeDate } = calendarOf(calendar), date = tradeDate(time);
  let last = date;
  if (period === '1w' || period === '1M') {
    const key = period === '1w' ? weekOf : monthOf;
    for (let next = date + 1; key(next) === key(date); next++) if (isTradeDate(next)) last = next;
  }
  present[1] = sessionOpen(date);
  present[2] = sessionClose(last);
}

/** Weeks begin on Monday; day 0 was a Thursday. */
function weekOf(date: number): number {
  return Math.floor((date + 3) / 7);
}

function monthOf(date: number): number {
  const { year, month } = civilDate(date);
  return year * 12 + month;
}
