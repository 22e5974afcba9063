import { describe, expect, test } from 'vitest';
import { combine, eventCode, eventKinds, randomStream } from '@zanzibar/core';
import { engineLaws, roughTexture } from '@zanzibar/core/testing';
import { referenceSweeps, type ReferenceBars, type ReferenceLevel } from '../../test/reference/sweeps.ts';
import { withAtr } from '../../test/rough-bars.ts';
import { killZones } from '../levels/kill-zones.ts';
import { previousHighLow } from '../levels/previous-high-low.ts';
import { sessions } from '../levels/sessions.ts';
import { fairValueGaps } from '../structure/fair-value-gaps.ts';
import { swings } from '../structure/swings.ts';
import { liquidityPools } from './liquidity-pools.ts';
import { sweeps, type SweepsOptions } from './sweeps.ts';

const schema = { high: 'f64', low: 'f64', close: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64' } as const;

engineLaws(test, sweeps, {
  options: random => ({ within: random.integer(0, 4), maximumDepth: random.integer(1, 6), minimumDepth: random.integer(0, 8) / 64, volumePeriod: random.integer(1, 5), cap: random.integer(1, 6) }),
  tables: { levels: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
  data: withAtr(schema),
  inputUnits: { atr: 'range' },
});

type Bar = readonly [low: number, high: number, close: number];
interface Given { direction: number; knownRow: number; level0: number; level1?: number; kind?: string; ref?: number }

function levelTable(given: readonly Given[]): object {
  const column = (pick: (level: Given, k: number) => number): Float64Array => Float64Array.from(given, pick);
  return {
    id: column((_, k) => k), kind: Int16Array.from(given, ({ kind = 'swing' }) => eventCode[kind as 'swing']), direction: Int8Array.from(given, ({ direction }) => direction),
    originRow: column(({ knownRow }) => knownRow), knownRow: column(({ knownRow }) => knownRow), ref: column(({ ref = NaN }) => ref), level0: column(({ level0 }) => level0), level1: column(({ level1 = NaN }) => level1),
  };
}

/** [kind, direction, originRow, knownRow, ref, level0, level1, depth, rowsOutside] with an average true range of 2. */
function found(bars: readonly Bar[], given: readonly Given[], options: Partial<SweepsOptions> = {}, segment?: Int32Array): unknown[][] {
  const columns = { low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high), close: Float64Array.from(bars, ([, , close]) => close), atr: new Float64Array(bars.length).fill(2) };
  const { events: e } = sweeps({ ...columns, ...(segment && { segment }) }, options, { levels: levelTable(given) });
  return Array.from({ length: e.length }, (_, k) => [eventKinds[e.kind[k]], e.direction[k], e.originRow[k], e.knownRow[k], e.ref[k], e.level0[k], e.level1[k], e.value[k], e.rowsOutside[k]]);
}
const high: Given = { direction: 1, knownRow: 0, level0: 10 };

test('the example in the header holds', () => {
  expect(found([[8, 9, 9], [9, 11, 10.5], [9, 10, 9.5]], [high])).toEqual([['liquiditySweep', -1, 1, 2, 0, 10, 11, 0.5, 1]]);
});

/** Drawn by hand. */
describe('twelve bars between levels 10 and 4 by hand', () => {
  const bars: Bar[] = [[6, 8, 7], [7, 9, 9], [8, 10, 9], [8, 10.5, 9.5], [7, 9, 8], [5, 8, 6], [3.5, 6, 3.75], [3.25, 5, 4], [3.5, 4.5, 3.75], [3, 4, 3.5], [3, 5, 4.5], [4, 6, 5]];
  test('a wick beyond is a sweep at once; four closes outside are a run, also when the fifth is back', () => {
    expect(found(bars, [high, { direction: -1, knownRow: 1, level0: 4 }])).toEqual([
      ['liquiditySweep', -1, 3, 3, 0, 10, 10.5, 0.25, 0],
      ['liquidityRun', -1, 6, 9, 1, 3, 4, 0.5, 3],
    ]);
  });
  test('with more time it is a sweep; a close at the level is not back', () => {
    expect(found(bars, [{ direction: -1, knownRow: 1, level0: 4 }], { within: 4 })).toEqual([['liquiditySweep', 1, 6, 10, 0, 3, 4, 0.5, 4]]);
  });
  test('beyond the greatest depth it is a run at the bar that goes there', () => {
    expect(found(bars, [{ direction: -1, knownRow: 1, level0: 4 }], { maximumDepth: 0.3 })).toEqual([['liquidityRun', -1, 6, 7, 0, 3.25, 4, 0.375, 1]]);
  });
  test('of a zone the outer edge counts', () => {
    expect(found(bars, [{ ...high, level0: 8, level1: 10.25 }]).map(([kind, , , , , level0]) => [kind, level0])).toEqual([['liquiditySweep', 10.25]]);
  });
  test('less than the minimum depth is not beyond', () => {
    expect(found(bars, [high], { minimumDepth: 0.75 })).toEqual([]);
    expect(found(bars, [high], { minimumDepth: 0.5 }).length).toBe(1);
  });
  test('a level is not taken before it is known, nor after it was superseded or over the cap', () => {
    expect(found(bars, [{ ...high, knownRow: 4 }])).toEqual([]);
    expect(found(bars, [high, { ...high, knownRow: 2, kind: 'superseded', ref: 0 }])).toEqual([]);
    expect(found(bars, [high, { ...high, knownRow: 1, level0: 20 }], { cap: 1 })).toEqual([]);
    expect(found(bars, [high, { ...high, knownRow: 2, kind: 'touched', ref: 0 }]).length).toBe(1);
  });
  test('a cut forgets the levels and what was taken', () => {
    expect(found(bars, [{ direction: -1, knownRow: 1, level0: 4 }], {}, Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1))).toEqual([]);
  });
});

test('equals the reference on random markets, volumes and deltas too', () => {
  let count = 0;
  for (let run = 0; run < 40; run++) {
    const random = randomStream(12, `sweeps ${run}`), bars = withAtr(schema)(random, 240, { ...roughTexture, isCut: false, ticksPerUnit: 64 }) as any;
    const options = { within: random.integer(0, 4), maximumDepth: random.integer(1, 8) / 2, minimumDepth: random.integer(0, 4) / 64, volumePeriod: random.integer(1, 9), cap: run % 2 === 0 ? 400 : random.integer(1, 6) };
    const { levels: { events: given }, it: { events } } = combine({ levels: [swings, 'bars', { left: 1, right: 2 }], it: [sweeps, 'bars', options, { levels: 'levels.events' }] })({ bars });
    const levels: ReferenceLevel[] = Array.from({ length: given.length }, (_, k) => ({ id: given.id[k], direction: given.direction[k], level: given.level0[k], knownRow: given.knownRow[k], endRow: Infinity }));
    const ours = Array.from({ length: events.length }, (_, k) => ({
      kind: eventKinds[events.kind[k]], direction: events.direction[k], originRow: events.originRow[k], knownRow: events.knownRow[k], level: events.ref[k],
      lower: events.level0[k], upper: events.level1[k], depth: events.value[k], rowsOutside: events.rowsOutside[k], volumeRatio: events.volumeRatio[k], delta: events.delta[k],
    })).sort((a, b) => a.knownRow - b.knownRow || a.level - b.level);
    const theirs = referenceSweeps(bars as ReferenceBars, levels, options);
    expect(ours.map(sweep => ({ ...sweep, volumeRatio: 0 }))).toEqual(theirs.map(sweep => ({ ...sweep, volumeRatio: 0 })));
    ours.forEach(({ volumeRatio }, k) => expect(Math.abs(volumeRatio - theirs[k].volumeRatio) < 1e-12 || Object.is(volumeRatio, theirs[k].volumeRatio)).toBe(true));
    count += ours.length;
  }
  expect(count).toBeGreaterThan(1000);
});

test('pools, gaps, and the highs and lows of periods and sessions can be the levels as well as swings', () => {
  const bars = withAtr({ ...schema, openTime: 'i64', closeTime: 'i64' })(randomStream(4, 'levels'), 400, { ...roughTexture, isCut: false }) as any;
  const graph = combine({
    swings: [swings, 'bars', { left: 2, right: 2 }], pools: [liquidityPools, 'bars', { tolerance: 0.3 }, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars'],
    ofPools: [sweeps, 'bars', { maximumDepth: 9 }, { levels: 'pools.events' }], ofGaps: [sweeps, 'bars', { maximumDepth: 9 }, { levels: 'gaps.events' }],
    periods: [previousHighLow, 'bars', { period: '1h' }], ofPeriods: [sweeps, 'bars', { maximumDepth: 9 }, { levels: 'periods.events' }],
    asia: [sessions, 'bars', killZones.asia], ofAsia: [sweeps, 'bars', { maximumDepth: 9 }, { levels: 'asia.events' }],
  });
  const { pools, ofPools, ofGaps, ofPeriods, ofAsia } = graph({ bars });
  expect([ofPeriods.events.length > 5, ofAsia.events.length > 1]).toEqual([true, true]);
  expect(ofPools.events.length).toBeGreaterThan(5);
  expect(ofGaps.events.length).toBeGreaterThan(5);
  for (let k = 0; k < ofPools.events.length; k++) expect(eventKinds[pools.events.kind[ofPools.events.ref[k]]]).toBe('liquidityPool');
});

test('NaN bars take nothing and bring nothing back, but count as rows; without volume there is no ratio', () => {
  expect(found([[8, 9, 9], [NaN, NaN, NaN], [9, 11, 10.5], [NaN, NaN, NaN], [9, 10, 9.5]], [high])).toEqual([['liquiditySweep', -1, 2, 4, 0, 10, 11, 0.5, 2]]);
  expect(found([[8, 9, 9], [9, 11, 10.5], [NaN, NaN, NaN], [NaN, NaN, NaN]], [high], { within: 2 })).toEqual([['liquidityRun', 1, 1, 3, 0, 10, 11, 0.5, 2]]);
  const one = Float64Array.of(11), { events } = sweeps({ high: one, low: one, close: Float64Array.of(9), atr: Float64Array.of(NaN) }, {}, { levels: levelTable([high]) });
  expect([events.length, events.value[0], events.volumeRatio[0], events.delta[0]]).toEqual([1, NaN, NaN, NaN]);
});

test('a flat market, one row and no levels give nothing; negative prices work alike', () => {
  expect(found(Array.from({ length: 20 }, (): Bar => [10, 10, 10]), [high])).toEqual([]);
  expect(found([[1, 2, 2]], [])).toEqual([]);
  const shifted = ([low, top, close]: Bar): Bar => [low - 100, top - 100, close - 100];
  expect(found(([[8, 9, 9], [9, 11, 10.5], [9, 10, 9.5]] as Bar[]).map(shifted), [{ ...high, level0: -90 }])).toEqual([['liquiditySweep', -1, 1, 2, 0, -90, -89, 0.5, 1]]);
});

test('options out of range are refused by name', () => {
  expect(() => found([], [], { within: -1 })).toThrow(new RangeError('sweeps: within must be an integer of at least 0, was -1'));
  expect(() => found([], [], { maximumDepth: NaN })).toThrow('sweeps: maximumDepth must be');
  expect(() => found([], [], { minimumDepth: -1 })).toThrow('sweeps: minimumDepth must be');
  expect(() => found([], [], { volumePeriod: 0 })).toThrow('sweeps: volumePeriod must be');
  expect(() => found([], [], { cap: 0 })).toThrow('sweeps: cap must be');
});
