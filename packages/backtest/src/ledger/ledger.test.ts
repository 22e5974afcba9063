/** Oracle: worked by hand. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { Money } from './money.ts';

const column = (output: { readonly columns: { readonly [name: string]: unknown }; readonly length: number }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])].slice(0, output.length);

describe('money', () => {
  test('amounts are counted in units, each rounded once', () => {
    const money = new Money(0.01, 100);
    money.counted += money.count(0.126) - money.count(0.014);
    expect([money.counted, money.value]).toEqual([10_012, 100.12]);
  });

  test('a unit of 0 never rounds', () => {
    const money = new Money(0, 1);
    money.counted += money.count(1 / 3);
    expect(money.value).toBe(1 + 1 / 3);
  });

  test('other units are refused', () => {
    expect(() => new Money(-1, 0)).toThrow('money: moneyUnit must be 0, or at most 1');
    expect(() => new Money(0.01, NaN)).toThrow('money: cash must be a finite number');
  });
});

describe('round trips and conservation', () => {
  test('a fill through zero closes one trip and opens the next, its fee shared by quantity', () => {
    const output = simulate({ close: [10, 10, 12, 12, 11, 11], enter: [1, -1, 0, 0, 0, 0], exits: [0, 0, 0, 1, 0, 0], size: [1, 3, 1, 1, 1, 1], tick: 0.01 }, { conflict: 'reverse', costs: { perUnit: 0.5 } });
    const { roundTrips } = output;
    expect(column(roundTrips, 'gross')).toEqual([2, 3]);
    expect(column(roundTrips, 'costs')).toEqual([1, 3]);
    expect(column(roundTrips, 'net')).toEqual([1, 0]);
    expect(column(roundTrips, 'side')).toEqual([1, -1]);
    expect(output.cash).toBe(100_001);
    expect(output.conservation).toEqual({ start: 100_000, realised: 5, unrealised: 0, fees: 4, funding: 0, borrow: 0, dividends: 0, cash: 100_001, equity: 100_001, difference: 0 });
  });

  test('entries at several prices are one trip at their mean, its extremes at the side it would close on', () => {
    const output = simulate({ close: [10, 10, 12, 20, 8, 14, 14], enter: [1, 1, 0, 0, 0, 0, 0], exits: [0, 0, 0, 0, 1, 0, 0], size: [1, 3, 0, 0, 0, 0, 0] }, { conflict: 'accumulate' });
    const { roundTrips } = output;
    expect([roundTrips.length, column(roundTrips, 'entryPrice'), column(roundTrips, 'exitPrice'), column(roundTrips, 'quantity'), column(roundTrips, 'gross')]).toEqual([1, [11.5], [14], [4], [10]]);
    expect([column(roundTrips, 'mae'), column(roundTrips, 'mfe')]).toEqual([[3.5], [8.5]]);
    expect([column(roundTrips, 'entryRow'), column(roundTrips, 'exitRow')]).toEqual([[1], [5]]);
  });

  test('basis points of notional, per unit fees and slippage are what they say', () => {
    const output = simulate({ close: [100, 100, 100, 100], entries: [1, 0, 0, 0], exits: [0, 1, 0, 0], size: [10, 0, 0, 0], tick: 0.5 }, { costs: { basisPoints: 5, perUnit: 0.01, halfSpread: 0.25, slippage: 1 } });
    // Half a tick and one tick of slippage are one step of 1.5 ticks, rounded against the order: 101 and 99.
    expect(column(output.fills, 'price')).toEqual([101, 99]);
    expect(column(output.fills, 'fee')).toEqual([0.605, 0.595]);
    expect([column(output.fills, 'spreadCost'), column(output.fills, 'slippageCost')]).toEqual([[5, 5], [5, 5]]);
    expect(output.conservation.difference).toBe(0);
  });
});
