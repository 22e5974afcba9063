/** Oracle: published numbers (packages/engines/test/papers/gann.ts). */
import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { anglesOfNumbers, misprint, quartersIn, rays, turned } from '../../test/papers/gann.ts';
import { swingTable } from '../../test/swing-table.ts';
import { swings } from '../structure/swings.ts';
import { squareOfNineAngle, squareOfNineLevel, squareOfNineLevels } from './square-of-nine.ts';

engineLaws(test, squareOfNineLevels, {
  options: random => ({ step: random.integer(1, 8) * 5, count: random.integer(1, 5), unit: random.integer(1, 3) }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
});

test('levels are the published ones', () => {
  expect(squareOfNineLevel(turned.price, turned.degrees)).toBeCloseTo(turned.level, 2);
  expect(squareOfNineLevel(quartersIn.price, quartersIn.degrees)).toBeCloseTo(quartersIn.level, 2);
  expect(squareOfNineLevel(misprint.price, 360)).toBe(misprint.correct);
  for (const ray of rays) {
    for (let k = 1; k < ray.length; k++) {
      const inCell = squareOfNineLevel(ray[k - 1], 360) - ray[k];
      expect([ray[k], inCell >= 0 && inCell <= 1]).toEqual([ray[k], true]);
    }
  }
});

test('angles of numbers are the published ones', () => {
  for (const [price, degrees] of anglesOfNumbers) expect(squareOfNineAngle(price)).toBeCloseTo(degrees, 2);
});

test('out and in again is the price; the unit matters; past the centre there is nothing', () => {
  for (const degrees of [45, 90, 133, 360]) expect(squareOfNineLevel(squareOfNineLevel(1234.5, degrees), -degrees)).toBeCloseTo(1234.5, 9);
  expect(squareOfNineLevel(25_675, 90)).not.toBeCloseTo(10 * squareOfNineLevel(2567.5, 90), 1);
  expect(squareOfNineLevel(25_675, 90, 10)).toBeCloseTo(10 * squareOfNineLevel(2567.5, 90), 9);
  expect([squareOfNineLevel(1, -360), squareOfNineLevel(-5, 90), squareOfNineAngle(-5)]).toEqual([NaN, NaN, NaN]);
});

test('a swing has its levels when it is known, and the newest swing tells what lies above and below', () => {
  const close = Float64Array.of(40, 41, 42, 60, NaN, 20), { above, below, levels } = squareOfNineLevels({ close }, { step: 225, count: 1 }, { swings: swingTable([[1, 0, 2, 40]]) });
  expect([levels.length, levels.knownRow[0], levels.originRow[0], levels.ref[0], levels.degrees[0], levels.degrees[1]]).toEqual([2, 2, 0, 0, 225, -225]);
  expect([...levels.level].map(level => Math.round(level * 100) / 100)).toEqual([57.37, 25.75]);
  expect([...above].map(level => Math.round(level * 100) / 100)).toEqual([NaN, NaN, 57.37, NaN, NaN, 25.75]);
  expect([...below].map(level => Math.round(level * 100) / 100)).toEqual([NaN, NaN, 25.75, 57.37, NaN, NaN]);
});

test('a negative price has no levels; options out of range are refused by name', () => {
  const close = new Float64Array(3), tables = { swings: swingTable([[1, 0, 1, -37.6]]) };
  expect(squareOfNineLevels({ close }, {}, tables).levels.length).toBe(0);
  expect(() => squareOfNineLevels({ close }, { step: 0 }, tables)).toThrow(new RangeError('squareOfNineLevels: step must be a positive number, was 0'));
  expect(() => squareOfNineLevels({ close }, { unit: -1 }, tables)).toThrow(new RangeError('squareOfNineLevels: unit must be a positive number, was -1'));
  expect(() => squareOfNineLevel(1, 1, 0)).toThrow(new RangeError('squareOfNineLevel: unit must be a positive number, was 0'));
});
