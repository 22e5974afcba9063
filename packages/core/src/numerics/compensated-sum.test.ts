import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompensatedSum, compensatedSum } from './compensated-sum.ts';

test("keeps the ones beside 1e100 that bare addition and Kahan's form lose (Neumaier's example)", () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  expect([1, 1e100, 1, -1e100].reduce((sum, value) => sum + value, 0)).toBe(0);
});

test('ten million tenths make exactly a million (oracle: the rounded true sum)', () => {
  const sum = new CompensatedSum();
  let bare = 0;
  for (let i = 0; i < 10_000_000; i++) {
    sum.add(0.1);
    bare += 0.1;
  }
  expect(sum.total).toBe(1_000_000);
  expect(bare).not.toBe(1_000_000);
});

test('is the exact sum of whole numbers of very different size (oracle: BigInt)', () => {
  fc.assert(fc.property(fc.array(fc.bigInt({ min: -(1n << 80n), max: 1n << 80n }), { maxLength: 40 }), wide => {
    const values = wide.map(Number), exact = values.reduce((sum, value) => sum + BigInt(value), 0n);
    const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
    expect(Math.abs(compensatedSum(values) - Number(exact))).toBeLessThanOrEqual(2 * Number.EPSILON * Math.abs(Number(exact)) + 1e-27 * size);
  }));
});

test('the running form gives the same bits as the array form', () => {
  fc.assert(fc.property(fc.array(fc.double()), values => {
    const sum = new CompensatedSum();
    for (const value of values) sum.add(value);
    expect(sum.total).toBe(compensatedSum(values));
  }));
});

test('NaN is absorbing, infinities stay, nothing is 0, and rows can be chosen', () => {
  expect(compensatedSum([1, NaN, 2])).toBeNaN();
  expect(compensatedSum([1, Infinity, 2])).toBe(Infinity);
  expect(compensatedSum([Infinity, -Infinity])).toBeNaN();
  expect(compensatedSum([])).toBe(0);
  expect(compensatedSum([1, 2, 3, 4], 1, 3)).toBe(5);
});
