import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { programNumbers } from '../../test/oracles.ts';
import { leadLagCorrelation } from './lead-lag-correlation.ts';

engineLaws(test, leadLagCorrelation, { options: random => ({ period: random.integer(8, 30), maximumLag: random.integer(1, 4) }), inputUnits: { first: 'price', second: 'price' } });

interface Expected { inputs: { b: number[]; other: number[] }; correlation: { lagged: { lag: number; expected: (number | null)[] }[] } }
const { inputs, correlation: { lagged } } = programNumbers<Expected>('oracles/regime/expected.json');
const second = Float64Array.from(inputs.other), first = Float64Array.from(inputs.b.slice(0, second.length));

test('the correlation is that of pandas at the shift it names, and no shift of pandas has a larger one', () => {
  const { lag, correlation } = leadLagCorrelation({ first, second }, { period: 50, maximumLag: 3 });
  let compared = 0;
  for (let row = 52; row < first.length; row++) {
    for (const entry of lagged) {
      const theirs = entry.expected[row]!;
      expect(Math.abs(theirs)).toBeLessThanOrEqual(Math.abs(correlation[row]) + 1e-12);
      if (entry.lag !== lag[row]) continue;
      expect(Math.abs(theirs - correlation[row])).toBeLessThan(1e-12);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(200);
});

test('a column that repeats the other two rows later lags by two, and the asymmetry turns with the sides', () => {
  const late = Float64Array.from(first, (_, row) => (row < 2 ? NaN : first[row - 2]));
  const ahead = leadLagCorrelation({ first, second: late }, { period: 30, maximumLag: 4 }), behind = leadLagCorrelation({ first: late, second: first }, { period: 30, maximumLag: 4 });
  for (let row = 40; row < first.length; row++) {
    expect([ahead.lag[row], ahead.correlation[row] > 1 - 1e-12, behind.lag[row]]).toEqual([2, true, -2]);
    expect(ahead.asymmetry[row]).toBeGreaterThan(0.2);
    expect(Math.abs(ahead.asymmetry[row] + behind.asymmetry[row])).toBeLessThan(1e-12);
  }
});

test('the example in the header holds', () => {
  const { lag, correlation } = leadLagCorrelation({ first: Float64Array.of(1, 3, 2, 5, 4, 7), second: Float64Array.of(0, 1, 3, 2, 5, 4) }, { period: 3, maximumLag: 1 });
  expect([...lag]).toEqual([NaN, NaN, NaN, 1, 1, 1]);
  expect([...correlation.subarray(3)].every(value => value > 1 - 1e-15)).toBe(true);
});

test('a column that does not vary has no lag; one row gives NaN', () => {
  const { lag, correlation, asymmetry } = leadLagCorrelation({ first: new Float64Array(8).fill(7), second: Float64Array.of(2, 3, 1, 5, 4, 7, 5, 9) }, { period: 3, maximumLag: 1 });
  expect([...lag, ...correlation, ...asymmetry]).toEqual(Array(24).fill(NaN));
  expect([...leadLagCorrelation({ first: Float64Array.of(1), second: Float64Array.of(2) }).lag]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  const columns = { first: new Float64Array(1), second: new Float64Array(1) };
  expect(() => leadLagCorrelation(columns, { period: 1 })).toThrow(new RangeError('leadLagCorrelation: period must be an integer of at least 3, was 1'));
  expect(() => leadLagCorrelation(columns, { maximumLag: 0 })).toThrow(new RangeError('leadLagCorrelation: maximumLag must be a positive integer, was 0'));
});
