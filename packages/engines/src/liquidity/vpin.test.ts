import { expect, test } from 'vitest';
import { combine, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { referenceVpin, type ReferenceBucket } from '../../test/reference/vpin.ts';
import { bulkVolume } from './bulk-volume.ts';
import { barVpin, vpin } from './vpin.ts';

engineLaws(test, vpin, { options: random => ({ bucketVolume: random.integer(5, 60), buckets: random.integer(1, 6), mode: (['flag', 'tick'] as const)[random.integer(0, 1)] }) });
engineLaws(test, barVpin, { options: random => ({ bucketVolume: random.integer(5, 60), buckets: random.integer(1, 6) }) });

const f = (...values: number[]): Float64Array => Float64Array.from(values);
function bucketsOf({ row, buyVolume, sellVolume, vpin: value, length }: { row: Float64Array; buyVolume: Float64Array; sellVolume: Float64Array; vpin: Float64Array; length: number }): ReferenceBucket[] {
  return Array.from({ length }, (_, k) => ({ row: row[k], bought: buyVolume[k], sold: sellVolume[k], vpin: value[k] }));
}

test('the examples in the headers hold', () => {
  expect([...vpin({ price: f(1, 1, 1), size: f(3, 3, 2), side: Int8Array.of(1, -1, -1) }, { bucketVolume: 4, buckets: 1 }).vpin]).toEqual([NaN, 0.5, 1]);
  expect([...barVpin({ buyVolume: f(3, 0, 0), sellVolume: f(0, 3, 2) }, { bucketVolume: 4, buckets: 1 }).vpin]).toEqual([NaN, 0.5, 1]);
});

test('the column equals the reference in every row, with so few buckets that large trades leave some out', () => {
  let most = 0;
  for (let run = 0; run < 40; run++) {
    const random = randomStream(29, `few ${run}`), trades = Array.from({ length: 200 }, () => [random.integer(-1, 1), random.integer(0, random.uniform() < 0.1 ? 90 : 6)] as const);
    const bucketVolume = random.integer(3, 9), buckets = 1 + (run % 4), size = Float64Array.from(trades, ([, lots]) => lots), side = Int8Array.from(trades, ([sign]) => sign);
    const ours = vpin({ price: size, size, side }, { bucketVolume, buckets }), theirs = referenceVpin(trades, bucketVolume, buckets);
    trades.forEach((_, row) => {
      const expected = theirs.filter(bucket => bucket.row <= row).at(-1)?.vpin ?? NaN;
      expect([run, row, Object.is(ours.vpin[row], expected) || Math.abs(ours.vpin[row] - expected) < 1e-12]).toEqual([run, row, true]);
    });
    most = Math.max(most, theirs.length - ours.buckets.length);
  }
  expect(most).toBeGreaterThan(20);
});

test('equals the reference that fills lot by lot, trades of several buckets included', () => {
  let seen = 0;
  for (let run = 0; run < 40; run++) {
    const random = randomStream(28, `vpin ${run}`), trades = Array.from({ length: 300 }, () => [random.integer(-1, 1), random.integer(0, random.uniform() < 0.05 ? 90 : 12)] as const);
    const bucketVolume = random.integer(3, 40), buckets = random.integer(1, 60), size = Float64Array.from(trades, ([, lots]) => lots), side = Int8Array.from(trades, ([sign]) => sign);
    // Enough places that no bucket of a large trade is left out.
    const ours = vpin({ price: size, size, side }, { bucketVolume, buckets: Math.max(buckets, 40) }), theirs = referenceVpin(trades, bucketVolume, Math.max(buckets, 40));
    const found = bucketsOf(ours.buckets as any);
    expect(found.map(({ row, bought, sold }) => [row, bought, sold])).toEqual(theirs.map(({ row, bought, sold }) => [row, bought, sold]));
    found.forEach(({ vpin: value }, k) => expect(Object.is(value, theirs[k].vpin) || Math.abs(value - theirs[k].vpin) < 1e-12).toBe(true));
    const bars = barVpin({ buyVolume: Float64Array.from(trades, ([sign, lots]) => (sign > 0 ? lots : sign < 0 ? 0 : lots / 2)), sellVolume: Float64Array.from(trades, ([sign, lots]) => (sign < 0 ? lots : sign > 0 ? 0 : lots / 2)) }, { bucketVolume, buckets: Math.max(buckets, 40) });
    bucketsOf(bars.buckets as any).forEach(({ vpin: value }, k) => expect(Object.is(value, theirs[k].vpin) || Math.abs(value - theirs[k].vpin) < 1e-12).toBe(true));
    seen += theirs.length;
  }
  expect(seen).toBeGreaterThan(2000);
});

test('the tick rule carries the sign of the last change and takes no side before it', () => {
  const { buckets } = vpin({ price: f(5, 5, 6, 6, NaN, 5), size: f(2, 2, 2, 2, 2, 2) }, { bucketVolume: 4, buckets: 1, mode: 'tick' });
  expect(bucketsOf(buckets as any).map(({ bought, sold }) => [bought, sold])).toEqual([[0, 0], [4, 0], [2, 2]]);
});

test('bars in bulk: bulkVolume is wired to it', () => {
  const bars = randomMarket({ close: 'f64', volume: 'f64' }, randomStream(29, 'bulk'), 400, { ...roughTexture, isCut: false, isHoled: false }) as any;
  const { bulk, it } = combine({ bulk: [bulkVolume, 'bars'], it: [barVpin, 'bars', { bucketVolume: 40, buckets: 10 }, { buyVolume: 'bulk/buyVolume', sellVolume: 'bulk/sellVolume' }] })({ bars });
  expect(Number.isNaN(bulk.buyVolume[19])).toBe(true);
  expect([it.buckets.length > 50, [...it.vpin].every(value => Number.isNaN(value) || (value >= 0 && value <= 1))]).toEqual([true, true]);
});

test('rows that are NaN, infinite, without volume or below 0 fill nothing; of a huge trade the last buckets are written', () => {
  expect(vpin({ price: f(1, 1, 1, 1), size: f(NaN, Infinity, 0, -5), side: Int8Array.of(1, 1, 1, 1) }, { bucketVolume: 1, buckets: 1 }).buckets.length).toBe(0);
  expect(barVpin({ buyVolume: f(NaN, -1, 0), sellVolume: f(1, 3, 0) }, { bucketVolume: 1, buckets: 1 }).buckets.length).toBe(0);
  const huge = vpin({ price: f(1, 1), size: f(3, 1e12), side: Int8Array.of(-1, 1) }, { bucketVolume: 4, buckets: 2 });
  expect([huge.buckets.length, huge.vpin[1], huge.buckets.sellVolume[0]]).toEqual([3, 1, 3]);
  expect([...vpin({ price: f(-1), size: f(1), side: Int8Array.of(1) }, { bucketVolume: 4 }).vpin]).toEqual([NaN]);
});

test('a cut begins a new bucket', () => {
  const { buckets } = vpin({ price: f(1, 1, 1), size: f(3, 3, 1), side: Int8Array.of(1, -1, -1), segment: Int32Array.of(0, 1, 1) }, { bucketVolume: 4, buckets: 1 });
  expect(bucketsOf(buckets as any)).toEqual([{ row: 2, bought: 0, sold: 4, vpin: 1 }]);
});

test('options out of range and a missing side are refused by name', () => {
  const one = { price: f(1), size: f(1) };
  expect(() => vpin(one, { bucketVolume: NaN })).toThrow(new RangeError('vpin: bucketVolume must be a positive number, was NaN'));
  expect(() => vpin(one, { bucketVolume: 1, buckets: 0 })).toThrow('vpin: buckets must be a positive integer, was 0');
  expect(() => vpin(one, { bucketVolume: 1, mode: 'bulk' as 'tick' })).toThrow('vpin: mode must be one of flag, tick, was bulk');
  expect(() => vpin(one, { bucketVolume: 1 })).toThrow(new TypeError("vpin: column \"side\" is missing, which mode 'flag' reads"));
  expect(() => barVpin({ buyVolume: f(1), sellVolume: f(1) }, { bucketVolume: 0 })).toThrow('barVpin: bucketVolume must be a positive number, was 0');
  expect(() => barVpin({ buyVolume: f(1), sellVolume: f(1) }, { bucketVolume: 1, buckets: 0.5 })).toThrow('barVpin: buckets must be');
});
