import { randomStream } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { simulate, type SimulationOptions } from '../../src/index.ts';

const random = randomStream(20, 'closes'), close: number[] = [100];
while (close.length < 200) close.push(Math.round(100 * Math.max(20, close[close.length - 1] * (1 + 0.02 * random.normal()))) / 100);
const costs = { basisPoints: 7, perUnit: 0.013, halfSpread: 0.02, slippage: 3 }, all = close.map((_, row) => (row === 0 ? 1 : 0)), column = (table: any, name: string): Float64Array => table.columns[name].subarray(0, table.length);

/** Oracle: whole equity is what is paid and the fee, to within the price of one step. Same close, so that the price is the one that sized it. */
function leavesNothing(sizingFees: 'apart' | 'included'): void {
  for (const money of [10_000, 12_345.67, 1_000_000]) {
    const options: SimulationOptions = { cash: money, costs, fillAt: 'sameClose', sizing: { kind: 'percentOfEquity', fraction: 1 }, sizingFees };
    const { fills } = simulate({ close, entries: all, tick: 0.01 }, options), [price] = column(fills, 'price'), [quantity] = column(fills, 'quantity'), [fee] = column(fills, 'fee');
    expect(fills.length).toBe(1);
    expect(Math.abs(money - price * quantity - fee)).toBeLessThanOrEqual(1e-6);
  }
}

test('pitfall 20: all-in leaves nothing, and owes nothing, after its fee', () => leavesNothing('included'));

test('pitfall 20: an all-in size without its fee is caught', () => expect(() => leavesNothing('apart')).toThrow());

/** Oracle: the share, worked from position and equity after each rebalance; fees are paid out of equity, so they must not add up in the size. */
function holdsItsShare(weights: readonly number[]): void {
  const { fills, conservation, equity } = simulate({ close, weight: weights, tick: 0.01 }, { cash: 10_000, fillAt: 'sameClose', costs: { basisPoints: 10 } });
  const rows = column(fills, 'row'), sides = column(fills, 'side'), quantities = column(fills, 'quantity'), values = column(equity, 'equity');
  expect(fills.length).toBeGreaterThan(150);
  let held = 0, fill = 0;
  for (let row = 0; row < close.length; row++) {
    for (; fill < fills.length && rows[fill] === row; fill++) held += sides[fill] * quantities[fill];
    expect(held * close[row] / values[row]).toBeCloseTo(0.6, 9);
  }
  expect(Math.abs(conservation.difference)).toBe(0);
}

test('pitfall 20: a share of equity does not drift over 200 rebalances', () => holdsItsShare(close.map(() => 0.6)));

test('pitfall 20: a size that is set once and left drifts, and is caught', () => expect(() => holdsItsShare(close.map((_, row) => (row === 0 ? 0.6 : NaN)))).toThrow());
