import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engineLaws, randomMarket } from '@zanzibar/core/testing';
import { sharedHint } from '../../test/oracles.ts';
import { disagreements, mlfinlabKyle } from '../../test/papers/mlfinlab-microstructure.ts';
import { carriedSigns, lineThrough } from '../../test/reference/spreads.ts';
import { columnsOf, dollarBars, walk } from '../../test/spread-bars.ts';
import { kyleBarMean, kyleLambda } from './kyle-lambda.ts';

engineLaws(test, kyleLambda, {
  options: random => ({ window: random.integer(2, 12) }),
  data(random, rows, texture) {
    const bars = randomMarket({ close: 'f64', buyVolume: 'f64', sellVolume: 'f64' }, random, rows, texture);
    return { ...bars, price: bars.close };
  },
});
engineLaws(test, kyleBarMean, { options: random => ({ window: random.integer(1, 12) }) });

test('the examples in the headers hold', () => {
  expect([...kyleLambda(columnsOf({ price: [1, 2, 4], buyVolume: [0, 1, 3], sellVolume: [0, 0, 0] }), { window: 2 }).lambda]).toEqual([NaN, NaN, 0.5]);
  expect([...kyleBarMean(columnsOf({ close: [1, 3], volume: [1, 4] }), { window: 1 }).kyleBarMean]).toEqual([NaN, 0.5]);
});

test('slope and share of variance equal scipy in every window', () => {
  const program = JSON.parse(readFileSync(new URL('../../../../oracles/spreads/expected.json', import.meta.url), 'utf8')) as { price: number[]; buyVolume: number[]; sellVolume: number[]; windows: { [window: string]: [number | null, number | null][] } };
  for (const [window, rows] of Object.entries(program.windows)) {
    const { price, buyVolume, sellVolume } = program, ours = kyleLambda(columnsOf({ price, buyVolume, sellVolume }), { window: Number(window) });
    expect(rows.length).toBe(price.length - Number(window));
    rows.forEach(([slope, share], k) => {
      if (slope === null || share === null) return;
      expect(Math.abs(ours.lambda[Number(window) + k] - slope)).toBeLessThan(1e-12 * Math.max(1, Math.abs(slope)));
      expect(Math.abs(ours.rSquared[Number(window) + k] - share)).toBeLessThan(1e-12);
    });
  }
});

test('a line is found exactly, and the reference in every window of a walk', () => {
  const signed = [3, -1, 4, 1, -5, 9, -2, 6], price = signed.map((_, k) => 100 + signed.slice(0, k + 1).reduce((sum, x) => sum + 0.25 * x + 1, 0));
  const exact = kyleLambda(columnsOf({ price, buyVolume: signed.map(x => Math.max(x, 0)), sellVolume: signed.map(x => Math.max(0 - x, 0)) }), { window: 5 });
  expect([exact.lambda[7], exact.rSquared[7]]).toEqual([0.25, 1]);
  const bars = walk(25, 200), buyVolume = bars.volume.map((volume, k) => (k * 7) % (volume + 1)), sellVolume = bars.volume.map((volume, k) => volume - buyVolume[k]);
  const ours = kyleLambda(columnsOf({ price: bars.close, buyVolume, sellVolume }), { window: 12 });
  for (let row = 12; row < 200; row++) {
    const rows = Array.from({ length: 12 }, (_, k) => row - 11 + k), { slope, rSquared } = lineThrough(rows.map(k => buyVolume[k] - sellVolume[k]), rows.map(k => bars.close[k] - bars.close[k - 1]));
    expect(Math.abs(ours.lambda[row] - slope)).toBeLessThan(1e-12);
    expect(Math.abs(ours.rSquared[row] - rSquared)).toBeLessThan(1e-9);
  }
});

test('the mean of bars equals the reference in every window', () => {
  const bars = walk(26, 300), signs = carriedSigns(bars.close), terms = signs.map((sign, k) => (bars.close[k + 1] - bars.close[k]) / (sign * bars.volume[k + 1]));
  for (const window of [1, 4, 20]) {
    const ours = kyleBarMean(columnsOf(bars), { window }).kyleBarMean;
    for (let row = window; row < 300; row++) {
      const expected = terms.slice(row - window, row).reduce((sum, term) => sum + term, 0) / window;
      expect(Number.isNaN(ours[row])).toBe(Number.isNaN(expected));
      if (expected === expected) expect(Math.abs(ours[row] - expected)).toBeLessThan(1e-15);
    }
  }
});

const bars = dollarBars();
test.skipIf(bars === undefined)(`the mean of bars equals mlfinlab's Kyle lambda over its dollar bars in all digits published ${sharedHint}`, () => {
  expect(disagreements(kyleBarMean(bars!).kyleBarMean, mlfinlabKyle)).toEqual([]);
});

test('without variation, volume or a price there is none, and NaN leaves with its rows; negative prices and huge volumes work', () => {
  const flat = kyleLambda(columnsOf({ price: [3, 3, 3, 3], buyVolume: [1, 2, 3, 4], sellVolume: [0, 0, 0, 0] }), { window: 2 });
  expect([[...flat.lambda], [...flat.rSquared]]).toEqual([[NaN, NaN, 0, 0], [NaN, NaN, NaN, NaN]]);
  expect([...kyleLambda(columnsOf({ price: [1, 2, 3, 5], buyVolume: [1, 1, 1, 1], sellVolume: [0, 0, 0, 0] }), { window: 2 }).lambda]).toEqual([NaN, NaN, NaN, NaN]);
  expect([...kyleLambda(columnsOf({ price: [1, NaN, 3, 5, 6, 9], buyVolume: [1, 2, 4, 1, 2, 3], sellVolume: [0, 0, 0, 0, 0, 0] }), { window: 2 }).lambda].map(value => Number.isNaN(value))).toEqual([true, true, true, true, false, false]);
  expect([...kyleBarMean(columnsOf({ close: [1, 2, 4, 4], volume: [1, 1, 0, 4] }), { window: 1 }).kyleBarMean]).toEqual([NaN, 1, NaN, 0]);
  expect([...kyleBarMean(columnsOf({ close: [-4, -2], volume: [1, 1e300] }), { window: 1 }).kyleBarMean]).toEqual([NaN, 2e-300]);
  expect([...kyleBarMean(columnsOf({ close: [3], volume: [1] })).kyleBarMean]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  expect(() => kyleLambda(columnsOf({ price: [1], buyVolume: [1], sellVolume: [1] }), { window: 1 })).toThrow(new RangeError('kyleLambda: window must be at least 2, was 1'));
  expect(() => kyleBarMean(columnsOf({ close: [1], volume: [1] }), { window: 0 })).toThrow(new RangeError('kyleBarMean: window must be a positive integer, was 0'));
});
