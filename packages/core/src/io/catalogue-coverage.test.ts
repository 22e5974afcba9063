/** Days against calendars. Oracle: the weeks of 2024 by hand; FX opens on Sunday 17:00 in New York, which is a UTC Sunday, and closes on Friday 17:00. */
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../calendars/index.ts';
import { parseTime } from '../time.ts';
import type { Coverage } from './catalogue.ts';
import { calendarCoverage } from './catalogue-coverage.ts';

function series(dates: readonly string[], clock: string, more: Partial<Coverage> = {}): Coverage {
  const at = (date: string): bigint => parseTime(`${date}T${clock}Z`);
  return {
    kind: 'quotes',
    venue: 'x',
    symbol: 'EURUSD',
    rows: dates.length,
    firstTime: at(dates[0]),
    lastTime: at(dates[dates.length - 1]),
    days: dates.map((date) => ({ date, rows: 1, digest: '' })),
    ...more,
  };
}

describe('coverage', () => {
  const fx = calendarOf('fx-week'),
    // Sunday 7 to Friday 12, without Tuesday 9, with Saturday 13.
    ticks = series(['2024-01-07', '2024-01-08', '2024-01-10', '2024-01-11', '2024-01-12', '2024-01-13'], '22:30');

  test('names the days of a session without rows, and rows on a day without one', () => {
    expect(calendarCoverage(ticks, fx)).toEqual({ firstDay: '2024-01-07', lastDay: '2024-01-13', expected: 6, present: 6, missing: ['2024-01-09'], outside: ['2024-01-13'] });
  });

  test('looks at the span that is asked for, also beyond the rows', () => {
    expect(calendarCoverage(ticks, fx, { from: parseTime('2024-01-09'), to: parseTime('2024-01-16') })).toEqual({
      firstDay: '2024-01-09',
      lastDay: '2024-01-15',
      expected: 6,
      present: 4,
      missing: ['2024-01-09', '2024-01-14', '2024-01-15'],
      outside: ['2024-01-13'],
    });
    expect(() => calendarCoverage(ticks, fx, { from: parseTime('2024-01-10'), to: parseTime('2024-01-10') })).toThrow(RangeError);
  });

  test('daily bars count by trade date, whether they open with the session or at midnight', () => {
    // Opened on Sunday 22:00, Monday 22:00, Wednesday 22:00: the trade dates Monday, Tuesday, Thursday.
    const opened = series(['2024-01-07', '2024-01-08', '2024-01-10'], '22:00:00', { kind: 'bars', interval: '1d', price: 'bid' });
    expect(calendarCoverage(opened, fx)).toMatchObject({ firstDay: '2024-01-08', lastDay: '2024-01-11', expected: 4, missing: ['2024-01-10'], outside: [] });
    const midnight = series(['2024-01-08', '2024-01-09', '2024-01-11'], '00:00:00', { kind: 'bars', interval: '1d', price: 'trade' });
    expect(calendarCoverage(midnight, calendarOf('UTC'))).toMatchObject({ firstDay: '2024-01-08', lastDay: '2024-01-11', missing: ['2024-01-10'], outside: [] });
    expect(calendarCoverage({ ...midnight, interval: '7d' }, fx)).toBeUndefined();
  });
});
