import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars, type EventRow } from '../../test/event-rows.ts';
import { gapsByScan, inversionOf } from '../../test/reference/gaps-by-scan.ts';
import { fairValueGaps } from './fair-value-gaps.ts';
import { inversionGaps, type InversionGapsOptions } from './inversion-gaps.ts';

engineLaws(test, inversionGaps, {
  options: random => ({ waiting: random.integer(2, 8), maximumAge: random.integer(5, 60), cap: random.integer(1, 4) }), tables: { gaps: [fairValueGaps, 'events'] }, rows: 400,
});

function found(bars: { high: Float64Array; low: Float64Array; close: Float64Array; segment?: Int32Array }, options: Partial<InversionGapsOptions> = {}): EventRow[] {
  return eventRows(combine({ gaps: [fairValueGaps, 'bars'], it: [inversionGaps, 'bars', options, { gaps: 'gaps.events' }] })({ bars }).it.events);
}
const drawn = (high: number[], low: number[], close: number[], segment?: number[]): { high: Float64Array; low: Float64Array; close: Float64Array; segment: Int32Array } => ({
  high: Float64Array.from(high), low: Float64Array.from(low), close: Float64Array.from(close), segment: Int32Array.from(segment ?? high.map(() => 0)),
});

test('the example in the header holds', () => {
  expect(found(drawn([2, 5, 6, 5], [1, 2, 4, 1], [2, 5, 5, 1.5]))).toEqual([['inverted', -1, 3, 3, 0, 2, 4, NaN]]);
});

/** Worked by hand: the gap from 2 to 4 turns at row 3. */
const high = [2, 5, 6, 5, 1.9, 2.5, 3.5, 4.5, 5], low = [1, 2, 4, 1, 1, 1, 2, 3, 4], close = [2, 5, 5, 1.5, 1.5, 2, 3, 4, 4.5];
const life = [['inverted', 3], ['touched', 5], ['midTouched', 6], ['violated', 8]] as const;
const kindsAndRows = (events: EventRow[]): (string | number)[][] => events.filter(([, direction, , , ref]) => direction < 0 && ref === 0).map(([kind, , , row]) => [kind, row]);
test('a turned gap is touched, touched to the middle and violated from the other side, by the close', () => {
  expect(kindsAndRows(found(drawn(high, low, close)))).toEqual(life);
});
test('it expires by age or when newer ones come, and ends with its segment', () => {
  expect(kindsAndRows(found(drawn(high, low, close), { maximumAge: 2 }))).toEqual([['inverted', 3], ['touched', 5], ['expired', 6]]);
  expect(kindsAndRows(found(drawn(high, low, close, [0, 0, 0, 0, 0, 0, 1, 1, 1])))).toEqual([['inverted', 3], ['touched', 5], ['segmentEnd', 6]]);
});
test('a bar with NaN does nothing to it', () => {
  expect(kindsAndRows(found(drawn(high.with(5, NaN), low, close)))).toEqual([['inverted', 3], ['touched', 6], ['midTouched', 6], ['violated', 8]]);
});
test('only the newest waiting gaps turn', () => {
  const falling = drawn([2, 5, 6, 9, 10, 9], [1, 2, 4, 6, 8, 0], [2, 5, 6, 9, 9, 1]);
  expect([1, 2, 3].map(waiting => found(falling, { waiting }).filter(([kind]) => kind === 'inverted').length)).toEqual([1, 2, 3]);
});

test.each([1, 2, 3])('turned gaps and their lives are those that a scan of every row finds, series %i', seed => {
  const bars = plainBars(seed, 600), gaps = gapsByScan(bars, { minimumSize: 0, minimumRanges: 0, middleBar: 'any', bodyFactor: 0 });
  const { gaps: table, it } = combine({ gaps: [fairValueGaps, 'bars'], it: [inversionGaps, 'bars', { waiting: 600, cap: 600 }, { gaps: 'gaps.events' }] })({ bars });
  const origins = new Map(eventRows(table.events).map((event, id) => [id, event[2]]));
  const ours = eventRows(it.events).map(([kind, direction, , row, ref, lower, upper]) => `${kind} ${direction} ${row} ${origins.get(ref)} ${lower} ${upper}`);
  const theirs = gaps.flatMap(gap => {
    const { turned, ...rest } = inversionOf(bars, gap);
    return Object.entries({ inverted: turned, ...rest }).filter(([, row]) => row === row).map(([kind, row]) => `${kind} ${-gap.direction} ${row} ${gap.originRow} ${gap.lower} ${gap.upper}`);
  });
  expect(theirs.filter(text => text.startsWith('violated')).length).toBeGreaterThan(10);
  expect([...ours].sort()).toEqual([...theirs].sort());
});

test('one row and a flat market have none; options out of range are refused by name', () => {
  for (const rows of [1, 40]) expect(found(drawn(Array<number>(rows).fill(2), Array<number>(rows).fill(2), Array<number>(rows).fill(2)))).toEqual([]);
  expect(() => inversionGaps.resolve({ waiting: 0 })).toThrow(new RangeError('inversionGaps: waiting must be a positive integer, was 0'));
  expect(() => inversionGaps.resolve({ maximumAge: 1.5 })).toThrow(new RangeError('inversionGaps: maximumAge must be a positive integer, was 1.5'));
  expect(() => inversionGaps.resolve({ cap: -1 })).toThrow(new RangeError('inversionGaps: cap must be a positive integer, was -1'));
});
