import { expect, test } from 'vitest';
import { combine, eventCode } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars } from '../../test/event-rows.ts';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { alternationByScan, pivotsByScan, type ScannedSwing } from '../../test/reference/swings-by-scan.ts';
import { swingAlternation } from './swing-alternation.ts';
import { swings } from './swings.ts';

engineLaws(test, swingAlternation, { tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] } });

function tableOf(given: readonly ScannedSwing[]): object {
  return {
    id: Float64Array.from(given, (_, k) => k), kind: Int16Array.from(given, () => eventCode.swing), direction: Int8Array.from(given, ([direction]) => direction),
    originRow: Float64Array.from(given, ([, originRow]) => originRow), knownRow: Float64Array.from(given, ([, , knownRow]) => knownRow), level0: Float64Array.from(given, ([, , , level]) => level),
  };
}

/** Ids of the swings that stay. */
function survivors(rows: number, given: readonly ScannedSwing[]): number[] {
  const { events } = swingAlternation({ close: new Float64Array(rows) } as never, {}, { swings: tableOf(given) });
  const gone = new Set(events.ref.subarray(0, events.length));
  return given.map((_, k) => k).filter(k => !gone.has(k));
}

test('the example in the header holds', () => {
  const { events } = swingAlternation({ close: new Float64Array(5) } as never, {}, { swings: tableOf([[1, 0, 1, 5], [1, 2, 3, 6]]) });
  expect(eventRows(events)).toEqual([['superseded', 1, 0, 3, 0, 5, NaN, 2]]);
});

test('of equals the earlier stays; the one that comes too late or too low goes at once', () => {
  expect(survivors(9, [[1, 0, 1, 5], [1, 2, 3, 5], [-1, 3, 4, 1], [-1, 4, 5, 2], [1, 5, 6, 4], [1, 6, 7, 6]])).toEqual([0, 2, 5]);
});

test('of a bar that is both, the side of the last that stayed comes first; at the start both stay', () => {
  expect(survivors(9, [[1, 0, 1, 5], [1, 2, 3, 6], [-1, 2, 3, 1]])).toEqual([1, 2]);
  expect(survivors(9, [[-1, 0, 1, 2], [1, 2, 3, 6], [-1, 2, 3, 1]])).toEqual([1, 2]);
  expect(survivors(9, [[1, 2, 3, 6], [-1, 2, 3, 1], [-1, 5, 6, 3]])).toEqual([0, 1, 2]);
});

test.each([1, 2, 3])('what stays is what striking the lesser of two neighbours leaves, series %i', seed => {
  const { high, low } = plainBars(seed, 500), all = pivotsByScan(high, low, seed, 2, 'first'), highs = new Set(all.filter(([direction]) => direction > 0).map(([, row]) => row));
  const single = all.filter(([direction, row]) => direction > 0 || !highs.has(row));
  expect(single.length).toBeGreaterThan(30);
  expect(survivors(500, single).map(k => single[k])).toEqual(alternationByScan(single));
});

const bars = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz'), peer = sharedText('oracles/smart-money-concepts/swing_highs_lows_result_data.csv.gz');
test.skipIf(bars === undefined || peer === undefined)(`2,706 swings stay of those with 4 bars before, 5 after and every tie, and they are those of smart-money-concepts without its first and last ${sharedHint}`, () => {
  const columns = csvColumns(bars!) as unknown as { high: Float64Array; low: Float64Array };
  const { it } = combine({ it: [swings, 'bars', { left: 4, right: 5, ties: 'every' }] })({ bars: columns }), all = eventRows(it.events);
  // Theirs is a high where a bar is both, and their shifted window is not whole before row 9, though rows 4 to 8 have all their neighbours.
  const highs = new Set(all.filter(([, direction]) => direction > 0).map(([, , row]) => row)), given = all.filter(([, direction, row]) => row >= 9 && (direction > 0 || !highs.has(row)));
  const list = given.map(([, direction, origin, known, , level]): ScannedSwing => [direction, origin, known, level]);
  const ours = survivors(columns.high.length, list).map(k => `${list[k][0]} ${list[k][1]} ${list[k][3]}`);
  const { highlow, level } = csvColumns(peer!), theirs = [...highlow].flatMap((direction, row) => (direction === direction ? [`${direction} ${row} ${level[row]}`] : []));
  expect([ours.length, theirs.length]).toEqual([2706, 2708]);
  expect(ours).toEqual(theirs.slice(1, -1));
});
