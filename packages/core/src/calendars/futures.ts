/** Last trade dates of futures, by rules that are data. */
import { calendarOf } from './calendar.ts';
import { firstOfMonth, nthWeekday } from './holidays.ts';

/** A day that a rule counts from, in the contract's month moved by `month`. */
export type ExpiryAnchor =
  /** The nth such day of the week (0 is Sunday), the last one with -1. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly nth: number; readonly month: number }
  | { readonly kind: 'day'; readonly day: number; readonly month: number }
  /** The first day after the month, so that one business day before it is the month's last. */
  | { readonly kind: 'end'; readonly month: number };

export interface FuturesRule {
  /** Root symbols that it holds for. */
  readonly roots: readonly string[];
  readonly meaning: string;
  readonly anchor: ExpiryAnchor;
  /** Days taken off the anchor, which is moved to the business day at or before it first. */
  readonly daysOff?: number;
  /** Move the anchor to the business day at or before it before business days are counted? */
  readonly isMoved?: boolean;
  /** Business days before the anchor; 0 is the anchor itself, or the business day before it. */
  readonly before: number;
}

const wednesday = 3,
  friday = 5;

/** Rules of the exchanges' contract specifications (CME Group rulebooks, Cboe Futures rule 1202, ICE Futures U.S.). Business days are the trade dates of XNYS. */
export const futuresRules: readonly FuturesRule[] = [
  {
    roots: ['ES', 'NQ', 'YM', 'RTY', 'MES', 'MNQ', 'MYM', 'M2K', 'EMD'],
    meaning: 'third Friday of the contract month',
    anchor: { kind: 'weekday', weekday: friday, nth: 3, month: 0 },
    before: 0,
  },
  {
    roots: ['6A', '6B', '6E', '6J', '6S', '6N', '6M', '6Z', 'M6E', 'E7', 'J7', 'DX'],
    meaning: 'second business day before the third Wednesday',
    anchor: { kind: 'weekday', weekday: wednesday, nth: 3, month: 0 },
    before: 2,
  },
  { roots: ['6C'], meaning: 'business day before the third Wednesday', anchor: { kind: 'weekday', weekday: wednesday, nth: 3, month: 0 }, before: 1 },
  { roots: ['6L', 'HO', 'RB', 'SB'], meaning: 'last business day of the month before the contract month', anchor: { kind: 'end', month: -1 }, before: 1 },
  { roots: ['GC', 'SI', 'HG', 'PL', 'PA'], meaning: 'third last business day of the contract month', anchor: { kind: 'end', month: 0 }, before: 3 },
  { roots: ['NG'], meaning: 'third last business day of the month before the contract month', anchor: { kind: 'end', month: -1 }, before: 3 },
  { roots: ['BZ'], meaning: 'last business day of the second month before the contract month', anchor: { kind: 'end', month: -2 }, before: 1 },
  {
    roots: ['CL'],
    meaning: 'third business day before the 25th of the month before, or before the business day ahead of it where it is none',
    anchor: { kind: 'day', day: 25, month: -1 },
    isMoved: true,
    before: 3,
  },
  { roots: ['MCL'], meaning: 'business day before that of CL', anchor: { kind: 'day', day: 25, month: -1 }, isMoved: true, before: 4 },
  {
    roots: ['ZC', 'ZS', 'ZW', 'KE', 'ZM', 'ZL', 'ZO'],
    meaning: 'business day before the 15th of the contract month',
    anchor: { kind: 'day', day: 15, month: 0 },
    before: 1,
  },
  {
    roots: ['ZB', 'UB', 'ZN', 'TN'],
    meaning: 'seventh business day before the last one of the contract month',
    anchor: { kind: 'end', month: 0 },
    before: 8,
  },
  { roots: ['ZF', 'ZT', 'LE', '10Y'], meaning: 'last business day of the contract month', anchor: { kind: 'end', month: 0 }, before: 1 },
  {
    roots: ['BTC', 'ETH', 'MBT', 'MET'],
    meaning: 'last Friday of the contract month',
    anchor: { kind: 'weekday', weekday: friday, nth: -1, month: 0 },
    before: 0,
  },
  {
    roots: ['VX', 'VXM'],
    meaning: '30 days before the third Friday of the month after, or before the business day ahead of that Friday where it is none',
    anchor: { kind: 'weekday', weekday: friday, nth: 3, month: 1 },
    daysOff: 30,
    isMoved: true,
    before: 0,
  },
];

/**
 * The last trade date of a futures contract, by its root symbol and contract month.
 *
 * Definition  the rule of `futuresRules` for the root; months are 1 to 12 of the contract's name: CL 2017-06 ends in May. For roll calendars
 * Units       a day number (0 is 1970-01-01), as `formatDay` writes it     Errors  RangeError for an unknown root, a month that is none, and contracts before 2000
 * Source      the exchanges' contract specifications; tests compare with the last trade dates of QuantConnect Lean
 * Example     `formatDay(lastTradeDate('ES', 2018, 3))` is 2018-03-16; `formatDay(lastTradeDate('CL', 2017, 6))` is 2017-05-22
 */
export function lastTradeDate(root: string, year: number, month: number): number {
  const rule = futuresRules.find(({ roots }) => roots.includes(root));
  if (rule === undefined)
    throw new RangeError(`futures: the rule of "${root}" is unknown, known are ${futuresRules.flatMap(({ roots }) => roots).join(', ')}`);
  if (!(Number.isInteger(year) && Number.isInteger(month) && month >= 1 && month <= 12))
    throw new RangeError(`futures: a contract month is a year and 1 to 12, was ${year} and ${month}`);
  const { anchor, before, daysOff = 0, isMoved = false } = rule;
  let date = anchorDate(anchor, year, month);
  if (isMoved) date = businessDay(date);
  date -= daysOff;
  if (before === 0) return businessDay(date);
  for (let left = before; left > 0; left--) date = businessDay(date - 1);
  return date;
}

function anchorDate(anchor: ExpiryAnchor, year: number, month: number): number {
  const of = month + anchor.month;
  if (anchor.kind === 'weekday') return nthWeekday(year, of, anchor.weekday, anchor.nth);
  return anchor.kind === 'day' ? firstOfMonth(year, of) + anchor.day - 1 : firstOfMonth(year, of + 1);
}

/** The business day at or before a date. */
function businessDay(date: number): number {
  const { isTradeDate } = calendarOf('XNYS');
  let day = date;
  while (!isTradeDate(day)) day--;
  return day;
}
