import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { weightedMoments } from '../../test/reference/weighted-moments.ts';
import { vwapBands } from './vwap-bands.ts';
import { vwap } from './vwap.ts';

engineLaws(test, vwapBands);

const flat = (...prices: number[]): { high: Float64Array; low: Float64Array; close: Float64Array } => {
  const price = Float64Array.from(prices);
  return { high: price, low: price, close: price };
};

test('the example in the header holds, by hand', () => {
  const result = vwapBands({ ...flat(1, 4), volume: Float64Array.of(1, 2) });
  expect([[...result.vwap], result.deviation[0]]).toEqual([[1, 3], 0]);
  expect(result.deviation[1]).toBeCloseTo(Math.SQRT2, 14);
  expect([result.upper1[1], result.lower1[1], result.upper2[1], result.lower3[1]].map(value => value.toFixed(10))).toEqual([3 + Math.SQRT2, 3 - Math.SQRT2, 3 + 2 * Math.SQRT2, 3 - 3 * Math.SQRT2].map(value => value.toFixed(10)));
});

test('equals the reference with exact sums, from each anchor on, at a price of a million ticks', () => {
  const random = randomStream(18, 'bands'), rows = 600, ticks = Array.from({ length: rows }, () => 3 * (1_000_000 + random.integer(-200, 200))), lots = Array.from({ length: rows }, () => random.integer(0, 9)), anchor = new Int8Array(rows);
  for (const row of [90, 91, 300]) anchor[row] = 1;
  const price = ticks.map(tick => tick / 3), result = vwapBands({ ...flat(...price), volume: Float64Array.from(lots), anchor });
  let start = 0;
  for (let row = 0; row < rows; row++) {
    if (anchor[row] === 1) start = row;
    const expected = weightedMoments(ticks.slice(start, row + 1), lots.slice(start, row + 1), 3);
    if (Number.isNaN(expected.mean)) continue;
    expect(Math.abs(result.vwap[row] / expected.mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs(result.deviation[row] - expected.deviation)).toBeLessThan(1e-9);
  }
});

test('its mean is that of vwap, bit for bit', () => {
  const random = randomStream(19, 'same'), bars = { high: Float64Array.from({ length: 300 }, () => random.uniform()), low: Float64Array.from({ length: 300 }, () => random.uniform()), close: Float64Array.from({ length: 300 }, () => random.uniform()), volume: Float64Array.from({ length: 300 }, () => random.integer(0, 3)) };
  expect([...vwapBands(bars).vwap]).toEqual([...vwap(bars).vwap]);
});

test('no volume, NaN, a flat market, one row, cuts, negative prices and huge volumes', () => {
  expect([...vwapBands({ ...flat(5, 7, 9), volume: Float64Array.of(0, 1, 0) }).deviation]).toEqual([NaN, 0, 0]);
  expect([...vwapBands({ ...flat(5, NaN, 9), volume: Float64Array.of(1, 1, 1) }).upper1]).toEqual([5, NaN, NaN]);
  expect([...vwapBands({ ...flat(5, NaN, 9), volume: Float64Array.of(1, 1, 1), segment: Int32Array.of(0, 0, 1) }).upper1]).toEqual([5, NaN, 9]);
  expect([...vwapBands({ ...flat(3, 3, 3), volume: Float64Array.of(1, 1, 1) }).deviation]).toEqual([0, 0, 0]);
  expect([...vwapBands({ ...flat(-1, -4), volume: Float64Array.of(1, 2) }).vwap]).toEqual([-1, -3]);
  expect(vwapBands({ ...flat(1, 4), volume: Float64Array.of(1e300, 2e300) }).deviation[1]).toBeCloseTo(Math.SQRT2, 12);
});
