import { combine, eventKinds, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { describe, expect, test } from 'vitest';
import { referenceResting } from '../../test/reference/resting-liquidity.ts';
import { withAtr } from '../../test/rough-bars.ts';
import { previousHighLow } from '../levels/previous-high-low.ts';
import { swings } from '../structure/swings.ts';
import { atr } from '../volatility/atr.ts';
import { liquidityPools } from './liquidity-pools.ts';
import { restingLiquidity } from './resting-liquidity.ts';

engineLaws(test, restingLiquidity, {
  options: random => ({ cap: random.integer(1, 6) }),
  tables: { levels: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
  data: withAtr({ high: 'f64', low: 'f64', close: 'f64' }),
  inputUnits: { atr: 'range' },
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const swing = (direction: number[], level0: number[], knownRow: number[]): object => ({
  id: Float64Array.from(level0, (_, k) => k), kind: Int16Array.from(level0, () => 1), direction: Int8Array.from(direction), originRow: Float64Array.from(knownRow), knownRow: Float64Array.from(knownRow),
  ref: Float64Array.from(level0, () => NaN), level0: Float64Array.from(level0), level1: Float64Array.from(level0, () => NaN),
});

test('the example in the header holds; equally near levels have no nearer one, and a level that is passed is gone', () => {
  const rows = { high: f(11, 11, 13, 10), low: f(9, 9, 9, 9), close: f(10, 9.5, 10, 10), atr: f(2, 2, 2, 2) }, out = restingLiquidity(rows, {}, { levels: swing([1, -1], [12, 7], [0, 0]) } as never);
  expect([out.liquidityAbove[0], out.liquidityBelow[0], out.liquidityDistance[0]]).toEqual([12, 7, 1]);
  expect([...out.liquidityDistance]).toEqual([1, NaN, -1.5, -1.5]);
  expect([...out.liquidityAbove]).toEqual([12, 12, NaN, NaN]);
});

test('a range of 0 or NaN measures nothing, a NaN passes nothing', () => {
  const rows = { high: f(11, NaN, 11), low: f(9, 9, 9), close: f(10, 10, NaN), atr: f(0, NaN, 1) }, out = restingLiquidity(rows, {}, { levels: swing([1], [12], [0]) } as never);
  expect([...out.liquidityAbove]).toEqual([12, 12, 12]);
  expect([...out.liquidityDistance]).toEqual([NaN, NaN, NaN]);
  expect(() => restingLiquidity.resolve({ cap: 0 })).toThrow(new RangeError('restingLiquidity: cap must be a positive integer, was 0'));
});

describe('over a random market it is what looking at every level in every row gives', () => {
  const bars = randomMarket({ openTime: 'i64', close: 'f64' }, randomStream(9, 'resting liquidity'), 1500, { ...roughTexture, isHoled: false, isCut: false }) as any;
  const graph = combine({
    range: [atr, 'bars', { period: 5 }], pivots: [swings, 'bars', { left: 2, right: 2 }], pools: [liquidityPools, 'bars', { atrMultiple: 0.5, cap: 500 }, { swings: 'pivots.events', atr: 'range/atr' }], hours: [previousHighLow, 'bars', { period: '1h', calendar: '24x7' }],
    ofSwings: [restingLiquidity, 'bars', { cap: 500 }, { levels: 'pivots.events', atr: 'range/atr' }], ofPools: [restingLiquidity, 'bars', { cap: 500 }, { levels: 'pools.events', atr: 'range/atr' }],
    ofHours: [restingLiquidity, 'bars', { cap: 500 }, { levels: 'hours.events', atr: 'range/atr' }],
  })({ bars }) as any;
  test.each([['pivots', 'ofSwings'], ['pools', 'ofPools'], ['hours', 'ofHours']])('levels of %s', (table, node) => {
    const { events } = graph[table], ends = new Map<number, number>();
    for (let k = 0; k < events.length; k++) if (['superseded', 'expired', 'violated'].includes(eventKinds[events.kind[k]])) ends.set(events.ref[k], events.knownRow[k]);
    const levels = Array.from({ length: events.length }, (_, k) => k).filter(k => Number.isNaN(events.ref[k])).map(k => ({
      direction: events.direction[k] as number, level: (events.direction[k] > 0 && !Number.isNaN(events.level1[k]) ? events.level1[k] : events.level0[k]) as number, knownRow: events.knownRow[k] as number, endRow: ends.get(events.id[k]) ?? Infinity,
    }));
    const out = graph[node], expected = referenceResting({ ...bars, atr: graph.range.atr }, levels);
    const found = Array.from({ length: 1500 }, (_, row) => [out.liquidityAbove[row], out.liquidityBelow[row], out.liquidityDistance[row]]);
    expect(found).toEqual(expected);
    expect(expected.filter(([above, below]) => above === above && below === below).length).toBeGreaterThan(50);
  });
});
