/** Oracle: the listed counts of the source (packages/engines/test/papers/gann.ts). */
import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { literalCounts } from '../../test/papers/gann.ts';
import { barCycleFlags } from './bar-cycle-flags.ts';

engineLaws(test, barCycleFlags, { options: random => ({ periods: [random.integer(1, 5), random.integer(6, 12)] }) });

test('flags lie at the listed counts and nowhere else: multiples do not count, and after 360 nothing comes', () => {
  const { flag, matched } = barCycleFlags({ anchor: new Int8Array(1000) });
  expect([...flag.keys()].filter(row => flag[row] === 1)).toEqual(literalCounts);
  expect([...matched].filter(count => count !== 0)).toEqual(literalCounts);
  expect([flag[42], flag[63], flag[720]]).toEqual([0, 0, 0]);
});

test('an anchor starts the count again; the example in the header holds', () => {
  expect([...barCycleFlags({ anchor: new Int8Array(5) }, { periods: [2, 3] }).flag]).toEqual([0, 0, 1, 1, 0]);
  expect([...barCycleFlags({ anchor: Int8Array.of(0, 0, 1, 0, 0) }, { periods: [2, 3] }).flag]).toEqual([0, 0, 0, 0, 1]);
});

test('a list without counts is refused by name', () => {
  expect(() => barCycleFlags({ anchor: new Int8Array(1) }, { periods: [] })).toThrow('barCycleFlags: periods must be a list of at least one');
});
