import { describe, expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsWithRanges, eventRows, plainBars, type Bars } from '../../test/event-rows.ts';
import { breaksByScan, shiftsByScan } from '../../test/reference/breaks-by-scan.ts';
import { failure, rise, type DrawnStructure } from '../../test/reference/drawn-structures.ts';
import { gapsByScan } from '../../test/reference/gaps-by-scan.ts';
import { pivotsByScan } from '../../test/reference/swings-by-scan.ts';
import { fairValueGaps } from './fair-value-gaps.ts';
import { structureBreaks } from './structure-breaks.ts';
import { structureShifts, type StructureShiftsOptions } from './structure-shifts.ts';
import { swings } from './swings.ts';

engineLaws(test, structureShifts, {
  options: random => ({ minimumBody: random.integer(0, 8), lookback: random.integer(3, 60) }), data: barsWithRanges, inputUnits: { atr: 'range' },
  tables: {
    swings: [swings, 'events', random => ({ left: random.integer(1, 2), right: random.integer(1, 2) })],
    breaks: [structureBreaks, 'events', random => ({ mode: (['close', 'wick'] as const)[random.integer(0, 1)] }), { swings: 'swings' }], gaps: [fairValueGaps, 'events'],
  },
  rows: 400,
});

function graph(options: Partial<StructureShiftsOptions> = {}, side = 1, minimumSize = 0) {
  return combine({
    swings: [swings, 'bars', { left: side, right: side }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars', { minimumSize }],
    shifts: [structureShifts, 'bars', options, { breaks: 'breaks.events', gaps: 'gaps.events' }],
  });
}

function columnsOf({ bars }: DrawnStructure, range: number): Bars {
  const column = (k: number): Float64Array => Float64Array.from(bars, bar => bar[k]);
  return { open: column(0), high: column(1), low: column(2), close: column(3), atr: new Float64Array(bars.length).fill(range) } as Bars;
}

describe.each([['rise', rise], ['failure', failure]] as const)('the drawn structure %s', (_, drawn) => {
  const texts = (range: number, minimumSize = 0): string[] =>
    eventRows(graph({}, 1, minimumSize)({ bars: columnsOf(drawn, range) }).shifts.events).map(([kind, direction, origin, known, , level]) => `${kind} ${direction} ${origin} ${known} ${level}`);
  test('its breaks are the drawn ones', () => {
    const { breaks } = graph()({ bars: columnsOf(drawn, 10) });
    expect(eventRows(breaks.events).map(([kind, direction, origin, known, , level]) => `${kind} ${direction} ${origin} ${known} ${level}`)).toEqual(drawn.breaks);
  });
  test('a body of a range is displacement, without it a gap in the leg, without both the change of character is no shift', () => {
    expect(texts(10, 1000)).toEqual(drawn.shiftsByBody);
    expect(texts(100)).toEqual(drawn.shiftsByGap);
    expect(texts(100, 1000)).toEqual([]);
  });
});

test('the example in the header holds, and where the range is 0 or not known the value is NaN', () => {
  const given = { breaks: { id: Float64Array.of(7), kind: Int16Array.of(3), direction: Int8Array.of(1), originRow: Float64Array.of(0), knownRow: Float64Array.of(2), level0: Float64Array.of(3) }, gaps: { kind: new Int16Array(0), direction: new Int8Array(0), originRow: new Float64Array(0), knownRow: new Float64Array(0) } };
  const shifts = (atr: number, options: Partial<StructureShiftsOptions> = {}): unknown[][] => eventRows(structureShifts({
    open: Float64Array.of(2, 2, 2), high: Float64Array.of(3, 2, 4), low: Float64Array.of(2, 1, 2), close: Float64Array.of(2, 1, 4), atr: Float64Array.of(2, atr, 2),
  }, options, given).events);
  expect(shifts(2)).toEqual([['marketStructureShift', 1, 0, 2, 7, 3, NaN, 1]]);
  expect(shifts(0)).toEqual([['marketStructureShift', 1, 0, 2, 7, 3, NaN, NaN]]);
  expect(shifts(NaN)).toEqual([]);
  expect(shifts(2, { minimumBody: 1.5 })).toEqual([]);
});

test.each([1, 2, 3])('shifts are those that a scan of every row finds, series %i', seed => {
  const bars = plainBars(seed, 900), lookback = [900, 900, 3, 9][seed], { shifts, breaks } = graph({ minimumBody: 8, lookback }, 2)({ bars });
  const scanned = breaksByScan(bars, pivotsByScan(bars.high, bars.low, 2, 2, 'first'), 'close', 0), gaps = gapsByScan(bars, { minimumSize: 0, minimumRanges: 0, middleBar: 'any', bodyFactor: 0 });
  expect(eventRows(breaks.events).map(([kind, direction, origin, known, , level, , initial]) => [kind, direction, origin, known, level, initial === 1]))
    .toEqual(scanned.map(({ kind, direction, originRow, knownRow, level, isInitial }) => [kind, direction, originRow, knownRow, level, isInitial]));
  const theirs = shiftsByScan(bars, scanned, gaps, 8, lookback);
  expect(theirs.length).toBeGreaterThan(5);
  expect(theirs.length).toBeLessThan(scanned.filter(({ kind }) => kind === 'changeOfCharacter').length);
  expect(eventRows(shifts.events).map(([, direction, origin, known]) => [direction, origin, known])).toEqual(theirs.map(({ direction, originRow, knownRow }) => [direction, originRow, knownRow]));
});

test('options out of range are refused by name', () => {
  expect(() => structureShifts.resolve({ minimumBody: -1 })).toThrow(new RangeError('structureShifts: minimumBody must be a number of at least 0, was -1'));
  expect(() => structureShifts.resolve({ lookback: 0 })).toThrow(new RangeError('structureShifts: lookback must be a positive integer, was 0'));
});
