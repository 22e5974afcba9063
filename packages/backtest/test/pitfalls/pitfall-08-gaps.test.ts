import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. A sell stop at 99 and a buy limit at 95; the market opens at 90, a gap through both. */
const on: Case['on'] = { 0: a => { a.submit({ side: -1, quantity: 1, kind: 'stop', stopPrice: 99 }); a.submit({ side: 1, quantity: 1, kind: 'limit', price: 95 }); } };
const bars: Case = { market: 'bars', rows: [[0, 100, 101, 99.5, 100], [10, 90, 92, 88, 91]], tick: 0.5, on };
const quotes: Case = { market: 'quotes', rows: [[0, 100, 100.5], [10, 90, 90.5]], tick: 0.5, on };

function stopPaysTheGap(run: Run): void {
  expect(fillsOf(run(bars))).toEqual(['0 1 90', '1 1 95']);
  expect(fillsOf(run(quotes))).toEqual(['0 1 90', '1 1 95']);
}

/** The same rows, but the second begins a session: a gap of the market, in which a resting limit fills at the first price. */
function limitGetsTheOpenOfASession(run: Run): void {
  expect(fillsOf(run({ ...bars, starts: [0, 1] }))).toEqual(['0 1 90', '1 1 90']);
  expect(fillsOf(run({ ...quotes, starts: [0, 1] }))).toEqual(['0 1 90', '1 1 90.5']);
}

test('pitfall 8: a stop through a gap fills at the first price, a resting limit at its own', () => stopPaysTheGap(simulated));
test('pitfall 8: at the start of a session a resting limit gets the better first price', () => limitGetsTheOpenOfASession(simulated));

test('pitfall 8: a program that fills a stop at its price through the gap is caught', () => expect(() => stopPaysTheGap(misread('stopAtItsPrice'))).toThrow(/0 1 99/));
test('pitfall 8: a program that gives every limit the better price is caught', () => expect(() => stopPaysTheGap(misread('betterPrice'))).toThrow(/1 1 90/));
test('pitfall 8: a program that knows no sessions is caught', () => expect(() => limitGetsTheOpenOfASession(misread('sessionGapsIgnored'))).toThrow(/1 1 95/));
