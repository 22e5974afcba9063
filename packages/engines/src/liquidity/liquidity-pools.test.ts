import { describe, expect, test } from 'vitest';
import { combine, eventKinds, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { referencePools, type ReferenceSwing } from '../../test/reference/liquidity-pools.ts';
import { withAtr } from '../../test/rough-bars.ts';
import { swings } from '../structure/swings.ts';
import { liquidityPools, type LiquidityPoolsOptions } from './liquidity-pools.ts';

engineLaws(test, liquidityPools, {
  options: random => ({ tolerance: random.integer(0, 32) / 64, atrMultiple: random.integer(0, 2) / 4, separation: random.integer(0, 4), cap: random.integer(1, 6) }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 2), right: random.integer(1, 2) })] },
  data: withAtr({ high: 'f64', low: 'f64' }),
  inputUnits: { atr: 'range' },
});

type Bar = readonly [low: number, high: number];
const columns = (bars: readonly Bar[]): { low: Float64Array; high: Float64Array } => ({ low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high) });

/** [kind, direction, originRow, knownRow, ref, level0, level1, value] with swings 1/1. */
function found(bars: readonly Bar[], options: Partial<LiquidityPoolsOptions>, segment?: Int32Array): unknown[][] {
  const { pools: { events } } = combine({ swings: [swings, 'bars', { left: 1, right: 1 }], pools: [liquidityPools, 'bars', options, { swings: 'swings.events' }] })({ bars: { ...columns(bars), ...(segment && { segment }) } });
  return Array.from({ length: events.length }, (_, k) => [
    eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k], events.value[k],
  ]);
}
const plain = { atrMultiple: 0, tolerance: 0.5 };

/** Drawn by hand: highs 10, 10.5, 10.25 under one level, which row 14 passes; lows at 4 and 4.25. */
describe('sixteen bars by hand', () => {
  const bars: Bar[] = [
    [5, 8], [6, 10], [5, 8], [4, 7], [6, 9], [7, 10.5], [5, 9], [4.25, 7], [5, 8], [6, 10.25], [5, 9], [5, 8], [5, 9], [6, 10.5], [7, 11], [6, 9],
  ];
  const pool = ['liquidityPool', 1, 1, 6, NaN, 10, 10.5, 10.25];
  test('the second member makes the pool, the third joins, the first high beyond ends it; lows mirror', () => {
    expect(found(bars, plain)).toEqual([
      pool,
      ['liquidityPool', -1, 3, 8, NaN, 4, 4.25, 4.125],
      ['joined', 1, 9, 10, 0, 10, 10.5, 10.25],
      ['violated', 1, 14, 14, 0, 10, 10.5, 10.25],
    ]);
  });
  test('a touch at the level itself is none beyond it', () => {
    expect(found(bars.slice(0, 14), plain).some(([kind]) => kind === 'violated')).toBe(false);
  });
  test('a smaller tolerance keeps them apart', () => {
    expect(found(bars, { atrMultiple: 0, tolerance: 0.125 })).toEqual([]);
  });
  test('members closer than the separation are one touch', () => {
    expect(found(bars, { ...plain, separation: 5 }).map(([kind, direction, originRow]) => [kind, direction, originRow])).toEqual([['liquidityPool', 1, 1], ['violated', 1, 13]]);
  });
  test('a cut ends what is open', () => {
    expect(found(bars.slice(0, 9), plain, Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1))).toEqual([pool, ['segmentEnd', 1, 8, 8, 0, 10, 10.5, 10.25]]);
  });
  test('the level over the cap expires, each side for itself', () => {
    const falling: Bar[] = [[5, 8], [6, 10], [5, 8], [4, 7], [6, 10], [5, 9], [5, 8], [4, 9], [3, 7], [3, 8], [2, 6]];
    expect(found(falling, { ...plain, cap: 1 }).map(([kind, direction, , knownRow]) => [kind, direction, knownRow])).toEqual([['liquidityPool', 1, 5], ['expired', 1, 8]]);
    expect(found(falling, { ...plain, cap: 3 }).map(([kind]) => kind)).toEqual(['liquidityPool']);
  });
});

test('equals the reference on random markets: kinds, rows, members and pools', () => {
  let count = 0;
  for (let run = 0; run < 40; run++) {
    const random = randomStream(11, `pools ${run}`), bars = withAtr({ high: 'f64', low: 'f64' })(random, 300, { ...roughTexture, isCut: false, ticksPerUnit: 64 }) as any;
    const options = { tolerance: random.integer(0, 64) / 64, atrMultiple: random.integer(0, 2) / 4, separation: random.integer(0, 5), cap: random.integer(1, 12) };
    const { pivots: { events: pivots }, pools: { events } } = combine({ pivots: [swings, 'bars', { left: 2, right: 2 }], pools: [liquidityPools, 'bars', options, { swings: 'pivots.events' }] })({ bars });
    const given: ReferenceSwing[] = Array.from({ length: pivots.length }, (_, k) => ({ direction: pivots.direction[k], originRow: pivots.originRow[k], knownRow: pivots.knownRow[k], level: pivots.level0[k] }));
    const names = new Map<number, number>();
    const ours = Array.from({ length: events.length }, (_, k) => {
      if (eventKinds[events.kind[k]] === 'liquidityPool') names.set(events.id[k], names.size);
      const id = events.ref[k] === events.ref[k] ? events.ref[k] : events.id[k];
      return [eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], names.get(id), events.level0[k], events.level1[k], Math.round(events.value[k] * 1e6)];
    });
    const theirs = referencePools(bars, given, options).map(event => [event.kind, event.direction, event.originRow, event.knownRow, event.pool, event.lowest, event.highest, Math.round(event.mean * 1e6)]);
    expect(ours).toEqual(theirs);
    count += ours.length;
  }
  expect(count).toBeGreaterThan(500);
});

test('a later bar changes no pool: a file twice as long has the first half\'s pools', () => {
  const bars = randomMarket({ high: 'f64', low: 'f64' }, randomStream(5, 'twice'), 400, { ...roughTexture, isCut: false, isHoled: false }) as any;
  const graph = combine({ swings: [swings, 'bars'], pools: [liquidityPools, 'bars', { atrMultiple: 0, tolerance: 0.2 }, { swings: 'swings.events' }] });
  const whole = graph({ bars }).pools.events, half = graph({ bars: { high: bars.high.slice(0, 200), low: bars.low.slice(0, 200) } }).pools.events;
  expect(half.length).toBeGreaterThan(3);
  expect(whole.level1.slice(0, half.length)).toEqual(half.level1);
});

test('NaN bars pass nothing; a NaN range joins nothing; one row and a flat market give nothing', () => {
  const bars: Bar[] = [[5, 8], [6, 10], [5, 8], [5, 8], [6, 10], [5, 8], [NaN, NaN], [5, 9]];
  expect(found(bars, plain).map(([kind]) => kind)).toEqual(['liquidityPool']);
  const atr = new Float64Array(8).fill(NaN), graph = combine({ swings: [swings, 'bars', { left: 1, right: 1 }], pools: [liquidityPools, 'bars', {}, { swings: 'swings.events' }] });
  expect(graph({ bars: { ...columns(bars), atr } }).pools.events.length).toBe(0);
  expect(found([[1, 2]], plain)).toEqual([]);
  expect(found(Array.from({ length: 40 }, (): Bar => [3, 3]), plain)).toEqual([]);
});

test('negative and huge prices work alike', () => {
  const bars: Bar[] = [[5, 8], [6, 10], [5, 8], [5, 8], [6, 10], [5, 8]];
  for (const shift of [-100, 2 ** 40]) {
    expect(found(bars.map(([low, high]) => [low + shift, high + shift] as const), plain).map(([kind, , , , , level]) => [kind, level])).toEqual([['liquidityPool', 10 + shift]]);
  }
});

test('options out of range and a missing column are refused by name', () => {
  expect(() => found([[1, 2]], { tolerance: -1 })).toThrow(new RangeError('liquidityPools: tolerance must be a number of at least 0, was -1'));
  expect(() => found([[1, 2]], { atrMultiple: NaN })).toThrow('liquidityPools: atrMultiple must be');
  expect(() => found([[1, 2]], { separation: 0.5 })).toThrow('liquidityPools: separation must be an integer');
  expect(() => found([[1, 2]], { cap: 0 })).toThrow('liquidityPools: cap must be a positive integer, was 0');
  expect(() => found([[1, 2]], {})).toThrow(new TypeError('liquidityPools: column "atr" is missing: wire one, or set atrMultiple to 0'));
});
