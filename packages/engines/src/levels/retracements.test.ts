import { expect, test } from 'vitest';
import { combine, eventCode, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { referenceRetracement, type ReferenceSwing } from '../../test/reference/retracements.ts';
import { swings } from '../structure/swings.ts';
import { retracements } from './retracements.ts';

engineLaws(test, retracements, {
  options: random => ({ reach: random.integer(3, 12) }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
});

type Swing = readonly [direction: number, originRow: number, knownRow: number, level: number];
const table = (given: readonly Swing[]): object => ({
  id: Float64Array.from(given, (_, k) => k), kind: Int16Array.from(given, () => eventCode.swing), direction: Int8Array.from(given, ([direction]) => direction),
  originRow: Float64Array.from(given, ([, row]) => row), knownRow: Float64Array.from(given, ([, , row]) => row), ref: Float64Array.from(given, () => NaN),
  level0: Float64Array.from(given, ([, , , level]) => level), level1: Float64Array.from(given, () => NaN),
});
function at(bars: readonly (readonly [low: number, high: number])[], given: readonly Swing[], options: { reach?: number } = {}): { direction: number[]; current: number[]; deepest: number[] } {
  const result = retracements({ low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high) }, options, { swings: table(given) });
  return { direction: [...result.direction], current: [...result.current], deepest: [...result.deepest] };
}

test('the example in the header holds', () => {
  expect(at([[10, 11], [12, 18], [16, 20], [15, 19]], [[-1, 0, 1, 10]])).toEqual({ direction: [0, 1, 1, 1], current: [NaN, 75, 40, 50], deepest: [NaN, 75, 75, 75] });
});

/** Drawn by hand: up from 10 with an extreme before the swing is known, then down from 20. */
test('a leg up, its extreme since the swing, and the leg down that follows, by hand', () => {
  const bars = [[10, 12], [12, 18], [13, 17], [14, 16], [15, 20], [12, 14], [11, 13], [12, 16]] as const;
  const { direction, current, deepest } = at(bars, [[-1, 0, 2, 10], [1, 4, 6, 20]]);
  expect(direction).toEqual([0, 0, 1, 1, 1, 1, -1, -1]);
  expect(current).toEqual([NaN, NaN, 62.5, 50, 50, 80, 100 * (2 / 9), 100 * (5 / 9)].map(value => (Number.isNaN(value) ? NaN : expect.closeTo(value, 10))));
  expect(deepest).toEqual([NaN, NaN, 62.5, 62.5, 62.5, 80, 100 * (2 / 9), 100 * (5 / 9)].map(value => (Number.isNaN(value) ? NaN : expect.closeTo(value, 10))));
});

test('an older swing known later changes nothing; both sides of one bar begin no leg', () => {
  expect(at([[10, 11], [12, 18], [16, 20], [15, 19]], [[-1, 0, 1, 10], [1, -1, 2, 30]]).direction).toEqual([0, 1, 1, 1]);
  expect(at([[10, 20], [12, 18], [13, 17]], [[1, 0, 1, 20], [-1, 0, 1, 10]])).toEqual({ direction: [0, 0, 0], current: [NaN, NaN, NaN], deepest: [NaN, NaN, NaN] });
});

test('a swing whose rows are no longer all kept gives a leg without figures, not one from the rows that are left', () => {
  const bars = [[10, 12], [12, 30], [13, 17], [14, 16], [15, 20]] as const;
  expect(at(bars, [[-1, 0, 4, 10]], { reach: 4 }).current).toEqual([NaN, NaN, NaN, NaN, 75]);
  expect(at(bars, [[-1, 0, 4, 10]], { reach: 3 })).toEqual({ direction: [0, 0, 0, 0, 1], current: Array(5).fill(NaN), deepest: Array(5).fill(NaN) });
});

test('equals the reference on random markets, NaN rows included', () => {
  let seen = 0;
  for (let run = 0; run < 20; run++) {
    const bars = randomMarket({ close: 'f64' }, randomStream(14, `legs ${run}`), 150, { ...roughTexture, isCut: false }) as any;
    const { s: { events }, it } = combine({ s: [swings, 'bars', { left: 2, right: 1 + (run % 4) }], it: [retracements, 'bars', {}, { swings: 's.events' }] })({ bars });
    const given: ReferenceSwing[] = Array.from({ length: events.length }, (_, k) => ({ direction: events.direction[k], originRow: events.originRow[k], knownRow: events.knownRow[k], level: events.level0[k] }));
    for (let row = 0; row < 150; row++) {
      const expected = referenceRetracement(bars, given, row);
      expect([it.direction[row], it.current[row], it.deepest[row]]).toEqual([expected.direction, expected.current, expected.deepest]);
      if (!Number.isNaN(expected.current)) seen++;
    }
  }
  expect(seen).toBeGreaterThan(1000);
});

test('NaN bars, a flat market, one row and no swings give NaN; a leg without length too', () => {
  expect(at([[10, 11], [12, 18], [NaN, NaN], [15, 19]], [[-1, 0, 1, 10]])).toEqual({ direction: [0, 1, 1, 1], current: [NaN, 75, NaN, expect.closeTo(44.44444444444444, 10)], deepest: [NaN, 75, 75, 75] });
  expect(at([[3, 3], [3, 3], [3, 3]], [[-1, 0, 1, 3]]).current).toEqual([NaN, NaN, NaN]);
  expect(at([[1, 2]], [])).toEqual({ direction: [0], current: [NaN], deepest: [NaN] });
});

test('options out of range are refused by name', () => {
  const one = new Float64Array(1);
  expect(() => retracements({ high: one, low: one }, { reach: 0 }, { swings: table([]) })).toThrow(new RangeError('retracements: reach must be a positive integer, was 0'));
});

const text = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz'), pivots = sharedText('oracles/smart-money-concepts/swing_highs_lows_result_data.csv.gz');
const peer = sharedText('oracles/smart-money-concepts/retracements_result_data.csv.gz');
test.skipIf(text === undefined || pivots === undefined || peer === undefined)(`given its swings of one side at once, current is that of smart-money-concepts, rolled back a row, wherever its next swing is the extreme so far ${sharedHint}`, () => {
  const bars = csvColumns(text!) as any, theirs = csvColumns(peer!), marks = csvColumns(pivots!), rows: number = bars.high.length;
  const given = (side: number): Swing[] => [...marks.highlow].flatMap((mark, row) => (mark === side ? [[side, row, row, marks.level[row]] as const] : []));
  const ofLows = retracements({ high: bars.high, low: bars.low }, {}, { swings: table(given(-1)) }), ofHighs = retracements({ high: bars.high, low: bars.low }, {}, { swings: table(given(1)) });
  const counts = { equal: 0, beyond: 0, wrong: 0 };
  // Their first three legs are zeroed, and the row of a swing holds no figure.
  for (let row = 100, level = NaN, highest = NaN, lowest = NaN; row + 1 < rows; row++) {
    const mark = marks.highlow[row], side = theirs.direction[row + 1];
    if (mark === mark) level = marks.level[row];
    // The extremes of the rows after the last swing of the other side.
    highest = mark < 0 ? -Infinity : Math.max(highest, bars.high[row]);
    lowest = mark > 0 ? Infinity : Math.min(lowest, bars.low[row]);
    const figure = theirs['currentretracement%'][row + 1], ours = side > 0 ? ofLows.current[row] : ofHighs.current[row];
    if (mark === mark || !(level === level) || figure === 0) continue;
    if ((side > 0 ? highest : lowest) !== level) counts.beyond++;
    else if (Math.abs(ours - figure) <= 0.05 + 1e-9) counts.equal++;
    else counts.wrong++;
  }
  expect(counts).toEqual({ equal: 21_012, beyond: 606, wrong: 0 });
});
