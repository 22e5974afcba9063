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

/**
 * The first instant after `time` that belongs to another period. A time between sessions belongs to the next session.
 *
 * Called where a period begins, not for every row.
 */
export function periodEnd(period: string, calendar: string, time: bigint): bigint {
  const { tradeDate, sessionOpen, sessionClose, isTradeDate } = calendarOf(calendar), date = tradeDate(time), close = sessionClose(date);
  if (period === '1d') return close;
  if (period === '1w' || period === '1M') {
    const key = period === '1w' ? weekOf : monthOf;
    let last = date;
    for (let next = date + 1; key(next) === key(date); next++) if (isTradeDate(next)) last = next;
    return sessionClose(last);
  }
  const open = sessionOpen(date), length = BigInt(parseInterval(period)), since = time - open;
  const end = open + (since >= 0n ? since / length + 1n : -((-since - 1n) / length)) * length;
  return end < close ? end : close;
}

/** Weeks begin on Monday; day 0 was a Thursday. */
function weekOf(date: number): number {
  return Math.floor((date + 3) / 7);
}

function monthOf(date: number): number {
  const { year, month } = civilDate(date);
  return year * 12 + month;
}
