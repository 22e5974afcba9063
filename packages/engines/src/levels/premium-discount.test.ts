import { expect, test } from 'vitest';
import { combine, eventCode, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { referencePosition, type ReferenceSwing } from '../../test/reference/premium-discount.ts';
import { swings } from '../structure/swings.ts';
import { premiumDiscount, type PremiumDiscountOptions } from './premium-discount.ts';

engineLaws(test, premiumDiscount, {
  options: random => ({ range: (['swings', 'trailing'] as const)[random.integer(0, 1)], extreme: random.integer(0, 20) / 100, equilibrium: random.integer(0, 20) / 100 }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 4), right: random.integer(1, 4) })] },
});

type Swing = readonly [direction: number, originRow: number, knownRow: number, level: number];
const table = (given: readonly Swing[]): object => ({
  id: Float64Array.from(given, (_, k) => k), kind: Int16Array.from(given, () => eventCode.swing), direction: Int8Array.from(given, ([direction]) => direction),
  originRow: Float64Array.from(given, ([, row]) => row), knownRow: Float64Array.from(given, ([, , row]) => row), ref: Float64Array.from(given, () => NaN),
  level0: Float64Array.from(given, ([, , , level]) => level), level1: Float64Array.from(given, () => NaN),
});
function at(closes: readonly number[], given: readonly Swing[], options: Partial<PremiumDiscountOptions> = {}): { percent: number[]; band: number[]; optimalEntry: number[]; rangeLow: number[]; rangeHigh: number[] } {
  const close = Float64Array.from(closes), result = premiumDiscount({ high: close, low: close, close }, options, { swings: table(given) });
  return { percent: [...result.percent], band: [...result.band], optimalEntry: [...result.optimalEntry], rangeLow: [...result.rangeLow], rangeHigh: [...result.rangeHigh] };
}
const up: Swing[] = [[-1, 0, 0, 10], [1, 1, 1, 20]], down: Swing[] = [[1, 0, 0, 20], [-1, 1, 1, 10]];

test('the example in the header holds', () => {
  const { percent, band, optimalEntry } = at([15, 13], up);
  expect([percent[0], percent[1], band[1], optimalEntry[1]]).toEqual([NaN, 30, -1, 1]);
});

/** Worked by hand over a range of 10 to 20: bands include their ends. */
test('bands and optimal entry of twelve closes by hand', () => {
  const closes = [15, 20, 19.5, 19.25, 15.5, 15.25, 15, 14.75, 14, 13.5, 12, 10.5, 10.25, 21, 9];
  expect(at(closes, up).band).toEqual([0, 2, 2, 1, 1, 0, 0, 0, -1, -1, -1, -2, -2, 2, -2]);
  expect(at(closes, up).percent.slice(1).map(value => Math.round(value * 10) / 10)).toEqual([100, 95, 92.5, 55, 52.5, 50, 47.5, 40, 35, 20, 5, 2.5, 110, -10]);
  expect(at(closes, up).optimalEntry).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(at([15, 16.25, 17, 17.875, 18, 13], down).optimalEntry).toEqual([0, -1, -1, -1, 0, 0]);
});

test('the trailing range stretches with price until the next swing, the range of swings does not', () => {
  const closes = [15, 15, 22, 8, 15], given: Swing[] = [...up, [1, 2, 4, 21]];
  expect(at(closes, given, { range: 'trailing' }).rangeHigh).toEqual([NaN, 20, 22, 22, 21]);
  expect(at(closes, given, { range: 'trailing' }).rangeLow).toEqual([10, 10, 10, 8, 8]);
  expect(at(closes, given).rangeHigh).toEqual([NaN, 20, 20, 20, 21]);
});

test('a range turned over, without width or not known yet gives NaN and 0', () => {
  expect(at([15, 15], [[-1, 0, 0, 20], [1, 1, 1, 10]])).toMatchObject({ percent: [NaN, NaN], band: [0, 0], optimalEntry: [0, 0] });
  expect(at([15, 15], [[-1, 0, 0, 10], [1, 1, 1, 10]]).percent).toEqual([NaN, NaN]);
  expect(at([15], [])).toMatchObject({ percent: [NaN], rangeLow: [NaN], band: [0] });
  expect(at([15, NaN, 12], up)).toMatchObject({ percent: [NaN, NaN, 20], band: [0, 0, -1] });
  expect(at([-5, -7], [[-1, 0, 0, -10], [1, 1, 1, 0]]).percent).toEqual([NaN, 30]);
});

test('both sides in one bar are no leg: no entry', () => {
  expect(at([15, 13], [[1, 0, 1, 20], [-1, 0, 1, 10]]).optimalEntry).toEqual([0, 0]);
});

test('equals the reference on random markets', () => {
  let seen = 0;
  for (let run = 0; run < 20; run++) {
    const random = randomStream(13, `premium ${run}`), bars = randomMarket({ close: 'f64' }, random, 150, { ...roughTexture, isCut: false }) as any, range = (['swings', 'trailing'] as const)[run % 2];
    const { s: { events }, it } = combine({ s: [swings, 'bars', { left: 2, right: 2 }], it: [premiumDiscount, 'bars', { range }, { swings: 's.events' }] })({ bars });
    const given: ReferenceSwing[] = Array.from({ length: events.length }, (_, k) => ({ direction: events.direction[k], originRow: events.originRow[k], knownRow: events.knownRow[k], level: events.level0[k] }));
    for (let row = 0; row < 150; row++) {
      const expected = referencePosition(bars, given, row, range === 'trailing');
      expect([it.rangeLow[row], it.rangeHigh[row]]).toEqual([expected.low, expected.high]);
      expect(Object.is(it.percent[row], NaN)).toBe(Object.is(expected.percent, NaN));
      if (Number.isNaN(expected.percent)) continue;
      expect(Math.abs(it.percent[row] - expected.percent)).toBeLessThan(1e-9);
      const retraced = expected.lastSide > 0 ? 100 - expected.percent : expected.percent;
      // Away from the borders, where the two ways to round may differ.
      if (Math.abs(retraced - 62) > 1e-6 && Math.abs(retraced - 79) > 1e-6) expect(it.optimalEntry[row]).toBe(retraced > 62 && retraced < 79 ? expected.lastSide : 0);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(1000);
});

test('options out of range are refused by name', () => {
  expect(() => at([], [], { range: 'both' as 'swings' })).toThrow(new RangeError('premiumDiscount: range must be one of swings, trailing, was both'));
  expect(() => at([], [], { extreme: -1 })).toThrow('premiumDiscount: extreme must be');
  expect(() => at([], [], { equilibrium: NaN })).toThrow('premiumDiscount: equilibrium must be');
  expect(() => at([], [], { entryFrom: -1 })).toThrow('premiumDiscount: entryFrom must be');
  expect(() => at([], [], { entryTo: 0.1 })).toThrow(new RangeError('premiumDiscount: entryTo must be at least entryFrom (0.62), was 0.1'));
});
