import { describe, expect, test } from 'vitest';
import { eventCode, eventKinds, type RandomStream } from '@zanzibar/core';
import { engineLaws, lawsOf, randomMarket } from '@zanzibar/core/testing';
import { barsWithRanges, eventRows, plainBars } from '../../test/event-rows.ts';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { gapsByScan } from '../../test/reference/gaps-by-scan.ts';
import { fairValueGaps, type FairValueGapsOptions } from './fair-value-gaps.ts';

const plain = (random: RandomStream): Partial<FairValueGapsOptions> => ({ minimumSize: random.integer(0, 8) / 64, cap: random.integer(1, 5) });
const filters = (random: RandomStream): Partial<FairValueGapsOptions> => ({
  ...plain(random), minimumRanges: random.integer(0, 4) / 8, middleBar: (['any', 'direction', 'beyond'] as const)[random.integer(0, 2)],
});
engineLaws(test, fairValueGaps, { options: filters, data: barsWithRanges, inputUnits: { atr: 'range' } });

describe('laws of the filter by relative bodies, whose ratio has no mirror image', () => {
  const { L5: _, ...laws } = lawsOf(fairValueGaps, { options: random => ({ ...filters(random), bodyFactor: random.integer(0, 3) / 2 }), data: barsWithRanges, inputUnits: { atr: 'range' }, runs: 60 });
  test.each(Object.entries(laws))('%s', (_name, law) => {
    expect(law).not.toThrow();
  });
});

describe('laws without the columns that only the filters need', () => {
  const { L1, L2, L3 } = lawsOf(fairValueGaps, { options: plain, data: (random, rows, texture) => {
    const { high, low, closeTime, segment } = randomMarket({ close: 'f64' }, random, rows, texture);
    return { high, low, closeTime, segment };
  } });
  test.each(Object.entries({ L1, L2, L3 }))('%s', (_name, law) => {
    expect(law).not.toThrow();
  });
});

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
  expect(() => fairValueGaps({ high: one, low: one }, { minimumRanges: -1 })).toThrow(new RangeError('fairValueGaps: minimumRanges must be a number of at least 0, was -1'));
  expect(() => fairValueGaps({ high: one, low: one }, { bodyFactor: NaN })).toThrow(new RangeError('fairValueGaps: bodyFactor must be a number of at least 0, was NaN'));
  expect(() => fairValueGaps({ high: one, low: one }, { middleBar: 'up' as 'any' })).toThrow(new RangeError('fairValueGaps: middleBar must be one of any, direction, beyond, was up'));
});

test('a filter without the column that it needs is refused by name', () => {
  const one = new Float64Array(1);
  expect(() => fairValueGaps({ high: one, low: one }, { minimumRanges: 1 })).toThrow(new TypeError('fairValueGaps: minimumRanges needs the column "atr"'));
  expect(() => fairValueGaps({ high: one, low: one }, { middleBar: 'beyond' })).toThrow(new TypeError('fairValueGaps: middleBar and bodyFactor need the columns "open" and "close"'));
});

describe('filters', () => {
  const bars = { low: Float64Array.of(1, 2, 4), high: Float64Array.of(2, 5, 6) };
  const count = (open: number, close: number, options: Partial<FairValueGapsOptions>, atr = 1): number =>
    fairValueGaps({ ...bars, open: Float64Array.of(1, open, 5), close: Float64Array.of(1.5, close, 5), atr: Float64Array.of(9, 9, atr) }, options).events.length;
  test('a gap as wide as the multiple of the third bar\'s range stays, a narrower one and one without a range do not', () => {
    expect([count(2, 5, { minimumRanges: 2 }, 1), count(2, 5, { minimumRanges: 2.5 }, 1), count(2, 5, { minimumRanges: 1 }, NaN)]).toEqual([1, 0, 0]);
  });
  test('the middle bar closes in the direction, or beyond the first wick as well', () => {
    expect([count(2, 5, { middleBar: 'direction' }), count(3, 2, { middleBar: 'direction' }), count(3, 3, { middleBar: 'direction' })]).toEqual([1, 0, 0]);
    expect([count(1.5, 2.5, { middleBar: 'beyond' }), count(1.5, 2, { middleBar: 'beyond' }), count(5, 2.5, { middleBar: 'beyond' })]).toEqual([1, 0, 0]);
  });
  test('the relative body is above its mean so far, its own bar included', () => {
    // Bodies 0.5 and 1.5: the mean is 1.
    expect([count(2, 5, { bodyFactor: 1.4 }), count(2, 5, { bodyFactor: 1.5 })]).toEqual([1, 0]);
  });
  test.each([1, 2, 3, 4, 5, 6])('gaps are those that a scan of every row finds, series %i', seed => {
    const columns = plainBars(seed, 500), options = { minimumSize: seed / 64, minimumRanges: seed % 2 === 0 ? 0.5 : 0, middleBar: (['any', 'direction', 'beyond'] as const)[seed % 3], bodyFactor: seed > 3 ? 1 : 0 };
    const ours = eventRows(fairValueGaps(columns, options).events).filter(([kind]) => kind === 'fairValueGap');
    const theirs = gapsByScan(columns, options).map(gap => ['fairValueGap', gap.direction, gap.originRow, gap.knownRow, NaN, gap.lower, gap.upper, NaN]);
    expect(theirs.length).toBeGreaterThan(10);
    expect(ours).toEqual(theirs);
  });
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
  expect(eventRows(fairValueGaps(columns, { middleBar: 'direction' }).events).filter(([kind]) => kind === 'fairValueGap').length).toBe(5020);
});
