/** Oracle: worked by hand. */
import { describe, expect, test } from 'vitest';
import type { Account, Actions } from '../strategy/strategy.ts';
import { buy, play, sell, type Script } from '../../test/simulator/played.ts';
import { simulate } from './simulate.ts';

const options = { participation: 0.1 } as const;
const fillsOf = (script: Script): (readonly number[])[] => play({ options, ...script }).fills.map(({ order, row, quantity, price }) => [order, row, quantity, price]);

describe('a tenth of what is shown or traded', () => {
  const rows = [[1, 9.99, 10, 90, 80], [2, 9.99, 10, 90, 55], [3, 9.99, 10, 90, 0], [4, 9.99, 10, 90, NaN], [5, 9.99, 10, 90, 400]];

  test('quotes: the size of the side that is taken, in whole steps; the rest waits', () => {
    expect(fillsOf({ rows, on: { 0: buy(20) } })).toEqual([[0, 1, 5, 10], [0, 4, 15, 10]]);
  });

  test('all orders share what may be taken of one row, by id', () => {
    expect(fillsOf({ rows, on: { 0: (actions, account) => { buy(3)(actions, account); buy(4)(actions, account); sell(9)(actions, account); } } })).toEqual([[0, 1, 3, 10], [1, 1, 2, 10], [2, 1, -4, 9.99], [2, 2, -9 + 4, 9.99], [1, 4, 2, 10]]);
  });

  test('a limit that rests takes its share of each row that reaches it', () => {
    expect(fillsOf({ rows, on: { 0: buy(12, { kind: 'limit', price: 10 }) } })).toEqual([[0, 1, 5, 10], [0, 4, 7, 10]]);
  });

  test('the rest of an immediate-or-cancel order is cancelled', () => {
    const { fills, events } = play({ rows, on: { 0: buy(20, { timeInForce: 'ioc' }) }, options });
    expect([fills.map(({ quantity }) => quantity), events]).toEqual([[5], ['0 cancel immediateOrCancel']]);
  });

  test('trades: the size of the trade', () => {
    expect(fillsOf({ kind: 'trades', rows: [[1, 10, 100], [2, 10, 30], [3, 10, 9], [4, 10, 70]], on: { 0: buy(8) } })).toEqual([[0, 1, 3, 10], [0, 3, 5, 10]]);
  });

  test('it holds beside what is shown', () => {
    expect(fillsOf({ rows, on: { 0: buy(200) }, options: { participation: 1, quantity: 'shown' } })).toEqual([[0, 1, 55, 10], [0, 4, 145, 10]]);
  });
});

describe('bars', () => {
  const bar = (time: number, volume: number, low = 9.9, high = 10.1): number[] => [time, 10, high, low, 10, volume], rows = [bar(0, 100), bar(10, 60), bar(20, 900), bar(30, 900)];

  test('at the open what the bar before has traded counts, for the bar\'s own is not known yet', () => {
    expect(fillsOf({ kind: 'bars', rows, on: { 0: buy(30) } })).toEqual([[0, 1, 10, 10], [0, 2, 6, 10], [0, 3, 14, 10]]);
  });

  test('in the range the bar\'s own, less what its open took', () => {
    const on = { 0: (actions: Actions, account: Account) => { buy(4)(actions, account); buy(20, { kind: 'limit', price: 9.95 })(actions, account); } };
    expect(fillsOf({ kind: 'bars', rows, on })).toEqual([[0, 1, 4, 10], [1, 1, 2, 9.95], [1, 2, 18, 9.95]]);
  });

  test('the first bar\'s open knows nothing', () => {
    const start: Script = { kind: 'bars', rows, on: {} };
    expect(fillsOf({ ...start, on: { 0: buy(5) }, rows: [bar(0, NaN), ...rows.slice(1)] })).toEqual([[0, 2, 5, 10]]);
  });

  test('what is left of a stop that was met goes to the market at the next opens', () => {
    const on = { 0: buy(16), 1: sell(16, { kind: 'stop', stopPrice: 9.8 }) }, falling = [bar(0, 200), bar(10, 200), bar(20, 50, 9.7), bar(30, 70, 9.9), bar(40, 900)];
    expect(fillsOf({ kind: 'bars', rows: falling, on })).toEqual([[0, 1, 16, 10], [1, 2, -5, 9.8], [1, 3, -5, 10], [1, 4, -6, 10]]);
  });

  test('a stop that is met where nothing may be taken is triggered', () => {
    const on = { 0: buy(10), 1: sell(10, { kind: 'stop', stopPrice: 9.8 }) }, { fills, events } = play({ kind: 'bars', rows: [bar(0, 200), bar(10, 200), bar(20, 0, 9.7), bar(30, 200), bar(40, 200)], on, options });
    expect(events).toEqual(['1 trigger none']);
    expect(fills.map(({ row, quantity, price }) => [row, quantity, price])).toEqual([[1, 10, 10], [4, -10, 10]]);
  });

  test('groups of rows and snapshots between them change nothing', () => {
    const script: Script = { kind: 'bars', rows, on: { 0: buy(30, { stop: 9.5, target: 11 }) } };
    for (const cuts of [[10], [20], [10, 20, 30]]) expect(fillsOf({ ...script, cuts })).toEqual(fillsOf(script));
  });
});

test('without quantity steps the parts of an order still add up to it, and a position closes', () => {
  // Oracle: the sum itself, which with parts of 0.1 x size as they come is off by an ulp now and then.
  const rows = Array.from({ length: 60 }, (_, i) => [i + 1, 10, 1 + ((i * 7) % 5) / 3]);
  const { fills } = play({ kind: 'trades', rows, on: { 0: buy(1.7), 30: sell(1.7) }, options, instrument: { tick: NaN, quantityStep: NaN } });
  expect(fills.length).toBeGreaterThan(10);
  for (const side of [1, -1]) expect(fills.filter(({ quantity }) => quantity * side > 0).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(side * 1.7);
});

test('plain arrays have a volume beside their closes', () => {
  const { fills } = simulate({ close: [10, 10, 10, 10], entries: [1, 0, 0, 0], size: [25, 0, 0, 0], volume: [500, 100, 80, 300], tick: 0.01 }, options);
  expect([...(fills.columns.quantity as Float64Array).subarray(0, fills.length)]).toEqual([10, 8, 7]);
});

test('a limit needs a share and a column', () => {
  const rows = [[1, 10], [2, 10]];
  expect(() => play({ kind: 'trades', rows, on: {}, options: { participation: 0 } })).toThrow('simulator: participation must be above 0 and at most 1, was 0');
  expect(() => play({ kind: 'trades', rows, on: {}, options: { participation: 1.5 } })).toThrow('was 1.5');
  expect(() => play({ kind: 'bars', rows: [[0, 1, 1, 1, 1]], on: {}, options, isWithoutSizes: true })).toThrow('X.V: participation and impact by volume need the column "volume"');
});
