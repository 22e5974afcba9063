import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { volatilityRegime } from './volatility-regime.ts';

engineLaws(test, volatilityRegime, { options: random => ({ period: random.integer(2, 12), lookback: random.integer(3, 40), low: random.integer(1, 4) / 10, high: random.integer(5, 9) / 10 }) });

interface Expected { inputs: { b: number[] }; volatility: { period: number; lookback: number; volatility: (number | null)[]; rank: (number | null)[] } }
const { inputs, volatility: expected } = programNumbers<Expected>('oracles/regime/expected.json');

test('volatility and its rank equal pandas', () => {
  let sum = 0;
  const close = Float64Array.from(inputs.b.slice(0, 300), value => (sum += value)), { volatility, rank } = volatilityRegime({ close }, { period: expected.period, lookback: expected.lookback });
  expect(firstDifference(volatility, expected.volatility, 1e-12)).toBeUndefined();
  expect(firstDifference(rank, expected.rank, 1e-12)).toBeUndefined();
});

test('the example in the header holds, and a change of regime is told once', () => {
  const { regime, events } = volatilityRegime({ close: Float64Array.of(0, 1, 0, 2, 0, 3, 0) }, { period: 2, lookback: 3, low: 1 / 3, high: 1 });
  expect([...regime]).toEqual([0, 0, 0, 0, 3, 3, 3]);
  expect(events.length).toBe(0);
  const calm = volatilityRegime({ close: Float64Array.of(0, 1, 0, 2, 0, 3, 0, 0, 0) }, { period: 2, lookback: 3, low: 1 / 3, high: 1 });
  expect([...calm.regime]).toEqual([0, 0, 0, 0, 3, 3, 3, 1, 1]);
  expect([calm.events.length, calm.events.knownRow[0], calm.events.value[0], calm.events.direction[0]]).toEqual([1, 7, 1, 0]);
});

test('a flat market ranks in the middle of its equals; NaN leaves with its window and takes no place', () => {
  expect([...volatilityRegime({ close: new Float64Array(6).fill(5) }, { period: 2, lookback: 3 }).rank]).toEqual([NaN, NaN, NaN, NaN, 2 / 3, 2 / 3]);
  const { volatility, rank } = volatilityRegime({ close: Float64Array.of(1, 2, 4, 5, NaN, 5, 7, 8, 8) }, { period: 2, lookback: 2 });
  expect([...volatility].map(value => value === value)).toEqual([false, false, true, true, false, false, false, true, true]);
  expect([...rank].map(value => value === value)).toEqual([false, false, false, true, false, false, false, true, true]);
});

test('one row, fewer than the warm-up and negative prices', () => {
  expect([...volatilityRegime({ close: Float64Array.of(3) }).volatility]).toEqual([NaN]);
  expect(volatilityRegime({ close: Float64Array.of(-37.6, 10, -2) }, { period: 2 }).volatility[2]).toBeCloseTo(Math.SQRT1_2 * (47.6 + 12), 12);
});

test('options out of range are refused by name', () => {
  const close = new Float64Array(1);
  expect(() => volatilityRegime({ close }, { period: 1 })).toThrow(new RangeError('volatilityRegime: period must be an integer of at least 2, was 1'));
  expect(() => volatilityRegime({ close }, { low: 0 })).toThrow(new RangeError('volatilityRegime: low must be between 0 and 1, was 0'));
  expect(() => volatilityRegime({ close }, { high: 0.2 })).toThrow(new RangeError('volatilityRegime: high must be above low and at most 1, was 0.2'));
});
