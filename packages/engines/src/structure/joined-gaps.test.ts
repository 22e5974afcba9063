import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars } from '../../test/event-rows.ts';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { gapsByScan, joinedByScan } from '../../test/reference/gaps-by-scan.ts';
import { fairValueGaps } from './fair-value-gaps.ts';
import { joinedGaps } from './joined-gaps.ts';

engineLaws(test, joinedGaps, { tables: { gaps: [fairValueGaps, 'events'] } });

const graph = combine({ gaps: [fairValueGaps, 'bars', { middleBar: 'direction' }], joined: [joinedGaps, 'bars', {}, { gaps: 'gaps.events' }] });
const plain = combine({ gaps: [fairValueGaps, 'bars'], joined: [joinedGaps, 'bars', {}, { gaps: 'gaps.events' }] });

test('the example in the header holds', () => {
  expect(eventRows(plain({ bars: { high: Float64Array.of(2, 3, 6, 8), low: Float64Array.of(1, 2, 4, 6) } }).joined.events)).toEqual([['joined', 1, 1, 3, 1, 2, 6, 2]]);
});

test('a row between, another direction or a cut joins nothing', () => {
  const bars = { high: Float64Array.of(2, 3, 6, 8), low: Float64Array.of(1, 2, 4, 6) };
  expect(plain({ bars: { ...bars, segment: Int32Array.of(0, 0, 0, 1) } }).joined.events.length).toBe(0);
  expect(plain({ bars: { high: Float64Array.of(2, 3, 6, 6, 9, 9), low: Float64Array.of(1, 2, 4, 3, 4, 7) } }).joined.events.length).toBe(0);
});

test.each([1, 2, 3])('joined gaps are the runs that a scan of every gap finds, series %i', seed => {
  const bars = plainBars(seed, 900), theirs = joinedByScan(gapsByScan(bars, { minimumSize: 0, minimumRanges: 0, middleBar: 'any', bodyFactor: 0 }));
  expect(theirs.length).toBeGreaterThan(5);
  expect(eventRows(plain({ bars }).joined.events).map(([, direction, origin, known, , lower, upper, count]) => [direction, origin, known, lower, upper, count]))
    .toEqual(theirs.map(({ direction, originRow, knownRow, lower, upper, count }) => [direction, originRow, knownRow, lower, upper, count]));
});

const folder = 'oracles/smart-money-concepts-computed/btcusd_1m_20170903/', input = sharedText(`${folder}input.csv.gz`), peer = sharedText(`${folder}fvg_join_consecutive.csv.gz`);
test.skipIf(input === undefined || peer === undefined)(`the last union of each run, and the gaps that stand alone, are the joined gaps of smart-money-concepts ${sharedHint}`, () => {
  const { open, high, low, close } = csvColumns(input!);
  const { gaps, joined } = graph({ bars: { open, high, low, close } }), all = eventRows(gaps.events), unions = new Map(eventRows(joined.events).map(event => [event[4], event]));
  const first = all.map((event, id) => [event, id] as const).filter(([[kind]]) => kind === 'fairValueGap'), ours: string[] = [];
  first.forEach(([event, id], k) => {
    const next = first[k + 1]?.[0];
    if (next !== undefined && next[1] === event[1] && next[2] === event[2] + 1) return;
    const union = unions.get(id) ?? event;
    ours.push(`${event[2]} ${event[1]} ${union[5]} ${union[6]}`);
  });
  const { fvg, bottom, top } = csvColumns(peer!), theirs = [...fvg].flatMap((direction, row) => (direction === direction ? [`${row} ${direction} ${bottom[row]} ${top[row]}`] : []));
  expect(theirs.length).toBeGreaterThan(100);
  expect(ours).toEqual(theirs);
});
