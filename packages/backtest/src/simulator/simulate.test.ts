/** Oracle: worked by hand. */
import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { StrategyError } from './calls.ts';
import { Simulator } from './simulator.ts';

const column = (output: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])].slice(0, output.length);

describe('simulate', () => {
  test('what a row decides is filled at the next close', () => {
    const output = simulate({ close: [10, 11, 12, 13, 14], entries: [1, 0, 0, 0, 0], exits: [0, 0, 1, 0, 0] });
    expect(column(output.fills, 'price')).toEqual([11, 13]);
    expect(column(output.fills, 'row')).toEqual([1, 3]);
    expect(column(output.equity, 'equity')).toEqual([100_000, 100_000, 100_001, 100_002, 100_002, 100_002]);
    expect(output.cash).toBe(100_002);
    expect(output.warnings).toEqual([]);
  });

  test('the same close is an explicit option, and the warnings say so (pitfall 1)', () => {
    const output = simulate({ close: [10, 11, 12, 13], entries: [true, false, false, false], exits: [false, false, true, false] }, { fillAt: 'sameClose' });
    expect(column(output.fills, 'price')).toEqual([10, 12]);
    expect(output.warnings).toEqual(['market orders fill at the close that decided them (fillAt: sameClose)']);
  });

  test('a decision on the last row is never filled', () => {
    const output = simulate({ close: [10, 11], entries: [0, 1] });
    expect([output.orders.length, output.fills.length]).toEqual([1, 0]);
  });

  test('with open, high and low the next open fills and the bracket works inside bars', () => {
    const output = simulate({
      open: [10, 11, 12, 13], high: [10, 12, 15, 13], low: [10, 10.5, 11, 12], close: [10, 11.5, 13, 12.5], entries: [1, 0, 0, 0], stop: [9, 0, 0, 0], target: [14, 0, 0, 0],
    });
    expect(column(output.fills, 'price')).toEqual([11, 14]);
    expect(column(output.fills, 'row')).toEqual([1, 2]);
    const { roundTrips } = output;
    expect([column(roundTrips, 'gross'), column(roundTrips, 'mae'), column(roundTrips, 'mfe'), column(roundTrips, 'exitReason')]).toEqual([[3], [0.5], [4], [3]]);
  });

  test('-1 in `enter` sells short', () => {
    const output = simulate({ close: [10, 12, 9, 9], enter: [-1, 0, 0, 0], exits: [0, 1, 0, 0] });
    expect(column(output.fills, 'side')).toEqual([-1, 1]);
    expect(output.cash).toBe(100_003);
  });

  test.each([
    ['ignore', [1, 1, 0, 0, 0], [0, 0, 0, 0, 0], 1], ['accumulate', [1, 0, 1, 0, 0], [0, 0, 0, 0, 0], 2], ['ignore', [1, 0, 0, 0, 0], [1, 0, 0, 0, 0], 0], ['enterFirst', [1, 0, 0, 0, 0], [1, 0, 0, 0, 0], 1],
    ['exitFirst', [1, 0, 1, 0, 0], [0, 0, 1, 0, 0], 3], ['enterFirst', [1, 0, 1, 0, 0], [0, 0, 1, 0, 0], 2], ['reverse', [1, 0, -1, 0, 0], [0, 0, 0, 0, 0], 3],
  ] as const)('conflict %s with entries %j and exits %j gives %i orders', (conflict, enter, exits, orders) => {
    expect(simulate({ close: [10, 10, 10, 10, 10], enter, exits }, { conflict }).orders.length).toBe(orders);
  });

  test('no second entry goes out beside one that still works', () => {
    const output = simulate({ close: [10, 11, 12, 13], enter: [1, 1, 1, 1], limit: [5, 5, 5, 5] });
    expect(output.orders.length).toBe(1);
  });

  test('columns of other lengths, no rows and half a bar are refused by name', () => {
    expect(() => simulate({ close: [1, 2], entries: [1] })).toThrow('simulate: entries must have 2 rows as close has, has 1');
    expect(() => simulate({ close: [] })).toThrow('simulate: close must have at least one row');
    expect(() => simulate({ close: [1], high: [1] })).toThrow('open, high and low come together');
    expect(() => simulate({ close: [1] }, { conflict: 'both' as 'ignore' })).toThrow('plan: conflict must be one of');
  });

  test('a negative size is an order of its own that is denied', () => {
    const output = simulate({ close: [1, 2, 3], entries: [1, 0, 0], size: [-1, 1, 1] });
    expect([output.orders.length, output.fills.length, column(output.executions, 'event')[0]]).toEqual([1, 0, 2]);
  });
});

describe('a strategy that throws', () => {
  test('is named with source, row and time, and the tables up to there can be read', () => {
    const time = BigInt64Array.from([1000n, 2000n, 3000n]), now = { kind: 'bar', time: 0n, source: 'minutes', instrument: 'X', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined } as const;
    const simulator = new Simulator({
      strategyId: 'faulty', instruments: [{ id: 'X', tick: NaN, quantityStep: NaN, minimumQuantity: 0, multiplier: 1, market: 'trades', sessionEnd: at => at + 10_000n }],
      sources: [{ name: 'minutes', kind: 'bar', instrument: 0, interval: 0, now: { ...now } }], reports: false, equitySource: 0, from: 0n, to: 10_000n, state: null, options: {},
      decide: (_state, { kind, row }, _account, actions) => {
        if (kind === 'bar' && row === 2) throw new TypeError('no such column');
        if (kind === 'bar') actions.market(1, 1);
      },
    });
    simulator.load({ markets: [{ base: 0, length: 3, time, price: Float64Array.from([1, 2, 3]) }], decisions: [{ base: 0, length: 3, time, toRow: Float64Array.from([1, 2, 3]) }] });
    expect(() => simulator.finish()).toThrow(StrategyError);
    expect(simulator.output.orders.length).toBe(2);
    expect(new StrategyError('faulty', 'minutes', 2, 3_000_000_000n, new TypeError('no such column')).message).toBe('faulty: minutes row 2 (1970-01-01T00:00:03.000Z): no such column');
  });
});
