/** Oracle: worked by hand, from `fills.md` B4 to B12. */
import { reasons } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { goldenSetup } from '../../test/reference/goldens.ts';
import { simulate as simulated } from '../../test/simulated.ts';
import type { Account, Actions } from '../strategy/strategy.ts';
import { simulate } from './simulate.ts';
import { Simulator } from './simulator.ts';
import type { SimulationOptions } from './setup.ts';

type Step = (actions: Actions, account: Account) => void;
const column = (output: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])].slice(0, output.length);
const day = 86_400e9, { NaN: none } = Number;

/** `order event reason` of what is no submit, accept or fill, and `order price quantity` of the fills. */
function happened(rows: readonly (readonly number[])[], on: { readonly [row: number]: Step }, options: SimulationOptions, market: 'quotes' | 'bars' = 'quotes'): { events: string[]; fills: string[]; fees: number[]; cash: number } {
  const { setup, rows: group } = goldenSetup({ name: '', reading: '', fills: [], market, tick: 1, rows, on, options }), { executions, fills, equity } = simulated(setup, group);
  return {
    events: executions.filter(({ event }) => !['submit', 'accept', 'fill', 'trigger'].includes(event)).map(({ orderId, event, reason }) => `${orderId} ${event} ${reason}`),
    fills: fills.map(({ orderId, side, price, quantity }) => `${orderId} ${side * quantity} @ ${price}`), fees: fills.map(({ fee }) => fee), cash: equity.at(-1)!.cash,
  };
}

const flat = (count: number, price = 100): number[][] => Array.from({ length: count }, (_, i) => [10 * i, price, price]);
const market = (side: number, quantity: number): Step => a => { a.submit({ instrument: 'X', side, quantity }); };

describe('cooldowns', () => {
  test.each([
    ['after any exit', { cooldownAfterExit: 25 }, 100, ['2 cancel cooldown', '3 reject cooldown'], ['0 1 @ 100', '1 -1 @ 100', '4 1 @ 100']],
    ['after a loss', { cooldownAfterLoss: 25 }, 99, ['2 cancel cooldown', '3 reject cooldown'], ['0 1 @ 100', '1 -1 @ 99', '4 1 @ 99']],
    ['not after an even one', { cooldownAfterLoss: 25 }, 100, [], ['0 1 @ 100', '1 -1 @ 100', '2 1 @ 100', '3 1 @ 100', '4 1 @ 100']],
  ] as const)('%s', (_, limits, price, events, fills) => {
    // In at 10, out at 20; the one sent with the exit comes at 20 too; at 30 one is sent, at 50 another: the cooldown ends at 45.
    const rows = flat(8).map(([time], i) => [time, i < 2 ? 100 : price, i < 2 ? 100 : price]);
    expect(happened(rows, { 0: market(1, 1), 1: a => { market(-1, 1)(a, {} as Account); market(1, 1)(a, {} as Account); }, 3: market(1, 1), 5: market(1, 1) }, { limits })).toMatchObject({ events, fills });
  });

  test('what a reversing fill opens is part of it; the next is held up', () => {
    expect(happened(flat(8), { 0: market(1, 1), 1: market(-1, 2), 3: market(-1, 1) }, { limits: { cooldownAfterExit: 100 } })).toMatchObject({ events: ['2 reject cooldown'], fills: ['0 1 @ 100', '1 -2 @ 100'] });
  });

  test('a resting entry that would fill in it is cancelled, a leg works', () => {
    const rows = [...flat(3), [30, 90, 90], ...flat(6).slice(4)];
    expect(happened(rows, { 0: a => { market(1, 1)(a, {} as Account); a.submit({ instrument: 'X', side: 1, kind: 'limit', price: 95, quantity: 1, stop: 80 }); }, 1: market(-1, 1) }, { limits: { cooldownAfterExit: 15 } })).toMatchObject({
      events: ['1 cancel cooldown', '2 cancel parentEnded'],
    });
  });
});

describe('locks', () => {
  const fall = [[0, 100, 100], [10, 100, 100], [20, 94, 94], [30, 90, 90], [40, 90, 90], [50, 90, 90]];
  test('a drawdown locks for good: entries are cancelled and denied, what reduces goes on', () => {
    const on = { 0: market(1, 10), 1: ((a: Actions) => { a.submit({ instrument: 'X', side: 1, kind: 'limit', price: 50, quantity: 1 }); a.submit({ instrument: 'X', side: -1, kind: 'limit', price: 200, quantity: 3 }); }) as Step, 3: market(1, 1), 4: market(-1, 10) };
    // 1000 with 10 units from 100: 940 at 94, 900 at 90.
    expect(happened(fall, on, { cash: 1000, limits: { maximumDrawdown: 0.1 } })).toMatchObject({ events: ['1 cancel locked', '3 reject locked', '2 cancel endOfData'], fills: ['0 10 @ 100', '4 -10 @ 90'] });
  });
  test('a hair less does not', () => expect(happened(fall, { 0: market(1, 10), 4: market(1, 1) }, { cash: 1001, limits: { maximumDrawdown: 0.1 } })).toMatchObject({ events: [] }));
  test('it closes what is held if asked to', () => {
    expect(happened(fall, { 0: market(1, 10) }, { cash: 1000, limits: { maximumDrawdown: 0.05, onLock: 'close' } })).toMatchObject({ fills: ['0 10 @ 100', '1 -10 @ 94'], cash: 940 });
  });
  test('an order that reverses is cut to the position', () => {
    expect(happened(fall, { 0: market(1, 10), 3: market(-1, 15) }, { cash: 1000, limits: { maximumDrawdown: 0.05 } })).toMatchObject({ fills: ['0 10 @ 100', '1 -10 @ 90'], events: ['1 cancel locked'] });
  });

  test('a day\'s loss is counted from the last look of the day before, and free again with the next', () => {
    // One bar a day; sessions end at midnight, where bars close. In at the open of day 1 at 100: -5 on day 1 of 1000, -6 more on day 2.
    const close = [100, 95, 89, 89, 89, 89], output = simulate({ open: [100, 100, 95, 89, 89, 89], high: close.map(value => value + 5), low: close, close, enter: [1, 1, 1, 1, 1, 0], size: [10, 1, 1, 1, 1, 1], tick: 1 }, { cash: 1000, conflict: 'accumulate', limits: { dailyLoss: 0.06 } });
    // Day 1 ends at 950; its look is at midnight, day 2's. 1000 x 0.94 = 940 is not reached; then 890 - 6 of the second unit is below 950 x 0.94 = 893.
    const why = column(output.executions, 'reason').map(code => reasons[code]).filter(reason => reason !== 'none');
    expect([column(output.fills, 'row'), why]).toEqual([[1, 2, 4, 5], ['locked']]);
  });
});

describe('positions at once', () => {
  test('the third instrument is kept out until one is free', () => {
    const instrument = (id: string): any => ({ id, tick: 1, quantityStep: 1, minimumQuantity: 0, multiplier: 1, market: 'trades', sessionEnd: (time: bigint) => time + BigInt(day) });
    const time = BigInt64Array.from({ length: 6 }, (_, i) => BigInt(10 * i)), rows = { base: 0, length: 6, time, price: new Float64Array(6).fill(100) }, now: any = { kind: 'tick', source: 'A', instrument: 'A', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, get time() { return time[this.row]; } };
    const simulator = new Simulator({
      strategyId: 'three', instruments: ['A', 'B', 'C'].map(instrument), sources: [{ name: 'A', kind: 'tick', instrument: 0, interval: 0, now }], reports: false, equitySource: 0, from: 0n, to: 1000n, state: null, options: { limits: { maximumPositions: 2 } },
      decide: (_state, seen, _account, actions) => {
        const send = (id: string, side: number): void => void actions.submit({ instrument: id, side, quantity: 1 });
        if (seen.kind !== 'tick') return;
        if (seen.row === 0) for (const id of ['A', 'B', 'C']) send(id, 1);
        if (seen.row === 2) { send('A', -1); send('C', -1); }
      },
    });
    simulator.load({ markets: [rows, rows, rows], decisions: [{ base: 0, length: 6, time }] });
    simulator.finish();
    const { output } = simulator;
    // B and C still have their row of that time, A waits for its next; at 20 C is closed, so that A may open at 30.
    expect(column(output.fills, 'orderId')).toEqual([1, 2, 4, 3]);
    expect(column(output.executions, 'reason').map(code => reasons[code]).filter(reason => reason !== 'none')).toEqual(['positionLimit']);
  });
});

describe('margin', () => {
  test.each([
    ['10 at 100 with a tenth: 100 is enough', 100, 10, [], ['0 10 @ 100']], ['99.99 is not', 99.99, 10, ['0 cancel insufficientCash'], []], ['short as well', 99.99, -10, ['0 cancel insufficientCash'], []],
  ] as const)('%s', (_, cash, quantity, events, fills) => {
    expect(happened(flat(3), { 0: market(Math.sign(quantity), Math.abs(quantity)) }, { cash, margin: { initial: 0.1 } })).toMatchObject({ events, fills });
  });
  test('a gain carries more, at the price of the fill', () => {
    // 10 from 100 at 110: equity 200, 18 x 110 x 0.1 = 198.
    const rows = [...flat(2), [20, 110, 110], [30, 110, 110], [40, 110, 110]];
    expect(happened(rows, { 0: market(1, 10), 2: market(1, 8), 3: market(1, 1) }, { cash: 100, margin: { initial: 0.1 } })).toMatchObject({ events: ['2 cancel insufficientCash'], fills: ['0 10 @ 100', '1 8 @ 110'] });
  });

  test.each([
    // 10 from 100 with 100 of cash, maintenance 0.05: 100 + 10 (p - 100) = 0.5 p, p = 94.7368.
    ['long, at the quote that is there: a gap is paid', 1, [[20, 95, 95], [30, 94, 94]], ['0 10 @ 100', '1 -10 @ 94'], 40],
    ['long, beyond', 1, [[20, 80, 80]], ['0 10 @ 100', '1 -10 @ 80'], -100],
    // 100 - 10 (p - 100) = 0.5 p: p = 104.7619.
    ['short', -1, [[20, 104, 104], [30, 105, 105]], ['0 -10 @ 100', '1 10 @ 105'], 50],
  ] as const)('liquidation: %s', (_, side, then, fills, cash) => {
    const result = happened([...flat(2), ...then, [90, 100, 100]], { 0: market(side, 10), 1: a => { a.submit({ instrument: 'X', side, kind: 'limit', price: side > 0 ? 10 : 1000, quantity: 1 }); } }, { cash: 100, margin: { initial: 0.1, maintenance: 0.05 } });
    expect(result).toMatchObject({ events: ['1 cancel liquidation'], fills: fills.map(text => text.replace(/^1 /, '2 ')), cash });
  });

  test('its fee comes on top', () => {
    expect(happened([...flat(2), [20, 90, 90]], { 0: market(1, 10) }, { cash: 100, costs: { basisPoints: 1 }, margin: { initial: 0.1, maintenance: 0.05, liquidationBasisPoints: 50 } }).fees).toEqual([0.1, 0.09 + 4.5]);
  });

  const bar = (time: number, open: number, high: number, low: number, close: number): number[] => [time, open, high, low, close];
  test.each([
    ['inside a bar at its price, rounded against it', 1, bar(20, 100, 101, 90, 99), none, ['0 10 @ 100', '1 -10 @ 94']],
    ['at the open that is through', 1, bar(20, 92, 101, 90, 99), none, ['0 10 @ 100', '1 -10 @ 92']],
    ['short inside a bar', -1, bar(20, 100, 110, 99, 100), none, ['0 -10 @ 100', '1 10 @ 105']],
    ['not reached', 1, bar(20, 100, 101, 95, 99), none, ['0 10 @ 100']],
    ['a stop before it comes first', 1, bar(20, 100, 101, 90, 99), 96, ['0 10 @ 100', '1 -10 @ 96']],
    ['a stop behind it does not', 1, bar(20, 100, 101, 90, 99), 92, ['0 10 @ 100', '2 -10 @ 94']],
  ] as const)('liquidation: %s', (_, side, last, stop, fills) => {
    const result = happened([bar(0, 100, 100, 100, 100), bar(10, 100, 100, 100, 100), last], { 0: a => { a.submit({ instrument: 'X', side, quantity: 10, ...(Number.isNaN(stop) ? {} : { stop }) }); } }, { cash: 100, margin: { initial: 0.1, maintenance: 0.05 } }, 'bars');
    expect(result.fills).toEqual(fills);
  });

  test('the account tells margin and liquidation price, tables keep them', () => {
    const seen: number[] = [];
    const { setup, rows } = goldenSetup({ name: '', reading: '', fills: [], market: 'quotes', tick: 1, rows: flat(4), options: { cash: 100, margin: { initial: 0.1, maintenance: 0.05 } }, on: { 0: market(1, 10), 2: (_a, account) => { seen.push(account.margin, account.liquidationPrice('X')); } } });
    const simulator = new Simulator(setup);
    simulator.load(rows);
    simulator.finish();
    expect(seen).toEqual([100, 900 / 9.5]);
    expect([column(simulator.output.equity, 'margin'), column(simulator.output.positions, 'margin')]).toEqual([[0, 100, 100, 100, 100], [100]]);
    expect(simulator.output.conservation.difference).toBe(0);
  });

  test('a liquidation is the exit reason of its round trip, and money is conserved', () => {
    const { roundTrips, conservation } = simulate({ close: [100, 100, 90, 90], enter: [1, 0, 0, 0], size: [10, 0, 0, 0], tick: 1 }, { cash: 100, costs: { basisPoints: 3 }, margin: { initial: 0.1, liquidationBasisPoints: 7 } });
    expect([column(roundTrips, 'exitReason'), column(roundTrips, 'costs'), conservation.difference]).toEqual([[7], [1.2], 0]);
  });
});

test('options out of range are refused by name', () => {
  const fails = (options: SimulationOptions): (() => void) => () => void simulate({ close: [1, 2] }, options);
  expect(fails({ limits: { maximumPositions: 0 } })).toThrow('limits: maximumPositions must be a positive integer, was 0');
  expect(fails({ limits: { cooldownAfterExit: -1 } })).toThrow('limits: cooldownAfterExit must be nanoseconds of at least 0, was -1');
  expect(fails({ limits: { dailyLoss: 1 } })).toThrow('limits: dailyLoss must be a share of at least 0 and below 1, was 1');
  expect(fails({ limits: { maximumDrawdown: NaN } })).toThrow('limits: maximumDrawdown must be a share');
  expect(fails({ margin: { initial: 0 } })).toThrow('margin: initial must be a positive share of notional, was 0');
  expect(fails({ margin: { initial: 0.1, maintenance: 0.2 } })).toThrow('margin: maintenance must be a share of notional below 1 and at most initial, was 0.2');
});
