import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type QuantileType, median, quantile, quantileOfSorted } from './quantile.ts';

const y = [2.5, -1, 7, 3.25, 0.5, 11, 4, 4, 9.75, -3];
const shares = [0, 0.05, 0.1, 0.25, 0.333, 0.5, 0.75, 0.95, 1];

test.each([
  [1, [-3, -3, -3, 0.5, 2.5, 3.25, 7, 11, 11]], [2, [-3, -3, -2, 0.5, 2.5, 3.625, 7, 11, 11]], [3, [-3, -3, -3, -1, 0.5, 3.25, 7, 11, 11]],
  [4, [-3, -3, -3, -0.25, 1.16, 3.25, 5.5, 10.375, 11]], [5, [-3, -3, -2, 0.5, 2.16, 3.625, 7, 11, 11]],
  [6, [-3, -3, -2.8, 0.125, 1.826, 3.625, 7.6875, 11, 11]], [7, [-3, -2.1, -1.2, 1, 2.494, 3.625, 6.25, 10.4375, 11]],
  [8, [-3, -3, -2.2666666666666666, 0.375, 2.0486666666666666, 3.625, 7.229166666666667, 11, 11]],
  [9, [-3, -3, -2.2, 0.40625, 2.0765, 3.625, 7.171875, 11, 11]],
] as const)('type %i equals numpy 2.4.6 (np.quantile with the method of that type)', (type, expected) => {
  shares.forEach((share, i) => expect(Math.abs(quantile(y, share, type as QuantileType) - expected[i])).toBeLessThan(1e-13));
});

test('1 to 10 at 0.05 is 1.45 by default and 1 by type 1, the median of an even count is the mean of the middle two', () => {
  const ten = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  expect(quantile(ten, 0.05)).toBeCloseTo(1.45, 14);
  expect(quantile(ten, 0.05, 1)).toBe(1);
  expect(median(ten)).toBe(5.5);
  expect(ten[0]).toBe(10);
});

test('every type lies between the extremes and never falls when p grows', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(values, fc.integer({ min: 1, max: 9 }), (some, type) => {
    const sorted = Float64Array.from(some).sort(), step = 1e-9 * (1 + sorted[sorted.length - 1] - sorted[0]);
    let last = sorted[0];
    for (let p = 0; p <= 32; p++) {
      const value = quantileOfSorted(sorted, p / 32, type as QuantileType);
      expect(value >= last - step && value <= sorted[sorted.length - 1]).toBe(true);
      last = value;
    }
  }));
});

test('no values and a NaN give NaN; a share outside 0 to 1 and an unknown type are refused', () => {
  expect(quantile([], 0.5)).toBeNaN();
  expect(quantile([1, NaN, 2], 0)).toBeNaN();
  expect(() => quantile([1], 1.5)).toThrow('quantile: p must be from 0 to 1, was 1.5');
  expect(() => quantile([1], NaN)).toThrow('was NaN');
  expect(() => quantile([1], 0.5, 10 as QuantileType)).toThrow('quantile: type must be 1 to 9, was 10');
});

test('infinities are values', () => {
  expect(quantile([-Infinity, -Infinity, 1], 0.25)).toBe(-Infinity);
  expect(quantile([1, 2, Infinity], 0.75)).toBe(Infinity);
});
