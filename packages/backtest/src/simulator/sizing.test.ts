/** Oracle: worked by hand. */
import { defineEngine, defineInstrument, generateBars } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { goldenSetup } from '../../test/reference/goldens.ts';
import { simulate as simulated } from '../../test/simulated.ts';
import type { SimulationOptions } from './setup.ts';
import { simulate } from './simulate.ts';
import { run } from '../run/index.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { bars } from '../strategy/sources.ts';
import type { Account, Actions } from '../strategy/strategy.ts';

const { NaN: none } = Number;
const column = (output: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])].slice(0, output.length);

describe('a plan of weights', () => {
  const options: SimulationOptions = { cash: 1000 };
  test.each([
    ['half of equity, then none', [0.5, none, 0, none], [100, 100, 100, 100], [[1, 5, 1], [-1, 5, 3]]],
    ['short for half', [-0.5, none, none, none], [100, 100, 90, 90], [[-1, 5, 1]]],
    ['what has grown is cut back: 5 are worth 1000 of an equity of 1500, half of which is 3.75', [0.5, none, 0.5, none], [100, 100, 200, 200], [[1, 5, 1], [-1, 1.25, 3]]],
    ['from long to short in one order', [0.5, none, -0.5, none], [100, 100, 100, 100], [[1, 5, 1], [-1, 10, 3]]],
    ['a weight that is met sends nothing', [0.5, none, 0.5, none], [100, 100, 100, 100], [[1, 5, 1]]],
    ['twice equity', [2, none, none, none], [50, 50, 50, 50], [[1, 40, 1]]],
    ['a target repeated before its order has filled is not sent twice', [0.5, 0.5, 0.5, none], [100, 100, 100, 100], [[1, 5, 1]]],
  ] as const)('%s', (_, weight, close, expected) => {
    const { fills, conservation } = simulate({ close, weight }, options);
    expect(Array.from({ length: fills.length }, (_, i) => ['side', 'quantity', 'row'].map(name => column(fills, name)[i]))).toEqual(expected);
    expect(conservation.difference).toBe(0);
  });

  test('is an engine of one output', () => {
    const turns = defineEngine({
      name: 'weights', input: { close: 'f64' }, aligned: { weight: 'f64' }, sparse: ['weight'], defaults: {}, init: () => ({ row: 0 }),
      advance(state, _input, { weight }, from, to) {
        for (let i = from; i < to; i++, state.row++) weight[i] = state.row % 5 === 0 ? 0.1 * ((state.row / 5) % 3 - 1) : NaN;
      },
    });
    const strategy = defineStrategy({ name: 'weights', parameters: {}, sources: () => ({ h1: bars('1h') }), plan: () => [turns, 'h1'] });
    const data = [{ instrument: defineInstrument({ id: 'A.X', quantityStep: 1, quoteCurrency: 'USD' }), kind: 'bars' as const, interval: 3600e9, columns: generateBars({ seed: 3, count: 40, interval: '1h' }) }];
    const { orders } = run(strategy, { data });
    // Rows 0, 5, ..., 35 ask for -0.1, 0, 0.1 by turns.
    expect(Array.from(orders.columns.side as Int8Array)).toEqual([-1, 1, 1, -1, 1, 1, -1, 1]);
  });

  test.each([
    // 1000 = 50 q + fee.
    ['basis points', { basisPoints: 10 }, 1000 / 50.05], ['money a unit and an order', { perUnit: 0.05, perOrder: 1 }, 999 / 50.05], ['a minimum', { basisPoints: 1, minimum: 7 }, 993 / 50], ['a maximum', { basisPoints: 100, maximum: 2 }, 998 / 50],
    ['a largest share', { perOrder: 100, maximumBasisPoints: 50 }, 1000 / 50.25], ['a rebate', { basisPoints: -10 }, 1000 / 49.95], ['nothing left by the minimum', { minimum: 1000 }, undefined],
    // 500 at 20 bp are 1, the rest at 10 bp: 50 q + 1 + (50 q - 500) / 1000 = 1000.
    ['tiers that are marginal', { basisPoints: 20, isMarginal: true, tiers: [{ from: 500, basisPoints: 10 }] }, 999.5 / 50.05],
  ] as const)('a size that includes fees pays those of a schedule: %s', (_, schedule, quantity) => {
    const { fills, cash } = simulate({ close: [50, 50, 50], entries: [1, 0, 0] }, { cash: 1000, sizingFees: 'included', sizing: { kind: 'percentOfEquity', fraction: 1 }, costs: { fees: { '*': schedule } } });
    expect(column(fills, 'quantity')).toEqual(quantity === undefined ? [] : [expect.closeTo(quantity, 9)]);
    if (quantity !== undefined) expect(cash - 50 * quantity).toBeCloseTo(0, 9);
  });

  test('of a limit the larger fee counts, and a short weight takes its share of equity too', () => {
    const options: SimulationOptions = { cash: 1000, sizingFees: 'included', sizing: { kind: 'percentOfEquity', fraction: 1 }, costs: { fees: { '*': { makerBasisPoints: 40, takerBasisPoints: 10 } } } };
    expect(column(simulate({ close: [50, 50, 49], entries: [1, 0, 0], limit: [50, none, none] }, options).fills, 'quantity')).toEqual([expect.closeTo(1000 / 50.2, 9)]);
    expect(column(simulate({ close: [50, 50, 50], weight: [-0.5, none, none] }, options).fills, 'quantity')).toEqual([expect.closeTo(500 / 50.05, 9)]);
  });

  test('beside entries it is refused', () => expect(() => simulate({ close: [1, 2], weight: [1, 1], entries: [1, 0] })).toThrow('plan: weight stands alone, without enter and exit'));
});

describe('targets', () => {
  const quotes = (ask: number): readonly (readonly number[])[] => Array.from({ length: 8 }, (_, i) => [10 * i, 99, ask]);
  /** Side, quantity, reduce-only of every order, after what each row does. */
  const sent = (on: { readonly [row: number]: (actions: Actions, account: Account) => void }, options: SimulationOptions = {}): unknown[] => {
    const { setup, rows } = goldenSetup({ name: '', reading: '', fills: [], market: 'quotes', tick: 1, rows: quotes(101), options: { cash: 1000, ...options }, on });
    return simulated(setup, rows).orders.map(({ side, quantity, reduceOnly }) => [side, quantity, reduceOnly]);
  };
  const target = (quantity: number) => (actions: Actions): void => { actions.target({ instrument: 'X', quantity }); };

  test('the middle of bid and ask is what a share is worth: 450 of 1000 at 100 are 4 whole units', () => {
    expect(sent({ 0: a => void a.target({ instrument: 'X', weight: 0.45 }) })).toEqual([[1, 4, false]]);
  });
  test('cut towards zero, short too', () => expect(sent({ 0: a => void a.target({ instrument: 'X', weight: -0.45 }) })).toEqual([[-1, 4, false]]));
  test('orders on their way count as filled', () => expect(sent({ 0: target(3), 1: target(5), 2: target(5) }, { latency: { submit: 35_000 } })).toEqual([[1, 3, false], [1, 2, false]]));
  test('what only shrinks is reduce-only, what crosses zero is not', () => expect(sent({ 0: target(3), 2: target(1), 4: target(-1) })).toEqual([[1, 3, false], [-1, 2, true], [-1, 2, false]]));
  test('a limit that works does not count', () => {
    expect(sent({ 0: a => { a.submit({ instrument: 'X', side: 1, kind: 'limit', price: 90, quantity: 2 }); a.target({ instrument: 'X', quantity: 3 }); } })).toEqual([[1, 2, false], [1, 3, false]]);
  });
  test('nothing missing gives -1, no answer an order that is denied', () => {
    const ids: number[] = [];
    const { setup, rows } = goldenSetup({
      name: '', reading: '', fills: [], market: 'quotes', tick: 1, rows: quotes(101), options: { cash: 1000 },
      on: { 0: a => { ids.push(a.target({ instrument: 'X', quantity: 0 }), a.target({ instrument: 'X', weight: none }), a.target({ instrument: 'X', weight: 0 })); } },
    });
    expect(simulated(setup, rows).executions.map(({ event, reason }) => [event, reason])).toEqual([['reject', 'invalidQuantity']]);
    expect(ids).toEqual([-1, 0, -1]);
  });
});
