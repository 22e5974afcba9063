/** Oracle: the multiples listed one by one (packages/engines/test/reference/bar-cycles.ts). */
import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { cyclesAt } from '../../test/reference/bar-cycles.ts';
import { swingTable } from '../../test/swing-table.ts';
import { swings } from '../structure/swings.ts';
import { barCycles } from './bar-cycles.ts';

engineLaws(test, barCycles, {
  options: random => ({ periods: [random.integer(2, 9), random.integer(5, 30)], tolerance: random.integer(0, 1) }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(2, 12), right: random.integer(1, 4) })] },
});

test.each([[[21, 45, 90], 0], [[21, 45, 90], 2], [[5, 7], 1], [[1, 3], 0]] as const)('cycles of %j bars within %i are the listed multiples', (periods, tolerance) => {
  const rows = 400, anchor = new Int8Array(rows), { age, hits, exact, events } = barCycles({ anchor: anchor.fill(1, 10, 11).fill(1, 250, 251) }, { periods, tolerance }, { swings: swingTable([]) });
  let seen = 0;
  for (let row = 10; row < rows; row++) {
    const from = row < 250 ? 10 : 250, expected = cyclesAt(row, from, periods, tolerance);
    expect([age[row], hits[row], exact[row]]).toEqual([row - from, expected.hits.length, expected.exact]);
    for (const period of expected.hits) {
      expect([events.knownRow[seen], events.originRow[seen], events.value[seen], events.direction[seen]]).toEqual([row, from, period, 0]);
      seen++;
    }
  }
  expect(events.length).toBe(seen);
});

test('a swing anchors from its origin, but only once it is known', () => {
  const { age, hits } = barCycles({ anchor: new Int8Array(12) }, { periods: [3] }, { swings: swingTable([[1, 2, 5, 9], [-1, 7, 9, 4]]) });
  expect([...age]).toEqual([NaN, NaN, NaN, NaN, NaN, 3, 4, 5, 6, 2, 3, 4]);
  expect([...hits]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0]);
});

test('the example in the header holds', () => {
  const anchor = Int8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), { events } = barCycles({ anchor }, { periods: [3, 4] }, { swings: swingTable([]) });
  expect([...events.knownRow]).toEqual([3, 4, 6, 8, 9, 12, 12]);
});

test('options out of range are refused by name', () => {
  const tables = { swings: swingTable([]) }, one = { anchor: new Int8Array(1) };
  expect(() => barCycles(one, { periods: [] }, tables)).toThrow('barCycles: periods must be a list of at least one');
  expect(() => barCycles(one, { periods: [0] }, tables)).toThrow(new RangeError('barCycles: periods must be a positive integer, was 0'));
  expect(() => barCycles(one, { tolerance: -1 }, tables)).toThrow(new RangeError('barCycles: tolerance must be an integer of at least 0, was -1'));
});
