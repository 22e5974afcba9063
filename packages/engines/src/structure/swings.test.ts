import { describe, expect, test } from 'vitest';
import { combine, eventCode } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { plainBars } from '../../test/event-rows.ts';
import { pivotsByScan } from '../../test/reference/swings-by-scan.ts';
import { csvColumns, sharedHint, sharedText, stockIndicators } from '../../test/oracles.ts';
import { periodStarts } from '../levels/period-starts.ts';
import { swings, type SwingsOptions } from './swings.ts';

engineLaws(test, swings, { options: random => ({ left: random.integer(1, 6), right: random.integer(1, 6), ties: (['first', 'every'] as const)[random.integer(0, 1)], acrossSessions: random.integer(0, 2) > 0 }) });

/** [direction, originRow, knownRow, level0] of each swing. */
function found(high: readonly number[], low: readonly number[], options: Partial<SwingsOptions>, segment?: Int32Array): number[][] {
  const { events } = swings({ high: Float64Array.from(high), low: Float64Array.from(low), segment }, options);
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k]]);
}

test('the example in the header holds', () => {
  expect(found([1, 3, 2], [0, 2, 1], { left: 1, right: 1 })).toEqual([[1, 1, 2, 3]]);
});

/** Worked by hand. */
describe('twelve rows by hand, left 2, right 1', () => {
  //             0  1  2  3  4  5  6  7  8  9 10 11
  const high = [5, 6, 9, 7, 7, 8, 8, 6, 7, 9, 9, 8];
  const low = [4, 5, 7, 6, 3, 5, 6, 2, 2, 4, 8, 1];
  test('highs and lows come at the row that proves them, of equals the first', () => {
    expect(found(high, low, { left: 2, right: 1 })).toEqual([
      [1, 2, 3, 9], [-1, 4, 5, 3], [1, 5, 6, 8], [-1, 7, 8, 2], [1, 9, 10, 9],
    ]);
  });
  test('a cut restarts the window', () => {
    expect(found(high, low, { left: 2, right: 1 }, Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1))).toEqual([[1, 5, 6, 8], [-1, 7, 8, 2], [1, 9, 10, 9]]);
  });
  test('a window that holds NaN has no swing', () => {
    expect(found(high.with(3, NaN), low.with(3, NaN), { left: 2, right: 1 })).toEqual([[-1, 7, 8, 2], [1, 9, 10, 9]]);
  });
});

test('one bar may be both, the high first', () => {
  expect(found([2, 5, 3], [1, 0, 1], { left: 1, right: 1 })).toEqual([[1, 1, 2, 5], [-1, 1, 2, 0]]);
});

test('fewer rows than the window, and a flat market, have none', () => {
  expect(found([1, 2], [0, 1], { left: 1, right: 1 })).toEqual([]);
  expect(found(Array<number>(40).fill(1), Array<number>(40).fill(1), { left: 3, right: 3 })).toEqual([]);
});

test('known times and the segment are those of the row that proves it', () => {
  const closeTime = BigInt64Array.of(10n, 20n, 30n, 40n), segment = Int32Array.of(3, 3, 3, 3);
  const { events } = swings({ high: Float64Array.of(1, 3, 2, 1), low: Float64Array.of(0, 2, 1, 0), closeTime, segment }, { left: 1, right: 1 });
  expect([events.length, events.kind[0], events.knownTime[0], events.segment[0]]).toEqual([1, eventCode.swing, 30n, 3]);
});

test('options that are no positive integers are refused by name', () => {
  const one = new Float64Array(1);
  expect(() => swings({ high: one, low: one }, { left: 0 })).toThrow(new RangeError('swings: left must be a positive integer, was 0'));
  expect(() => swings({ high: one, low: one }, { right: 1.5 })).toThrow(new RangeError('swings: right must be a positive integer, was 1.5'));
  expect(() => swings({ high: one, low: one }, { ties: 'last' as 'first' })).toThrow(new RangeError('swings: ties must be one of first, every, was last'));
});

test.each([1, 2, 3, 4])('pivots are those that a scan of every row finds, series %i', seed => {
  const { high, low } = plainBars(seed, 400);
  for (const ties of ['first', 'every'] as const) {
    const expected = pivotsByScan(high, low, seed, 5 - seed, ties);
    expect(expected.length).toBeGreaterThan(20);
    expect(found([...high], [...low], { left: seed, right: 5 - seed, ties })).toEqual(expected);
  }
});

describe('sessions apart', () => {
  const { high, low } = plainBars(7, 600), starts = [0, 90, 93, 250, 431], anchor = Int8Array.from({ length: 600 }, (_, row) => Number(starts.includes(row)));
  test('pivots are those that a scan of every row finds in each session alone', () => {
    const { events } = swings({ high, low, anchor }, { left: 3, right: 2, acrossSessions: false });
    const expected = starts.flatMap((start, k) => pivotsByScan(high.subarray(start, starts[k + 1]), low.subarray(start, starts[k + 1]), 3, 2, 'first').map(([direction, origin, known, level]) => [direction, origin + start, known + start, level]));
    expect(expected.length).toBeGreaterThan(50);
    expect(Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k]])).toEqual(expected);
    expect(swings({ high, low, anchor }, { left: 3, right: 2 }).events.length).toBeGreaterThan(expected.length);
  });
  test('across sessions, the default, anchors are not looked at', () => {
    expect(swings({ high, low, anchor }).events).toEqual(swings({ high, low }).events);
  });
  test('sessions of a calendar come from periodStarts; without anchors it is refused', () => {
    const hour = 3_600_000_000_000n, openTime = BigInt64Array.from({ length: 600 }, (_, row) => 1_704_672_000_000_000_000n + BigInt(row) * hour), own = { high, low, openTime, closeTime: openTime.map(time => time + hour) };
    const { days, pivots } = combine({ days: [periodStarts, 'bars', { calendar: '24x7' }], pivots: [swings, 'bars', { left: 2, right: 2, acrossSessions: false }, { anchor: 'days/anchor' }] })({ bars: own });
    const dayOf = (row: number): number => days.anchor.subarray(0, row + 1).reduce((sum, isStart) => sum + isStart, 0);
    expect(dayOf(599)).toBe(24);
    const rows = [...pivots.events.originRow.subarray(0, pivots.events.length)];
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(row => dayOf(row - 2) !== dayOf(row + 2))).toEqual([]);
    expect(() => swings({ high, low }, { acrossSessions: false })).toThrow(new TypeError('swings: acrossSessions false needs the column "anchor"'));
  });
});

test('with ties every, each bar of a plateau is a swing', () => {
  expect(found([1, 3, 3, 2], [0, 2, 2, 1], { left: 1, right: 1, ties: 'every' })).toEqual([[1, 1, 2, 3], [1, 2, 3, 3]]);
});

const bars = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz');
test.skipIf(bars === undefined)(`24,424 bars of EURUSD have 1,475 highs and 1,485 lows, 5 bars to each side ${sharedHint}`, () => {
  const { events } = swings(csvColumns(bars!) as unknown as { high: Float64Array; low: Float64Array });
  expect([events.direction.filter(direction => direction > 0).length, events.direction.filter(direction => direction < 0).length]).toEqual([1475, 1485]);
});

const bear = stockIndicators('fractal', 'fractalBear'), bull = stockIndicators('fractal', 'fractalBull');
test.skipIf(bear === undefined)(`swings 2/2 are the fractals of Stock Indicators for .NET, and those of equal neighbours to the right ${sharedHint}`, () => {
  const columns = bear!.bars as unknown as { high: Float64Array; low: Float64Array }, { events } = swings(columns, { left: 2, right: 2 });
  for (const [direction, prices, fractals] of [[1, columns.high, bear!.expected], [-1, columns.low, bull!.expected]] as const) {
    const rows = new Set([...events.originRow].filter((_, k) => events.direction[k] === direction));
    let count = 0;
    fractals.forEach((price, row) => {
      const isOurs = rows.has(row), isTied = row + 2 < prices.length && (prices[row] === prices[row + 1] || prices[row] === prices[row + 2]);
      if (price === price) count++;
      if (price === price) expect([row, isOurs, price]).toEqual([row, true, prices[row]]);
      else if (isOurs) expect([row, isTied]).toEqual([row, true]);
    });
    expect(count).toBeGreaterThan(50);
  }
});
