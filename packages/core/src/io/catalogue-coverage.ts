/** Coverage: the days that a series holds, and those on which its calendar says that there should be some. */
import type { Calendar } from '../calendars/index.ts';
import { dayOf, dayStart, formatDay, nanosecondsPerDay, parseInterval, parseTime } from '../time.ts';
import type { Coverage } from './catalogue.ts';

/** What a series holds of a span, against its calendar. Days are UTC dates, of bars of a day and longer trade dates. */
export interface CalendarCoverage {
  /** First and last day that was looked at. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days on which a session is open. */
  readonly expected: number;
  /** Days with rows, those outside of sessions included. */
  readonly present: number;
  /** Days on which a session is open and that have no row, ascending. */
  readonly missing: readonly string[];
  /** Days that have rows and no session: a wrong zone or calendar. */
  readonly outside: readonly string[];
}

/**
 * Holds the days of a series against a calendar, from its first to its last day or over `[from, to)`.
 *
 * A UTC date is expected where a session of the calendar shares an instant with it, so a Sunday on which a market opens at 22:00 is. Bars of a day are
 * counted by the trade dates on which they open; bars longer than a day are not judged (undefined). Days of the calendar, not rows within a day, are
 * compared. Holidays are those that the calendar knows. Example: `calendarCoverage(catalogue.coverage()[0], calendarOf('fx-week'))`.
 */
export function calendarCoverage(series: Coverage, calendar: Calendar, { from, to }: { from?: bigint; to?: bigint } = {}): CalendarCoverage | undefined {
  const { firstTime, lastTime, days } = series,
    step = series.interval === undefined ? 0 : parseInterval(series.interval);
  if (step > nanosecondsPerDay) return undefined;
  const shift = step === nanosecondsPerDay ? calendar.tradeDate(firstTime + BigInt(step / 2)) - dayOf(firstTime) : 0;
  const start = from ?? dayStart(dayOf(firstTime)),
    end = to ?? dayStart(dayOf(lastTime) + 1);
  if (start >= end) throw new RangeError(`coverage: from must lie before to, was ${formatDay(dayOf(start))} and ${formatDay(dayOf(end))}`);
  const first = dayOf(start) + shift,
    last = dayOf(end - 1n) + shift,
    sessions = new Set<number>();
  for (const date of calendar.tradeDatesBetween(dayStart(first - 1), dayStart(last + 2))) {
    if (step === nanosecondsPerDay) sessions.add(date);
    else for (let day = dayOf(calendar.sessionOpen(date)); day <= dayOf(calendar.sessionClose(date) - 1n); day++) sessions.add(day);
  }
  const present = new Set(days.map(({ date }) => dayOf(parseTime(date)) + shift)),
    missing: string[] = [],
    outside: string[] = [];
  let expected = 0,
    held = 0;
  for (let day = first; day <= last; day++) {
    if (sessions.has(day)) expected++;
    if (present.has(day)) held++;
    if (sessions.has(day) && !present.has(day)) missing.push(formatDay(day));
    if (present.has(day) && !sessions.has(day)) outside.push(formatDay(day));
  }
  return { firstDay: formatDay(first), lastDay: formatDay(last), expected, present: held, missing, outside };
}
