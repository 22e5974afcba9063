// Oracle: worked by hand, and the same holding kept in units that never split.
import { defineActions, reasons, type GivenAction } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import type { TradedInstrument } from '../../src/simulator/setup.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { Account, Actions } from '../../src/strategy/strategy.ts';
import { all, buy, end, play, sell } from './played-actions.ts';

/** 100 before the split of 4 for 1 at 25, 25 after it. */
const halved = [[0, 100, 100.04], [10, 100, 100.04], [20, 101, 101.04], [30, 25, 25.01], [40, 26, 26.01], [50, 27, 27.01]];
const four: GivenAction = { kind: 'split', time: 25n, numerator: 4 };

describe('a split', () => {
  test('multiplies what is held and divides its average, so that equity does not move and the profit is that of the old units', () => {
    const { fills, seen, cash, conservation } = play({ rows: halved, list: [four], on: { 0: buy(10), 4: all(-1) } });
    expect(fills).toEqual(['0 X 1@10 10 at 100.04', '1 X 5@50 -40 at 27']);
    expect(seen.held).toEqual([0, 10, 10, 40, 40, 0]);
    // 10 x 4 units of 100.04 / 4 = 25.01: at 25 they have lost 0.01 each.
    expect(seen.equity.map((equity) => Number((equity - 100_000).toFixed(6)))).toEqual([0, -0.4, 9.6, -0.4, 39.6, 79.6]);
    expect(cash).toBe(100_079.6);
    expect(conservation.difference).toBe(0);
  });

  test('divides the prices of what works and multiplies its quantity: limits to the passive side, stops away from the market', () => {
    const { events, fills } = play({ rows: halved, list: [four], on: { 0: (a, b) => { buy(10)(a, b); sell(10, { kind: 'limit', price: 107.99 })(a, b); buy(3, { kind: 'stop', stopPrice: 105.01 })(a, b); } } });
    expect(events).toEqual(['1 replace 40 at 27', '2 replace 12 at 26.26']);
    expect(fills).toEqual(['0 X 1@10 10 at 100.04', '1 X 5@50 -40 at 27', '2 X 5@50 12 at 27.01']);
  });

  test('carries the legs of a bracket along', () => {
    const { events, fills } = play({ rows: halved, list: [four], on: { 0: buy(10, { stop: 90, target: 104 }) } });
    expect(events).toEqual(['1 replace 40 at 22.5', '2 replace 40 at 26', '1 cancel sibling']);
    expect(fills).toEqual(['0 X 1@10 10 at 100.04', '2 X 4@40 -40 at 26']);
  });

  test('reaches a replace that is under way', () => {
    const on = { 0: buy(10), 1: sell(10, { kind: 'limit', price: 120 }), 2: (actions: Actions) => actions.replace(1, { price: 104 }) };
    const { events, fills } = play({ rows: halved, list: [four], on, options: { latency: { replace: 8 } } });
    expect(events).toEqual(['1 replace 40 at 30', '1 replace 40 at 26']);
    expect(fills[1]).toBe('1 X 4@40 -40 at 26');
  });

  test('for one of ten pays out what is less than a step at the last price, exactly', () => {
    const rows = [[0, 10, 10.04], [10, 10, 10.04], [20, 11, 11.04], [30, 111, 111.04], [40, 112, 112.04]];
    const { seen, cash, fills, conservation, output } = play({ rows, list: [{ kind: 'split', time: 25n, numerator: 1, denominator: 10 }], on: { 0: buy(27), 3: all(-1) } });
    expect(seen.held).toEqual([0, 27, 27, 2, 0]);
    expect(fills).toEqual(['0 X 1@10 27 at 10.04', '1 X 4@40 -2 at 112']);
    // 0.7 at 110 - 100.4 = 6.72, then 2 at 112 - 100.4 = 23.2.
    expect(cash).toBe(100_029.92);
    expect(conservation.difference).toBe(0);
    const { gross, quantity, entryPrice } = output.roundTrips.columns as { gross: Float64Array; quantity: Float64Array; entryPrice: Float64Array };
    expect([gross[0], Number(quantity[0].toFixed(9)), Number(entryPrice[0].toFixed(9))]).toEqual([29.92, 2.7, 100.4]);
  });

  test('that leaves nothing of a holding closes its trip, and cancels its legs', () => {
    const rows = [[0, 10, 10.04], [10, 10, 10.04], [20, 11, 11.04], [30, 111, 111.04]];
    const { cash, events, conservation, output } = play({ rows, list: [{ kind: 'split', time: 25n, numerator: 1, denominator: 10 }], on: { 0: buy(7, { stop: 5, target: 20 }) } });
    expect(events).toEqual(['1 cancel zeroQuantity', '2 cancel zeroQuantity']);
    // 0.7 at 110 - 100.4.
    expect(cash).toBe(100_006.72);
    expect(conservation.difference).toBe(0);
    expect(output.roundTrips.length).toBe(1);
    expect((output.roundTrips.columns.exitTime as BigInt64Array)[0]).toBe(25n);
  });

  test('before the market has opened on the new scale, equity and percentage sizes are already on it', () => {
    const { seen, fills } = play({ rows: [[0, 100, 100.04], [10, 100, 100.04], [20, 101, 101.04], [30, NaN, NaN], [40, 26, 26.01]], list: [four], on: { 0: buy(10), 3: (actions) => void actions.submit({ instrument: 'X', side: 1, percentOfEquity: 0.01 }) } });
    expect(Number((seen.equity[3] - 100_000).toFixed(6))).toBe(9.6);
    // 1,000.096 / (101.04 / 4 = 25.26) = 39.59.
    expect(fills[1]).toBe('1 X 4@40 39 at 26.01');
  });

  test('holds for shorts, trades and bars alike; a bar that closes with it is of the time before', () => {
    const short = play({ rows: halved, list: [four], on: { 0: sell(10), 4: all(1) } });
    // Sold at 100 = 25 in new units, bought back at 27.01.
    expect(short.cash).toBe(100_000 - 80.4);
    const bars = [[0, 100, 101, 99, 100], [10, 100, 102, 99, 101], [20, 25, 26, 24, 26], [30, 26, 28, 26, 27]], on = { 0: buy(10, { stop: 99.5, target: 110 }) };
    const { fills, seen } = play({ kind: 'bars', rows: bars, list: [{ ...four, time: 20n }], on });
    expect(fills).toEqual(['0 X 1@10 10 at 100', '1 X 1@20 -10 at 99.5']);
    expect(seen.held).toEqual([0, 0, 0, 0]);
    const kept = play({ kind: 'bars', rows: bars, list: [{ ...four, time: 20n }], on: { 0: buy(10, { stop: 96, target: 108 }) } });
    expect(kept.events).toEqual(['1 replace 40 at 24', '2 replace 40 at 27', '2 cancel sibling']);
    expect(kept.fills).toEqual(['0 X 1@10 10 at 100', '1 X 2@30 -40 at 24']);
    expect(() => play({ kind: 'bars', rows: bars, list: [{ ...four, time: 15n }], on })).toThrow('row 1, column "closeTime": X: a split at 1970-01-01T00:00:00.000000015Z lies inside of the bar that closes at 1970-01-01T00:00:00.000000020Z');
    expect([short.conservation.difference, kept.conservation.difference]).toEqual([0, 0]);
  });

  test('twice without a row between is both', () => {
    const rows = [[0, 100, 100.04], [10, 100, 100.04], [40, 26, 26.01]];
    const { seen } = play({ rows, list: [{ ...four, time: 20n, numerator: 2 }, { ...four, time: 30n, numerator: 2 }], on: { 0: buy(10) } });
    expect(seen.held[2]).toBe(40);
    expect(Number((seen.equity[2] - 100_000).toFixed(6))).toBe(39.6);
  });
});

describe('a dividend', () => {
  const rows = [[0, 100, 100.04], [10, 100, 100.04], [20, 101, 101.04], [30, 99, 99.04]];
  test('is received by longs and paid by shorts who hold at its time, and stands in the equity table', () => {
    const list: GivenAction[] = [{ kind: 'dividend', time: 25n, amount: 1.5 }];
    const long = play({ rows, list, on: { 0: buy(10) } }), short = play({ rows, list, on: { 0: sell(10) } }), late = play({ rows, list, on: { 2: buy(10) } });
    expect([long.cash, short.cash, late.cash]).toEqual([100_015, 99_985, 100_000]);
    expect([...long.dividends!]).toEqual([0, 0, 0, 15, 0]);
    expect([...short.dividends!]).toEqual([0, 0, 0, -15, 0]);
    expect(late.dividends).toBeUndefined();
    for (const { conservation } of [long, short, late]) expect(conservation.difference).toBe(0);
    expect(long.conservation.dividends).toBe(15);
  });

  test('on the row at its own time comes before that row', () => {
    const { cash } = play({ rows, list: [{ kind: 'dividend', time: 10n, amount: 1.5 }], on: { 0: buy(10) } });
    expect(cash).toBe(100_000);
  });
});

describe('a roll', () => {
  const rows = [[0, 100, 100.04], [10, 100, 100.04], [20, 101, 101.04], [30, 102, 102.04]], other = [[0, 103, 103.06], [10, 103, 103.06], [20, 104, 104.06], [30, 105, 105.06]];
  const list: GivenAction[] = [{ kind: 'roll', time: 25n, into: 'Y', cost: 0.02 }];
  test('is two fills at what stands then and the stated cost, and goes on in the next contract', () => {
    const { fills, cash, output, conservation, seen } = play({ rows, other, list, on: { 0: buy(10, { stop: 90, target: 120 }) } });
    expect(fills).toEqual(['0 X 1@10 10 at 100.04', '3 X 2@25 -10 at 100.98', '4 Y 2@25 10 at 104.08']);
    expect(seen.held).toEqual([0, 10, 10, 0]);
    expect(cash).toBe(100_009.4);
    expect([...(output.fills.columns.slippageCost as Float64Array)].map((cost) => Number(cost.toFixed(9)))).toEqual([0, 0.2, 0.2]);
    expect(output.orders.texts.tag).toEqual(['roll']);
    expect(Number((output.equityNow - 100_009.4).toFixed(6))).toBe(9.2);
    expect(conservation.difference).toBe(0);
  });

  test('cancels the legs of what it closed, with their reason', () => {
    expect(play({ rows, other, list, on: { 0: buy(10, { stop: 90, target: 120 }) } }).events).toEqual(['1 cancel positionClosed', '2 cancel positionClosed']);
  });

  test('of a short buys back and sells; with nothing held it does nothing', () => {
    expect(play({ rows, other, list, on: { 0: sell(10) } }).fills).toEqual(['0 X 1@10 -10 at 100', '1 X 2@25 10 at 101.06', '2 Y 2@25 -10 at 103.98']);
    expect(play({ rows, other, list, on: {} }).fills).toEqual([]);
    // It is not cut to what is shown: these quotes show nothing.
    const shown = rows.map((row, i) => (i < 2 ? [...row, 50, 50] : row));
    expect(play({ rows: shown, other, list, on: { 0: sell(10) }, options: { quantity: 'shown' } }).fills).toHaveLength(3);
  });

  test('into what is not there is an error by name', () => {
    expect(() => play({ rows, list, on: {} })).toThrow('X: rolls into Y at 1970-01-01T00:00:00.000000025Z, which is not in the run');
    expect(() => play({ rows, other: [[30, 105, 105.06]], list, on: { 0: buy(1) } })).toThrow('X: rolls into Y at 1970-01-01T00:00:00.000000025Z, which has no price by then');
  });
});

test('a run cut anywhere and restored from a snapshot goes on alike', () => {
  const list: GivenAction[] = [four, { kind: 'dividend', time: 35n, amount: 0.3 }], on = { 0: (a: Actions, b: Account) => { buy(10)(a, b); sell(10, { kind: 'limit', price: 107.99 })(a, b); } };
  const whole = play({ rows: halved, list, on });
  expect(whole.cash).toBe(100_000 + 40 * 0.3 + 40 * (27 - 25.01));
  for (const at of [5n, 10n, 20n, 24n, 25n, 29n, 30n, 34n, 35n, 45n]) {
    const { fills, events, cash, equity, conservation } = play({ rows: halved, list, on, cuts: [at] });
    expect({ fills, events, cash, equity, difference: conservation.difference }).toEqual({ fills: whole.fills, events: whole.events, cash: whole.cash, equity: whole.equity, difference: 0 });
  }
});

test('what is not stated for all of the run is refused', () => {
  const short = { actions: defineActions({ instrument: 'X', from: 0n, to: 999n, list: [] }) };
  const setup = { strategyId: 's', sources: [], reports: false, equitySource: -1, from: 0n, to: end, decide: () => {}, state: {}, options: {} };
  const facts: TradedInstrument = { id: 'X', tick: NaN, quantityStep: NaN, minimumQuantity: 0, multiplier: 1, market: 'quotes', sessionEnd: () => 1n << 62n };
  expect(() => new Simulator({ ...setup, instruments: [{ ...facts, ...short }] })).toThrow('actions of X: are stated for');
  expect(() => new Simulator({ ...setup, instruments: [{ ...facts, id: 'Z', ...short }] })).toThrow('Z: actions are those of X');
  expect(reasons).toContain('zeroQuantity');
});
