/** What a run is looked at by: worked by hand, and by brute force. */
import { describe, expect, test } from 'vitest';
import { exitReasons, mean, parseTime, randomStream, roundTripSchema } from '@zanzibar/core';
import { resultTable } from '../result/index.ts';
import { benchmarkFigures, benchmarkValues, maximumDrawdown, monthlyReturns, omegaRatio, randomEntryBaseline, rollingFigure, sessionLabel, systemQuality, tailRatio, tripGroupings, tripGroups, worstDrawdowns } from './index.ts';

describe('months', () => {
  const at = (...times: string[]): BigInt64Array => BigInt64Array.from(times, parseTime);

  test('the end of a month is its last row; midnight on the first belongs to the month before; a month without rows is left out', () => {
    const months = monthlyReturns(100, at('2023-12-31T12:00:00Z', '2024-01-01T00:00:00Z', '2024-01-15T00:00:00Z', '2024-03-01T00:00:00.000000001Z'), [105, 110, 99, 198]);
    expect(months.map(({ year, month, profit }) => [year, month, profit])).toEqual([[2023, 12, 10], [2024, 1, -11], [2024, 3, 99]]);
    expect(months.map(({ value }) => Number(value.toFixed(12)))).toEqual([0.1, -0.1, 1]);
    expect(monthlyReturns(100, at(), [])).toEqual([]);
  });
});

describe('worst drawdowns', () => {
  test('by hand: from the peak over the trough to the recovery, deepest first, the last one open', () => {
    const found = worstDrawdowns(100, [110, 99, 121, 115, 121, 60.5, 90], 2);
    expect(found.map(({ peakRow, troughRow, recoveryRow }) => [peakRow, troughRow, recoveryRow])).toEqual([[4, 5, -1], [0, 1, 2]]);
    expect(found[0].depth).toBeCloseTo(0.5, 15);
    expect(worstDrawdowns(100, [101, 102], 5)).toEqual([]);
    expect(worstDrawdowns(100, [90, 100], 5)[0]).toMatchObject({ peakRow: -1, troughRow: 0, recoveryRow: 1 });
  });

  test('the deepest is the maximum drawdown on random walks', () => {
    const random = randomStream(1, 'walk');
    for (let round = 0; round < 100; round++) {
      let equity = 100;
      const curve = Float64Array.from({ length: 80 }, () => (equity *= 1 + 0.02 * random.normal()));
      const [worst] = worstDrawdowns(100, curve, 1);
      if (worst !== undefined) expect(worst).toEqual(maximumDrawdown(100, curve));
      else expect(maximumDrawdown(100, curve).depth).toBe(0);
    }
  });
});

describe('rolling figures', () => {
  test('are the figure of each window; fewer points are spread and end at the last row', () => {
    const values = Float64Array.from([1, 2, 3, 4, 5, 6]);
    expect(rollingFigure(values, 2, mean)).toEqual({ row: Int32Array.of(1, 2, 3, 4, 5), value: Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5) });
    expect(Array.from(rollingFigure(values, 2, mean, 2).row)).toEqual([3, 5]);
    expect(rollingFigure(values, 7, mean).row.length).toBe(0);
    expect(() => rollingFigure(values, 0, mean)).toThrow('rollingFigure: window must be a positive integer, was 0');
  });
});

describe('a benchmark', () => {
  test('half of its moves and a constant beside: beta 0.5, alpha the constant, correlation 1; pairs with NaN are left out', () => {
    const benchmark = [0.01, -0.02, 0.03, 0.004, NaN], returns = [0.006, -0.009, 0.016, 0.003, 5], figures = benchmarkFigures(returns, benchmark, 252);
    expect(figures.beta).toBeCloseTo(0.5, 14);
    expect(figures.alpha).toBeCloseTo(0.252, 14);
    expect(figures.correlation).toBeCloseTo(1, 14);
    expect(figures.count).toBe(4);
  });

  test('one that stands still has no beta; the same returns have no information ratio; lengths must agree', () => {
    const returns = [0.1, 0.2, 0.1];
    expect(benchmarkFigures(returns, [0, 0, 0], 252).beta).toBeNaN();
    expect(benchmarkFigures(returns, returns, 252)).toMatchObject({ beta: 1, informationRatio: NaN });
    expect(benchmarkFigures([0.1], [0.1], 252).alpha).toBeNaN();
    expect(() => benchmarkFigures([1], [1, 2], 252)).toThrow('benchmarkFigures: 1 returns, but 2 of the benchmark');
  });

  test('holding two instruments in equal parts: each price as of the sample, rows without a price do not exist', () => {
    const prices = [[100, 110, NaN, 120], [10, 10, 5, 5]], time = BigInt64Array.of(1n, 2n, 3n, 4n);
    const held = prices.map(price => ({ time, price: (row: number) => price[row], first: price[0], from: 0, to: 4 }));
    expect(Array.from(benchmarkValues(held, BigInt64Array.of(0n, 1n, 2n, 3n, 9n)))).toEqual([1, 1, 1.05, (1.1 + 0.5) / 2, (1.2 + 0.5) / 2]);
    expect(Array.from(benchmarkValues([{ ...held[0], to: 2 }], BigInt64Array.of(9n)))).toEqual([1.1]);
    expect(benchmarkValues([{ ...held[0], first: 0 }], BigInt64Array.of(1n))[0]).toBeNaN();
  });
});

describe('single figures', () => {
  test('Omega of 2, -1, 3 is 5; above a threshold of 1 a period 3 to 2', () => {
    expect(omegaRatio([2, -1, 3], 1)).toBe(5);
    expect(omegaRatio([2, -1, 3], 252, 252)).toBe(1.5);
    expect(omegaRatio([1, 2], 1)).toBeNaN();
    expect(omegaRatio([1, NaN], 1)).toBeNaN();
  });

  test('tail ratio of -2 and 4 tails is 2; none without a bad tail; system quality of 1 and 3 is 2', () => {
    expect(tailRatio([-2, -2, 0, 4, 4])).toBeCloseTo(2, 14);
    expect(tailRatio([0, 0, 1])).toBeNaN();
    expect(systemQuality([1, 3])).toBeCloseTo(2, 14);
    expect(systemQuality([1])).toBeNaN();
    expect(systemQuality([1, 1])).toBeNaN();
  });
});

describe('groups of round trips', () => {
  const entries = ['2024-07-01T13:30:00Z', '2024-07-01T02:00:00Z', '2024-07-06T13:00:00Z', '2024-01-02T13:30:00Z'].map(parseTime);
  const trips = resultTable(roundTripSchema, {
    entryTime: BigInt64Array.from(entries), exitTime: BigInt64Array.from(entries, (time, k) => time + BigInt(k + 1) * 60_000_000_000n), net: Float64Array.of(2, -1, 3, 4), side: Int8Array.of(1, 1, -1, -1),
    exitReason: Int8Array.of(exitReasons.indexOf('stop'), exitReasons.indexOf('target'), exitReasons.indexOf('stop'), exitReasons.indexOf('order')),
    instrument: Int32Array.of(0, 1, 0, 0), entryTag: Int32Array.of(0, -1, 0, 0),
  }, 4, { instrument: ['EURUSD', 'XAUUSD'], entryTag: ['gap'] });
  const keys = (grouping: (typeof tripGroupings)[number]): unknown => tripGroups(trips, grouping).map(({ key, count, net }) => [key, count, net]);

  test('by hand, in calendar or register order', () => {
    expect(keys('side')).toEqual([['long', 2, 1], ['short', 2, 7]]);
    expect(keys('symbol')).toEqual([['EURUSD', 3, 9], ['XAUUSD', 1, -1]]);
    expect(keys('tag')).toEqual([['gap', 3, 9], ['', 1, -1]]);
    expect(keys('exitReason')).toEqual([['order', 1, 4], ['stop', 2, 5], ['target', 1, -1]]);
    expect(keys('weekday')).toEqual([['Monday', 2, 1], ['Tuesday', 1, 4], ['Saturday', 1, 3]]);
    expect(keys('hour')).toEqual([['02:00', 1, -1], ['13:00', 3, 9]]);
    expect(keys('session')).toEqual([['London + New York', 2, 6], ['Tokyo', 1, -1], ['none', 1, 3]]);
    expect(tripGroups(trips, 'side')[0]).toEqual({ key: 'long', count: 2, net: 1, averageTrade: 0.5, hitRate: 0.5, profitFactor: 2, held: 90e9 });
  });

  test('every trip is in one group of each kind', () => {
    for (const grouping of tripGroupings) {
      expect(tripGroups(trips, grouping).reduce((sum, { count }) => sum + count, 0)).toBe(4);
      expect(tripGroups(resultTable(roundTripSchema, {}), grouping)).toEqual([]);
    }
  });

  test('sessions follow local clocks: New York opens at 12:00 UTC in July and at 13:00 in January', () => {
    expect(['2024-07-01T12:00:00Z', '2024-01-02T12:30:00Z', '2024-01-02T13:00:00Z', '2024-01-02T22:00:00Z'].map(time => sessionLabel(parseTime(time)))).toEqual(['London + New York', 'London', 'London + New York', 'none']);
  });
});

describe('the random-entry baseline', () => {
  const trip = { side: 1, size: 1, bars: 1 };

  test('one trip of one bar over a rising line always makes 1, less the costs', () => {
    const { net, rank } = randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 3], trips: [trip] }], costs: 0.25, actual: 1, draws: 50 });
    expect(new Set(net)).toEqual(new Set([0.75]));
    expect(rank).toBe(1);
    expect(randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 3], trips: [trip] }], costs: 0, actual: 1, draws: 50 }).rank).toBe(0.5);
  });

  test('a trip is converted at the rate of the bar at which it ends', () => {
    const { net } = randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 4], rate: [1, 10, 100], trips: [{ ...trip, bars: 2 }] }], costs: 0, actual: 0, draws: 5 });
    expect(new Set(net)).toEqual(new Set([300]));
    const one = randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 4], rate: [1, 10, 100], trips: [trip] }], costs: 0, actual: 0, draws: 50 });
    expect(new Set(one.net)).toEqual(new Set([10, 200]));
  });

  test('every arrangement without overlap is equally likely (counted against all of them)', () => {
    // Lengths 1 and 2 over 5 steps: C(4, 2) places of two trips, in two orders. Steps worth powers of 7 and signs tell every arrangement apart.
    const close = [0, 1, 8, 57, 400, 2801], trips = [{ side: 1, size: 1, bars: 1 }, { side: -1, size: 3, bars: 2 }], all: number[] = [];
    for (let a = 0; a < 5; a++) for (let b = 0; b < 4; b++) if (a + 1 <= b || b + 2 <= a) all.push(close[a + 1] - close[a] - 3 * (close[b + 2] - close[b]));
    expect([all.length, new Set(all).size]).toEqual([12, 12]);
    const draws = 24_000, { net } = randomEntryBaseline({ instruments: [{ id: 'X', close, trips }], costs: 0, actual: 0, draws });
    const counts = new Map(all.map(value => [value, 0]));
    for (const value of net) counts.set(value, counts.get(value)! + 1);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + ((count - draws / 12) * (count - draws / 12)) / (draws / 12), 0);
    // 0.999 quantile of chi-square with 11 degrees of freedom (scipy).
    expect(chiSquare).toBeLessThan(31.26);
  });

  test('the same seed gives the same bits, another one others; entries that know the future stand above all draws', () => {
    const random = randomStream(5, 'prices');
    let price = 100;
    const close = Float64Array.from({ length: 500 }, () => (price += random.normal()));
    const trips = Array.from({ length: 20 }, (_, k) => ({ side: Math.sign(close[20 * k + 10] - close[20 * k]), size: 2, bars: 10 }));
    const actual = trips.reduce((sum, { side, size }, k) => sum + side * size * (close[20 * k + 10] - close[20 * k]), 0), input = { instruments: [{ id: 'X', close, trips }], costs: 0, actual };
    const first = randomEntryBaseline(input);
    expect(randomEntryBaseline(input)).toEqual(first);
    expect(randomEntryBaseline({ ...input, seed: 2 }).net).not.toEqual(first.net);
    expect(first.rank).toBe(1);
    expect(first.net.every((value, i) => i === 0 || value >= first.net[i - 1])).toBe(true);
  });

  test('overlapping trips that do not fit are drawn one by one; without trips there is no rank', () => {
    expect(randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 3], trips: [trip, trip, trip] }], costs: 0, actual: 3, draws: 10 }).rank).toBe(0.5);
    expect(randomEntryBaseline({ instruments: [{ id: 'X', close: [1, 2, 3], trips: [] }], costs: 0, actual: 3 }).rank).toBeNaN();
    expect(() => randomEntryBaseline({ instruments: [], costs: 0, actual: 0, draws: 0 })).toThrow('randomEntryBaseline: draws must be a positive integer, was 0');
  });
});
