import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { combine, defineEngine, eventCode, eventKinds, randomStream, timeBars } from '@zanzibar/core';
import { engineLaws, pipelineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { tradesWithin } from '../../test/beside.ts';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { plainProfile, twoSessions } from '../../test/reference/volume-profile.ts';
import { footprint } from '../flow/footprint.ts';
import { volumeProfile } from './volume-profile.ts';
import type { VolumeProfileOptions } from './session-profile.ts';

engineLaws(test, volumeProfile, {
  options: random => ({
    tick: [1 / 64, 1 / 32, 1 / 100][random.integer(0, 1)], rowTicks: random.integer(1, 3), share: random.integer(1, 10) / 10, growth: random.uniform() < 0.5 ? ('single' as const) : ('pair' as const),
    prominence: random.integer(0, 3) / 10, cap: random.integer(1, 2),
  }),
  sources: { trades: tradesWithin },
});

const everyFourthBar = defineEngine({
  name: 'everyFourthBar', input: { close: 'f64' }, aligned: { anchor: 'i8' }, sparse: ['anchor'], defaults: {}, init: () => ({}),
  advance(_, { base }, { anchor }, from, to) {
    for (let i = from; i < to; i++) anchor[i] = (base + i) % 4 === 0 ? 1 : 0;
  },
});

pipelineLaws(test, 'trades to time bars to volumeProfile', {
  runs: 40,
  boundedRows: 50_000,
  make: random => ({
    pipeline: combine({
      bars: [timeBars, 'trades', { interval: random.integer(60, 400) * 1_000_000_000, price: 'trade' }],
      sessions: [everyFourthBar, 'bars.bars'],
      profile: [volumeProfile, 'bars.bars', { tick: 1 / 100, rowTicks: 2, prominence: 0, cap: 1 }, { trades: 'trades', anchor: 'sessions/anchor' }],
    }),
    sources: { trades: randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, random, 400, roughTexture) },
  }),
});

pipelineLaws(test, 'trades to time bars to footprint to volumeProfile', {
  boundedRows: 50_000,
  make: random => ({
    pipeline: combine({
      bars: [timeBars, 'trades', { interval: random.integer(60, 400) * 1_000_000_000, price: 'trade' }],
      sessions: [everyFourthBar, 'bars.bars'],
      prints: [footprint, 'bars.bars', { tick: 1 / 100, stack: 1, minimumVolume: 1 }, { trades: 'trades' }],
      profile: [volumeProfile, 'bars.bars', { tick: 1 / 100, rowTicks: 2, prominence: 0, cap: 1 }, { cells: 'prints.cells', anchor: 'sessions/anchor' }],
    }),
    sources: { trades: randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, random, 400, roughTexture) },
  }),
});

test('the cells of a footprint give the profile that the trades give', () => {
  const { columns, tables } = bars(twoSessions.trades, 4), anchored = { ...columns, anchor: Int8Array.from(twoSessions.anchor) };
  for (const rowTicks of [1, 2, 3]) {
    const own = volumeProfile(anchored, { tick: 1, rowTicks }, tables), { cells } = footprint(columns, { tick: 1 }, tables), composed = volumeProfile(anchored, { tick: 1, rowTicks }, { cells });
    for (const name of ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'] as const) expect([...composed[name]]).toEqual([...own[name]]);
    for (const name of ['price', 'volume', 'buyVolume', 'sellVolume'] as const) expect([...composed.levels[name]]).toEqual([...own.levels[name]]);
  }
  expect(() => volumeProfile(columns, { tick: 1 }, { ...tables, cells: footprint(columns, { tick: 1 }, tables).cells })).toThrow('volumeProfile: reads trades or the cells of a footprint, not both');
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);
type Trade = readonly [bar: number, price: number, size: number, side: number];

/** Bars a minute apart with these trades in them. */
function bars(trades: readonly Trade[], count: number): { columns: any; tables: any } {
  const minute = 60_000_000_000n, of = (bar: number): number[] => trades.filter(([at, price]) => at === bar && price === price).map(([, price]) => price);
  return {
    columns: {
      closeTime: BigInt64Array.from({ length: count }, (_, i) => BigInt(i + 1) * minute),
      high: Float64Array.from({ length: count }, (_, i) => Math.max(...of(i))), low: Float64Array.from({ length: count }, (_, i) => Math.min(...of(i))),
    },
    tables: {
      trades: {
        time: BigInt64Array.from(trades, ([bar], k) => BigInt(bar) * minute + BigInt(k)), price: Float64Array.from(trades, trade => trade[1]), size: Float64Array.from(trades, trade => trade[2]),
        side: Int8Array.from(trades, trade => trade[3]),
      },
    },
  };
}

const last = (trades: readonly Trade[], options: Partial<VolumeProfileOptions> = {}): number[] => {
  const { columns, tables } = bars(trades, 1), { pointOfControl, valueAreaLow, valueAreaHigh } = volumeProfile(columns, { tick: 1, ...options }, tables);
  return [pointOfControl[0], valueAreaLow[0], valueAreaHigh[0]];
};
const at = (...volumes: (readonly [price: number, volume: number])[]): Trade[] => volumes.map(([price, volume]) => [0, price, volume, 1]);

test('the example in the header holds', () => expect(last(at([10, 1], [11, 4], [12, 3], [14, 2]))).toEqual([11, 11, 12]));

test('two sessions by hand: developing rows, what is final when the next begins, its levels, and the point of control that is come back to', () => {
  const { columns, tables } = bars(twoSessions.trades, 4), { events, levels, ...out } = volumeProfile({ ...columns, anchor: Int8Array.from(twoSessions.anchor) }, { tick: 1 }, tables);
  expect(Array.from(out.pointOfControl, (price, i) => [price, out.valueAreaLow[i], out.valueAreaHigh[i]])).toEqual(twoSessions.developing);
  expect(Array.from({ length: events.length }, (_, k) => [eventKinds[events.kind[k]], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k], events.value[k]])).toEqual(twoSessions.events);
  expect(Array.from({ length: levels.length }, (_, k) => [levels.knownRow[k], levels.ref[k], levels.price[k], levels.volume[k], levels.buyVolume[k], levels.sellVolume[k]])).toEqual(twoSessions.levels);
});

test('of equal points of control the one nearest to the middle, then the lower; of equal neighbours the upper', () => {
  expect(last(at([1, 5], [4, 5], [10, 1]), { share: 0.1 })[0]).toBe(4);
  expect(last(at([1, 5], [2, 1], [4, 5], [5, 1]), { share: 0.1 })[0]).toBe(4);
  expect(last(at([1, 1], [2, 5], [4, 5], [5, 1]), { share: 0.1 })[0]).toBe(2);
  expect(last(at([1, 3], [2, 5], [3, 3]), { share: 0.5 })).toEqual([2, 2, 3]);
});

test('pairs of rows are compared and added whole', () => {
  const volumes = at([1, 1], [2, 4], [3, 2], [4, 10], [5, 3], [6, 1], [7, 9]);
  expect(last(volumes, { share: 0.5 })).toEqual([4, 3, 5]);
  expect(last(volumes, { share: 0.5, growth: 'pair' })).toEqual([4, 2, 4]);
});

test('rows of more ticks are half open from price 0, also below it', () => {
  expect(last(at([-1, 1], [-2, 1], [-3, 9]), { rowTicks: 2, share: 0.9 })).toEqual([-3.5, -4, -1]);
  expect(last(at([3, 9], [4, 1]), { rowTicks: 4, share: 1 })).toEqual([1.5, 0, 7]);
});

test('bad trades: without a price, with no, negative, missing or endless size; off the grid to the nearest tick; a stray price costs no room', () => {
  expect(last([[0, NaN, 5, 1], [0, 3, 0, 1], [0, 3, -1, 1], [0, 3, NaN, 1], [0, 3, Infinity, 1]])).toEqual([NaN, NaN, NaN]);
  expect(last(at([2.4, 1], [2.6, 3]), { share: 1 })).toEqual([3, 2, 3]);
  expect(last(at([2, 3], [1e15, 1], [-1e15, 1]), { share: 1 })).toEqual([2, -1e15, 1e15]);
  expect(last(at([2, 3], [1e15, 1], [-1e15, 1]), { share: 1, growth: 'pair' })).toEqual([2, -1e15, 1e15]);
  expect(last(at([5, 1e300], [6, 1e300]), { share: 1 })).toEqual([5, 5, 6]);
});

test('a cut ends the profile and its untouched point of control; over the cap the oldest expires', () => {
  const trades: Trade[] = [[0, 5, 1, 1], [1, 9, 1, 1], [2, 13, 1, 1], [3, 17, 1, 1]], { columns, tables } = bars(trades, 4);
  const { events } = volumeProfile({ ...columns, anchor: Int8Array.of(0, 1, 1, 0), segment: Int32Array.of(0, 0, 0, 1) }, { tick: 1, cap: 1, prominence: 1 }, tables);
  const kinds = ['pointOfControl', 'touched', 'expired', 'segmentEnd'];
  expect(Array.from({ length: events.length }, (_, k) => [eventKinds[events.kind[k]], events.knownRow[k], events.level0[k]]).filter(([kind]) => kinds.includes(kind as string))).toEqual([
    ['pointOfControl', 1, 5], ['expired', 2, 5], ['pointOfControl', 2, 9], ['expired', 3, 9], ['pointOfControl', 3, 13], ['segmentEnd', 3, 13],
  ]);
});

test('random profiles equal the dense reference, row by row of the bars', () => {
  for (let run = 0; run < 60; run++) {
    const random = randomStream(7, `profile ${run}`), count = 12, trades: Trade[] = [];
    for (let bar = 0; bar < count; bar++) for (let k = random.integer(0, 8); k > 0; k--) trades.push([bar, 100 + Math.round(8 * random.normal()), random.integer(1, 6), 1]);
    const rowTicks = random.integer(1, 3), share = random.integer(1, 10) / 10, growth = run % 2 === 0 ? 'single' : 'pair', { columns, tables } = bars(trades, count);
    const { pointOfControl, valueAreaLow, valueAreaHigh } = volumeProfile(columns, { tick: 1, rowTicks, share, growth }, tables);
    for (let bar = 0; bar < count; bar++) {
      const plain = plainProfile(trades.filter(([at]) => at <= bar).map(([, price, size]) => [price, size]), rowTicks, share, growth), top = rowTicks - 1;
      const expected = plain ? [plain.pointOfControl * rowTicks + top / 2, plain.low * rowTicks, plain.high * rowTicks + top] : [NaN, NaN, NaN];
      expect([pointOfControl[bar], valueAreaLow[bar], valueAreaHigh[bar]]).toEqual(expected);
    }
  }
});

test('the mirrored market has the mirrored profile where no two rows are equal', () => {
  for (let run = 0; run < 40; run++) {
    const random = randomStream(8, `mirror ${run}`), volumes = Array.from({ length: 15 }, (_, k) => [100 + k, random.uniform()] as const);
    const [poc, low, high] = last(at(...volumes)), [pocOfMirror, lowOfMirror, highOfMirror] = last(at(...volumes.map(([price, volume]) => [300 - price, volume] as const)));
    expect([pocOfMirror, lowOfMirror, highOfMirror]).toEqual([300 - poc, 300 - high, 300 - low]);
  }
});

test('options out of range are refused by name', () => {
  const run = (options: any): unknown => last(at([1, 1]), options);
  expect(() => volumeProfile(bars([], 0).columns, {}, bars([], 0).tables)).toThrow(new RangeError('volumeProfile: tick must be given and be a positive number, was NaN'));
  expect(() => run({ tick: 2.5 })).toThrow(/tick must be a positive integer, one over an integer/);
  expect(() => run({ rowTicks: 0 })).toThrow(new RangeError('volumeProfile: rowTicks must be a positive integer, was 0'));
  expect(() => run({ share: 0 })).toThrow(new RangeError('volumeProfile: share must be above 0 and at most 1, was 0'));
  expect(() => run({ growth: 'both' })).toThrow(new RangeError('volumeProfile: growth must be one of single, pair, was both'));
  expect(() => run({ prominence: 2 })).toThrow(new RangeError('volumeProfile: prominence must be from 0 to 1, was 2'));
  expect(() => run({ cap: 0 })).toThrow(new RangeError('volumeProfile: cap must be a positive integer, was 0'));
});

interface NodeCase { share: number; volumes: number[]; nodes: [side: number, row: number, volume: number][] }
const nodeCases = (JSON.parse(readFileSync(new URL('../../../../oracles/volume-nodes/expected.json', import.meta.url), 'utf8')) as { cases: NodeCase[] }).cases;
test('high and low volume nodes equal scipy on twelve histograms', () => {
  for (const { share, volumes, nodes } of nodeCases) {
    const trades: Trade[] = [...volumes.flatMap((volume, row): Trade[] => (volume > 0 ? [[0, row, volume, 1]] : [])), [1, 5000, 1, 1]], { columns, tables } = bars(trades, 2);
    const { events } = volumeProfile({ ...columns, anchor: Int8Array.of(0, 1) }, { tick: 1, prominence: share }, tables), found: number[][] = [];
    for (let k = 0; k < events.length; k++) {
      const side = events.kind[k] === eventCode.highVolumeNode ? 1 : events.kind[k] === eventCode.lowVolumeNode ? -1 : 0;
      if (side !== 0) found.push([side, events.level0[k], events.value[k]]);
    }
    expect(found).toEqual(nodes);
  }
});

const google = sharedText('oracles/market-profile/google.csv'), expectedText = sharedText('oracles/market-profile/expected.json');
describe.skipIf(google === undefined || expectedText === undefined)(`the profile of 65 bars equals py-market-profile ${sharedHint}`, () => {
  interface PeerProfile { poc: number; val: number; vah: number; total: number; profile?: [number, number][] }
  interface Case { params: { row_size: number; mode: string }; expected: object | null; computed?: PeerProfile }
  const tests = expectedText === undefined ? [] : (JSON.parse(expectedText) as { tests: Case[] }).tests;
  const { close, volume } = google === undefined ? { close: f(), volume: f() } : (csvColumns(google) as { close: Float64Array; volume: Float64Array });
  for (const { params: { row_size: size, mode }, expected, computed } of tests.filter(entry => entry.computed?.total !== undefined)) {
    const { poc, val, vah, total, profile } = { ...computed!, ...expected } as PeerProfile, perUnit = Math.round(1 / size);
    test(`rows of ${size}, ${mode}`, () => {
      // Theirs puts the close up to the next row, and knows only rows with a trade: ours gets the rank of each among them.
      const rounded = Array.from(close, price => Math.ceil(price * perUnit) / perUnit), rows = [...new Set(rounded)].sort((a, b) => a - b);
      // With counts many rows are equal. Theirs takes the one nearest to half the number of rows, ours nearest to the middle of the range: a grain more decides for theirs.
      const grain = mode === 'vol' ? 0 : 1 / 1_048_576, control = rounded.findIndex(price => price.toFixed(2) === poc.toFixed(2));
      const trades: Trade[] = [...rounded.map((price, k): Trade => [0, rows.indexOf(price), (mode === 'vol' ? volume[k] : 1) + (k === control ? grain : 0), 0]), [1, 1000, 1, 0]];
      const { columns, tables } = bars(trades, 2), out = volumeProfile({ ...columns, anchor: Int8Array.of(0, 1) }, { tick: 1 }, tables), { levels } = out;
      const price = (rank: number): string => rows[rank].toFixed(2);
      expect([price(out.pointOfControl[0]), price(out.valueAreaLow[0]), price(out.valueAreaHigh[0])]).toEqual([poc.toFixed(2), val.toFixed(2), vah.toFixed(2)]);
      expect(levels.volume.slice(0, levels.length).reduce((sum, amount) => sum + amount, 0) - grain).toBe(total);
      if (profile) expect(Array.from({ length: levels.length }, (_, k) => [price(levels.price[k]), Math.floor(levels.volume[k])])).toEqual(profile.map(([row, amount]) => [row.toFixed(2), amount]));
    });
  }
});
