import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { relativeDifference, sharedHint, stockIndicators } from '../../test/oracles.ts';
import { weightedMoments } from '../../test/reference/weighted-moments.ts';
import { tradeVwap, vwap } from './vwap.ts';

engineLaws(test, vwap);
engineLaws(test, tradeVwap);

type Bars = { high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array };
const peer = stockIndicators('vwap', 'vwap');
test.skipIf(peer === undefined)(`vwap equals Stock Indicators for .NET ${sharedHint}`, () => {
  expect(relativeDifference(vwap(peer!.bars as unknown as Bars).vwap, peer!.expected)).toBeLessThan(1e-12);
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);

test('the examples in the headers hold', () => {
  expect([...vwap({ high: f(1, 4, 4), low: f(1, 4, 4), close: f(1, 4, 4), volume: f(1, 2, 0) }).vwap]).toEqual([1, 3, 3]);
  expect([...tradeVwap({ price: f(1, 4), size: f(1, 2) }).vwap]).toEqual([1, 3]);
});

test('a bar counts with the mean of high, low and close', () => {
  expect([...vwap({ high: f(4, 8), low: f(1, 3), close: f(1, 7), volume: f(3, 1) }).vwap]).toEqual([2, 3]);
});

test('before the first volume it is NaN; a row without volume leaves it', () => {
  expect([...tradeVwap({ price: f(9, 5, 7, 9), size: f(0, 1, 0, 3) }).vwap]).toEqual([NaN, 5, 5, 8]);
});

test('a segment and an anchor start it anew, also after NaN', () => {
  const price = f(1, 3, NaN, 5, 7, 9), size = f(1, 1, 1, 1, 1, 1);
  expect([...tradeVwap({ price, size, segment: Int32Array.of(0, 0, 0, 1, 1, 1) }).vwap]).toEqual([1, 2, NaN, 5, 6, 7]);
  expect([...tradeVwap({ price, size, anchor: Int8Array.of(0, 1, 0, 0, 1, 0) }).vwap]).toEqual([1, 3, NaN, NaN, 7, 8]);
});

test('after each of 300 trades it is the exact mean, in integers, of those since the last anchor', () => {
  const random = randomStream(8, 'trade vwap'), count = 300, ticks = Array.from({ length: count }, () => random.integer(99_000, 101_000)), lots = Array.from({ length: count }, () => random.integer(0, 9));
  const anchor = Int8Array.from({ length: count }, (_, row) => (row % 70 === 69 ? 1 : 0)), { vwap: found } = tradeVwap({ price: Float64Array.from(ticks, tick => tick / 100), size: Float64Array.from(lots), anchor });
  for (let row = 0, first = 0; row < count; row++) {
    if (anchor[row] === 1) first = row;
    const { mean } = weightedMoments(ticks.slice(first, row + 1), lots.slice(first, row + 1), 100);
    if (mean === mean) expect(Math.abs(found[row] / mean - 1)).toBeLessThan(1e-13);
    else expect(found[row]).toBeNaN();
  }
});

test('a million trades far from zero lose no digit that matters', () => {
  const count = 1_000_000, price = new Float64Array(count), size = new Float64Array(count);
  let volume = 0n, value = 0n;
  for (let i = 0; i < count; i++) {
    const ticks = 100_000_000 + ((i * 7919) % 1000), lots = 1 + ((i * 104_729) % 13);
    price[i] = ticks;
    size[i] = lots;
    volume += BigInt(lots);
    value += BigInt(ticks) * BigInt(lots);
  }
  // The exact quotient in integers: whole part and 1e9ths.
  const exact = Number(value / volume) + Number(((value % volume) * 1_000_000_000n) / volume) / 1e9;
  expect(Math.abs(tradeVwap({ price, size }).vwap[count - 1] / exact - 1)).toBeLessThan(1e-13);
});
