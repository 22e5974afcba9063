import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsWithRanges, plainBars, type Bars } from '../../test/event-rows.ts';
import { zigzagByScan } from '../../test/reference/swings-by-scan.ts';
import { atr } from '../volatility/atr.ts';
import { zigzagSwings } from './zigzag-swings.ts';

engineLaws(test, zigzagSwings, { options: random => ({ multiple: random.integer(1, 8) / 2 }), data: barsWithRanges, inputUnits: { atr: 'range' } });

/** [direction, originRow, knownRow, level0] of each swing. */
function found(bars: Pick<Bars, 'high' | 'low' | 'close' | 'atr'> & { segment?: Int32Array }, multiple: number): number[][] {
  const { events } = zigzagSwings(bars, { multiple });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k]]);
}
const drawn = (high: number[], low: number[], close: number[], range = 1): Pick<Bars, 'high' | 'low' | 'close' | 'atr'> => ({
  high: Float64Array.from(high), low: Float64Array.from(low), close: Float64Array.from(close), atr: new Float64Array(high.length).fill(range),
});

test('the example in the header holds', () => {
  expect(found(drawn([2, 5, 4], [1, 3, 2], [2, 4.5, 2]), 2)).toEqual([[-1, 0, 1, 1], [1, 1, 2, 5]]);
});

test('a leg up and down by hand: the next extreme lies after the swing, the low of the confirming bar where none does', () => {
  //                  0  1  2  3  4  5  6  7
  const bars = drawn([4, 6, 8, 7, 6, 7, 9, 9], [3, 4, 6, 4, 3, 4, 7, 2], [4, 6, 7, 5, 4, 7, 9, 2]);
  expect(found(bars, 3)).toEqual([[-1, 0, 1, 3], [1, 2, 3, 8], [-1, 4, 5, 3], [1, 6, 7, 9]]);
});

test.each([0.5, 1, 2, 4])('swings are those that a scan of every row finds, multiple %d', multiple => {
  const bars = plainBars(7, 500), expected = zigzagByScan(bars as never, multiple);
  expect(expected.length).toBeGreaterThan(10);
  expect(found(bars, multiple)).toEqual(expected);
});

test('with the range of atr 14 wired to it highs and lows alternate, and none is known before the range is', () => {
  const { open, high, low, close } = plainBars(8, 600), { swings } = combine({ atr: [atr, 'bars'], swings: [zigzagSwings, 'bars', { multiple: 2 }, { atr: 'atr/atr' }] })({ bars: { open, high, low, close } });
  const directions = [...swings.events.direction.subarray(0, swings.events.length)];
  expect(directions.length).toBeGreaterThan(10);
  expect(directions.every((direction, k) => k === 0 || direction === -directions[k - 1])).toBe(true);
  expect(swings.events.knownRow[0]).toBeGreaterThanOrEqual(14);
});

test('a row with NaN is passed over, a cut starts anew, a flat market has none', () => {
  expect(found(drawn([2, 5, NaN, 4], [1, 3, NaN, 2], [2, 4.5, NaN, 2]), 2)).toEqual([[-1, 0, 1, 1], [1, 1, 3, 5]]);
  expect(found({ ...drawn([2, 5, 4], [1, 3, 2], [2, 4.5, 2]), segment: Int32Array.of(0, 0, 1) }, 2)).toEqual([[-1, 0, 1, 1], [1, 2, 2, 4]]);
  expect(found(drawn(Array<number>(20).fill(2), Array<number>(20).fill(2), Array<number>(20).fill(2)), 1)).toEqual([]);
});

test('an option out of range is refused by name', () => {
  expect(() => found(drawn([1], [1], [1]), 0)).toThrow(new RangeError('zigzagSwings: multiple must be a positive number, was 0'));
});
