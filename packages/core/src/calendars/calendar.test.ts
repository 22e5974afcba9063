import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { dayOf, formatDay, formatTime, parseInterval, parseTime, weekday } from '../time.ts';
import { calendarOf, makeCalendar } from './calendar.ts';

const fx = calendarOf('fx-week');
const day = (text: string): number => dayOf(parseTime(text));

describe('the FX week', () => {
  test('opens on Sunday at 17:00 and closes on Friday at 17:00 in New York, summer and winter (hand-stated)', () => {
    for (const [text, isOpen] of [
      ['2014-05-04T20:59:59.999999999Z', false], ['2014-05-04T21:00:00Z', true], ['2014-05-09T20:59:59.999999999Z', true], ['2014-05-09T21:00:00Z', false],
      ['2014-01-05T21:59:59Z', false], ['2014-01-05T22:00:00Z', true], ['2014-01-10T21:59:59Z', true], ['2014-01-10T22:00:00Z', false],
      ['2014-03-09T20:59:59Z', false], ['2014-03-09T21:00:00Z', true], ['2014-11-02T21:59:59Z', false], ['2014-11-02T22:00:00Z', true],
    ] as const) expect([text, fx.isOpen(parseTime(text))]).toEqual([text, isOpen]);
  });

  test('rolls the trade date at 17:00 in New York, and the weekend belongs to Monday', () => {
    for (const [text, date] of [
      ['2014-05-05T20:59:59Z', '2014-05-05'], ['2014-05-05T21:00:00Z', '2014-05-06'], ['2014-05-04T21:00:00Z', '2014-05-05'], ['2014-05-09T20:59:59Z', '2014-05-09'],
      ['2014-05-09T21:00:00Z', '2014-05-12'], ['2014-05-10T12:00:00Z', '2014-05-12'], ['2014-12-31T22:00:00Z', '2015-01-01'],
    ]) expect([text, formatDay(fx.tradeDate(parseTime(text)))]).toEqual([text, date]);
  });

  test('has sessions of 24 hours; the two weeks of a clock change are 167 and 169 hours apart at their openings', () => {
    expect(formatTime(fx.sessionOpen(day('2014-05-05')))).toBe('2014-05-04T21:00:00Z');
    expect(formatTime(fx.sessionClose(day('2014-05-05')))).toBe('2014-05-05T21:00:00Z');
    const hours = (from: string, to: string): number => Number((fx.sessionOpen(day(to)) - fx.sessionOpen(day(from))) / 3_600_000_000_000n);
    expect(hours('2014-03-03', '2014-03-10')).toBe(167);
    expect(hours('2014-10-27', '2014-11-03')).toBe(169);
    expect(() => fx.sessionOpen(day('2014-05-04'))).toThrow('calendar fx-week: 2014-05-04 is no trade date');
  });

  test('knows what comes next', () => {
    const friday = parseTime('2014-05-09T20:00:00Z'), saturday = parseTime('2014-05-10T00:00:00Z');
    expect(formatTime(fx.nextClose(friday))).toBe('2014-05-09T21:00:00Z');
    expect(formatTime(fx.nextOpen(friday))).toBe('2014-05-11T21:00:00Z');
    expect(formatTime(fx.nextClose(saturday))).toBe('2014-05-12T21:00:00Z');
    expect(formatTime(fx.nextOpen(saturday))).toBe('2014-05-11T21:00:00Z');
    expect(formatTime(fx.nextClose(parseTime('2014-05-05T21:00:00Z')))).toBe('2014-05-06T21:00:00Z');
  });

  test('counts the trade dates that a span touches', () => {
    expect(fx.tradeDatesBetween(parseTime('2014-05-01'), parseTime('2014-05-10')).map(formatDay)).toEqual(
      ['2014-05-01', '2014-05-02', '2014-05-05', '2014-05-06', '2014-05-07', '2014-05-08', '2014-05-09']);
    expect(fx.tradeDatesBetween(parseTime('2014-05-09T21:00:00Z'), parseTime('2014-05-11T21:00:00Z'))).toEqual([]);
    expect(fx.tradeDatesBetween(5n, 5n)).toEqual([]);
    const years = fx.tradeDatesBetween(parseTime('2000-01-01'), parseTime('2028-01-01')).length / 28;
    expect(Math.abs(years - fx.sessionsPerYear)).toBeLessThan(0.1);
  });
});

describe('every calendar', () => {
  const calendars = ['UTC', '24x7', 'fx-week'].map(calendarOf);

  test('agrees with itself at random instants, asked in any order', () => {
    const stream = randomStream(3, 'calendar');
    for (const calendar of calendars) {
      for (let i = 0; i < 500; i++) {
        const time = BigInt(stream.integer(-1_000_000_000, 4_000_000_000)) * 1_000_000_000n + BigInt(stream.integer(0, 999_999_999));
        const date = calendar.tradeDate(time), open = calendar.sessionOpen(date), close = calendar.sessionClose(date);
        expect(calendar.isTradeDate(date) && close > time).toBe(true);
        expect(calendar.isOpen(time)).toBe(open <= time);
        expect(calendar.nextClose(time)).toBe(close);
        expect(calendar.tradeDate(open)).toBe(date);
        expect(calendar.tradeDate(close - 1n)).toBe(date);
        expect(calendar.tradeDate(close)).toBeGreaterThan(date);
        expect(calendar.isOpen(calendar.nextOpen(time)) && calendar.nextOpen(time) > time).toBe(true);
      }
    }
  });

  test('24x7 never closes, UTC has weekdays only', () => {
    const sunday = parseTime('2014-05-04T12:00:00Z');
    expect(calendarOf('24x7').isOpen(sunday)).toBe(true);
    expect(formatDay(calendarOf('24x7').tradeDate(sunday))).toBe('2014-05-04');
    expect(calendarOf('UTC').isOpen(sunday)).toBe(false);
    expect(weekday(calendarOf('UTC').tradeDate(sunday))).toBe(1);
  });

  test('annualises by its open time', () => {
    expect(calendarOf('24x7').periodsPerYear(parseInterval('1m'))).toBeCloseTo(525_949.2, 6);
    expect(fx.periodsPerYear(parseInterval('1h'))).toBeCloseTo(260.8875 * 24, 6);
    expect(fx.periodsPerYear(parseInterval('1d'))).toBeCloseTo(260.8875, 6);
    expect(fx.periodsPerYear(parseInterval('7d'))).toBeCloseTo(52.1775, 6);
    expect(calendarOf('24x7').sessionsPerYear).toBeCloseTo(365.2425, 10);
  });

  test('is known by name, and rules that make no session are refused', () => {
    expect(() => calendarOf('nyse')).toThrow('calendar: "nyse" is unknown, known are UTC, 24x7, fx-week');
    expect(() => makeCalendar({ name: 'x', zone: 'UTC', weekdays: [1], open: 5, close: 5 })).toThrow('calendar x: sessions must be longer than 0');
  });
});
