import { expect, test } from 'vitest';
import { normalCdf } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, figuresOf, mlfinlabVpin1, mlfinlabVpin20 } from '../../test/papers/mlfinlab-microstructure.ts';
import { sampleDeviation } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { bulkVolume } from './bulk-volume.ts';

engineLaws(test, bulkVolume, { options: random => ({ window: random.integer(2, 12) }) });

test('the example in the header holds', () => {
  const { buyVolume, sellVolume } = bulkVolume(columnsOf({ close: [10, 11, 13], volume: [0, 0, 100] }), { window: 2 });
  expect([buyVolume[1], buyVolume[2].toFixed(2), sellVolume[2].toFixed(2)]).toEqual([NaN, '99.77', '0.23']);
});

test('equals the reference in every window', () => {
  const bars = walk(27, 300), ours = bulkVolume(columnsOf(bars), { window: 9 });
  for (let row = 9; row < 300; row++) {
    const changes = Array.from({ length: 9 }, (_, k) => bars.close[row - 8 + k] - bars.close[row - 9 + k]), expected = bars.volume[row] * normalCdf(changes[8] / sampleDeviation(changes));
    expect(Math.abs(ours.buyVolume[row] - expected)).toBeLessThan(1e-9);
    expect(ours.buyVolume[row] + ours.sellVolume[row]).toBeCloseTo(bars.volume[row], 9);
  }
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
});
