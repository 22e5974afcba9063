import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { exponentialCorrelation } from './exponential-correlation.ts';

engineLaws(test, exponentialCorrelation, { options: random => ({ period: random.integer(5, 30) }), inputUnits: { first: 'price', second: 'price' } });

interface Expected { inputs: { b: number[]; other: number[] }; correlation: { exponential: { period: number; expected: (number | null)[] }[] } }
const { inputs, correlation: { exponential } } = programNumbers<Expected>('oracles/regime/expected.json');
const second = Float64Array.from(inputs.other), first = Float64Array.from(inputs.b.slice(0, second.length));

test.each(exponential)('exponentially weighted correlation of span $period equals pandas', ({ period, expected }) => {
  expect(firstDifference(exponentialCorrelation({ first, second }, { period }).correlation, expected, 1e-12)).toBeUndefined();
});

test('the example in the header holds', () => {
  expect([...exponentialCorrelation({ first: Float64Array.of(1, 2, 3), second: Float64Array.of(2, 4, 6) }, { period: 3 }).correlation]).toEqual([NaN, NaN, 1]);
});

test('a row with NaN is left out: what comes is as if it had not been there', () => {
  const holed = Float64Array.of(1, 3, 2, NaN, 4, 6, 5), whole = Float64Array.of(2, 3, 1, 5, 4, 7, 5), without = (values: Float64Array): Float64Array => values.filter((_, row) => row !== 3);
  const { correlation } = exponentialCorrelation({ first: holed, second: whole }, { period: 3 });
  expect(correlation[3]).toBeNaN();
  expect([...without(correlation)]).toEqual([...exponentialCorrelation({ first: without(holed), second: without(whole) }, { period: 3 }).correlation]);
});

test('a column that does not vary correlates with nothing; one row gives NaN', () => {
  expect([...exponentialCorrelation({ first: new Float64Array(4).fill(7), second: Float64Array.of(2, 3, 1, 5) }, { period: 3 }).correlation]).toEqual(Array(4).fill(NaN));
  expect([...exponentialCorrelation({ first: Float64Array.of(1), second: Float64Array.of(2) }).correlation]).toEqual([NaN]);
});

test('a period below 3 is refused by name', () => {
  expect(() => exponentialCorrelation({ first: new Float64Array(1), second: new Float64Array(1) }, { period: 3.5 })).toThrow(new RangeError('exponentialCorrelation: period must be an integer of at least 3, was 3.5'));
});
