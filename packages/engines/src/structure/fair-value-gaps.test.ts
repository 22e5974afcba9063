import { describe, expect, test } from 'vitest';
import { eventCode, eventKinds } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { fairValueGaps, type FairValueGapsOptions } from './fair-value-gaps.ts';

engineLaws(test, fairValueGaps, { options: random => ({ minimumSize: random.integer(0, 8) / 64, cap: random.integer(1, 5) }) });

/** [kind, direction, originRow, knownRow, ref, level0, level1] of each event. */
function found(bars: readonly (readonly [low: number, high: number])[], options: Partial<FairValueGapsOptions> = {}, segment?: Int32Array): unknown[][] {
  const { events } = fairValueGaps({ low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high), segment }, options);
  return Array.from({ length: events.length }, (_, k) => [
    eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k],
  ]);
}

test('the example in the header holds', () => {
  expect(found([[1, 2], [2, 5], [4, 6]])).toEqual([['fairValueGap', 1, 1, 2, NaN, 2, 4]]);
});

/** Worked by hand. */
describe('the life of gaps over ten rows by hand', () => {
  const bars = [[1, 2], [2, 5], [4, 6], [5, 7], [3, 6], [3, 6], [2, 4], [0, 3], [0, 1], [0, 1]] as const;
  const life = [
    ['fairValueGap', 1, 1, 2, NaN, 2, 4],
    ['touched', 1, 4, 4, 0, 2, 4],
    ['filled', 1, 6, 6, 0, 2, 4],
    ['fairValueGap', -1, 7, 8, NaN, 1, 2],
    ['touched', -1, 9, 9, 3, 1, 2],
  ];
  test('touched once, filled at the far edge, which ends it; the down gap mirrors', () => {
    expect(found(bars)).toEqual(life);
  });
  test('a cut ends what is open, at the row that proves it, in the old segment', () => {
    expect(found(bars.slice(0, 6), {}, Int32Array.of(0, 0, 0, 0, 0, 1))).toEqual([...life.slice(0, 2), ['segmentEnd', 1, 5, 5, 0, 2, 4]]);
  });
  test('no gap lies across a cut', () => {
    expect(found(bars.slice(0, 3), {}, Int32Array.of(0, 0, 1))).toEqual([]);
  });
});

test('one bar may touch and fill, and make a gap after that', () => {
  expect(found([[4, 5], [1, 3], [1, 2], [4, 6]])).toEqual([
    ['fairValueGap', -1, 1, 2, NaN, 2, 4],
    ['touched', -1, 3, 3, 0, 2, 4],
    ['filled', -1, 3, 3, 0, 2, 4],
    ['fairValueGap', 1, 2, 3, NaN, 3, 4],
  ]);
});

test('the gap that is over the cap expires, the oldest first; within a bar zones go by age', () => {
  const rising = [[1, 2], [2, 5], [4, 6], [6, 9], [8, 10], [0, 9]] as const;
  expect(found(rising, { cap: 1 })).toEqual([
    ['fairValueGap', 1, 1, 2, NaN, 2, 4],
    ['expired', 1, 3, 3, 0, 2, 4],
    ['fairValueGap', 1, 2, 3, NaN, 5, 6],
    ['expired', 1, 4, 4, 2, 5, 6],
    ['fairValueGap', 1, 3, 4, NaN, 6, 8],
    ['touched', 1, 5, 5, 4, 6, 8],
    ['filled', 1, 5, 5, 4, 6, 8],
  ]);
  expect(found(rising, { cap: 3 }).slice(3).map(([kind, , , , ref]) => [kind, ref])).toEqual([['touched', 0], ['filled', 0], ['touched', 1], ['filled', 1], ['touched', 2], ['filled', 2]]);
});

test('bars that meet in one price leave no gap; a smaller gap than asked for is none', () => {
  expect(found([[1, 2], [2, 3], [2, 4]])).toEqual([]);
  expect(found([[1, 2], [2, 5], [4, 6]], { minimumSize: 2.5 })).toEqual([]);
  expect(found([[1, 2], [2, 5], [4, 6]], { minimumSize: 2 }).length).toBe(1);
});

test('no gap lies across a bar with NaN, which touches and fills nothing', () => {
  expect(found([[1, 2], [NaN, NaN], [4, 6]])).toEqual([]);
  expect(found([[1, 2], [2, NaN], [4, 6]])).toEqual([]);
  expect(found([[1, 2], [2, 5], [4, 6], [0, NaN], [NaN, 9]])).toEqual([['fairValueGap', 1, 1, 2, NaN, 2, 4]]);
});

test('options out of range are refused by name', () => {
  const one = new Float64Array(1);
  expect(() => fairValueGaps({ high: one, low: one }, { cap: 0 })).toThrow(new RangeError('fairValueGaps: cap must be a positive integer, was 0'));
  expect(() => fairValueGaps({ high: one, low: one }, { minimumSize: -1 })).toThrow(new RangeError('fairValueGaps: minimumSize must be a number of at least 0, was -1'));
});

const bars = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz'), peer = sharedText('oracles/smart-money-concepts/fvg_result_data.csv.gz');
test.skipIf(bars === undefined || peer === undefined)(`24,424 bars of EURUSD have 5,061 gaps: the 5,020 of smart-money-concepts and the 41 whose middle bar goes against them ${sharedHint}`, () => {
  const columns = csvColumns(bars!) as unknown as { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array }, { events } = fairValueGaps(columns);
  const theirs = csvColumns(peer!), ours: string[] = [], against: number[] = [];
  for (let k = 0; k < events.length; k++) {
    if (events.kind[k] !== eventCode.fairValueGap) continue;
    const middle = events.originRow[k], direction = events.direction[k];
    // Their rule wants the middle bar's close beyond its open.
    if ((columns.close[middle] - columns.open[middle]) * direction > 0) ours.push(`${middle} ${direction} ${events.level0[k]} ${events.level1[k]}`);
    else against.push(middle);
  }
  const expected = [...theirs.fvg].flatMap((direction, row) => (direction === direction ? [`${row} ${direction} ${theirs.bottom[row]} ${theirs.top[row]}`] : []));
  expect([ours.length + against.length, against.length, expected.length]).toEqual([5061, 41, 5020]);
  expect(ours).toEqual(expected);
});
