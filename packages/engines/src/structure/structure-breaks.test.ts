import { describe, expect, test } from 'vitest';
import { combine, eventCode, eventKinds } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars } from '../../test/event-rows.ts';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { breaksByScan } from '../../test/reference/breaks-by-scan.ts';
import { failure, rise } from '../../test/reference/drawn-structures.ts';
import { pivotsByScan } from '../../test/reference/swings-by-scan.ts';
import { structureBreaks, type StructureBreaksOptions } from './structure-breaks.ts';
import { swings } from './swings.ts';

engineLaws(test, structureBreaks, {
  options: random => ({ mode: (['close', 'wick'] as const)[random.integer(0, 1)], minimumBreak: random.integer(0, 8) / 64 }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 4), right: random.integer(1, 4) })] },
});

type Swing = readonly [direction: number, originRow: number, knownRow: number, level: number];
type Bar = readonly [low: number, high: number, close: number];

/** [kind, direction, originRow, knownRow, ref, level0, value] of each break, given bars and swings. */
function found(bars: readonly Bar[], given: readonly Swing[], options: Partial<StructureBreaksOptions> = {}, segment?: Int32Array): unknown[][] {
  const columns = { low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high), close: Float64Array.from(bars, ([, , close]) => close), segment };
  const table = {
    id: Float64Array.from(given, (_, k) => k), kind: Int16Array.from(given, () => eventCode.swing), direction: Int8Array.from(given, ([direction]) => direction),
    originRow: Float64Array.from(given, ([, originRow]) => originRow), knownRow: Float64Array.from(given, ([, , knownRow]) => knownRow), level0: Float64Array.from(given, ([, , , level]) => level),
  };
  const { events } = structureBreaks(columns, options, { swings: table });
  return Array.from({ length: events.length }, (_, k) => [eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.value[k]]);
}
const closes = (...prices: number[]): Bar[] => prices.map(price => [price, price, price]);

test('the example in the header holds', () => {
  expect(found(closes(1, 2, 1, 3), [[1, 1, 2, 2]])).toEqual([['breakOfStructure', 1, 1, 3, 0, 2, 1]]);
});

/** Worked by hand. */
describe('a trend and its turn over nine rows by hand', () => {
  const bars = closes(5, 7, 6, 8, 7, 9, 6, 4, 10), given: Swing[] = [[1, 1, 2, 7], [-1, 2, 3, 6], [1, 3, 4, 8], [-1, 4, 5, 7], [1, 5, 6, 9]];
  const breaks = [
    ['breakOfStructure', 1, 1, 3, 0, 7, 1],
    ['breakOfStructure', 1, 3, 5, 2, 8, 0],
    ['changeOfCharacter', -1, 4, 6, 3, 7, 0],
    ['changeOfCharacter', 1, 5, 8, 4, 9, 0],
  ];
  test('first break, break with the trend, turn down, turn up; each swing breaks once', () => {
    expect(found(bars, given)).toEqual(breaks);
  });
  test('a swing is not seen before the row that proves it', () => {
    expect(found(bars, given.map(([direction, originRow, , level]) => [direction, originRow, 8, level] as const))).toEqual([['breakOfStructure', 1, 5, 8, 4, 9, 1]]);
  });
  test('a cut forgets swings and trend', () => {
    expect(found(bars, given, {}, Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1))).toEqual(breaks.slice(0, 3));
  });
});

test('a touch is no break, and minimumBreak has to be passed', () => {
  expect(found(closes(1, 2, 1, 2), [[1, 1, 2, 2]])).toEqual([]);
  expect(found(closes(1, 2, 1, 2.5), [[1, 1, 2, 2]], { minimumBreak: 0.5 })).toEqual([]);
  expect(found(closes(1, 2, 1, 2.75), [[1, 1, 2, 2]], { minimumBreak: 0.5 }).length).toBe(1);
});

test('mode wick takes the high and the low, mode close does not', () => {
  const bars: Bar[] = [[1, 1, 1], [2, 2, 2], [1, 1, 1], [1, 3, 1]];
  expect(found(bars, [[1, 1, 2, 2]])).toEqual([]);
  expect(found(bars, [[1, 1, 2, 2]], { mode: 'wick' })).toEqual([['breakOfStructure', 1, 1, 3, 0, 2, 1]]);
});

test('a bar that breaks both sides goes with the trend first and leaves the other; without a trend both are initial', () => {
  const wide: Bar = [0, 9, 5], pair: Swing[] = [[1, 0, 1, 6], [-1, 0, 1, 4]];
  expect(found([[5, 5, 5], [5, 5, 5], wide], pair, { mode: 'wick' })).toEqual([['breakOfStructure', 1, 0, 2, 0, 6, 1], ['breakOfStructure', -1, 0, 2, 1, 4, 1]]);
  const after: Swing[] = [[-1, 0, 1, 4.5], [1, 2, 3, 6], [-1, 2, 3, 4]];
  expect(found([[5, 5, 5], [5, 5, 5], [4.25, 5, 5], [5, 5, 5], wide, [5, 5, 5]], after, { mode: 'wick' })).toEqual([
    ['breakOfStructure', -1, 0, 2, 0, 4.5, 1], ['breakOfStructure', -1, 2, 4, 2, 4, 0], ['changeOfCharacter', 1, 2, 4, 1, 6, 0],
  ]);
});

test('a bar with NaN breaks nothing, and the swing stays', () => {
  expect(found(closes(1, 2, 1, NaN, 3), [[1, 1, 2, 2]])).toEqual([['breakOfStructure', 1, 1, 4, 0, 2, 1]]);
});

test('options out of range are refused by name', () => {
  expect(() => found([], [], { mode: 'both' as 'wick' })).toThrow(new RangeError('structureBreaks: mode must be one of close, wick, was both'));
  expect(() => found([], [], { minimumBreak: NaN })).toThrow(new RangeError('structureBreaks: minimumBreak must be a number of at least 0, was NaN'));
});

test.each([['rise', rise], ['failure', failure]] as const)('the breaks of the drawn structure %s are the drawn ones', (_, drawn) => {
  const given = pivotsByScan(Float64Array.from(drawn.bars, bar => bar[1]), Float64Array.from(drawn.bars, bar => bar[2]), 1, 1, 'first').sort((a, b) => a[2] - b[2]);
  const events = found(drawn.bars.map(([, high, low, close]) => [low, high, close] as const), given);
  expect(events.map(([kind, direction, origin, known, , level]) => `${kind} ${direction} ${origin} ${known} ${level}`)).toEqual(drawn.breaks);
});

test.each([1, 2, 3, 4])('breaks are those that a scan of every row finds, series %i', seed => {
  const bars = plainBars(seed, 700), mode = (['close', 'wick'] as const)[seed % 2], minimumBreak = seed / 64, expected = breaksByScan(bars, pivotsByScan(bars.high, bars.low, 3, 2, 'first'), mode, minimumBreak);
  const { breaks } = combine({ swings: [swings, 'bars', { left: 3, right: 2 }], breaks: [structureBreaks, 'bars', { mode, minimumBreak }, { swings: 'swings.events' }] })({ bars });
  expect(expected.length).toBeGreaterThan(20);
  expect(eventRows(breaks.events).map(([kind, direction, origin, known, , level, , initial]) => [kind, direction, origin, known, level, initial === 1]))
    .toEqual(expected.map(({ kind, direction, originRow, knownRow, level, isInitial }) => [kind, direction, originRow, knownRow, level, isInitial]));
});

const text = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz');
test.skipIf(text === undefined)(`24,424 bars of EURUSD with swings 5/5 have BOS 305 up and 271 down, CHoCH 308 and 308 ${sharedHint}`, () => {
  const bars = csvColumns(text!) as unknown as { high: Float64Array; low: Float64Array; close: Float64Array };
  const { breaks } = combine({ swings: [swings, 'bars'], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }] })({ bars }), { events } = breaks;
  const count = (kind: number, direction: number): number => events.kind.filter((code, k) => code === kind && events.direction[k] === direction).length;
  expect([count(eventCode.breakOfStructure, 1), count(eventCode.breakOfStructure, -1)]).toEqual([305, 271]);
  expect([count(eventCode.changeOfCharacter, 1), count(eventCode.changeOfCharacter, -1)]).toEqual([308, 308]);
});
