import { expect, test } from 'vitest';
import { fillsOf, misread, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: `docs/fills.md` 15 to 18 and 39, each comparison where both sides are equal. */
const cases: readonly (readonly [string, Case, readonly string[]])[] = [
  ['a buy stop triggers at ask = stop', { market: 'quotes', rows: [[0, 100, 101], [10, 101, 102]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'stop', stopPrice: 102 }); } } }, ['0 1 102']],
  ['a sell stop triggers at bid = stop', { market: 'quotes', rows: [[0, 100, 101], [10, 99, 100]], on: { 0: a => { a.submit({ side: -1, quantity: 1, kind: 'stop', stopPrice: 99 }); } } }, ['0 1 99']],
  ['a buy limit fills at ask = limit', { market: 'quotes', rows: [[0, 100, 101], [10, 98, 99]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'limit', price: 99 }); } } }, ['0 1 99']],
  ['a sell limit fills at bid = limit', { market: 'quotes', rows: [[0, 100, 101], [10, 102, 103]], on: { 0: a => { a.submit({ side: -1, quantity: 1, kind: 'limit', price: 102 }); } } }, ['0 1 102']],
  ['a limit does not fill on a trade at its price', { market: 'trades', rows: [[0, 100], [10, 99]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'limit', price: 99 }); } } }, []],
  ['a limit fills on a trade at its price under `touch`', { market: 'trades', rows: [[0, 100], [10, 99]], options: { limitFill: 'touch' }, on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'limit', price: 99 }); } } }, ['0 1 99']],
  ['a stop triggers on a trade at its price', { market: 'trades', rows: [[0, 100], [10, 99]], on: { 0: a => { a.submit({ side: -1, quantity: 1, kind: 'stop', stopPrice: 99 }); } } }, ['0 1 99']],
  ['a limit does not fill at low = limit', { market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 95, 99]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'limit', price: 95 }); } } }, []],
  ['a limit fills at low = limit under `touch`', { market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 95, 99]], options: { limitFill: 'touch' }, on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'limit', price: 95 }); } } }, ['0 1 95']],
  ['a stop triggers at high = stop', { market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 105, 95, 99]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'stop', stopPrice: 105 }); } } }, ['0 1 105']],
  ['a stop limit fills at ask = limit on its trigger', { market: 'quotes', rows: [[0, 100, 101], [10, 103, 104]], on: { 0: a => { a.submit({ side: 1, quantity: 1, kind: 'stopLimit', stopPrice: 103, price: 104 }); } } }, ['0 1 104']],
  ['an order is eligible at arrival = time of a quote', { market: 'quotes', rows: [[0, 100, 101], [10, 103, 104], [20, 105, 106]], options: { latency: { submit: 10 } }, on: { 0: a => { a.market(1, 1); } } }, ['0 1 104']],
];

function holdsAtEquality(run: Run): void {
  for (const [what, of, fills] of cases) expect([what, fillsOf(run(of))]).toEqual([what, fills]);
}

test.each(cases)('pitfall 24: %s', (_, of, fills) => expect(fillsOf(simulated(of))).toEqual(fills));

test.each(['strictStop', 'tieAfterRow'] as const)('pitfall 24: %s is caught', misreading => expect(() => holdsAtEquality(misread(misreading))).toThrow());

test('pitfall 24: touch where through is meant, and the reverse, are caught', () => {
  expect(() => holdsAtEquality(of => simulated({ ...of, options: { ...of.options, limitFill: 'touch' } }))).toThrow();
  expect(() => holdsAtEquality(of => simulated({ ...of, options: { ...of.options, limitFill: 'through' } }))).toThrow();
});
