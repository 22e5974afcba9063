import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars } from '../../test/event-rows.ts';
import { fillAt, gapsByScan, middleRow } from '../../test/reference/gaps-by-scan.ts';
import { fairValueGaps } from './fair-value-gaps.ts';
import { gapFills } from './gap-fills.ts';

engineLaws(test, gapFills, { options: random => ({ cap: random.integer(1, 5) }), tables: { gaps: [fairValueGaps, 'events'] } });

const graph = combine({ gaps: [fairValueGaps, 'bars', { cap: 500 }], fills: [gapFills, 'bars', { cap: 500 }, { gaps: 'gaps.events' }] });
const drawn = (high: number[], low: number[], segment?: number[]): { high: Float64Array; low: Float64Array; segment: Int32Array } => ({
  high: Float64Array.from(high), low: Float64Array.from(low), segment: Int32Array.from(segment ?? high, value => (segment ? value : 0)),
});

test('the example in the header holds', () => {
  const { fills } = graph({ bars: drawn([2, 5, 6, 6], [1, 2, 4, 3]) });
  expect([...fills.upFill]).toEqual([NaN, NaN, 0, 0.5]);
  expect(eventRows(fills.events)).toEqual([['midTouched', 1, 3, 3, 0, 2, 4, NaN]]);
});

test('a fill stays at 1 until a newer gap comes; a bar with NaN changes nothing; a cut forgets', () => {
  const { fills } = graph({ bars: drawn([2, 5, 6, 6, 3, NaN, 9, 12, 12], [1, 2, 4, 3.5, 0, NaN, 8, 11, 11], [0, 0, 0, 0, 0, 0, 0, 0, 1]) });
  expect([...fills.upFill]).toEqual([NaN, NaN, 0, 0.25, 1, 1, 1, 1, NaN]);
  expect(eventRows(fills.events).map(([kind, direction, row]) => [kind, direction, row])).toEqual([['midTouched', 1, 4], ['midTouched', -1, 6]]);
});

test.each([1, 2, 3])('fills and middles are those that a scan of every row finds, series %i', seed => {
  const bars = plainBars(seed, 500), { fills } = graph({ bars }), gaps = gapsByScan(bars, { minimumSize: 0, minimumRanges: 0, middleBar: 'any', bodyFactor: 0 });
  expect(gaps.length).toBeGreaterThan(30);
  bars.high.forEach((_, row) => expect([row, fills.upFill[row], fills.downFill[row]]).toEqual([row, fillAt(bars, gaps, 1, row), fillAt(bars, gaps, -1, row)]));
  const theirs = gaps.map(gap => [middleRow(bars, gap), gap.originRow] as const).filter(([row]) => row === row).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([row]) => row);
  expect(theirs.length).toBeGreaterThan(20);
  expect(eventRows(fills.events).map(([, , , row]) => row)).toEqual(theirs);
});

test('only the middles of the newest gaps are watched', () => {
  const bars = drawn([2, 5, 6, 9, 10, 9], [1, 2, 4, 6, 8, 0]), count = (cap: number): number =>
    combine({ gaps: [fairValueGaps, 'bars'], fills: [gapFills, 'bars', { cap }, { gaps: 'gaps.events' }] })({ bars }).fills.events.length;
  expect([count(1), count(2), count(3), count(4)]).toEqual([1, 2, 3, 3]);
});

test('one row, a flat market and fewer rows than a gap needs give none', () => {
  for (const rows of [1, 2, 30]) {
    const { fills } = graph({ bars: drawn(Array<number>(rows).fill(2), Array<number>(rows).fill(2)) });
    expect([fills.events.length, [...fills.upFill].every(Number.isNaN), [...fills.downFill].every(Number.isNaN)]).toEqual([0, true, true]);
  }
});

test('an option out of range is refused by name', () => {
  expect(() => gapFills.resolve({ cap: 0 })).toThrow(new RangeError('gapFills: cap must be a positive integer, was 0'));
});
