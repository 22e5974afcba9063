import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. The entry fills at 91 after a fall; its stop of 95 is through then, and its target of 88 in the mirrored case. */
const stopIsThrough: Case = { market: 'quotes', rows: [[0, 100, 101], [10, 90, 91], [20, 89, 90], [30, 89, 90]], on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 95, target: 105 }); } } };
const targetIsThrough: Case = { ...stopIsThrough, on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 80, target: 88 }); } } };

function anEntryNeverStandsNaked(run: Run): void {
  for (const [of, exit, leg] of [[stopIsThrough, '1 2 89', 1], [targetIsThrough, '2 2 89', 2]] as const) {
    const result = run(of);
    expect(fillsOf(result)).toEqual(['0 1 91', exit]);
    expect(result.executions.find(({ orderId, event }) => orderId === leg && event === 'accept')?.reason).toBe('throughOnArrival');
    expect(result.fills.reduce((position, { side, quantity }) => position + side * quantity, 0)).toBe(0);
  }
}

test('pitfall 26: a leg that is already through closes the entry on the next quote, with a warning', () => anEntryNeverStandsNaked(simulated));

test('pitfall 26: a venue that rejects such legs and leaves the entry naked is caught', () => expect(() => anEntryNeverStandsNaked(misread('throughLegsRejected'))).toThrow());
