import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { plainBars } from '../../test/event-rows.ts';
import { legsByScan } from '../../test/reference/swings-by-scan.ts';
import { legSwings } from './leg-swings.ts';

engineLaws(test, legSwings, { options: random => ({ right: random.integer(1, 6) }) });

/** [direction, originRow, knownRow, level0] of each swing. */
function found(high: Iterable<number>, low: Iterable<number>, right: number, segment?: Int32Array): number[][] {
  const { events } = legSwings({ high: Float64Array.from(high), low: Float64Array.from(low), segment }, { right });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k]]);
}

test('the example in the header holds', () => {
  expect(found([1, 3, 2, 4], [0, 2, 1, 3], 1)).toEqual([[-1, 0, 1, 0], [1, 1, 2, 3], [-1, 2, 3, 1]]);
});

test.each([1, 2, 3, 5])('ends of legs are those that a scan of every row finds, right %i', right => {
  const { high, low } = plainBars(right, 400), expected = legsByScan(high, low, right);
  expect(expected.length).toBeGreaterThan(20);
  expect(found(high, low, right)).toEqual(expected);
});

test('an outer bar before any leg begins none; in a leg it ends it', () => {
  expect(found([9, 5, 6], [0, 4, 5], 1)).toEqual([[-1, 1, 2, 4]]);
  expect(found([3, 9, 5, 6], [2, 0, 4, 5], 1)).toEqual([[-1, 2, 3, 4]]);
  expect(found([3, 4, 3, 9, 5, 4], [2, 3, 2, 1, 4, 3], 1)).toEqual([[-1, 0, 1, 2], [1, 1, 2, 4], [-1, 3, 4, 1], [1, 4, 5, 5]]);
});

test('equal highs are no end of a leg, a window with NaN has none, a cut starts anew, few rows and a flat market have none', () => {
  expect(found([1, 3, 3], [0, 2, 2], 1)).toEqual([[-1, 0, 1, 0]]);
  expect(found([1, 3, NaN, 2], [0, 2, NaN, 1], 1)).toEqual([[-1, 0, 1, 0]]);
  expect(found([1, 3, 2], [0, 2, 1], 1, Int32Array.of(0, 0, 1))).toEqual([[-1, 0, 1, 0]]);
  expect(found([3], [2], 1)).toEqual([]);
  expect(found(Array<number>(30).fill(1), Array<number>(30).fill(1), 2)).toEqual([]);
});

test('an option out of range is refused by name', () => {
  const one = new Float64Array(1);
  expect(() => legSwings({ high: one, low: one }, { right: 0 })).toThrow(new RangeError('legSwings: right must be a positive integer, was 0'));
});
