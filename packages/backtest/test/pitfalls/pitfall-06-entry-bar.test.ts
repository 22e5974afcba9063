import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/**
 * Oracle: worked by hand. A buy stop at 105 fills inside the second bar; its low of 94 came before (the bar opened at 100 and had to rise), so nothing proves that
 * the stop of 95 was met after the entry. The close of 104 lies between.
 */
const phantomStop: Case = {
  market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 106, 94, 104], [20, 104, 105, 103, 104]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'stop', stopPrice: 105, stop: 95 }); } },
};

function onlyWhatFollowsTheEntryCounts(run: Run): void {
  expect(fillsOf(run(phantomStop))).toEqual(['0 1 105']);
}

test('pitfall 6: what the entry\'s bar did before the fill does not hit the legs', () => onlyWhatFollowsTheEntryCounts(simulated));

test('pitfall 6: a close beyond the leg proves that it was met after the fill', () => {
  expect(fillsOf(simulated({ ...phantomStop, rows: [phantomStop.rows[0], [10, 100, 106, 90, 92]] }))).toEqual(['0 1 105', '1 1 95']);
});

test('pitfall 6: an entry at the open sees its whole bar', () => {
  expect(fillsOf(simulated({ ...phantomStop, on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 95 }); } } }))).toEqual(['0 1 100', '1 1 95']);
});

test('pitfall 6: a program that tests the legs against the whole entry bar is caught', () => {
  expect(() => onlyWhatFollowsTheEntryCounts(misread('wholeEntryBar'))).toThrow(/1 1 95/);
});
