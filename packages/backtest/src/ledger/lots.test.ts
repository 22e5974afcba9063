/** Oracle: worked by hand, from `fills.md` B17. */
import { exitReasons } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { simulate, type SimulationInput } from '../simulator/simulate.ts';
import { Simulator } from '../simulator/simulator.ts';

const column = (table: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((table.columns[name] as Float64Array | undefined) ?? [])].slice(0, table.length);

/** One at 10, two more at 13. */
const scaledIn: SimulationInput = { close: [10, 10, 13, 16, 16, 16], enter: [1, 1, 0, 0, 0, 0], size: [1, 2, 0, 0, 0, 0], tick: 0.01 };

describe('lots, first in first out', () => {
  test.each(['average', 'fifo'] as const)('%s: what is closed whole has one profit, 1 at 10 and 2 at 13 against 16', lots => {
    const { cash, conservation } = simulate({ ...scaledIn, exits: [0, 0, 0, 1, 0, 0] }, { lots, conflict: 'accumulate' });
    expect([cash, conservation.realised, conservation.difference]).toEqual([100_012, 12, 0]);
  });

  test.each([
    // 100 at 10 and 100 at 12. 150 sold at 16: 100 x 6 + 50 x 4 = 800, left 50 at 12; on average 150 x 5 = 750, left 50 at 11.
    ['fifo', 1, 150, 800, 12], ['average', 1, 150, 750, 11], ['fifo', 1, 40, 240, (60 * 10 + 100 * 12) / 160], ['average', 1, 40, 200, 11], ['fifo', 1, 100, 600, 12],
    ['fifo', -1, 150, -800, 12], ['average', -1, 150, -750, 11],
  ] as const)('%s, side %i: %i closed realise %f and leave an average of %f', (lots, side, closed, realised, average) => {
    const seen = scale(lots, side, closed);
    expect([seen.realised, seen.average, seen.difference]).toEqual([realised, average, 0]);
    // What is left and what is realised are together worth the same.
    expect(seen.equity).toBe(10_000 + side * (100 * 6 + 100 * 4));
  });

  test('each part is rounded to money on its own', () => {
    // 1 at 0.1 and 1 at 0.3 against 1.549, rounded to whole units: 1 of 1.449 and 1 of 1.249, not 3 of 2.698 together.
    const { conservation } = simulate({ close: [0.1, 0.1, 0.3, 1.549, 1.549], enter: [1, 1, 0, 0, 0], exits: [0, 0, 1, 0, 0], size: [1, 1, 0, 0, 0], tick: 0.001 }, { lots: 'fifo', conflict: 'accumulate', moneyUnit: 1 });
    expect([conservation.realised, conservation.difference]).toEqual([2, 0]);
  });

  test('other words are refused', () => {
    expect(() => simulate({ close: [1] }, { lots: 'lifo' as never })).toThrow('lots');
  });

  test('each lot is a round trip, with its own prices, extremes and share of the fees; together they are what one trip was', () => {
    const input: SimulationInput = { close: [10, 10, 13, 9, 16, 16, 16], enter: [1, 1, 0, 0, 0, 0, 0], size: [1, 2, 0, 0, 0, 0, 0], exits: [0, 0, 0, 0, 1, 0, 0], tick: 0.01 }, options = { conflict: 'accumulate', costs: { perUnit: 0.5 } } as const;
    const lots = simulate(input, { ...options, lots: 'fifo' }).roundTrips, one = simulate(input, options).roundTrips;
    const names = ['positionId', 'lotId', 'entryRow', 'exitRow', 'entryPrice', 'exitPrice', 'quantity', 'gross', 'costs', 'net', 'mae', 'mfe'];
    expect(names.map(name => column(lots, name))).toEqual([[0, 0], [0, 1], [1, 2], [5, 5], [10, 13], [16, 16], [1, 2], [6, 6], [1, 2], [5, 4], [1, 4], [6, 3]]);
    expect(names.map(name => column(one, name))).toEqual([[0], [], [1], [5], [12], [16], [3], [12], [3], [9], [3], [4]]);
  });

  test('a lot that is closed in parts ends with the last of them, and a reversal ends all and begins another', () => {
    const input: SimulationInput = { close: [10, 10, 12, 13, 14, 14], enter: [1, 1, 0, 0, 0, 0], size: [2, 2, 0, 0, 0, 0], exits: [0, 0, 0, 0, 1, 0], tick: 0.01 };
    expect(column(simulate(input, { conflict: 'accumulate', lots: 'fifo' }).roundTrips, 'quantity')).toEqual([2, 2]);
    const { trips, reasons } = parts();
    // 2 at 10 and 2 at 12: 3 sold at 13, 2 more at 15, of which one opens a short.
    expect(trips).toEqual([[0, 2, 13, 6], [1, 2, 14, 4]]);
    expect(reasons).toEqual(['order', 'reverse']);
  });
});

/** 100 at 10, 100 more at 12, part of it closed at 16. */
function scale(lots: 'fifo' | 'average', side: number, closed: number): { realised: number; average: number; difference: number; equity: number } {
  const price = Float64Array.of(10, 10, 12, 16, 16), time = BigInt64Array.of(0n, 1n, 2n, 3n, 4n), now: any = { kind: 'tick', source: 't', instrument: 'A.X', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, get time() { return time[this.row]; } };
  let average = NaN;
  const simulator = new Simulator({
    strategyId: 's', instruments: [{ id: 'A.X', tick: 1, quantityStep: 1, minimumQuantity: 0, multiplier: 1, market: 'trades', sessionEnd: at => at + 100n }], sources: [{ name: 't', kind: 'tick', instrument: 0, interval: 0, now }],
    reports: false, equitySource: 0, from: 0n, to: 100n, state: null, options: { lots, cash: 10_000 },
    decide(_state, seen, account, actions) {
      if (seen.kind !== 'tick') return;
      if (seen.row < 2) actions.market(side, 100);
      if (seen.row === 2) actions.market(-side, closed);
      average = account.averagePrice();
    },
  });
  simulator.load({ markets: [{ base: 0, length: 5, time, price }], decisions: [{ base: 0, length: 5, time }] });
  simulator.finish();
  const { output } = simulator, { conservation } = output;
  expect(column(output.fills, 'price')).toEqual([10, 12, 16]);
  return { realised: conservation.realised, average, difference: conservation.difference, equity: conservation.equity };
}

/** Two lots, sold in parts that do not fit them. */
function parts(): { trips: number[][]; reasons: string[] } {
  const price = Float64Array.of(10, 10, 12, 13, 15, 15), time = BigInt64Array.of(0n, 1n, 2n, 3n, 4n, 5n), now: any = { kind: 'tick', source: 't', instrument: 'A.X', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, get time() { return time[this.row]; } };
  const sizes = [2, 2, -3, -2];
  const simulator = new Simulator({
    strategyId: 's', instruments: [{ id: 'A.X', tick: 1, quantityStep: 1, minimumQuantity: 0, multiplier: 1, market: 'trades', sessionEnd: at => at + 100n }], sources: [{ name: 't', kind: 'tick', instrument: 0, interval: 0, now }],
    reports: false, equitySource: 0, from: 0n, to: 100n, state: null, options: { lots: 'fifo', cash: 10_000 },
    decide: (_state, { kind, row }, _account, actions) => { if (kind === 'tick' && row < 4) actions.market(Math.sign(sizes[row]), Math.abs(sizes[row])); },
  });
  simulator.load({ markets: [{ base: 0, length: 6, time, price }], decisions: [{ base: 0, length: 6, time }] });
  simulator.finish();
  const { roundTrips } = simulator.output, lotId = column(roundTrips, 'lotId'), quantity = column(roundTrips, 'quantity'), exitPrice = column(roundTrips, 'exitPrice'), gross = column(roundTrips, 'gross');
  return { trips: lotId.map((id, k) => [id, quantity[k], exitPrice[k], gross[k]]), reasons: column(roundTrips, 'exitReason').map(code => exitReasons[code]) };
}
