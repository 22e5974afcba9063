import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, mlfinlabCorwinSchultz } from '../../test/papers/mlfinlab-microstructure.ts';
import { corwinSchultzAfmlOf, corwinSchultzDailyOf, corwinSchultzPairOf } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { corwinSchultzAfml, corwinSchultzDaily, corwinSchultzPair } from './corwin-schultz.ts';

const options = (random: { integer(from: number, to: number): number }): { window: number } => ({ window: random.integer(1, 12) });
engineLaws(test, corwinSchultzAfml, { options });
engineLaws(test, corwinSchultzPair);
engineLaws(test, corwinSchultzDaily, { options });

const f = (...values: number[]): Float64Array => Float64Array.from(values);

test('the examples in the headers hold', () => {
  expect([...corwinSchultzAfml({ high: f(101, 102), low: f(100, 101) }, { window: 1 }).spread]).toEqual([NaN, 0]);
  const pair = corwinSchultzPair({ high: f(102, 102), low: f(100, 100) }).spread;
  expect([pair[0], pair[1].toFixed(4)]).toEqual([NaN, '0.0198']);
  const daily = corwinSchultzDaily({ high: f(102, 104), low: f(100, 102), close: f(100, 102) }, { window: 1 }).spread;
  expect([daily[0], daily[1].toFixed(4)]).toEqual([NaN, '0.0198']);
});

test('the three equal their references in every window: they are three numbers', () => {
  const bars = walk(22, 300), columns = columnsOf(bars), rows = bars.high.map((high, k) => ({ high, low: bars.low[k], close: bars.close[k] })), pair = corwinSchultzPair(columns).spread;
  let apart = 0;
  for (const window of [1, 4, 20]) {
    const afml = corwinSchultzAfml(columns, { window }).spread, daily = corwinSchultzDaily(columns, { window }).spread;
    for (let row = window; row < 300; row++) {
      const part = rows.slice(row - window, row + 1);
      expect(Math.abs(afml[row] - corwinSchultzAfmlOf(part))).toBeLessThan(1e-12);
      expect(Math.abs(daily[row] - corwinSchultzDailyOf(part))).toBeLessThan(1e-12);
      expect(Math.abs(pair[row] - corwinSchultzPairOf(rows[row - 1], rows[row]))).toBeLessThan(1e-12);
      if (Math.abs(afml[row] - daily[row]) > 1e-5) apart++;
    }
  }
  expect(apart).toBeGreaterThan(300);
});

const bars = dollarBars();
test.skipIf(bars === undefined)(`the form of the book equals mlfinlab over its dollar bars in all digits published ${sharedHint}`, () => {
  expect(disagreements(corwinSchultzAfml(bars!).spread, mlfinlabCorwinSchultz)).toEqual([]);
});

test('a flat market has none, NaN leaves with its rows, prices not above 0 have no logarithm', () => {
  const three = f(3, 3, 3, 3);
  for (const engine of [corwinSchultzAfml, corwinSchultzDaily] as const) expect([...engine({ high: three, low: three, close: three }, { window: 2 }).spread]).toEqual([NaN, NaN, 0, 0]);
  expect([...corwinSchultzAfml({ high: f(2, 3, NaN, 3, 2, 3), low: f(1, 2, NaN, 2, 1, 2) }, { window: 1 }).spread].map(value => Number.isNaN(value))).toEqual([true, false, true, true, false, false]);
  expect([...corwinSchultzPair({ high: f(2, 2), low: f(-1, 1) }).spread]).toEqual([NaN, NaN]);
  expect([...corwinSchultzPair({ high: f(2), low: f(1) }).spread]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  expect(() => corwinSchultzAfml({ high: f(1), low: f(1) }, { window: 0 })).toThrow(new RangeError('corwinSchultzAfml: window must be a positive integer, was 0'));
  expect(() => corwinSchultzDaily({ high: f(1), low: f(1), close: f(1) }, { window: 0.5 })).toThrow(new RangeError('corwinSchultzDaily: window must be a positive integer, was 0.5'));
});
