import { expect, test } from 'vitest';
import { combine, eventCode, randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { weightedMoments } from '../../test/reference/weighted-moments.ts';
import { swings } from '../structure/swings.ts';
import { anchoredVwap, type AnchoredVwapOptions } from './anchored-vwap.ts';

engineLaws(test, anchoredVwap, {
  options: random => ({ side: (['up', 'down', 'either'] as const)[random.integer(0, 2)], reach: random.integer(2, 12) }),
  tables: { anchors: [swings, 'events', random => ({ left: random.integer(1, 4), right: random.integer(1, 4) })] },
});

type Anchor = readonly [direction: number, originRow: number, knownRow: number];
function at(prices: readonly number[], volume: readonly number[], given: readonly Anchor[], options: Partial<AnchoredVwapOptions> = {}): { vwap: number[]; anchorRow: number[] } {
  const price = Float64Array.from(prices), column = (pick: (anchor: Anchor) => number): Float64Array => Float64Array.from(given, pick);
  const anchors = { id: column(() => 0), kind: Int16Array.from(given, () => eventCode.swing), direction: Int8Array.from(given, ([direction]) => direction), originRow: column(([, row]) => row), knownRow: column(([, , row]) => row), ref: column(() => NaN), level0: column(() => 0), level1: column(() => NaN) };
  const result = anchoredVwap({ high: price, low: price, close: price, volume: Float64Array.from(volume) }, options, { anchors });
  return { vwap: [...result.vwap], anchorRow: [...result.anchorRow] };
}

test('the example in the header holds: no value before the anchor is known', () => {
  expect(at([1, 4, 7], [1, 2, 1], [[1, 1, 2]])).toEqual({ vwap: [NaN, NaN, 5], anchorRow: [NaN, NaN, 1] });
});

test('the latest origin anchors; an older swing known later does not; a side can be chosen', () => {
  const prices = [1, 4, 7, 10, 10, 4], volume = [1, 1, 1, 1, 1, 1], given: Anchor[] = [[1, 1, 2], [-1, 3, 4], [1, 0, 5]];
  expect(at(prices, volume, given).vwap).toEqual([NaN, NaN, 5.5, 7, 10, 8]);
  expect(at(prices, volume, given, { side: 'up' }).anchorRow).toEqual([NaN, NaN, 1, 1, 1, 1]);
});

test('of several events in one row the latest origin anchors, whatever their order; an anchor told again, out of reach by then, goes on', () => {
  const prices = [1, 4, 7, 10, 10, 4], volume = [1, 1, 1, 1, 1, 1];
  expect(at(prices, volume, [[1, 3, 4], [1, 1, 4], [-1, 2, 4]]).anchorRow).toEqual([NaN, NaN, NaN, NaN, 3, 3]);
  expect(at(prices, volume, [[1, 1, 2], [1, 1, 4]], { reach: 2 })).toEqual({ vwap: [NaN, NaN, 5.5, 7, 7.75, 7], anchorRow: [NaN, NaN, 1, 1, 1, 1] });
});

test('equals the reference with exact sums from the origin on', () => {
  const random = randomStream(20, 'anchors'), rows = 500, ticks = Array.from({ length: rows }, (_, k) => 3 * (5000 + Math.round(300 * Math.sin(k / 9)) + random.integer(-40, 40))), lots = Array.from({ length: rows }, () => random.integer(1, 9));
  const price = Float64Array.from(ticks, tick => tick / 3), bars = { high: price, low: price, close: price, volume: Float64Array.from(lots) };
  const { swings: { events }, it } = combine({ swings: [swings, 'bars', { left: 3, right: 4 }], it: [anchoredVwap, 'bars', {}, { anchors: 'swings.events' }] })({ bars });
  let seen = 0;
  for (let row = 0; row < rows; row++) {
    let origin = NaN;
    for (let k = 0; k < events.length; k++) if (events.knownRow[k] <= row && !(events.originRow[k] < origin)) origin = events.originRow[k];
    expect(it.anchorRow[row]).toBe(origin);
    if (Number.isNaN(origin)) continue;
    const expected = weightedMoments(ticks.slice(origin, row + 1), lots.slice(origin, row + 1), 3);
    expect(Math.abs(it.vwap[row] / expected.mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs(it.deviation[row] - expected.deviation)).toBeLessThan(1e-9);
    seen++;
  }
  expect(seen).toBeGreaterThan(450);
});

test('without volume it waits, NaN lasts until the next anchor, an anchor out of reach gives none', () => {
  expect(at([1, 4, 7, 9], [0, 0, 1, 1], [[1, 0, 1]]).vwap).toEqual([NaN, NaN, 7, 8]);
  expect(at([1, NaN, 7, 9], [1, 1, 1, 1], [[1, 0, 0], [1, 2, 3]]).vwap).toEqual([1, NaN, NaN, 8]);
  expect(at([1, 4, 7, 9], [1, 1, 1, 1], [[1, 0, 3]], { reach: 3 }).vwap).toEqual([NaN, NaN, NaN, NaN]);
  expect(at([3], [1], []).vwap).toEqual([NaN]);
  expect(at([3, 3, 3], [1, 1, 1], [[1, 0, 1]]).vwap).toEqual([NaN, 3, 3]);
});

test('options out of range are refused by name', () => {
  expect(() => at([], [], [], { kind: 'nothing' as 'swing' })).toThrow('anchoredVwap: kind must be one of none, swing');
  expect(() => at([], [], [], { side: 'left' as 'up' })).toThrow(new RangeError('anchoredVwap: side must be one of up, down, either, was left'));
  expect(() => at([], [], [], { reach: 0 })).toThrow('anchoredVwap: reach must be a positive integer, was 0');
});
