import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { normalCdf } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, figuresOf, mlfinlabVpin1, mlfinlabVpin20 } from '../../test/papers/mlfinlab-microstructure.ts';
import { sampleDeviation } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { bulkVolume } from './bulk-volume.ts';

engineLaws(test, bulkVolume, { options: random => ({ window: random.integer(2, 12), distribution: (['normal', 'studentT'] as const)[random.integer(0, 1)], degreesOfFreedom: 0.1 + 5 * random.uniform() }) });

test('the example in the header holds', () => {
  const { buyVolume, sellVolume } = bulkVolume(columnsOf({ close: [10, 11, 13], volume: [0, 0, 100] }), { window: 2 });
  expect([buyVolume[1], buyVolume[2].toFixed(2), sellVolume[2].toFixed(2)]).toEqual([NaN, '99.77', '0.23']);
  const fat = bulkVolume(columnsOf({ close: [10, 11, 13], volume: [0, 0, 100] }), { window: 2, distribution: 'studentT' });
  expect([fat.buyVolume[2].toFixed(2), fat.sellVolume[2].toFixed(2)]).toEqual(['72.20', '27.80']);
});

test('equals the reference in every window', () => {
  const bars = walk(27, 300), ours = bulkVolume(columnsOf(bars), { window: 9 });
  for (let row = 9; row < 300; row++) {
    const changes = Array.from({ length: 9 }, (_, k) => bars.close[row - 8 + k] - bars.close[row - 9 + k]), expected = bars.volume[row] * normalCdf(changes[8] / sampleDeviation(changes));
    expect(Math.abs(ours.buyVolume[row] - expected)).toBeLessThan(1e-9);
    expect(ours.buyVolume[row] + ours.sellVolume[row]).toBeCloseTo(bars.volume[row], 9);
  }
});

const { t } = JSON.parse(readFileSync(new URL('../../../../oracles/student-t/expected.json', import.meta.url), 'utf8')) as { t: { rows: readonly (readonly number[])[] } };
test("with studentT the bought and sold parts are the shares of scipy's Student t", () => {
  let count = 0;
  for (const [score, degreesOfFreedom, , share] of t.rows) {
    if (Math.abs(score) < 0.1 || Math.abs(score) > 20) continue;
    // Two changes that lie a root of 2 apart deviate by 1; the tolerance is that of studentTCdf.
    const { buyVolume, sellVolume } = bulkVolume(columnsOf({ close: [0, score - Math.SQRT2, 2 * score - Math.SQRT2], volume: [0, 0, 8] }), { window: 2, distribution: 'studentT', degreesOfFreedom });
    expect(Math.abs(buyVolume[2] - 8 * share)).toBeLessThan(8 * 2e-12);
    expect(Math.abs(sellVolume[2] - 8 * (1 - share))).toBeLessThan(8 * 2e-12);
    count++;
  }
  expect(count).toBe(13 * 24);
});

const bars = dollarBars();
test.skipIf(bars === undefined)(`gives mlfinlab's VPIN of bars in all digits published, and shows that it divides by the present bar's volume ${sharedHint}`, () => {
  const { buyVolume, sellVolume } = bulkVolume(bars!), { volume } = bars!, imbalance = buyVolume.map((bought, k) => Math.abs(bought - sellVolume[k]));
  const mean = (column: Float64Array, row: number, window: number): number => column.slice(Math.max(0, row - window + 1), row + 1).reduce((sum, value) => sum + value, 0) / window;
  expect(disagreements(imbalance.map((value, k) => value / volume[k]), mlfinlabVpin1)).toEqual([]);
  const theirs = imbalance.map((_, k) => mean(imbalance, k, 20) / volume[k]);
  expect(disagreements(theirs, mlfinlabVpin20, 45)).toEqual([]);
  expect((mean(imbalance, 45, 20) / mean(volume, 45, 20)).toFixed(4)).toBe('0.4652');
  expect(figuresOf(theirs, 45)[2]).not.toBeCloseTo(0.4652, 4);
});

test('a flat market is half and half; NaN leaves with its rows; one row; negative prices; no volume', () => {
  expect([...bulkVolume(columnsOf({ close: [3, 3, 3], volume: [4, 4, 4] }), { window: 2 }).buyVolume]).toEqual([NaN, NaN, 2]);
  expect([...bulkVolume(columnsOf({ close: [1, NaN, 3, 4, 6, 7], volume: [1, 1, 1, 1, 1, 1] }), { window: 2 }).buyVolume].map(value => Number.isNaN(value))).toEqual([true, true, true, true, false, false]);
  expect([...bulkVolume(columnsOf({ close: [1], volume: [1] })).buyVolume]).toEqual([NaN]);
  expect(bulkVolume(columnsOf({ close: [-13, -11, -10], volume: [1, 1, 0] }), { window: 2 }).buyVolume[2]).toBe(0);
});

test('options out of range are refused by name', () => {
  expect(() => bulkVolume(columnsOf({ close: [1], volume: [1] }), { window: 1 })).toThrow(new RangeError('bulkVolume: window must be at least 2, was 1'));
  expect(() => bulkVolume(columnsOf({ close: [1], volume: [1] }), { distribution: 'cauchy' as 'normal' })).toThrow(new RangeError('bulkVolume: distribution must be one of normal, studentT, was cauchy'));
  expect(() => bulkVolume(columnsOf({ close: [1], volume: [1] }), { degreesOfFreedom: 0 })).toThrow(new RangeError('bulkVolume: degreesOfFreedom must be a positive number, was 0'));
});
