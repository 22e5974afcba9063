/** Oracle: worked by hand, from `fills.md` B17. */
import { defineActions } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { simulate, type SimulationInput } from '../simulator/simulate.ts';
import { Simulator } from '../simulator/simulator.ts';

const { NaN: none } = Number, column = (table: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((table.columns[name] as Float64Array | undefined) ?? [])].slice(0, table.length);

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
    // 1 at 0.1 and 1 at 0.3 against 1.449, rounded to whole units: 1 and 1, not 3 of 2.498 together.
    const { conservation } = simulate({ close: [0.1, 0.1, 0.3, 1.449, 1.449], enter: [1, 1, 0, 0, 0], exits: [0, 0, 1, 0, 0], size: [1, 1, 0, 0, 0], tick: 0.001 }, { lots: 'fifo', conflict: 'accumulate', moneyUnit: 1 });
    expect([conservation.realised, conservation.difference]).toEqual([2, 0]);
  });

  test('splits and other words are refused', () => {
    expect(() => simulate({ close: [1] }, { lots: 'lifo' as never })).toThrow('lots');
    const actions = defineActions({ instrument: 'A.X', from: 0n, to: 100n, list: [{ kind: 'split', time: 50n, numerator: 2 }] });
    const instrument = { id: 'A.X', tick: none, quantityStep: none, minimumQuantity: 0, multiplier: 1, market: 'trades' as const, sessionEnd: (time: bigint): bigint => time + 1n, actions };
    expect(() => new Simulator({ strategyId: 's', instruments: [instrument], sources: [], reports: false, equitySource: -1, from: 0n, to: 100n, decide: () => {}, state: null, options: { lots: 'fifo' } })).toThrow('lots: fifo does not go through the splits of A.X');
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
