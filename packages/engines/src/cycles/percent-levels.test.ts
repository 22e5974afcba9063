/** Oracle: the levels of the literal definition (packages/engines/test/papers/gann.ts), rows by hand. */
import { expect, test } from 'vitest';
import { eventKinds } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { literalLevels } from '../../test/papers/gann.ts';
import { swingTable } from '../../test/swing-table.ts';
import { swings } from '../structure/swings.ts';
import { percentLevels } from './percent-levels.ts';

engineLaws(test, percentLevels, {
  options: random => ({ ratios: [0.5, 1, random.integer(5, 8) / 4] }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
});

const { low, high, levels: literal } = literalLevels, legs = { swings: swingTable([[-1, 0, 1, low], [1, 2, 3, high]]) };
const bars = (closes: readonly number[]): { high: Float64Array; low: Float64Array; close: Float64Array } => ({ high: Float64Array.from(closes, c => c + 1), low: Float64Array.from(closes, c => c - 1), close: Float64Array.from(closes) });

test('the levels up from the low are those of the source; those down mirror them; both stand from the row that proves the leg', () => {
  const { levels, above, below } = percentLevels(bars([15, 15, 15, 15, 15]), {}, legs), pick = (direction: number): number[] => [...levels.level].filter((_, k) => levels.direction[k] === direction);
  expect(pick(1)).toEqual(literal);
  expect(pick(-1)).toEqual([10, 5, 0]);
  expect([...levels.knownRow]).toEqual(Array(6).fill(3));
  expect([levels.originRow[0], levels.ref[0]]).toEqual([0, 1]);
  expect([[...above], [...below]]).toEqual([[NaN, NaN, NaN, 20, 20], [NaN, NaN, NaN, 10, 10]]);
});

test('each level is hit once, from the side it lies on', () => {
  const { events } = percentLevels(bars([15, 15, 15, 15, 19, 18, 19, 26, 12, 9]), {}, legs);
  expect([...events.kind].map((kind, k) => [eventKinds[kind], events.direction[k], events.knownRow[k], events.level0[k], events.value[k]])).toEqual([
    ['rangeHit', 1, 4, 20, 1], ['rangeHit', 1, 7, 25, 1.5], ['rangeHit', -1, 9, 10, 1],
  ]);
});

test('no leg without a low below the high; NaN rows hit nothing, and the bar after one what it went through', () => {
  expect(percentLevels(bars([1, 1, 1]), {}, { swings: swingTable([[-1, 0, 1, 5], [1, 0, 1, 5]]) }).levels.length).toBe(0);
  expect(percentLevels(bars([15, 15, 15, 15, NaN, NaN]), {}, legs).events.length).toBe(0);
  const { events } = percentLevels(bars([15, 15, 15, 15, NaN, 21]), {}, legs);
  expect([[...events.knownRow], [...events.level0]]).toEqual([[5], [20]]);
});

test('options out of range are refused by name', () => {
  expect(() => percentLevels(bars([1]), { ratios: [] }, legs)).toThrow('percentLevels: ratios must be a list of at least one');
  expect(() => percentLevels(bars([1]), { ratios: [-1] }, legs)).toThrow(new RangeError('percentLevels: ratios must be a positive number, was -1'));
});
