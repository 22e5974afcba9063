import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  kurtosis, mean, populationKurtosis, populationSkewness, populationStandardDeviation, populationVariance, skewness, standardDeviation, variance,
} from './moments.ts';
import { RunningMoments } from './running-moments.ts';

/** Correct digits of `value`. */
const digits = (value: number, exact: number): number => (value === exact ? 16 : -Math.log10(Math.abs(value / exact - 1)));
const alternating = (center: number): number[] => [center + 0.2, ...Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? center + 0.1 : center + 0.3))];

describe('NIST StRD univariate data (itl.nist.gov/div898/strd, certified values)', () => {
  test.each([
    ['NumAcc1', [10000001, 10000003, 10000002], 10000002, 1, 15], ['NumAcc2', alternating(1), 1.2, 0.1, 14.5],
    ['NumAcc3', alternating(1_000_000), 1000000.2, 0.1, 9.4], ['NumAcc4', alternating(10_000_000), 10000000.2, 0.1, 8.2],
  ] as const)('%s: mean to the last digit, deviation as far as doubles hold the data', (_, values, center, deviation, accuracy) => {
    expect(digits(mean(values), center)).toBeGreaterThan(15);
    expect(digits(standardDeviation(values), deviation)).toBeGreaterThan(accuracy);
    const running = new RunningMoments();
    for (const value of values) running.add(value);
    expect(digits(running.mean, center)).toBeGreaterThan(14);
    expect(digits(running.standardDeviation, deviation)).toBeGreaterThan(Math.min(accuracy, 13.5));
  });

  test('the sum of squares has one digit left on NumAcc3', () => {
    const values = alternating(1_000_000), sum = values.reduce((a, b) => a + b, 0), squares = values.reduce((a, b) => a + b * b, 0);
    expect(digits(Math.sqrt((squares - (sum * sum) / 1001) / 1000), 0.1)).toBeLessThan(3);
  });
});

describe('moments', () => {
  const y = [2.5, -1, 7, 3.25, 0.5, 11, 4, 4, 9.75, -3];

  test('equal numpy 2.4.6 and scipy 1.17.1 (np.var, st.skew, st.kurtosis with bias True and False)', () => {
    const close = (value: number, expected: number): void => expect(Math.abs(value - expected)).toBeLessThan(1e-14 * Math.max(1, Math.abs(expected)) * 4);
    close(mean(y), 3.8);
    close(variance(y), 19.96944444444445);
    close(populationVariance(y), 17.972500000000004);
    close(populationSkewness(y), 0.2012695714834496);
    close(skewness(y), 0.23867635109016574);
    close(populationKurtosis(y), -0.8836301329826077);
    close(kurtosis(y), -0.5978461279513962);
    close(skewness([1, 2, 3, 4, 10]), 1.6970562748477143);
    close(kurtosis([1, 2, 3, 4, 10]), 3.152);
  });

  test('are of a sample unless named population', () => {
    expect(standardDeviation([1, 2, 3, 4])).toBe(1.2909944487358056);
    expect(populationStandardDeviation([1, 2, 3, 4])).toBe(1.118033988749895);
  });

  test('are NaN with too few values, without variance and with a NaN inside', () => {
    expect([mean([]), variance([1]), populationVariance([]), skewness([1, 2]), kurtosis([1, 2, 3]), skewness([1, 1, 1]), kurtosis([1, 1, 1, 1])]).toEqual(Array(7).fill(NaN));
    for (const moment of [mean, variance, populationVariance, standardDeviation, skewness, kurtosis]) expect(moment([1, 2, NaN, 4, 5])).toBeNaN();
    expect(populationVariance([7])).toBe(0);
    expect(mean([1, Infinity])).toBe(Infinity);
  });

  test('do not move with the values, and scale with them', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 40 });
    fc.assert(fc.property(values, fc.integer({ min: -1_000_000, max: 1_000_000 }), (some, shift) => {
      const shifted = some.map(value => value * 2 + shift);
      expect(Math.abs(variance(shifted) - 4 * variance(some))).toBeLessThanOrEqual(1e-9 * (1 + variance(some)));
      if (variance(some) > 1) expect(Math.abs(skewness(shifted) - skewness(some))).toBeLessThan(1e-7);
    }));
  });
});

describe('running moments', () => {
  // Not so small that squares lose their digits to underflow.
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(value => (Math.abs(value) < 1e-100 ? 0 : value)), { maxLength: 60 });

  test('equal the two-pass ones, and merged parts equal the whole', () => {
    fc.assert(fc.property(values, fc.nat(60), (some, cut) => {
      const whole = new RunningMoments(), left = new RunningMoments(), right = new RunningMoments();
      some.forEach((value, i) => {
        whole.add(value);
        (i < cut ? left : right).add(value);
      });
      left.merge(right);
      expect(left.count).toBe(some.length);
      for (const moments of [whole, left]) {
        if (some.length > 0) expect(Math.abs(moments.mean - mean(some))).toBeLessThanOrEqual(1e-9);
        if (some.length > 1) {
          const size = variance(some) + mean(some) * mean(some);
          expect(Math.abs(moments.variance - variance(some))).toBeLessThanOrEqual(1e-12 * size);
        }
        if (some.length < 2) expect(moments.variance).toBeNaN();
      }
    }));
  });

  test('continue from their snapshot bit for bit', () => {
    const moments = new RunningMoments();
    for (const value of [1, 2.5, -3]) moments.add(value);
    const copy = RunningMoments.restore(moments.snapshot());
    moments.add(0.1);
    copy.add(0.1);
    expect([copy.count, copy.mean, copy.variance, copy.populationVariance]).toEqual([moments.count, moments.mean, moments.variance, moments.populationVariance]);
  });
});
