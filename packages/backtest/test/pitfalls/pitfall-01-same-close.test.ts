import { expect, test } from 'vitest';
import { fillsOf, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. The bar that decides closes at 102, the next one opens at 107. */
const bars: Case = { market: 'bars', rows: [[0, 100, 105, 95, 102], [10, 107, 110, 90, 104]], on: { 0: a => { a.market(1, 1); } } };

function fillsAtTheNextOpen(run: Run): void {
  expect(fillsOf(run(bars))).toEqual(['0 1 107']);
}

test('pitfall 1: an order decided on a close fills at the next open', () => fillsAtTheNextOpen(simulated));

test('pitfall 1: the same close fills only where the option asks for it', () => {
  expect(fillsOf(simulated({ ...bars, options: { fillAt: 'sameClose' } }))).toEqual(['0 0 102']);
});

test('pitfall 1: a program that fills at the close that decided is caught', () => {
  expect(() => fillsAtTheNextOpen(of => simulated({ ...of, options: { fillAt: 'sameClose' } }))).toThrow(/0 0 102/);
});
