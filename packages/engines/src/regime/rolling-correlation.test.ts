import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { rollingCorrelation } from './rolling-correlation.ts';

engineLaws(test, rollingCorrelation, { options: random => ({ period: random.integer(5, 30) }), inputUnits: { first: 'price', second: 'price' } });

interface Expected { inputs: { b: number[]; other: number[] }; correlation: { rolling: { period: number; expected: (number | null)[]; pandas: (number | null)[] }[] } }
const { inputs, correlation: { rolling } } = programNumbers<Expected>('oracles/regime/expected.json');
const second = Float64Array.from(inputs.other), first = Float64Array.from(inputs.b.slice(0, second.length));

test.each(rolling)('rolling correlation over $period rows equals numpy, and pandas within the digits that its running sums leave', ({ period, expected, pandas }) => {
  const { correlation } = rollingCorrelation({ first, second }, { period });
  expect(firstDifference(correlation, expected, 1e-12)).toBeUndefined();
  expect(firstDifference(correlation, pandas, period < 10 ? 1e-7 : 1e-12)).toBeUndefined();
});

test('the example in the header holds', () => {
  expect([...rollingCorrelation({ first: Float64Array.of(1, 2, 3, 2), second: Float64Array.of(2, 4, 6, 8) }, { period: 3 }).correlation]).toEqual([NaN, NaN, 1, 0]);
});

test('a NaN leaves the window with its row', () => {
  const holed = Float64Array.of(1, 3, 2, NaN, 4, 6, 5, 8), whole = Float64Array.of(2, 3, 1, 5, 4, 7, 5, 9), { correlation } = rollingCorrelation({ first: holed, second: whole }, { period: 3 });
  expect([...correlation].map(value => value === value)).toEqual([false, false, true, false, false, false, true, true]);
});

test('a column that does not vary correlates with nothing; one row gives NaN; negative and huge values are values', () => {
  expect([...rollingCorrelation({ first: new Float64Array(4).fill(7), second: Float64Array.of(2, 3, 1, 5) }, { period: 3 }).correlation]).toEqual(Array(4).fill(NaN));
  expect([...rollingCorrelation({ first: Float64Array.of(1), second: Float64Array.of(2) }).correlation]).toEqual([NaN]);
  const huge = Float64Array.of(-1e70, 2e70, 5e69);
  expect(rollingCorrelation({ first: huge, second: huge }, { period: 3 }).correlation[2]).toBeCloseTo(1, 14);
});

test('a period below 3 is refused by name', () => {
  expect(() => rollingCorrelation({ first: new Float64Array(1), second: new Float64Array(1) }, { period: 2 })).toThrow(new RangeError('rollingCorrelation: period must be an integer of at least 3, was 2'));
});
