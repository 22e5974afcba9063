import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, mlfinlabRoll } from '../../test/papers/mlfinlab-microstructure.ts';
import { rollCovariance } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { rollSpread } from './roll-spread.ts';

engineLaws(test, rollSpread, { options: random => ({ window: random.integer(2, 12), positive: (['absolute', 'none'] as const)[random.integer(0, 1)] }) });

test('the example in the header holds', () => {
  const result = rollSpread({ close: Float64Array.of(10, 11, 10, 11) }, { window: 2 });
  expect([[...result.covariance], result.spread[3]]).toEqual([[NaN, NaN, NaN, -2], 2 * Math.SQRT2]);
});

test('equals the reference in every window', () => {
  const bars = walk(21, 300);
  for (const window of [2, 5, 20]) {
    const result = rollSpread(columnsOf(bars), { window });
    for (let row = window + 1; row < 300; row++) {
      const expected = rollCovariance(bars.close.slice(row - window - 1, row + 1));
      expect(Math.abs(result.covariance[row] - expected)).toBeLessThan(1e-13);
      expect(Math.abs(result.spread[row] - 2 * Math.sqrt(Math.abs(expected)))).toBeLessThan(1e-6);
    }
  }
});

const bars = dollarBars();
test.skipIf(bars === undefined)(`equals mlfinlab over its dollar bars in all digits published ${sharedHint}`, () => {
  expect(disagreements(rollSpread(bars!).spread, mlfinlabRoll)).toEqual([]);
});

test('a pure bounce of one tick has that spread in a long window; price units scale it', () => {
  const close = Float64Array.from({ length: 4002 }, (_, k) => 100 + ((k * k * 7919) % 13 < 6 ? 0.25 : 0)), { spread } = rollSpread({ close }, { window: 4000 });
  expect([...rollSpread({ close: close.map(price => price * 8) }, { window: 4000 }).spread]).toEqual([...spread].map(value => value * 8));
  const bounce = Float64Array.from({ length: 4002 }, (_, k) => (Math.sin(k * k * 1.7) > 0 ? 1 : 0)), measured = rollSpread({ close: bounce }, { window: 4000 }).spread[4001];
  expect(Math.abs(measured - 1)).toBeLessThan(0.05);
});

test('without a bounce: 0 in a flat market, NaN for a trend if asked; NaN leaves with its row; one row; negative prices', () => {
  expect(rollSpread({ close: new Float64Array(30).fill(3) }).spread[29]).toBe(0);
  const turns = { close: Float64Array.of(0, 1, 2, 3, 2, 1, 0) };
  expect([rollSpread(turns, { window: 4, positive: 'none' }).spread[6], rollSpread(turns, { window: 4 }).spread[6] > 0]).toEqual([NaN, true]);
  const holed = rollSpread({ close: Float64Array.of(1, 2, NaN, 2, 1, 2, 1, 2) }, { window: 2 }).covariance;
  expect([...holed].map(value => Number.isNaN(value))).toEqual([true, true, true, true, true, true, false, false]);
  expect([...rollSpread({ close: Float64Array.of(1) }).spread]).toEqual([NaN]);
  expect(rollSpread({ close: Float64Array.of(-10, -11, -10, -11) }, { window: 2 }).covariance[3]).toBe(-2);
});

test('options out of range are refused by name', () => {
  expect(() => rollSpread({ close: new Float64Array(1) }, { window: 1 })).toThrow(new RangeError('rollSpread: window must be at least 2, was 1'));
  expect(() => rollSpread({ close: new Float64Array(1) }, { positive: 'zero' as 'none' })).toThrow('rollSpread: positive must be one of absolute, none, was zero');
});
