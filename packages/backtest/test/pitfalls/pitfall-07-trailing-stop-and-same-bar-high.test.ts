import { expect, test } from 'vitest';
import { intrabarPolicies } from '../../src/simulator/intrabar.ts';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/** Long from 100 at the second bar, with a stop that trails by 5: at 96 after that bar's high of 101. */
const held = (...bar: readonly number[]): Case => ({
  market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, ...bar], [30, 118, 119, 110, 112]], on: { 0: a => { a.submit({ side: 1, quantity: 1, stopTrail: 5 }); } },
});

/** Oracle: worked by hand. The low of 97 may have come before the high of 120: only the stop of before the bar, 96, is known to have been in force. */
function theOldStopIsTestedFirst(run: Run): void {
  // It survives the bar and fires in the next one, at 120 - 5.
  expect(fillsOf(run(held(100, 120, 97, 118)))).toEqual(['0 1 100', '1 3 115']);
  // It fires at what it was before the bar.
  expect(fillsOf(run(held(100, 120, 96, 118)))).toEqual(['0 1 100', '1 2 96']);
  // A close beyond the raised stop proves that it was passed after the high.
  expect(fillsOf(run(held(100, 120, 97, 114)))).toEqual(['0 1 100', '1 2 115']);
  // Opened beyond it: the gap is paid.
  expect(fillsOf(run(held(94, 120, 93, 118)))).toEqual(['0 1 100', '1 2 94']);
}

test('pitfall 7: a trailing stop is tested before the high of the bar raises it, and only the close may prove more', () => theOldStopIsTestedFirst(simulated));

test('pitfall 7: no policy of what comes first in a bar changes that', () => {
  for (const intrabar of intrabarPolicies) theOldStopIsTestedFirst(of => simulated({ ...of, options: { intrabar } }));
});

test('pitfall 7: with ticks there is nothing to assume', () => {
  const path = (...prices: readonly number[]): string[] => fillsOf(simulated({ market: 'trades', rows: [100, 100, 101, ...prices].map((price, i) => [i, price]), on: { 0: a => { a.submit({ side: 1, quantity: 1, stopTrail: 5 }); } } }));
  expect(path(97, 120, 118)).toEqual(['0 1 100']);
  expect(path(120, 97, 118)).toEqual(['0 1 100', '1 4 97']);
});

test('pitfall 7: a stop that the same bar\'s high raises first, as if the high always came before the low, is caught', () => {
  expect(() => theOldStopIsTestedFirst(misread('trailRaisedFirst'))).toThrow(/1 2 115/);
});

test('pitfall 7: a stop that forgets the high of the bar, or never moves, is caught', () => {
  const flattened: Run = of => simulated({ ...of, rows: of.rows.map(([time, open, , low, close]) => [time, open, Math.max(open, close), low, close]) });
  expect(() => theOldStopIsTestedFirst(flattened)).toThrow();
  expect(() => theOldStopIsTestedFirst(of => simulated({ ...of, on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 95 }); } } }))).toThrow();
});
