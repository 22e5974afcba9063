// Oracle: a plain loop over the ticks, written here from the definition, and bars worked by hand.
import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { rangeBars } from './range-bars.ts';

const trades = (prices: ArrayLike<number>): any => ({
  time: BigInt64Array.from({ length: prices.length }, (_, k) => BigInt(10 * k)),
  price: Float64Array.from(prices),
  size: Float64Array.from(prices, () => 2),
});
const names = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'tickCount', 'fromRow', 'toRow'] as const;
const rows = (bars: any): number[][] => Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));

describe('range bars', () => {
  test('close by the tick that would stretch them, which opens the next one (worked by hand)', () => {
    expect(rows(rangeBars(trades([5, 6, 5.5, 6.5, NaN, 9, 8, 9.1]), { price: 'trade', range: 1 }).bars)).toEqual([
      [0, 30, 5, 6, 5, 5.5, 6, 3, 0, 4],
      [30, 50, 6.5, 6.5, 6.5, 6.5, 2, 1, 3, 6],
      [50, 70, 9, 9, 8, 8, 4, 2, 5, 8],
    ]);
  });

  test('compare in ticks where there are ticks: 1.0003 - 1 is three of them, though its double is larger than 0.0003 or smaller', () => {
    const prices = Array.from({ length: 400 }, (_, k) => (10_000 + k - 3 * Math.floor(k / 4) + (k % 4 === 0 ? 0 : 0)) / 10_000),
      { bars } = rangeBars(trades(prices), { price: 'trade', range: 0.0003, ticksPerUnit: 10_000 });
    for (let k = 0; k < bars.length; k++) expect(Math.round((bars.high[k] - bars.low[k]) * 10_000)).toBeLessThanOrEqual(3);
    expect(() => rangeBars.resolve({ range: 0.00001, ticksPerUnit: 100 })).toThrow('range must be at least half a tick');
    expect(() => rangeBars.resolve({ range: -1 })).toThrow('rangeBars: range must be a positive number, was -1');
  });

  test('are those of a plain loop on a random walk', () => {
    const random = randomStream(5, 'range'),
      prices: number[] = [100];
    while (prices.length < 5000) prices.push(prices.at(-1)! + random.integer(-8, 8) / 8);
    const expected: number[][] = [];
    let from = 0;
    for (let i = 1; i < prices.length; i++) {
      const inside = prices.slice(from, i + 1);
      if (Math.max(...inside) - Math.min(...inside) <= 2) continue;
      const own = prices.slice(from, i);
      expected.push([10 * from, 10 * i, own[0], Math.max(...own), Math.min(...own), own.at(-1)!, 2 * own.length, own.length, from, i + 1]);
      from = i;
    }
    expect(expected.length).toBeGreaterThan(300);
    expect(rows(rangeBars(trades(prices), { price: 'trade', range: 2 }).bars)).toEqual(expected);
  });
});
