/**
 * Trading calendars: when a market is open and to which trade date a time belongs.
 *
 * Definition  the session of a trade date is open from `open` to `close`, seconds from local midnight of that date in the calendar's zone (negative:
 *             on the day before), its start included and its end not. A time between sessions belongs to the next one.
 *             Holidays have no session, and some dates close early, as the rules say.
 *             A date is a day number (0 is 1970-01-01); `formatDay` writes it
 * Errors      RangeError for an unknown calendar, naming those known, and for dates before the first year that a calendar's rules hold for
 * Example     `calendarOf('fx-week').tradeDate(parseTime('2014-05-04T21:00:00Z'))` is the Monday, 2014-05-05
 */
import { civilDate, dayNumber, dayOf, dayStart, formatDay, nanosecondsPerDay, nanosecondsPerSecond, weekday } from '../time.ts';
import { type CalendarRules, calendarRules } from './calendar-rules.ts';
import { holidayDates } from './holidays.ts';
import { localToUtc, utcToLocal } from './zones.ts';

export interface Calendar {
  readonly name: string;
  readonly zone: string;
  /** Mean number of sessions in a year of 365.2425 days: what annualises daily figures. */
  readonly sessionsPerYear: number;
  /** Is a session open at this instant? */
  isOpen(time: bigint): boolean;
  /** The date whose session holds the time, or the next one's. */
  tradeDate(time: bigint): number;
  isTradeDate(date: number): boolean;
  /** When the session of a trade date opens; a RangeError for a date without one. */
  sessionOpen(date: number): bigint;
  /** When the session of a trade date closes: the first instant that is not in it. */
  sessionClose(date: number): bigint;
  /** The first close after `time`. */
  nextClose(time: bigint): bigint;
  /** The first opening after `time`. */
  nextOpen(time: bigint): bigint;
  /** The dates of all sessions that share an instant with `[from, to)`, ascending. */
  tradeDatesBetween(from: bigint, to: bigint): number[];
  /**
   * How many periods of an interval (nanoseconds) a year holds: what annualises returns of that period.
   *
   * Below a day the open time over the interval; from a day on at most one a session, and no more than there are such spans in a year (52.18 weeks).
   */
  periodsPerYear(interval: number): number;
}

/** The calendar of some rules. */
export function makeCalendar(rules: CalendarRules): Calendar {
  const { name, zone, weekdays, open, close } = rules, perSecond = BigInt(nanosecondsPerSecond), daysPerYear = 365.2425;
  if (!(weekdays.length > 0 && close > open && close - open <= 86_400)) throw new RangeError(`calendar ${name}: sessions must be longer than 0 and at most a day`);

  const { isHoliday, closeOf } = exceptionsOf(rules);
  const held = (date: number): number => {
    if (rules.from !== undefined && civilDate(date).year < rules.from) throw new RangeError(`calendar ${name}: its rules hold from ${rules.from} on, asked for ${formatDay(date)}`);
    return date;
  };
  const isTradeDate = (date: number): boolean => weekdays.includes(weekday(date)) && !isHoliday(date);
  const sessionsPerYear = rules.holidays === undefined ? (weekdays.length / 7) * daysPerYear : meanSessions(isTradeDate, rules.from ?? 2000);
  const at = (date: number, second: number): bigint => localToUtc(zone, dayStart(date) + BigInt(second) * perSecond);
  const checked = (date: number): number => {
    if (!isTradeDate(held(date))) throw new RangeError(`calendar ${name}: ${formatDay(date)} is no trade date`);
    return date;
  };
  const following = (date: number): number => {
    let next = date + 1;
    while (!isTradeDate(next)) next++;
    return next;
  };

  // The session looked up last: rows that follow each other mostly share it. It changes the time a call takes, never its result.
  let last = { date: 0, previousEnd: 0n, start: 0n, end: 0n };
  const isLast = (date: number): boolean => date === last.date && last.end > last.start;
  const sessionAt = (time: bigint): typeof last => {
    if (time >= last.previousEnd && time < last.end) return last;
    if (isLast(last.date) && time >= last.end) {
      const date = following(last.date), end = at(date, closeOf(date));
      if (time < end) {
        last = { date, previousEnd: last.end, start: at(date, open), end };
        return last;
      }
    }
    let date = dayOf(utcToLocal(zone, time)) - 2;
    do date = following(date);
    while (at(date, closeOf(date)) <= time);
    held(date);
    let before = date - 1;
    while (!isTradeDate(before)) before--;
    last = { date, previousEnd: at(before, closeOf(before)), start: at(date, open), end: at(date, closeOf(date)) };
    return last;
  };

  return {
    name, zone, sessionsPerYear,
    isTradeDate: date => isTradeDate(held(date)),
    isOpen: time => time >= sessionAt(time).start,
    tradeDate: time => sessionAt(time).date,
    sessionOpen: day => (isLast(day) ? last.start : at(checked(day), open)),
    sessionClose: day => (isLast(day) ? last.end : at(checked(day), closeOf(day))),
    nextClose: time => sessionAt(time).end,
    nextOpen(time) {
      const { date, start } = sessionAt(time);
      return time < start ? start : at(following(date), open);
    },
    tradeDatesBetween(from, to) {
      const dates: number[] = [];
      if (from >= to) return dates;
      for (let day = sessionAt(from).date; at(day, open) < to; day = following(day)) dates.push(day);
      return dates;
    },
    periodsPerYear(interval) {
      if (interval < nanosecondsPerDay) return (sessionsPerYear * (close - open) * nanosecondsPerSecond) / interval;
      return Math.min(sessionsPerYear, daysPerYear / (interval / nanosecondsPerDay));
    },
  };
}

/** Holidays and closing seconds by date, worked out year by year when one is asked for. */
function exceptionsOf({ close, holidays = [], earlyCloses = [] }: CalendarRules): { isHoliday(date: number): boolean; closeOf(date: number): number } {
  const years: Map<number, { readonly holidays: ReadonlySet<number>; readonly closes: ReadonlyMap<number, number> }> = new Map();
  const hasExceptions = holidays.length > 0 || earlyCloses.length > 0;
  const yearOf = (date: number): { readonly holidays: ReadonlySet<number>; readonly closes: ReadonlyMap<number, number> } => {
    const { year } = civilDate(date), known = years.get(year);
    if (known) return known;
    const dates = holidays.flatMap(rule => holidayDates(rule, year)), closes = new Map<number, number>();
    for (const { rule, close: early } of earlyCloses) for (const day of holidayDates(rule, year)) if (!closes.has(day)) closes.set(day, early);
    const made = { holidays: new Set(dates), closes };
    years.set(year, made);
    return made;
  };
  return {
    isHoliday: date => hasExceptions && yearOf(date).holidays.has(date),
    closeOf: date => (hasExceptions ? (yearOf(date).closes.get(date) ?? close) : close),
  };
}

/** Mean number of trade dates in a year, over the 28 years in which every date falls on every weekday equally often. */
function meanSessions(isTradeDate: (date: number) => boolean, from: number): number {
  let count = 0;
  for (let date = dayNumber(from, 1, 1); date < dayNumber(from + 28, 1, 1); date++) if (isTradeDate(date)) count++;
  return count / 28;
}

const calendars: Map<string, Calendar> = new Map();

/** The calendar of a name, as in an instrument's `calendar`. */
export function calendarOf(name: string): Calendar {
  const known = calendars.get(name);
  if (known) return known;
  const rules = calendarRules.find(entry => entry.name === name);
  if (!rules) throw new RangeError(`calendar: "${name}" is unknown, known are ${calendarRules.map(entry => entry.name).join(', ')}`);
  const calendar = makeCalendar(rules);
  calendars.set(name, calendar);
  return calendar;
}

