import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. The market is silent from 10 to 1000; the order is sent on the last quote before. */
const silence: Case = { market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [1000, 110, 111]], on: { 1: a => { a.market(1, 1); } } };

function waitsForANewQuote(run: Run): void {
  expect(fillsOf(run(silence))).toEqual(['0 2 111']);
}

test('pitfall 9: an order fills only on a quote that is newer than its arrival', () => waitsForANewQuote(simulated));

test('pitfall 9: an order after the last quote never fills', () => {
  expect(fillsOf(simulated({ ...silence, on: { 2: a => { a.market(1, 1); } } }))).toEqual([]);
});

test('pitfall 9: a quote without a side carries no old price on', () => {
  expect(fillsOf(simulated({ ...silence, rows: [[0, 100, 101], [10, 100, 101], [500, NaN, NaN], [600, 105, NaN], [1000, 110, 111]] }))).toEqual(['0 4 111']);
});

test('pitfall 9: filled-forward rows, and a program that fills on the quote it decided on, are caught', () => {
  const filledForward: Run = of => simulated({ ...of, rows: of.rows.flatMap(row => (row[0] === 10 ? [row, [500, row[1], row[2]]] : [row])) });
  expect(() => waitsForANewQuote(filledForward)).toThrow(/0 2 101/);
  expect(() => waitsForANewQuote(misread('sameTick'))).toThrow(/0 1 101/);
});
