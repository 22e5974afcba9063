/** Oracle: worked by hand from the formulas, and the transactions that zipline's own tests expect (quantopian/zipline, tests/finance/test_slippage.py, 01d7922). */
import { describe, expect, test } from 'vitest';
import { buy, play, sell, type Script } from '../../test/simulator/played.ts';
import type { Costs } from './setup.ts';

const column = (output: { readonly columns: { readonly [name: string]: unknown } }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])];
const noGrid = { tick: NaN, quantityStep: 1 };
/** Bid and ask are 0.04 apart. */
const quotes = [[1, 99.98, 100.02, 500, 500], [2, 99.98, 100.02, 500, 500], [3, 99.98, 100.02, 500, 500]];
const one = (costs: Costs, more: Partial<Script> = {}) => play({ rows: quotes, on: { 0: buy(100), 1: sell(100) }, options: { costs }, ...more });
const rounded = (values: readonly number[]): number[] => values.map(value => Number(value.toFixed(9)));

describe('slippage of market orders', () => {
  test.each([
    ['a share of the spread', { slippageSpreadShare: 0.5 }, [100.04, 99.96]],
    ['basis points of price, rounded against the order', { slippageBasisPoints: 1.2 }, [100.04, 99.96]],
    ['ticks, a share of the spread and basis points, rounded once', { slippage: 0.4, slippageSpreadShare: 0.1, slippageBasisPoints: 0.19 }, [100.03, 99.97]],
  ] as const)('%s', (_, costs, prices) => {
    const { fills, output } = one(costs);
    expect(fills.map(({ price }) => price)).toEqual(prices);
    expect(rounded(column(output.fills, 'slippageCost'))).toEqual(rounded([100 * (prices[0] - 100.02), 100 * (99.98 - prices[1])]));
    expect([column(output.fills, 'impactCost'), rounded(column(output.fills, 'spreadCost'))]).toEqual([[], [2, 2]]);
  });

  test('on trades the spread is the modelled one', () => {
    const { fills } = play({ kind: 'trades', rows: [[1, 50], [2, 50], [3, 50]], on: { 0: buy(1), 1: sell(1) }, options: { costs: { halfSpread: 0.05, slippageSpreadShare: 0.3 } } });
    expect(fills.map(({ price }) => price)).toEqual([50.08, 49.92]);
  });

  test('a limit never pays it, also when it takes', () => {
    const { fills } = one({ slippageSpreadShare: 1, impact: { V: { kind: 'squareRoot', coefficient: 1, volatility: 0.02, volume: 1000 } } }, { on: { 0: buy(100, { kind: 'limit', price: 100.02 }) } });
    expect(fills).toEqual([{ order: 0, row: 1, price: 100.02, quantity: 100, fee: 0 }]);
  });
});

describe('the square root law', () => {
  test('100 of a daily volume of 1,000,000 at 2 % volatility move the price by 0.02 %', () => {
    const { fills, output } = one({ impact: { '*': { kind: 'squareRoot', coefficient: 1, volatility: 0.02, volume: 1_000_000 } } }, { instrument: noGrid });
    expect(rounded(fills.map(({ price }) => price))).toEqual([100.040004, 99.960004]);
    expect(rounded(column(output.fills, 'impactCost'))).toEqual([2.0004, 1.9996]);
  });

  test('four times the size costs twice the price and eight times the money', () => {
    const cost = (quantity: number): number => column(one({ impact: { '*': { kind: 'squareRoot', coefficient: 0.7, volatility: 0.03, volume: 5e5 } } }, { instrument: noGrid, on: { 0: buy(quantity) } }).output.fills, 'impactCost')[0];
    expect(cost(4000) / cost(1000)).toBeCloseTo(8, 9);
  });

  test('volatility and volume are those as of the fill', () => {
    const dated = { volatility: { time: BigInt64Array.of(0n, 3n), value: Float64Array.of(0.01, 0.02) }, volume: { time: BigInt64Array.of(0n, 2n), value: Float64Array.of(1e4, 1e6) } };
    const { fills } = one({ impact: { 'X.V': { kind: 'squareRoot', coefficient: 1, ...dated } } }, { instrument: noGrid });
    // At 2: 0.01 x sqrt(1e-4) of 100.02; at 3: 0.02 x sqrt(1e-4) of 99.98.
    expect(rounded(fills.map(({ price }) => price))).toEqual([100.030002, 99.960004]);
  });

  test('it is rounded to the tick against the order, and what rounding adds is impact', () => {
    const { fills, output } = one({ impact: { '*': { kind: 'squareRoot', coefficient: 1, volatility: 0.02, volume: 1_000_000 } } });
    expect(fills.map(({ price }) => price)).toEqual([100.05, 99.96]);
    // 2.0004 and 1.9996 money before rounding.
    expect(rounded(column(output.fills, 'impactCost'))).toEqual([3, 2]);
  });
});

describe('volume share', () => {
  // zipline: 100 wanted at 3.50 of bars of 2000, at most 2.5 % of each: 50 shares at 3.50021875, sold at 3.49978125.
  const options = { participation: 0.025, costs: { impact: { '*': { kind: 'volumeShare', coefficient: 0.1 } } } } as const, rows = [0, 10, 20, 30].map(time => [time, 3.5, 3.5, 3.5, 3.5, 2000]);
  test.each([['buy', buy, 3.50021875, 50], ['sell', sell, 3.49978125, -50]] as const)('%s: what zipline expects of its VolumeShareSlippage', (_, order, price, quantity) => {
    const { fills } = play({ kind: 'bars', rows, on: { 0: order(100) }, options, instrument: noGrid });
    expect(fills.map(fill => [fill.row, Number(fill.price.toFixed(12)), fill.quantity])).toEqual([[1, price, quantity], [2, price, quantity]]);
  });

  test('a row without volume is an error that names it, unless a participation limit lets the order wait', () => {
    const impact = { '*': { kind: 'volumeShare', coefficient: 0.1 } } as const, still = [[1, 50, 10], [2, 50, 0], [3, 50, 10]], script = { kind: 'trades', rows: still, on: { 0: buy(1) } } as const;
    expect(() => play({ ...script, options: { costs: { impact } } })).toThrow('row 1, column "size": X.V: impact by volume needs a volume above 0, was 0');
    expect(play({ ...script, options: { participation: 0.1, costs: { impact } } }).fills.map(({ row }) => row)).toEqual([2]);
  });
});

describe('bad models are refused with their place', () => {
  const model = { kind: 'squareRoot', coefficient: 1, volatility: 0.02, volume: 1000 } as const, time = BigInt64Array.of(0n, 3_600_000_000_000n);
  test.each([
    [{ slippageSpreadShare: -1 }, 'costs: slippageSpreadShare must be a number of at least 0, was -1'],
    [{ impact: { W: model } }, 'impact: "W" is no instrument or venue of the run, they are *, X.V, V'],
    [{ impact: { V: { ...model, kind: 'cubic' } } }, 'impact of V: kind must be one of squareRoot, volumeShare, was cubic'],
    [{ impact: { V: { ...model, volume: 0 } } }, 'impact of V: volume must be a positive number, was 0'],
    [{ impact: { V: { ...model, volatility: { time, value: Float64Array.of(0.01, NaN) } } } }, 'row 1, column "value": impact of V: volatility at 1970-01-01T01:00:00Z must be a number of at least 0, was NaN'],
    [{ impact: { V: { ...model, volume: { time: time.slice().reverse(), value: Float64Array.of(1, 2) } } } }, 'row 1, column "time": impact of V: volume at 1970-01-01T00:00:00Z: times must ascend'],
    [{ impact: { V: { ...model, volume: { time, value: Float64Array.of(1) } } } }, 'impact of V: volume: time and value must be of equal length, were 2 and 1'],
    [{ impact: { V: { ...model, volume: { time: time.map(at => at + 5n), value: Float64Array.of(1, 2) } } } }, 'impact of V: volume: nothing is stated at 1970-01-01T00:00:00.000000002Z, the first row is of 1970-01-01T00:00:00.000000005Z: what is absent is not zero'],
  ])('%o', (costs, message) => expect(() => one(costs as Costs)).toThrow(message));
});
