import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. Long from 101 with a stop of 95; the next quote is 80 to 81. */
function fillsAtTheTriggeringQuote(run: Run): void {
  const result = run({ market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 80, 81]], on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 95 }); } } });
  expect(fillsOf(result)).toEqual(['0 1 101', '1 2 80']);
  expect(result.equity.at(-1)!.cash).toBe(100_000 - 21);
}

test('pitfall 27: a stop leg through a gap fills at the quote that triggered it', () => fillsAtTheTriggeringQuote(simulated));

test('pitfall 27: a program that fills it at its trigger price is caught', () => expect(() => fillsAtTheTriggeringQuote(misread('stopAtItsPrice'))).toThrow(/1 2 95/));
