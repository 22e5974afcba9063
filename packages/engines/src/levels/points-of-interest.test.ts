import { expect, test } from 'vitest';
import { combine, eventCode, eventKinds, randomStream, type EventKind } from '@zanzibar/core';
import { engineLaws, roughTexture } from '@zanzibar/core/testing';
import { referencePoints, type ReferenceZoneEvent } from '../../test/reference/points-of-interest.ts';
import { withAtr } from '../../test/rough-bars.ts';
import { liquidityPools } from '../liquidity/liquidity-pools.ts';
import { fairValueGaps } from '../structure/fair-value-gaps.ts';
import { swings } from '../structure/swings.ts';
import { interestWeights, pointsOfInterest, type PointsOfInterestOptions } from './points-of-interest.ts';
import { previousHighLow } from './previous-high-low.ts';

engineLaws(test, pointsOfInterest, {
  options: random => ({ weights: { fairValueGap: 0.75, periodLevel: 0.5 }, tolerance: random.integer(0, 64) / 64, overlap: random.integer(1, 8) / 8, touchedWeight: 0.5, cap: random.integer(2, 12), tableWeights: { gaps: random.integer(1, 3) } }),
  tables: {
    gaps: [fairValueGaps, 'events', random => ({ cap: random.integer(2, 8) })],
    periods: [previousHighLow, 'events', random => ({ period: ['15m', '1h'][random.integer(0, 1)], calendar: '24x7' })],
  },
  data: withAtr({ high: 'f64', low: 'f64', close: 'f64' }),
  inputUnits: { atr: 'range' },
});

interface Given { kind: EventKind; direction: number; row: number; level0: number; level1?: number; ref?: number }
function table(given: readonly Given[]): object {
  const column = (pick: (event: Given, k: number) => number): Float64Array => Float64Array.from(given, pick);
  return {
    id: column((_, k) => k), kind: Int16Array.from(given, ({ kind }) => eventCode[kind]), direction: Int8Array.from(given, ({ direction }) => direction), originRow: column(({ row }) => row),
    knownRow: column(({ row }) => row), ref: column(({ ref = NaN }) => ref), level0: column(({ level0 }) => level0), level1: column(({ level1 = NaN }) => level1),
  };
}
/** [kind, direction, knownRow, ref, level0, level1, score] of each event over bars that are points. */
function found(closes: readonly number[], tables: { readonly [name: string]: readonly Given[] }, options: Partial<PointsOfInterestOptions> = {}, atr?: Float64Array): unknown[][] {
  const close = Float64Array.from(closes), { events: e } = pointsOfInterest({ high: close, low: close, close, ...(atr && { atr }) }, options, Object.fromEntries(Object.entries(tables).map(([name, given]) => [name, table(given)])));
  return Array.from({ length: e.length }, (_, k) => [eventKinds[e.kind[k]], e.direction[k], e.knownRow[k], e.ref[k], e.level0[k], e.level1[k], e.value[k]]);
}
const gap: Given = { kind: 'fairValueGap', direction: 1, row: 0, level0: 10, level1: 12 }, lows: Given = { kind: 'liquidityPool', direction: -1, row: 1, level0: 11, level1: 11.25 };

test('the example in the header holds', () => {
  expect(found([20, 20], { gaps: [gap], pools: [{ ...lows, level0: 11 }] }, { overlap: 0.1 })).toEqual([['pointOfInterest', 1, 0, NaN, 10, 12, 0.75], ['joined', 1, 1, 0, 10, 12, 1.75]]);
});

/** Drawn by hand over twelve closes. */
test('a point is touched once, loses weight with its zones and expires with the last', () => {
  const gaps: Given[] = [gap, { ...gap, kind: 'touched', row: 4, ref: 0 }, { ...gap, kind: 'filled', row: 6, ref: 0 }], periods: Given[] = [{ kind: 'periodLevel', direction: -1, row: 2, level0: 11.5 }, { kind: 'superseded', direction: -1, row: 8, level0: 11.5, ref: 0 }];
  expect(found([15, 15, 15, 15, 12, 11, 10, 15, 15, 15, 15, 15], { gaps, periods })).toEqual([
    ['pointOfInterest', 1, 0, NaN, 10, 12, 0.75],
    ['joined', 1, 2, 0, 10, 12, 1.5],
    ['touched', 1, 4, 0, 10, 12, 1.5],
    ['expired', 1, 8, 0, 10, 12, 0],
  ]);
});

test('zones merge by their share of the union, levels by distance; a high resists', () => {
  const next: Given = { ...gap, row: 1, level0: 11, level1: 13 };
  expect(found([20, 20], { gaps: [gap, next] }).map(([kind]) => kind)).toEqual(['pointOfInterest', 'pointOfInterest']);
  expect(found([20, 20], { gaps: [gap, next] }, { overlap: 1 / 3 }).map(([kind]) => kind)).toEqual(['pointOfInterest', 'joined']);
  expect(found([20, 20], { gaps: [gap], periods: [{ kind: 'periodLevel', direction: -1, row: 1, level0: 12.5 }] }, { tolerance: 0.5 }).at(-1)).toEqual(['joined', 1, 1, 0, 10, 12.5, 1.5]);
  expect(found([20, 20], { gaps: [gap], periods: [{ kind: 'periodLevel', direction: 1, row: 1, level0: 11 }] }).map(([kind, direction]) => [kind, direction])).toEqual([['pointOfInterest', 1], ['pointOfInterest', -1]]);
});

test('a zone that turns is another one of the other side; displacement and table weigh', () => {
  const turned: Given[] = [{ kind: 'orderBlock', direction: 1, row: 0, level0: 10, level1: 12 }, { kind: 'violated', direction: 1, row: 1, level0: 10, level1: 12, ref: 0 }, { kind: 'breakerBlock', direction: -1, row: 1, level0: 10, level1: 12, ref: 0 }, { kind: 'expired', direction: -1, row: 2, level0: 10, level1: 12, ref: 0 }];
  expect(found([20, 20, 20], { orderBlocks: turned }).map(([kind, direction, row]) => [kind, direction, row])).toEqual([['pointOfInterest', 1, 0], ['expired', 1, 1], ['pointOfInterest', -1, 1], ['expired', -1, 2]]);
  const scores = (close: number, options?: Partial<PointsOfInterestOptions>): unknown => found([close], { gaps: [gap] }, options, Float64Array.of(2))[0][6];
  expect([scores(11), scores(13), scores(14), scores(30), scores(13, { tableWeights: { gaps: 4 } })]).toEqual([0.375, 0.75, 1.125, 1.5, 3]);
});

test('the nearest point of each side stands in the columns, of equally near ones the older', () => {
  const close = Float64Array.of(13, 9, NaN), result = pointsOfInterest({ high: close, low: close, close }, {}, { gaps: table([gap, { ...gap, level0: 14, level1: 16 }, { ...gap, direction: -1, level0: 20, level1: 21 }]) });
  expect([[...result.supportLower], [...result.supportUpper], [...result.resistanceLower], [...result.resistanceScore]]).toEqual([[10, 10, NaN], [12, 12, NaN], [20, 20, NaN], [0.75, 0.75, NaN]]);
});

test('equals the reference over gaps, pools and levels of hours', () => {
  let count = 0;
  for (let run = 0; run < 20; run++) {
    const random = randomStream(17, `points ${run}`), bars = withAtr({ high: 'f64', low: 'f64', close: 'f64' })(random, 240, { ...roughTexture, isCut: false, ticksPerUnit: 64 }) as any;
    const options = { overlap: random.integer(1, 8) / 8, tolerance: random.integer(0, 64) / 64, touchedWeight: 0.5, cap: run % 2 === 0 ? 300 : random.integer(1, 12) }, { atr: _, ...plain } = bars, given = run % 3 === 0 ? plain : bars;
    const graph = combine({
      swings: [swings, 'bars', { left: 2, right: 2 }], pools: [liquidityPools, 'bars', { tolerance: 0.3, atrMultiple: 0 }, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars', { cap: 200 }], periods: [previousHighLow, 'bars', { period: '1h' }],
      points: [pointsOfInterest, 'bars', options, { pools: 'pools.events', gaps: 'gaps.events', periods: 'periods.events', ...(run % 3 === 0 ? {} : { atr: 'bars/atr' }) }],
    });
    const result = graph({ bars: given }), e = result.points.events, read: ReferenceZoneEvent[] = [];
    for (const name of ['gaps', 'pools', 'periods'] as const) {
      const t = result[name].events;
      for (let k = 0; k < t.length; k++) read.push({ table: name, kind: eventKinds[t.kind[k]], direction: t.direction[k], knownRow: t.knownRow[k], id: t.id[k], ref: t.ref[k], level0: t.level0[k], level1: t.level1[k] });
    }
    const order = (a: any, b: any): number => a.row - b.row || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    const ours = Array.from({ length: e.length }, (_, k) => ({ kind: eventKinds[e.kind[k]], direction: e.direction[k], row: e.knownRow[k], lower: e.level0[k], upper: e.level1[k], score: Math.round(e.value[k] * 1e9) / 1e9 })).sort(order);
    const theirs = referencePoints(given, read, ['gaps', 'pools', 'periods'], interestWeights, options).sort(order);
    expect(ours).toEqual(theirs);
    count += ours.length;
  }
  expect(count).toBeGreaterThan(1000);
});

test('without tables, in a flat market, with one row and with NaN bars nothing is written', () => {
  expect(found([1, 2, 3], {})).toEqual([]);
  expect(found([3], {})).toEqual([]);
  expect(found([20, NaN, 20], { gaps: [gap] }).map(([kind]) => kind)).toEqual(['pointOfInterest']);
  expect(found([-20, -11], { gaps: [{ ...gap, level0: -12, level1: -10 }] }).map(([kind]) => kind)).toEqual(['pointOfInterest', 'touched']);
});

test('options out of range are refused by name', () => {
  expect(() => found([], {}, { weights: { nothing: 1 } })).toThrow('pointsOfInterest: weights name "nothing", which is no kind of event');
  expect(() => found([], {}, { weights: { swing: -1 } })).toThrow(new RangeError('pointsOfInterest: weight of swing must be a number of at least 0, was -1'));
  expect(() => found([], {}, { tableWeights: { other: 1 } })).toThrow('pointsOfInterest: tableWeights name "other"');
  expect(() => found([], {}, { overlap: 0 })).toThrow(new RangeError('pointsOfInterest: overlap must be above 0 and at most 1, was 0'));
  expect(() => found([], {}, { tolerance: -1 })).toThrow('pointsOfInterest: tolerance must be');
  expect(() => found([], {}, { touchedWeight: -1 })).toThrow('pointsOfInterest: touchedWeight must be');
  expect(() => found([], {}, { cap: 0 })).toThrow('pointsOfInterest: cap must be');
});
