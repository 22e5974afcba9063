import { expect, test } from 'vitest';
import { engineLaws, randomMarket } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, mlfinlabHasbrouck } from '../../test/papers/mlfinlab-microstructure.ts';
import { carriedSigns } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { hasbrouck } from './hasbrouck.ts';

engineLaws(test, hasbrouck, {
  options: random => ({ window: random.integer(1, 12) }),
  // Money is no price unit of the laws: it is given, and does not scale.
  data(random, rows, texture) {
    const bars = randomMarket({ close: 'f64', volume: 'f64' }, random, rows, texture);
    return { ...bars, turnover: Float64Array.from({ length: rows }, () => random.integer(1, 100_000)) };
  },
});

test('the example in the header holds', () => {
  const values = hasbrouck({ close: Float64Array.of(1, 2), volume: Float64Array.of(1, 2) }, { window: 1 }).hasbrouck;
  expect([values[0], values[1].toFixed(6)]).toEqual([NaN, (Math.LN2 / 2).toFixed(6)]);
});

test('equals the reference in every window, with turnover and without', () => {
  const bars = walk(24, 300), columns = columnsOf(bars), money = bars.close.map((close, k) => close * bars.volume[k]), signs = carriedSigns(bars.close);
  const terms = bars.close.slice(1).map((close, k) => {
    const change = Math.log(close) - Math.log(bars.close[k]);
    return change / (signs[k] * Math.sqrt(money[k + 1]));
  });
  for (const window of [1, 4, 20]) {
    const ours = hasbrouck(columns, { window }).hasbrouck, given = hasbrouck({ ...columns, turnover: Float64Array.from(money) }, { window }).hasbrouck;
    expect([...given]).toEqual([...ours]);
    for (let row = window; row < 300; row++) {
      const expected = terms.slice(row - window, row).reduce((sum, term) => sum + term, 0) / window;
      expect(Number.isNaN(ours[row])).toBe(Number.isNaN(expected));
      if (expected === expected) expect(Math.abs(ours[row] - expected)).toBeLessThan(1e-12 * (1 + Math.abs(expected)) * 1e-1);
    }
  }
});

const bars = dollarBars();
test.skipIf(bars === undefined)(`equals mlfinlab over its dollar bars in all digits published ${sharedHint}`, () => {
  expect(disagreements(hasbrouck(bars!).hasbrouck, mlfinlabHasbrouck)).toEqual([]);
});

test('rows without turnover, NaN and prices not above 0 give NaN while they lie in the window', () => {
  const values = (close: number[], volume: number[]): boolean[] => [...hasbrouck(columnsOf({ close, volume }), { window: 1 }).hasbrouck].map(value => Number.isNaN(value));
  expect(values([1, 2, 3, 4, 5], [1, 1, 0, 1, 1])).toEqual([true, false, true, false, false]);
  expect(values([1, 2, NaN, 4, 5], [1, 1, 1, 1, 1])).toEqual([true, false, true, true, false]);
  expect(values([1, 2, -3, 4, 5], [1, 1, 1, 1, 1])).toEqual([true, false, true, true, false]);
  expect(values([3], [1])).toEqual([true]);
  expect([...hasbrouck(columnsOf({ close: [3, 3, 3], volume: [1, 1, 1] }), { window: 2 }).hasbrouck]).toEqual([NaN, NaN, NaN]);
});

test('options out of range are refused by name', () => {
  expect(() => hasbrouck({ close: new Float64Array(1), volume: new Float64Array(1) }, { window: 0 })).toThrow(new RangeError('hasbrouck: window must be a positive integer, was 0'));
});
