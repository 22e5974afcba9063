import { describe, expect, test } from 'vitest';
import { hasSharedData, leanMarkets, leanQuotes, sharedJson, skipReason } from '../../test/shared-market.ts';
import { combine } from '../engine/combine.ts';
import { barsOfBars } from './bars-of-bars.ts';
import { timeBars } from './time-bars.ts';

const minute = 60_000_000_000;
const same = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'buyVolume', 'sellVolume', 'tickCount', 'segment'];

function smaller(
  rows: readonly (readonly [open: number, close: number, o: number, h: number, l: number, c: number])[],
  segment?: readonly number[],
): any {
  const bars: Record<string, any> = {
    openTime: BigInt64Array.from(rows, (row) => BigInt(row[0])),
    closeTime: BigInt64Array.from(rows, (row) => BigInt(row[1])),
  };
  ['open', 'high', 'low', 'close'].forEach((name, k) => {
    bars[name] = Float64Array.from(rows, (row) => row[2 + k]);
  });
  return segment ? { ...bars, segment: Int32Array.from(segment) } : bars;
}

function larger(bars: any, options: object, until: bigint): any {
  return (combine({ it: [barsOfBars, 'bars', options] })({ bars }, until) as any).it.bars;
}

function rows(bars: any, ...names: string[]): number[][] {
  return Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));
}

describe('bars of bars', () => {
  test('join the smaller bars of an interval and are known with the last of them (worked by hand)', () => {
    const bars = larger(
      smaller([
        [0, 10, 5, 7, 5, 7],
        [10, 20, 6, 6, 4, 4],
        [30, 40, 8, 9, 8, 9],
        [40, 50, 1, 1, 1, 1],
      ]),
      { interval: 20 },
      50n,
    );
    expect(rows(bars, 'openTime', 'closeTime', 'open', 'high', 'low', 'close', 'fromRow', 'toRow')).toEqual([
      [0, 20, 5, 7, 4, 4, 0, 2],
      [20, 40, 8, 9, 8, 9, 2, 3],
    ]);
  });

  test('are cut short by the first smaller bar of a new segment', () => {
    const bars = larger(
      smaller(
        [
          [0, 10, 5, 7, 5, 7],
          [12, 15, 6, 6, 4, 4],
          [20, 30, 8, 9, 8, 9],
        ],
        [0, 1, 1],
      ),
      { interval: 20 },
      50n,
    );
    expect(rows(bars, 'openTime', 'closeTime', 'close', 'segment')).toEqual([
      [0, 15, 7, 0],
      [0, 20, 4, 1],
      [20, 40, 9, 1],
    ]);
  });

  test('refuse smaller bars that straddle an end, in one block and with the clock between', () => {
    const straddling = smaller([
      [0, 10, 5, 7, 5, 7],
      [10, 20, 6, 6, 4, 4],
    ]);
    expect(() => larger(straddling, { interval: 15 }, 50n)).toThrow(
      'row 1, column "closeTime": barsOfBars: a bar known at 20 is part of one that ends at 15',
    );
    const live = combine({ it: [barsOfBars, 'bars', { interval: 15 }] }).stream();
    live.feed('bars', { openTime: 0n, closeTime: 10n, open: 5, high: 7, low: 5, close: 7 });
    live.advance(15n);
    live.feed('bars', { openTime: 10n, closeTime: 20n, open: 5, high: 7, low: 5, close: 7 });
    expect(() => live.advance(20n)).toThrow('row 1, column "closeTime": barsOfBars: a bar known at 20 is part of one that ends at 15');
  });

  test('refuse a lateness below that of the smaller bars', () => {
    expect(() =>
      larger(
        smaller([
          [0, 12, 5, 7, 5, 7],
          [10, 22, 6, 6, 4, 4],
        ]),
        { interval: 20 },
        50n,
      ),
    ).toThrow('lateness is too small');
    expect(
      rows(
        larger(
          smaller([
            [0, 12, 5, 7, 5, 7],
            [10, 22, 6, 6, 4, 4],
          ]),
          { interval: 20, lateness: 2 },
          22n,
        ),
        'closeTime',
        'close',
      ),
    ).toEqual([[22, 4]]);
  });
});

describe.skipIf(!hasSharedData)(`bars of bars over recorded ticks${skipReason}`, () => {
  for (const lateness of [0, 90 * 1_000_000_000]) {
    test(`five minutes of minutes are five minutes of ticks, with lateness ${lateness} ns and cuts`, () => {
      const { time, bid, ask } = leanQuotes(leanMarkets[0]),
        size = new Float64Array(time.length).fill(3),
        side = new Int8Array(time.length).map((_, i) => (i % 3) - 1);
      const until = time[time.length - 1] + BigInt(10 * minute);
      const graph = combine({
        m1: [timeBars, 'ticks', { lateness }],
        m5: [barsOfBars, 'm1.bars', { interval: 5 * minute, lateness }],
        direct: [timeBars, 'ticks', { interval: 5 * minute, lateness }],
      });
      const plain = graph({ ticks: { time, bid, ask, size, side } }, until) as any;
      expect(plain.m5.bars.length).toBe(plain.direct.bars.length);
      expect(plain.m5.bars.length).toBeGreaterThan(1_900);
      for (const name of same) expect(plain.m5.bars[name], name).toEqual(plain.direct.bars[name]);
    });
  }

  test('hours and days of the minutes of a day are those of dukascopy-node', () => {
    for (const [file, interval] of [
      ['m1_to_h1', 60 * minute],
      ['m1_to_d1', 1440 * minute],
    ] as const) {
      const input: number[][] = sharedJson('oracles/ohlc-aggregation/sample_m1_data.json.gz'),
        { expectedOutput }: { expectedOutput: number[][] } = sharedJson(`oracles/ohlc-aggregation/cases/${file}.json`);
      const used = input.filter((row) => row.length > 0 && row[5] !== 0),
        column = (k: number): Float64Array => Float64Array.from(used, (row) => row[k]);
      const openTime = BigInt64Array.from(used, (row) => BigInt(row[0]) * 1_000_000n),
        closeTime = openTime.map((open) => open + BigInt(minute));
      const bars = larger(
        { openTime, closeTime, open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) },
        { interval },
        closeTime[closeTime.length - 1] + BigInt(interval),
      );
      const expected = expectedOutput.filter((row) => row.length > 0);
      expect(rows(bars, 'openTime', 'open', 'high', 'low', 'close')).toEqual(
        expected.map(([ms, ...prices]) => [ms * 1_000_000, ...prices.slice(0, 4)]),
      );
      expected.forEach((row, k) => {
        expect(bars.volume[k]).toBeCloseTo(row[5], 2);
      });
    }
  });

  test('months of days, each from its own first day, and minutes of minutes with their flat ones, are those of dukascopy-node', () => {
    const months = BigInt64Array.from({ length: 13 }, (_, k) => BigInt(Date.UTC(2018, k)) * 1_000_000n);
    for (const [file, input, unit, options] of [
      ['d1_to_mn1', 'sample_d1_data', 1440 * minute, { interval: 31 * 1440 * minute, sessionOpens: months }],
      ['m1_to_m1_keep_flats', 'sample_m1_data_flats', minute, { interval: minute }],
    ] as const) {
      const { expectedOutput, ignoreFlats }: { expectedOutput: number[][]; ignoreFlats: boolean } = sharedJson(`oracles/ohlc-aggregation/cases/${file}.json`),
        used = sharedJson(`oracles/ohlc-aggregation/${input}.json.gz`).filter((row: number[]) => !ignoreFlats || row[5] !== 0),
        column = (k: number): Float64Array => Float64Array.from(used, (row: number[]) => row[k]);
      const openTime = BigInt64Array.from(used, (row: number[]) => BigInt(row[0]) * 1_000_000n),
        closeTime = openTime.map((open) => open + BigInt(unit));
      const bars = larger(
        { openTime, closeTime, open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) },
        options,
        closeTime[closeTime.length - 1],
      );
      expect(rows(bars, 'openTime', 'open', 'high', 'low', 'close')).toEqual(
        expectedOutput.map(([ms, ...prices]) => [ms * 1_000_000, ...prices.slice(0, 4)]),
      );
      expectedOutput.forEach((row, k) => {
        expect(bars.volume[k]).toBeCloseTo(row[5], 2);
      });
    }
  });
});
