/** Oracles: numpy and scipy by a pinned script (oracles/cycles/make.py). */
import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { programNumbers } from '../../test/oracles.ts';
import { autocorrelationCycle } from './autocorrelation-cycle.ts';

engineLaws(test, autocorrelationCycle, { options: random => ({ shortest: random.integer(3, 5), longest: random.integer(7, 15), length: random.integer(20, 40) }) });

interface Expected { values: number[]; rows: { row: number; lag: number | null; correlation: number | null }[] }
const expected = programNumbers<Expected>('oracles/cycles/expected.json'), close = Float64Array.from(expected.values);

test('peak and correlation equal those of numpy.correlate on values detrended by scipy', () => {
  const { period, correlation } = autocorrelationCycle({ close });
  for (const { row, lag, correlation: r } of expected.rows) {
    expect([row, period[row]]).toEqual([row, lag ?? NaN]);
    if (r !== null) expect(Math.abs(correlation[row] - r)).toBeLessThan(1e-12);
  }
});

test('the example in the header holds; a flat market has no cycle', () => {
  const { period, correlation } = autocorrelationCycle({ close: Float64Array.from({ length: 100 }, (_, i) => Math.sin((2 * Math.PI * i) / 20)) }, { length: 100 });
  expect([period[99], Math.abs(correlation[99] - 0.8) < 0.05]).toEqual([20, true]);
  expect([...autocorrelationCycle({ close: new Float64Array(120).fill(3) }).period].every(Number.isNaN)).toBe(true);
});

test('options out of range are refused by name', () => {
  expect(() => autocorrelationCycle({ close }, { shortest: 2 })).toThrow(new RangeError('autocorrelationCycle: shortest must be at least 3, was 2'));
});
