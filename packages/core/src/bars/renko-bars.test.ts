// Oracle: the bricks of Stock Indicators for .NET v3 (../shared/oracles/stock-indicators), and bricks worked by hand.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hasSharedData, sharedJson, sharedPath, skipReason } from '../../test/shared-market.ts';
import { renkoBars } from './renko-bars.ts';

const trades = (...prices: number[]): any => ({
  time: BigInt64Array.from(prices, (_, k) => BigInt(k)),
  price: Float64Array.from(prices),
  size: Float64Array.from(prices, () => 6),
});
const names = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'tickCount', 'fromRow', 'toRow'] as const;
const rows = (bars: any): number[][] => Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));
const bricks = (prices: number[], options: object): number[][] =>
  rows(renkoBars(trades(...prices), { price: 'trade', ...options }).bars).map((row) => [row[2], row[5]]);

describe('Renko bars', () => {
  test('go on by one box and back after two, several at a tick, with their wicks (worked by hand)', () => {
    expect(rows(renkoBars(trades(5, 5.5, 7.2, 6.1, 6.5, 4.9, 6.9, 7), { price: 'trade' }).bars)).toEqual([
      [1, 2, 5, 6, 5, 6, 6, 2, 1, 3],
      [2, 2, 6, 7.2, 6, 7, 6, 0, 2, 3],
      [3, 5, 6, 6.5, 4.9, 5, 18, 3, 3, 6],
      [6, 7, 6, 7, 6, 7, 12, 2, 6, 8],
    ]);
  });

  test('begin at the first price, or at the edge nearest to it', () => {
    expect(bricks([5.4, 6.3, 6.4], {})).toEqual([[5.4, 6.4]]);
    expect(bricks([5.4, 6.3, 6.4], { origin: 0 })).toEqual([[5, 6]]);
    expect(bricks([5.6, 6.3, 7.1], { origin: 100 })).toEqual([[6, 7]]);
  });

  test('lie on the grid, so that a box of three ticks is three ticks', () => {
    const prices = [1, 1.0003, 1.0006, 1.0009, 1.0012];
    expect(bricks(prices, { box: 0.0003, ticksPerUnit: 10_000 })).toEqual([
      [1, 1.0003],
      [1.0003, 1.0006],
      [1.0006, 1.0009],
      [1.0009, 1.0012],
    ]);
  });

  test('begin anew with a segment and pass over rows without a price', () => {
    const data = { ...trades(5, NaN, 6, 8.5, 9.5), segment: Int32Array.of(0, 0, 0, 1, 1) };
    expect(rows(renkoBars(data, { price: 'trade' }).bars).map((row) => [row[2], row[5], row[8], row[9]])).toEqual([
      [5, 6, 2, 3],
      [8.5, 9.5, 4, 5],
    ]);
  });

  test('begin anew at a price too far away, and refuse options that mean nothing', () => {
    expect(bricks([5, 6, 1e9, 1e9 + 1, 7, 8], {})).toEqual([
      [5, 6],
      [1e9, 1e9 + 1],
      [7, 8],
    ]);
    expect(bricks([5, Infinity, -Infinity, 5.5, 6.5], {})).toEqual([[5.5, 6.5]]);
    expect(bricks([5, Infinity, -Infinity, 5.2, 6.5], { origin: 0 })).toEqual([[5, 6]]);
    expect(bricks([5, 9, 1, 2], { mostBricks: 3 })).toEqual([[1, 2]]);
    expect(() => renkoBars.resolve({ box: 0 })).toThrow('renkoBars: box must be a positive number, was 0');
    expect(() => renkoBars.resolve({ box: 0.00001, ticksPerUnit: 100 })).toThrow('box must be at least half a tick');
  });

  test.skipIf(!hasSharedData)(`give the 422 bricks of Stock Indicators from daily closes, edges, dates and shares of volume${skipReason}`, () => {
    const lines = gunzipSync(readFileSync(sharedPath('oracles/stock-indicators/quotes/default.csv.gz'))).toString().trim().split(/\r?\n/).slice(1);
    const days = lines.map((line) => line.split(',')),
      expected: any[] = sharedJson('oracles/stock-indicators/results/renko.standard.json.gz');
    const { bars } = renkoBars(
      {
        time: BigInt64Array.from(days, (day) => BigInt(Date.parse(day[0]))),
        price: Float64Array.from(days, (day) => Number(day[4])),
        size: Float64Array.from(days, (day) => Number(day[5])),
      },
      { price: 'trade', box: 1, origin: 0, ticksPerUnit: 100 },
    );
    expect(bars.length).toBe(422);
    const ours = Array.from({ length: bars.length }, (_, k) => [bars.open[k], bars.close[k], Number(bars.closeTime[k])]);
    expect(ours).toEqual(expected.map(({ open, close, timestamp }) => [open, close, Date.parse(`${timestamp}Z`)]));
    // Sums of a brick's volume are theirs to the last unit; a share of it is rounded once here and to 28 digits there.
    expected.forEach(({ volume }, k) => expect(Math.abs(bars.volume[k] - volume)).toBeLessThanOrEqual(1e-15 * volume));
  });
});
