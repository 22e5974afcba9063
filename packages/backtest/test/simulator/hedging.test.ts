// Oracle: worked by hand, from section H of `fills.md`.
import type { GivenAction } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulate.ts';
import type { Actions, OpenPosition } from '../../src/strategy/strategy.ts';
import { buy, play, sell, type Played } from './played-actions.ts';

const hedging = { positionMode: 'hedging' } as const, rows = [[0, 100, 100.04], [10, 100, 100.04], [20, 101, 101.04], [30, 25, 25.01], [40, 26, 26.01], [50, 27, 27.01]], four: GivenAction = { kind: 'split', time: 25n, numerator: 4 };
const both = { 0: (actions: Actions): void => { actions.market(1, 10); actions.market(-1, 5); } };
const column = ({ output }: Played, table: 'roundTrips' | 'positions' | 'orders', name: string): unknown[] => {
  const { columns, length } = output[table];
  return [...((columns[name] as Float64Array | undefined) ?? [])].slice(0, length);
};

describe('positions beside each other', () => {
  test('a split acts on each, and its orders go on', () => {
    const played = play({ rows, list: [four], options: hedging, on: { 0: (actions, account) => { buy(10, { stop: 90 })(actions, account); sell(5, { target: 88 })(actions, account); }, 3: actions => void actions.submit({ side: -1, quantity: 15, positionId: 0, instrument: 'X' }) } });
    expect(played.events).toEqual(['1 replace 40 at 22.5', '3 replace 20 at 22']);
    expect(played.fills).toEqual(['0 X 1@10 10 at 100.04', '2 X 1@10 -5 at 100', '4 X 4@40 -15 at 26']);
    expect([column(played, 'positions', 'positionId'), column(played, 'positions', 'quantity'), column(played, 'positions', 'averagePrice'), column(played, 'positions', 'mark')]).toEqual([[0, 2], [25, -20], [25.01, 25], [27, 27.01]]);
    expect(played.conservation.difference).toBe(0);
    // 15 x (26 - 25.01); then 25 x (27 - 25.01) and 20 x (25 - 27.01).
    expect([played.cash, Number(played.equity.toFixed(6))]).toEqual([100_014.85, Number((100_014.85 + 49.75 - 40.2).toFixed(6))]);
  });

  test('a position that a split leaves nothing of is gone, and the others are not', () => {
    const ten: GivenAction = { kind: 'split', time: 25n, numerator: 1, denominator: 10 }, played = play({ rows: rows.map(([time, bid, ask], k) => (k < 3 ? [time, bid, ask] : [time, Math.round(bid * 40), Math.round(ask * 40)])), list: [ten], options: hedging, on: { 0: actions => { actions.market(1, 7); actions.market(1, 20); } } });
    expect([column(played, 'positions', 'positionId'), column(played, 'positions', 'quantity'), column(played, 'roundTrips', 'positionId')]).toEqual([[1], [2], [0]]);
    // 0.7 at 1,010 against 1,000.4.
    expect([played.cash, played.conservation.difference]).toEqual([100_006.72, 0]);
  });

  test('a dividend is paid on the sum, funding and borrow by each', () => {
    const dividend = play({ rows: rows.slice(0, 3), list: [{ kind: 'dividend', time: 15n, amount: 1.5 }], options: hedging, on: both });
    expect(dividend.cash).toBe(100_007.5);
    const borrow = play({ rows: rows.slice(0, 3), list: [], options: hedging, on: both, financing: { funding: { time: BigInt64Array.of(15n), rate: Float64Array.of(0.01), every: 1e12 } } });
    // Longs pay 10 x 100 x 1 %, shorts receive 5 x 100.04 x 1 %.
    expect([borrow.cash, borrow.conservation.difference]).toEqual([100_000 - 10 + 5.002, 0]);
  });

  test('a roll closes each and opens it in the next contract', () => {
    const other = [[0, 103, 103.06], [10, 103, 103.06], [20, 104, 104.06]], played = play({ rows: rows.slice(0, 3), other, list: [{ kind: 'roll', time: 25n, into: 'Y', cost: 0 }], options: hedging, on: both });
    expect(played.fills.slice(2)).toEqual(['2 X 2@25 -10 at 101', '3 Y 2@25 10 at 104.06', '4 X 2@25 5 at 101.04', '5 Y 2@25 -5 at 104']);
    expect([column(played, 'positions', 'positionId'), column(played, 'positions', 'quantity')]).toEqual([[3, 5], [10, -5]]);
  });

  test('each has a round trip of its own, with its extremes, and orders say which they reduce', () => {
    const quotes = [[0, 100, 101], [10, 100, 101], [20, 104, 105], [30, 97, 98], [40, 102, 103]], played = play({
      rows: quotes, list: [], options: { ...hedging, costs: { perUnit: 0.5 } }, tick: 1,
      on: { 0: (actions, account) => { buy(2, { target: 104 })(actions, account); sell(1)(actions, account); }, 2: actions => void actions.submit({ side: 1, instrument: 'X', kind: 'limit', price: 98, quantity: 1, positionId: 2 }) },
    });
    // Long 2 at 101, out at 104 on the row that reached it; short 1 at 100, out at 98: it saw asks from 98 to 105.
    expect(['positionId', 'side', 'entryPrice', 'exitPrice', 'gross', 'costs', 'net', 'mae', 'mfe', 'exitReason'].map(name => column(played, 'roundTrips', name))).toEqual([
      [0, 2], [1, -1], [101, 100], [104, 98], [6, 2], [2, 1], [4, 1], [1, 5], [3, 2], [3, 3],
    ]);
    expect(column(played, 'orders', 'positionId')).toEqual([NaN, 0, NaN, 2]);
    expect(column(played, 'orders', 'reduceOnly')).toEqual([0, 1, 0, 1]);
  });

  test('a strategy sees them, by instrument and in order of opening', () => {
    const seen: (readonly OpenPosition[])[] = [], sums: number[] = [];
    play({ rows: rows.slice(0, 3), list: [], options: hedging, on: { ...both, 2: (_actions, account) => { seen.push(account.positions(), account.positions('X')); sums.push(account.position('X'), account.averagePrice('X')); } } });
    const open = [{ positionId: 0, instrument: 'X', side: 1, quantity: 10, entryPrice: 100.04 }, { positionId: 1, instrument: 'X', side: -1, quantity: 5, entryPrice: 100 }];
    expect(seen).toEqual([open, open]);
    expect(sums).toEqual([5, NaN]);
    const netted: (readonly OpenPosition[])[] = [];
    play({ rows: rows.slice(0, 3), list: [], on: { ...both, 2: (_actions, account) => void netted.push(account.positions()) } });
    expect(netted).toEqual([[{ positionId: NaN, instrument: 'X', side: 1, quantity: 5, entryPrice: 100.04 }]]);
  });

  test('the margin column and the account\'s margin are those of both sides', () => {
    const margins: number[] = [], { output } = play({ rows: rows.slice(0, 3), list: [], options: { ...hedging, margin: { initial: 0.1 } }, on: { ...both, 2: (_actions, account) => void margins.push(account.margin) } });
    expect(margins).toEqual([10 * 101 * 0.1 + 5 * 101.04 * 0.1]);
    expect((output.equity.columns.margin as Float64Array)[2]).toBe(margins[0]);
  });
});

describe('what goes by one position is refused', () => {
  test('targets, plans, and a position without hedging', () => {
    expect(() => play({ rows, list: [], options: hedging, on: { 0: actions => void actions.target({ quantity: 1 }) } })).toThrow('target: says what the one position of an instrument should be, positionMode is hedging');
    expect(() => simulate({ close: [1, 2], entries: [1, 0] }, hedging)).toThrow('plan: goes by the one position of an instrument, positionMode is hedging: write decide instead');
    expect(() => play({ rows, list: [], on: { 0: actions => void actions.submit({ side: -1, positionId: 0 }) } })).toThrow('order: positionId is for positionMode hedging, was 0');
    expect(() => simulate({ close: [1] }, { positionMode: 'both' as never })).toThrow('positionMode');
  });
});
