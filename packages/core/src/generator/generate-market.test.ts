import { describe, expect, test } from 'vitest';
import { calendarOf } from '../calendars/index.ts';
import { tableDigest } from '../digest.ts';
import { isOnGrid, makeGrid } from '../grid.ts';
import { quantile, standardDeviation } from '../numerics/index.ts';
import { quoteSchema, tradeSchema } from '../schemas.ts';
import { formatDay, formatTime } from '../time.ts';
import { generateMarket } from './generate-market.ts';

const market = generateMarket({ seed: 1 });
const { quotes, trades, dates } = market;
const grid = makeGrid(0.00001);

describe('a generated market', () => {
  test('is the same for the same seed on every machine (frozen: sample data and order hashes rest on it)', () => {
    expect(tableDigest(quoteSchema, quotes)).toBe('11eaf95b1cc09872acefcb3acffaa15923020523760a812f17d9f2178f66c904');
    expect(tableDigest(tradeSchema, trades)).toBe('1d775d25da7bbdafa1d220cd21696b2e6f9a93577fa14b76449b7c242de2a240');
    expect(tableDigest(quoteSchema, generateMarket({ seed: 2, days: 1 }).quotes)).not.toBe(tableDigest(quoteSchema, generateMarket({ seed: 1, days: 1 }).quotes));
  });

  test('has some 200,000 quotes of ten trade dates, inside the sessions of the FX week', () => {
    expect(dates.map(formatDay)).toEqual([
      '2024-01-08', '2024-01-09', '2024-01-10', '2024-01-11', '2024-01-12', '2024-01-15', '2024-01-16', '2024-01-17', '2024-01-18', '2024-01-19']);
    expect(quotes.time.length).toBeGreaterThan(200_000);
    expect(formatTime(quotes.time[0]).slice(0, 16)).toBe('2024-01-07T22:00');
    const calendar = calendarOf('fx-week'), outside = quotes.time.filter(time => !calendar.isOpen(time)).length + trades.time.filter(time => !calendar.isOpen(time)).length;
    expect(outside).toBe(0);
    expect([...new Set(Array.from(quotes.time, time => calendar.tradeDate(time)))]).toEqual(dates);
  });

  test('runs forward in whole milliseconds with some equal times, and is never crossed or locked', () => {
    let equalCount = 0, gapCount = 0, badCount = 0;
    for (let i = 1; i < quotes.time.length; i++) {
      const pause = quotes.time[i] - quotes.time[i - 1];
      if (pause < 0n || quotes.time[i] % 1_000_000n !== 0n || quotes.bid[i] >= quotes.ask[i]) badCount++;
      if (pause === 0n) equalCount++;
      if (pause > 10_000_000_000n) gapCount++;
    }
    expect(badCount).toBe(0);
    expect(equalCount).toBeGreaterThan(500);
    expect(gapCount).toBeGreaterThan(100);
  });

  test('has all prices on its grid and changes something in every row', () => {
    expect(quotes.bid.every(price => isOnGrid(grid, price)) && quotes.ask.every(price => isOnGrid(grid, price))).toBe(true);
    let stillCount = 0;
    for (let i = 1; i < quotes.time.length; i++) if (quotes.bid[i] === quotes.bid[i - 1] && quotes.ask[i] === quotes.ask[i - 1]) stillCount++;
    expect(stillCount).toBeLessThan(20);
  });

  test('trades at a side of the quote that stands, with ids that count up', () => {
    let row = -1, badCount = 0;
    for (let i = 0; i < trades.time.length; i++) {
      while (row + 1 < quotes.time.length && quotes.time[row + 1] <= trades.time[i]) row++;
      if (trades.price[i] !== (trades.side[i] > 0 ? quotes.ask[row] : quotes.bid[row]) || !(trades.size[i] >= 1000) || trades.id[i] !== BigInt(i + 1)) badCount++;
    }
    expect(badCount).toBe(0);
    expect(trades.time.length).toBeGreaterThan(15_000);
  });

  test('is busy when London and New York are, moves in clusters, and spreads widen when it is quiet', () => {
    const byHour = new Float64Array(24), spreads: number[][] = Array.from({ length: 24 }, () => []);
    for (let i = 0; i < quotes.time.length; i++) {
      const hour = Number((quotes.time[i] / 3_600_000_000_000n) % 24n);
      byHour[hour]++;
      spreads[hour].push(Math.round((quotes.ask[i] - quotes.bid[i]) / 0.00001));
    }
    expect(byHour[14] / byHour[22]).toBeGreaterThan(4);
    expect(quantile(spreads[22], 0.5)).toBeGreaterThan(quantile(spreads[14], 0.5));
    expect(quantile(spreads[14], 0.5)).toBeLessThan(12);

    const closes: number[] = [];
    for (let i = 0, minute = 0n; i < quotes.time.length; i++) {
      if (quotes.time[i] / 60_000_000_000n !== minute) closes.push(quotes.bid[i]);
      minute = quotes.time[i] / 60_000_000_000n;
    }
    const moves = closes.slice(1).map((close, i) => Math.abs(Math.log(close / closes[i]))), center = moves.reduce((a, b) => a + b) / moves.length;
    const deviation = standardDeviation(moves);
    let covariance = 0;
    for (let i = 30; i < moves.length; i++) covariance += (moves[i] - center) * (moves[i - 30] - center);
    expect(covariance / moves.length / (deviation * deviation)).toBeGreaterThan(0.1);
  });
});

describe('features draw from streams of their own', () => {
  const short = generateMarket({ seed: 5, days: 2 });

  test('more days only add rows', () => {
    const longer = generateMarket({ seed: 5, days: 4 }), count = short.quotes.time.length, tradeCount = short.trades.time.length;
    expect(longer.quotes.time.subarray(0, count)).toEqual(short.quotes.time);
    expect(longer.quotes.ask.subarray(0, count)).toEqual(short.quotes.ask);
    expect(longer.trades.price.subarray(0, tradeCount)).toEqual(short.trades.price);
  });

  test('other trades change no quote, and another spread no time of a trade', () => {
    expect(generateMarket({ seed: 5, days: 2, tradesPerDay: 50 }).quotes).toEqual(short.quotes);
    expect(generateMarket({ seed: 5, days: 2, tradesPerDay: 0 }).trades.time.length).toBe(0);
    expect(generateMarket({ seed: 5, days: 2, spreadTicks: 30 }).trades.time).toEqual(short.trades.time);
  });
});

test('options are checked by name', () => {
  expect(() => generateMarket({ seed: 0.5 })).toThrow('generateMarket: seed must be a whole number, was 0.5');
  expect(() => generateMarket({ seed: 1, days: 0 })).toThrow('generateMarket: days must be a positive integer, was 0');
  expect(() => generateMarket({ seed: 1, spread: 3 } as never)).toThrow('generateMarket: unknown option "spread"');
  expect(() => generateMarket({ seed: 1, calendar: 'moon' })).toThrow('calendar: "moon" is unknown');
});
