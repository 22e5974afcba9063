// Oracle: the market hours of QuantConnect Lean (../shared/market/reference), date by date, and openings and closings stated by hand.
import { describe, expect, test } from 'vitest';
import { hasSharedData, sharedJson, skipReason } from '../../test/shared-market.ts';
import { dayNumber, dayOf, formatDay, formatTime, parseTime, weekday } from '../time.ts';
import { calendarOf } from './calendar.ts';
import { easterSunday } from './holidays.ts';
import { utcToLocal } from './zones.ts';

const day = (text: string): number => dayOf(parseTime(text));
const stocks = calendarOf('XNYS'),
  futures = calendarOf('CME');

describe('Easter', () => {
  test('falls on the days of the almanac, its earliest and latest among them', () => {
    for (const date of ['1818-03-22', '1943-04-25', '2000-04-23', '2008-03-23', '2016-03-27', '2024-03-31', '2038-04-25'])
      expect(formatDay(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });
});

describe('XNYS', () => {
  test('opens at 9:30 and closes at 16:00 in New York, in summer and winter, and at 13:00 on short days', () => {
    for (const [date, open, close] of [
      ['2024-01-02', '2024-01-02T14:30:00Z', '2024-01-02T21:00:00Z'],
      ['2024-03-11', '2024-03-11T13:30:00Z', '2024-03-11T20:00:00Z'],
      ['2024-07-03', '2024-07-03T13:30:00Z', '2024-07-03T17:00:00Z'],
      ['2024-11-29', '2024-11-29T14:30:00Z', '2024-11-29T18:00:00Z'],
    ])
      expect([formatTime(stocks.sessionOpen(day(date))), formatTime(stocks.sessionClose(day(date)))]).toEqual([open, close]);
  });

  test('has no session on holidays: times belong to the next one', () => {
    const christmas = parseTime('2024-12-25T16:00:00Z');
    expect([stocks.isOpen(christmas), formatDay(stocks.tradeDate(christmas))]).toEqual([false, '2024-12-26']);
    expect(formatTime(stocks.nextClose(parseTime('2024-11-29T18:00:00Z')))).toBe('2024-12-02T21:00:00Z');
    expect(() => stocks.sessionOpen(day('2024-12-25'))).toThrow('calendar XNYS: 2024-12-25 is no trade date');
    expect(formatDay(stocks.tradeDate(parseTime('2001-09-11T14:00:00Z')))).toBe('2001-09-17');
  });

  test('has 252 trade dates in 2024, about as many in every year, and says from when its rules hold', () => {
    expect(stocks.tradeDatesBetween(parseTime('2024-01-01'), parseTime('2025-01-01')).length).toBe(252);
    expect(stocks.sessionsPerYear).toBeCloseTo(251.4, 0);
    expect(stocks.periodsPerYear(60_000_000_000)).toBeCloseTo(stocks.sessionsPerYear * 390, 6);
    expect(() => stocks.tradeDate(parseTime('1999-06-01'))).toThrow('calendar XNYS: its rules hold from 2000 on, asked for 1999-06-01');
    expect(formatDay(stocks.tradeDate(parseTime('2000-01-01')))).toBe('2000-01-03');
  });
});

describe('CME', () => {
  test('has sessions from 17:00 of the day before to 16:00 in Chicago, of 23 hours also where the clocks change, and stops at noon on holidays', () => {
    for (const [date, open, close] of [
      ['2024-01-03', '2024-01-02T23:00:00Z', '2024-01-03T22:00:00Z'],
      ['2024-03-11', '2024-03-10T22:00:00Z', '2024-03-11T21:00:00Z'],
      ['2024-05-27', '2024-05-26T22:00:00Z', '2024-05-27T17:00:00Z'],
      ['2026-04-03', '2026-04-02T22:00:00Z', '2026-04-03T13:15:00Z'],
    ])
      expect([formatTime(futures.sessionOpen(day(date))), formatTime(futures.sessionClose(day(date)))]).toEqual([open, close]);
    expect(futures.isOpen(parseTime('2024-01-03T22:30:00Z'))).toBe(false);
    expect(formatDay(futures.tradeDate(parseTime('2024-01-03T23:00:00Z')))).toBe('2024-01-04');
    expect(futures.isTradeDate(day('2024-03-29'))).toBe(false);
  });
});

/** Day number of Lean's `M/D/YYYY`. */
function leanDay(text: string): number {
  const [month, date, year] = text.split('/').map(Number);
  return dayNumber(year, month, date);
}

const seconds = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const weekdays = (from: string, to: string): number[] =>
  Array.from({ length: day(to) - day(from) }, (_, k) => day(from) + k).filter((date) => weekday(date) >= 1 && weekday(date) <= 5);

describe.skipIf(!hasSharedData)(`calendars against the market hours of Lean${skipReason}`, () => {
  const { entries } = hasSharedData ? sharedJson('market/reference/market-hours-database.json.gz') : { entries: {} };

  test('XNYS has the holidays and early closes of all 28 years', () => {
    const { holidays, earlyCloses } = entries['Equity-usa-[*]'],
      closed = new Set<number>(holidays.map(leanDay)),
      early = new Map(Object.entries(earlyCloses).map(([date, close]) => [leanDay(date), seconds(close as string)]));
    const others: string[] = [];
    for (const date of weekdays('2000-01-01', '2029-01-01')) {
      const isOpen = stocks.isTradeDate(date);
      if (isOpen === closed.has(date)) others.push(`${formatDay(date)} ${isOpen ? 'open' : 'closed'}`);
      else if (isOpen) {
        const close = Number((utcToLocal('America/New_York', stocks.sessionClose(date)) / 1_000_000_000n) % 86_400n);
        if (close !== (early.get(date) ?? 57_600)) others.push(`${formatDay(date)} closes at ${close}`);
      }
    }
    expect(others).toEqual([]);
  });

  test('CME has the closed days and short days of the E-mini S&P 500 from 2015 on', () => {
    const own = entries['Future-cme-ES'],
      all = entries['Future-cme-[*]'],
      early = new Map<number, number>(Object.entries(own.earlyCloses).map(([date, close]) => [leanDay(date), seconds(close as string) - 3600])),
      // A closed day whose evening belongs to the next trade date is stated there as one that opens at 18:00.
      evenings = Object.keys(own.lateOpens).filter((date) => own.lateOpens[date] === '18:00:00'),
      closed = new Set<number>([...all.holidays, ...own.holidays, ...evenings].map(leanDay).filter((date) => !early.has(date)));
    const others: string[] = [];
    for (const date of weekdays('2015-01-01', '2025-05-01')) {
      const isOpen = futures.isTradeDate(date);
      if (isOpen === closed.has(date)) others.push(`${formatDay(date)} ${isOpen ? 'open' : 'closed'}`);
      else if (isOpen) {
        const close = Number((utcToLocal('America/Chicago', futures.sessionClose(date)) / 1_000_000_000n) % 86_400n);
        if (close !== (early.get(date) ?? 57_600)) others.push(`${formatDay(date)} closes at ${close / 3600}, there at ${(early.get(date) ?? 57_600) / 3600}`);
      }
    }
    // CME stopped at 8:30 on two days of mourning, of which Lean has one as closed and the other not at all, and at 12:15 on three short days that Lean lacks.
    expect(others).toEqual([
      '2018-12-05 open',
      '2023-07-03 closes at 12.25, there at 16',
      '2024-07-03 closes at 12.25, there at 16',
      '2024-11-29 closes at 12.25, there at 16',
      '2025-01-09 closes at 8.5, there at 16',
    ]);
  });
});
