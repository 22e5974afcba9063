/** Oracle: periods of sines (packages/engines/test/papers/dominant-cycle.ts). */
import { describe, expect, test } from 'vitest';
import { randomStream, standardDeviation } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { periodsOfSines } from '../../test/papers/dominant-cycle.ts';
import { autocorrelationPeriodogram, type AutocorrelationPeriodogramOptions } from './autocorrelation-periodogram.ts';

engineLaws(test, autocorrelationPeriodogram, {
  options: random => ({ shortest: random.integer(3, 6), longest: random.integer(8, 20), averaging: [0, 3, 5][random.integer(0, 2)], circle: (['full360', 'legacy370'] as const)[random.integer(0, 1)] }),
});

const sine = (period: number, rows: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => 100 + 10 * Math.sin((2 * Math.PI * i) / period));
const meanPeriod = (close: Float64Array, options: Partial<AutocorrelationPeriodogramOptions>): number => {
  const { period } = autocorrelationPeriodogram({ close }, options);
  const known = period.subarray(1000).filter(value => value === value);
  expect(known.length).toBeGreaterThan(900);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe.each(periodsOfSines)('a sine of $sine rows', ({ sine: length, full360, legacy370 }) => {
  // The published means are over rows that were not told; over other thousands of rows that of 30 moves by 0.03, the others by less than 0.01.
  const tolerance = length === 30 ? 0.04 : 0.01;
  test('has the published period with 360 degrees, and with the 370 of the listing', () => {
    expect(Math.abs(meanPeriod(sine(length, 2000), {}) - full360)).toBeLessThan(tolerance);
    expect(Math.abs(meanPeriod(sine(length, 2000), { circle: 'legacy370' }) - legacy370)).toBeLessThan(tolerance);
  });
});

test('a cycle is found under a trend and noise; of noise alone the periods scatter, though their share is no smaller', () => {
  const random = randomStream(2, 'noise'), noise = Float64Array.from({ length: 2000 }, () => 3 * random.normal()), both = noise.map((value, i) => value + i / 50 + 10 * Math.sin((2 * Math.PI * i) / 20));
  const scatter = (close: Float64Array): number => standardDeviation(autocorrelationPeriodogram({ close }).period.subarray(1000).filter(value => value === value));
  expect(Math.abs(meanPeriod(both, {}) - 20.32)).toBeLessThan(0.5);
  expect(scatter(noise)).toBeGreaterThan(3 * scatter(both));
});

test('nothing before the warm-up, nothing of a flat market, nothing after a NaN', () => {
  const { period } = autocorrelationPeriodogram({ close: sine(20, 200) });
  expect(period.findIndex(value => !Number.isNaN(value))).toBe(143);
  expect([...autocorrelationPeriodogram({ close: new Float64Array(200).fill(5) }).period.subarray(144)].every(Number.isNaN)).toBe(true);
  const holed = sine(20, 300);
  holed[200] = NaN;
  expect([...autocorrelationPeriodogram({ close: holed }).period.subarray(200)].every(Number.isNaN)).toBe(true);
  expect([...autocorrelationPeriodogram({ close: sine(20, 1) }).period]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  const close = new Float64Array(1);
  expect(() => autocorrelationPeriodogram({ close }, { shortest: 2 })).toThrow(new RangeError('autocorrelationPeriodogram: shortest must be at least 3, was 2'));
  expect(() => autocorrelationPeriodogram({ close }, { longest: 10 })).toThrow(new RangeError('autocorrelationPeriodogram: longest must be an integer above shortest, was 10'));
  expect(() => autocorrelationPeriodogram({ close }, { averaging: 2 })).toThrow(new RangeError('autocorrelationPeriodogram: averaging must be 0 or an integer of at least 3, was 2'));
});
