// Oracle: the standard bars of mlfinpy 0.1.2 (../shared/oracles/mlfinpy), and bars worked by hand.
import { describe, expect, test } from 'vitest';
import { hasSharedData, skipReason } from '../../test/shared-market.ts';
import { mlfinpyCase, mlfinpyTicks } from '../../test/shared-mlfinpy.ts';
import { combine } from '../engine/combine.ts';
import { dollarBars } from './dollar-bars.ts';
import { signedVolume } from './signed-volume.ts';
import { tickBars } from './tick-bars.ts';
import { volumeBars } from './volume-bars.ts';

const ticks = {
  time: BigInt64Array.of(1n, 9n, 10n, 10n, 12n, 13n, 20n),
  price: Float64Array.of(5, 7, NaN, 6, 4, 8, 9),
  size: Float64Array.of(1, 2, 9, 4, NaN, 16, 1),
  side: Int8Array.of(1, -1, 1, 0, 1, 1, 1),
};
const names = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'buyVolume', 'sellVolume', 'tickCount', 'fromRow', 'toRow'];

function rows(bars: any): number[][] {
  return Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));
}

describe('volume bars', () => {
  test('close with the tick that fills them; rows without a price or size count nowhere (worked by hand)', () => {
    expect(rows(volumeBars(ticks, { volume: 3 }).bars)).toEqual([
      [1, 9, 5, 7, 5, 7, 3, 1, 2, 2, 0, 2],
      [10, 10, 6, 6, 6, 6, 4, 0, 0, 1, 3, 4],
      [13, 13, 8, 8, 8, 8, 16, 16, 0, 1, 5, 6],
    ]);
    expect(rows(volumeBars(ticks, { volume: 7 }).bars).map((row) => [row[6], row[10], row[11]])).toEqual([
      [7, 0, 4],
      [16, 5, 6],
    ]);
  });

  test('begin anew with a segment', () => {
    const { bars } = volumeBars({ ...ticks, segment: Int32Array.of(0, 1, 1, 1, 1, 1, 1) }, { volume: 3 });
    expect(rows(bars).map((row) => [row[6], row[10], row[11]])).toEqual([
      [6, 1, 4],
      [16, 5, 6],
    ]);
  });

  test('refuse a volume that is none, and ticks without sizes', () => {
    expect(() => volumeBars.resolve({ volume: 0 })).toThrow('volumeBars: volume must be a positive number, was 0');
    expect(() => volumeBars({ time: ticks.time, price: ticks.price } as never)).toThrow('size');
  });
});

describe('dollar bars', () => {
  test('close with the tick that fills them, whatever the sign of its price (worked by hand)', () => {
    expect(rows(dollarBars(ticks, { value: 19 }).bars).map((row) => [row[6], row[10], row[11]])).toEqual([
      [3, 0, 2],
      [4, 3, 4],
      [16, 5, 6],
    ]);
    expect(rows(dollarBars({ ...ticks, price: ticks.price.map((p) => -p) }, { value: 19 }).bars).length).toBe(3);
  });

  test('refuse a value that is none', () => {
    expect(() => dollarBars.resolve({ value: NaN })).toThrow('dollarBars: value must be a positive number, was NaN');
  });
});

describe.skipIf(!hasSharedData)(`standard bars of mlfinpy${skipReason}`, () => {
  const data = hasSharedData ? mlfinpyTicks('tick_data.csv') : undefined;
  test.each([
    ['test_dollar_bars', 3, dollarBars, { value: 100_000 }],
    ['test_volume_bars', 7, volumeBars, { volume: 30 }],
    ['test_tick_bars', 10, tickBars, { count: 10, price: 'trade' }],
  ] as const)('%s: all %d bars, their times, volumes and buys by the tick rule', (name, count, engine, options) => {
    const { computed } = mlfinpyCase(name),
      pipeline = combine({ signed: [signedVolume, 'ticks'], it: [engine as never, 'ticks', options, { side: 'signed/side' }] });
    const { bars } = (pipeline({ ticks: data! }) as any).it;
    expect(bars.length).toBe(count);
    const ours = rows(bars).map((row) => [row[1], row[11], row[2], row[3], row[4], row[5], row[6], row[7], row[9]]);
    expect(ours).toEqual(computed.bars.map((bar: any[]) => [Number(BigInt(Date.parse(`${bar[0].replace(' ', 'T')}Z`)) * 1_000_000n), ...bar.slice(1, 9)]));
  });
});
