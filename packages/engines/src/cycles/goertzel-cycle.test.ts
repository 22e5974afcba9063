/** Oracles: numpy and scipy by a pinned script (oracles/cycles/make.py). */
import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { programNumbers } from '../../test/oracles.ts';
import { detrend, goertzelCycle } from './goertzel-cycle.ts';
import { goertzelCoefficients, goertzelPower, goertzelPowers } from './goertzel-power.ts';

engineLaws(test, goertzelCycle, { options: random => ({ shortest: random.integer(3, 5), longest: random.integer(7, 15), length: random.integer(20, 40) }), runs: 25 });

interface Expected { values: number[]; fourier: number[]; frequencies: number[]; powers: number[]; rows: { row: number; period: number; share: number; significance: number; persistence: number | null }[] }
const expected = programNumbers<Expected>('oracles/cycles/expected.json'), block = expected.values.slice(0, 64), close = Float64Array.from(expected.values);

test('the power at k / n is that of the Fourier transform of numpy, for every k, and at other frequencies that of the sum', () => {
  const largest = Math.max(...expected.fourier);
  expected.fourier.forEach((power, k) => expect(Math.abs(goertzelPower(block, k / 64) - power)).toBeLessThanOrEqual(1e-10 * largest));
  const together = new Float64Array(7), several = [0.013, 0.05, 0.123456, 0.3, 0.4999, 0, 0.25];
  goertzelPowers(Float64Array.from(block), goertzelCoefficients(several), together);
  expect([...together]).toEqual(several.map(frequency => goertzelPower(block, frequency)));
  expected.frequencies.forEach((frequency, k) => expect(Math.abs(goertzelPower(block, frequency) - expected.powers[k])).toBeLessThanOrEqual(1e-10 * largest));
});

test('period, share, F test and Bartels test equal numpy and scipy', () => {
  const { period, share, significance, persistence } = goertzelCycle({ close });
  for (const entry of expected.rows) {
    expect([entry.row, period[entry.row]]).toEqual([entry.row, entry.period]);
    expect(Math.abs(share[entry.row] - entry.share)).toBeLessThan(1e-10);
    expect(Math.abs(significance[entry.row] / entry.significance - 1)).toBeLessThan(1e-9);
    if (entry.persistence === null) expect(persistence[entry.row]).toBeNaN();
    else expect(Math.abs(persistence[entry.row] - entry.persistence)).toBeLessThan(1e-10);
  }
});

test('the examples in the headers hold', () => {
  expect(goertzelPower([1, 0, -1, 0], 1 / 4)).toBeCloseTo(4, 14);
  const sine = Float64Array.from({ length: 100 }, (_, i) => Math.sin((2 * Math.PI * i) / 20)), { period, significance, persistence } = goertzelCycle({ close: sine }, { length: 100 });
  expect([period[99], significance[99] < 1e-30, persistence[99] < 0.01]).toEqual([20, true, true]);
});

test('a flat market and a straight line have no cycle; a NaN leaves with its row; one row gives NaN', () => {
  const flat = goertzelCycle({ close: new Float64Array(120).fill(3) }), line = goertzelCycle({ close: Float64Array.from({ length: 120 }, (_, i) => 0.1 * i - 5) });
  expect([...flat.period, ...line.period].every(Number.isNaN)).toBe(true);
  const holed = close.slice();
  holed[100] = NaN;
  const { period } = goertzelCycle({ close: holed });
  expect([period[99] > 0, Number.isNaN(period[100]), Number.isNaN(period[195]), period[196] > 0]).toEqual([true, true, true, true]);
  expect([...goertzelCycle({ close: Float64Array.of(1) }).period]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  expect(() => goertzelCycle({ close }, { shortest: 2 })).toThrow(new RangeError('goertzelCycle: shortest must be at least 3, was 2'));
  expect(() => goertzelCycle({ close }, { longest: 10 })).toThrow(new RangeError('goertzelCycle: longest must be an integer above shortest, was 10'));
  expect(() => goertzelCycle({ close }, { length: 20 })).toThrow(new RangeError('goertzelCycle: length must be an integer of at least longest, was 20'));
});

test('a ring that begins anywhere is left of its line what the values in order are', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6], ring = Float64Array.from([...values.slice(5), ...values.slice(0, 5)]), straight = new Float64Array(8), turned = new Float64Array(8);
  const rest = detrend(Float64Array.from(values), 0, straight);
  expect([detrend(ring, 3, turned), ...turned]).toEqual([rest, ...straight]);
  const middle = 3.5, mean = 31 / 8, slope = values.reduce((sum, y, k) => sum + (k - middle) * y, 0) / 42;
  values.forEach((y, k) => expect(straight[k]).toBeCloseTo(y - mean - slope * (k - middle), 12));
});
