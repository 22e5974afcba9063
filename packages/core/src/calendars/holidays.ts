/** Holidays as rules: dates of a year from a few kinds of statements. */
import { dayNumber, weekday } from '../time.ts';

/** One holiday of every year from `from` through `to`, where they are stated. Days of the week: 0 is Sunday. */
export type HolidayRule = { readonly name: string; readonly from?: number; readonly to?: number } & (
  | {
      /** A day of a month; on a weekend it moves as stated, or is no holiday at all. */
      readonly kind: 'fixed';
      readonly month: number;
      readonly day: number;
      /** Where a Saturday goes: to the day before, or nowhere. */
      readonly saturday: 'before' | 'none';
      /** Where a Sunday goes: to the day after, or nowhere. */
      readonly sunday: 'after' | 'none';
      /** Days of the week on which it is one; absent is all. */
      readonly weekdays?: readonly number[];
    }
  /** The nth such weekday of a month, the last one with -1, and days after it. */
  | { readonly kind: 'weekday'; readonly month: number; readonly weekday: number; readonly nth: number; readonly plus?: number }
  /** Days after Easter Sunday (negative: before), without some years. */
  | { readonly kind: 'easter'; readonly plus: number; readonly only?: readonly number[]; readonly except?: readonly number[] }
  /** Single dates, `[year, month, day]`. */
  | { readonly kind: 'dates'; readonly dates: readonly (readonly [year: number, month: number, day: number])[] }
);

/** The dates of a rule in a year, as day numbers (0 is 1970-01-01). A fixed date may move into the year before: the dates are those of this year's holiday. */
export function holidayDates(rule: HolidayRule, year: number): number[] {
  if (year < (rule.from ?? -Infinity) || year > (rule.to ?? Infinity)) return [];
  if (rule.kind === 'dates') return rule.dates.filter(([of]) => of === year).map(([of, month, day]) => dayNumber(of, month, day));
  if (rule.kind === 'weekday') return [nthWeekday(year, rule.month, rule.weekday, rule.nth) + (rule.plus ?? 0)];
  if (rule.kind === 'easter')
    return rule.except?.includes(year) || (rule.only && !rule.only.includes(year)) ? [] : [easterSunday(year) + rule.plus];
  const date = dayNumber(year, rule.month, rule.day),
    on = weekday(date);
  if (rule.weekdays && !rule.weekdays.includes(on)) return [];
  if (on === 6) return rule.saturday === 'before' ? [date - 1] : [];
  if (on === 0) return rule.sunday === 'after' ? [date + 1] : [];
  return [date];
}

/** Day number of the nth weekday of a month; of the last one with -1. Months may run over: 13 is January of the next year, 0 December of the last. */
export function nthWeekday(year: number, month: number, on: number, nth: number): number {
  const first = firstOfMonth(year, month);
  if (nth > 0) return first + ((on - weekday(first) + 7) % 7) + 7 * (nth - 1);
  const last = firstOfMonth(year, month + 1) - 1;
  return last - ((weekday(last) - on + 7) % 7);
}

/** Day number of the first of a month, which may run over the ends of the year. */
export function firstOfMonth(year: number, month: number): number {
  const months = year * 12 + month - 1;
  return dayNumber(Math.floor(months / 12), months - 12 * Math.floor(months / 12) + 1, 1);
}

/**
 * Easter Sunday of the Gregorian calendar, as a day number.
 *
 * Source: J. Meeus, Astronomical Algorithms, 2nd edition, Willmann-Bell 1998, chapter 8 (the method of Nature, 20 April 1876).
 */
export function easterSunday(year: number): number {
  const a = year % 19,
    b = Math.floor(year / 100),
    c = year % 100,
    d = Math.floor(b / 4),
    e = b % 4,
    f = Math.floor((b + 8) / 25),
    g = Math.floor((b - f + 1) / 3),
    h = (19 * a + b - d - g + 15) % 30,
    i = Math.floor(c / 4),
    k = c % 4,
    l = (32 + 2 * e + 2 * i - h - k) % 7,
    m = Math.floor((a + 11 * h + 22 * l) / 451),
    n = h + l - 7 * m + 114;
  return dayNumber(year, Math.floor(n / 31), (n % 31) + 1);
}
