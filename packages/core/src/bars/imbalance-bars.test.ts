// Oracle: all 5691 imbalance and run bars of mlfinpy 0.1.2 (../shared/oracles/mlfinpy/information_bars.csv.gz), and bars worked by hand.
import { describe, expect, test } from 'vitest';
import { hasSharedData, skipReason } from '../../test/shared-market.ts';
import { mlfinpyBars, mlfinpyTicks } from '../../test/shared-mlfinpy.ts';
import { combine } from '../engine/combine.ts';
import { imbalanceBars } from './imbalance-bars.ts';
import { runBars } from './run-bars.ts';
import { signedVolume } from './signed-volume.ts';

const trades = (...prices: number[]): any => ({ time: BigInt64Array.from(prices, (_, k) => BigInt(k)), price: Float64Array.from(prices) });
const spans = (bars: any): number[][] => Array.from({ length: bars.length }, (_, k) => [bars.fromRow[k], bars.toRow[k], bars.tickCount[k]]);

describe('imbalance bars', () => {
  test('close when theta leaves what was expected (worked by hand: E[x] 0.75 from tick 2 on, 2 > 1.5)', () => {
    expect(spans(imbalanceBars(trades(5, 6, 7, 8), { expectedTicks: 2 }).bars)).toEqual([[0, 3, 3]]);
  });

  test('take the aggressor where the venue names one, and the tick rule elsewhere', () => {
    const data = { ...trades(5, 5, 5, 5, 6), side: Int8Array.of(-1, -1, 0, -1, 0) };
    expect(spans(imbalanceBars(data, { expectedTicks: 1 }).bars)).toEqual([[0, 5, 5]]);
    expect(spans(imbalanceBars(data, { expectedTicks: 1, sign: 'aggressor', lengths: 'constant' }).bars)).toEqual([
      [0, 2, 2],
      [2, 4, 2],
    ]);
  });

  test('pass over rows that weigh nothing that can be counted', () => {
    const data = { ...trades(5, 6, NaN, 7, 8), size: Float64Array.of(1, 1, 1, Infinity, 1) };
    expect(spans(imbalanceBars(data, { expectedTicks: 2, of: 'volume' }).bars)).toEqual([[0, 5, 3]]);
  });

  test('refuse options that contradict each other, and weights without sizes', () => {
    expect(() => imbalanceBars.resolve({ lengths: 'constant', mostTicks: 5 })).toThrow("leastTicks and mostTicks bound adaptive lengths, lengths is 'constant'");
    expect(() => imbalanceBars.resolve({ leastTicks: 9, mostTicks: 5 })).toThrow('leastTicks must be at least 0 and at most mostTicks, were 9 and 5');
    expect(() => imbalanceBars.resolve({ window: 0 })).toThrow('imbalanceBars: window must be a positive integer, was 0');
    expect(() => runBars(trades(5, 6), { of: 'dollar' })).toThrow('runBars: column "size" is missing, bars are of dollar');
  });
});

describe('run bars', () => {
  test('close when one side has traded more than expected (worked by hand: P 1/3, 1 > 2/3)', () => {
    expect(spans(runBars(trades(5, 6, 5, 6, 7), { expectedTicks: 1, lengths: 'constant' }).bars)[0]).toEqual([0, 3, 3]);
  });
});

const clamped = { leastTicks: 100, mostTicks: 1000 };
const sets = [
  ['ema_dollar_imbalance', 624, imbalanceBars, { of: 'dollar' }],
  ['ema_volume_imbalance', 624, imbalanceBars, { of: 'volume' }],
  ['ema_tick_imbalance', 3558, imbalanceBars, { of: 'tick' }],
  ['ema_dollar_imbalance_clamped', 583, imbalanceBars, { of: 'dollar', ...clamped }],
  ['const_dollar_imbalance', 109, imbalanceBars, { of: 'dollar', lengths: 'constant' }],
  ['const_volume_imbalance', 112, imbalanceBars, { of: 'volume', lengths: 'constant' }],
  ['const_tick_imbalance', 55, imbalanceBars, { of: 'tick', lengths: 'constant' }],
  ['ema_dollar_run', 2, runBars, { of: 'dollar' }],
  ['ema_volume_run', 2, runBars, { of: 'volume' }],
  ['ema_tick_run', 2, runBars, { of: 'tick' }],
  ['ema_dollar_run_clamped', 5, runBars, { of: 'dollar', ...clamped }],
  ['const_dollar_run', 5, runBars, { of: 'dollar', lengths: 'constant' }],
  ['const_volume_run', 5, runBars, { of: 'volume', lengths: 'constant' }],
  ['const_tick_run', 5, runBars, { of: 'tick', lengths: 'constant' }],
] as const;

describe.skipIf(!hasSharedData)(`information-driven bars of mlfinpy${skipReason}`, () => {
  test.each(sets)('%s: all %d bars, their times, rows, prices, volumes and buys', (set, count, engine, options) => {
    const pipeline = combine({
      signed: [signedVolume, 'ticks'],
      it: [engine, 'ticks', { expectedTicks: 1000, window: 10_000, previousBars: 3, ...options }, { side: 'signed/side' }],
    });
    const { bars } = (pipeline({ ticks: mlfinpyTicks('imbalance_sample_data_small.csv.gz') }) as any).it,
      names = ['closeTime', 'toRow', 'open', 'high', 'low', 'close', 'volume', 'buyVolume', 'tickCount'];
    expect(bars.length).toBe(count);
    expect(Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])))).toEqual(mlfinpyBars().get(set));
  });
});
