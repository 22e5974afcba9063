/**
 * Trading calendars: when a market is open and to which trade date a time belongs.
 *
 * Definition  the session of a trade date is open from `open` to `close`, seconds from local midnight of that date in the calendar's zone (negative:
 *             on the day before), its start included and its end not. A time between sessions belongs to the next one.
 *             A date is a day number (0 is 1970-01-01); `formatDay` writes it
 * Errors      RangeError for an unknown calendar, naming those known
 * Example     `calendarOf('fx-week').tradeDate(parseTime('2014-05-04T21:00:00Z'))` is the Monday, 2014-05-05
 */
import { dayOf, dayStart, formatDay, nanosecondsPerDay, nanosecondsPerSecond, weekday } from '../time.ts';
import { type CalendarRules, calendarRules } from './calendar-rules.ts';
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
  const sessionsPerYear = (weekdays.length / 7) * daysPerYear;
  if (!(weekdays.length > 0 && close > open && close - open <= 86_400)) throw new RangeError(`calendar ${name}: sessions must be longer than 0 and at most a day`);

  const isTradeDate = (date: number): boolean => weekdays.includes(weekday(date));
  const at = (date: number, second: number): bigint => localToUtc(zone, dayStart(date) + BigInt(second) * perSecond);
  const checked = (date: number): number => {
    if (!isTradeDate(date)) throw new RangeError(`calendar ${name}: ${formatDay(date)} is no trade date`);
    return date;
  };
  const following = (date: number): number => {
    let next = date + 1;
    while (!isTradeDate(next)) next++;
    return next;
  };

  // The session looked up last: rows that follow each other mostly share it. It changes the time a call takes, never its result.
  let last = { date: 0, previousEnd: 0n, start: 0n, end: 0n };
  const sessionAt = (time: bigint): typeof last => {
    if (time >= last.previousEnd && time < last.end) return last;
    let date = dayOf(utcToLocal(zone, time)) - 2;
    do date = following(date);
    while (at(date, close) <= time);
    let before = date - 1;
    while (!isTradeDate(before)) before--;
    last = { date, previousEnd: at(before, close), start: at(date, open), end: at(date, close) };
    return last;
  };

  return {
    name, zone, sessionsPerYear, isTradeDate,
    isOpen: time => time >= sessionAt(time).start,
    tradeDate: time => sessionAt(time).date,
    sessionOpen: day => at(checked(day), open),
    sessionClose: day => at(checked(day), close),
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

