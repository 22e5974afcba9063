/**
 * Oracle: published schedules, their own examples and amounts worked by hand.
 *
 * Interactive Brokers, Commissions Stocks, United States (interactivebrokers.com/en/pricing/commissions-stocks.php): fixed USD 0.005 a share, at least 1.00, at most 1 % of trade
 * value; tiered by shares a month, 0.0035, 0.0020 beyond 300,000, 0.0015 beyond 3,000,000, at least 0.35, each rate for the shares of its own tier.
 * Binance, spot fee schedule (binance.com/en/fee/trading): by the volume of the last 30 days, 0.1 % and 0.1 %, from 1,000,000 USD 0.09 % and 0.1 %, from 5,000,000 USD 0.08 % and 0.1 %.
 */
import { describe, expect, test } from 'vitest';
import { buy, play, sell } from '../../test/simulator/played.ts';
import { simulate, type SimulationInput } from '../simulator/simulate.ts';
import type { FeeSchedule, FeeSchedules } from './fee-schedule.ts';

const fixed: FeeSchedule = { perUnit: 0.005, minimum: 1, maximumBasisPoints: 100 };
const tiered: FeeSchedule = {
  perUnit: 0.0035, tiers: [{ from: 300_000, perUnit: 0.002 }, { from: 3_000_000, perUnit: 0.0015 }], volume: 'quantity', window: 'month', isMarginal: true, minimum: 0.35, maximumBasisPoints: 100,
};
const spot: FeeSchedule = {
  basisPoints: 10, tiers: [{ from: 1_000_000, makerBasisPoints: 9, takerBasisPoints: 10 }, { from: 5_000_000, makerBasisPoints: 8, takerBasisPoints: 10 }], window: 'thirtyDays',
};
const day = 86_400_000_000_000n;

/** Fees of buying `sizes[i]` at `price`, each on a day of its own. */
function fees(schedule: FeeSchedule, price: number, sizes: readonly number[], days: readonly number[] = sizes.map((_, i) => i), more: Partial<SimulationInput> = {}): number[] {
  const rows = [...days, days[days.length - 1] + 1], time = BigInt64Array.from(rows, at => BigInt(at) * day + 1n);
  const output = simulate({ close: rows.map(() => price), enter: [...sizes.map(() => 1), 0], size: [...sizes, 0], time, tick: 0.01, ...more }, { conflict: 'accumulate', costs: { fees: { '*': schedule } }, cash: 1e9 });
  expect(output.conservation.difference).toBe(0);
  return [...((output.fills.columns.fee ?? new Float64Array(sizes.length)) as Float64Array)];
}

describe('limits of an order', () => {
  test.each([[100, 25, 1], [1000, 25, 5], [1000, 0.25, 2.5], [10, 0.2, 0.02], [200, 25, 1], [201, 25, 1.005]])('fixed: %d shares at USD %d cost USD %d', (quantity, price, fee) => {
    expect(fees(fixed, price, [quantity])).toEqual([fee]);
  });

  test.each([[10, 100, 5.005], [1_000, 100, 5.5], [1_000_000, 100, 20]])('%d units at %d with a ticket of 5, a rate and a maximum cost %d', (quantity, price, fee) => {
    expect(fees({ perOrder: 5, perUnit: 0.0005, maximum: 20 }, price, [quantity])).toEqual([fee]);
  });

  // 300 shares wanted and 100 shown a row: 0.50, 1.00 and 1.50 by rate, at least 1.00 in all.
  const shown = { rows: [1, 2, 3, 4, 5].map(time => [time, 99.99, 100, 100, 100]), on: { 0: buy(300) }, options: { quantity: 'shown', costs: { fees: { V: fixed } } } } as const;

  test('several fills of one order pay its minimum once, and its rate beyond it', () => {
    expect(play(shown).fills.map(({ quantity, fee }) => [quantity, fee])).toEqual([[100, 1], [100, 0], [100, 0.5]]);
  });

  test('the same across a snapshot between the fills', () => {
    expect(play({ ...shown, cuts: [2, 3] }).fills.map(({ fee }) => fee)).toEqual([1, 0, 0.5]);
  });

  test('an order of its own pays its own minimum', () => {
    expect(play({ ...shown, on: { 0: buy(100), 1: sell(100) } }).fills.map(({ fee }) => fee)).toEqual([1, 1]);
  });
});

describe('tiers', () => {
  test('marginal: the shares of a month pay the rate of their own tier, and a new month begins below', () => {
    // 1970-01-02, 01-03, 01-04, 01-31 and 02-01, each filled on the day after.
    const paid = fees(tiered, 25, [299_000, 2_000, 2_800_000, 1_000, 1_000], [0, 1, 2, 29, 30]);
    expect(paid).toEqual([1046.5, 1000 * 0.0035 + 1000 * 0.002, 2_699_000 * 0.002 + 101_000 * 0.0015, 1.5, 3.5]);
  });

  test('marginal: one fill can reach over several tiers, with notional as volume', () => {
    const schedule: FeeSchedule = { basisPoints: 10, tiers: [{ from: 1_000, basisPoints: 5 }, { from: 3_000, basisPoints: 1 }], isMarginal: true };
    expect(fees(schedule, 10, [500])).toEqual([1 + 1 + 0.2]);
  });

  test('by the 30 days before: what was traded today counts from tomorrow on, and no more after the thirtieth day', () => {
    // Limits that rest at 100: makers, whose rates differ. 10,000 and 10,000 on day 1, 50,000 on day 2: 2,000,000 and 7,000,000 behind the later ones, and none at last.
    // On each of these days three quotes: the decision, the fill of the limit that rests, and one above it.
    const rows = [10, 15, 20, 30, 310, 330].flatMap(at => [[at, 100, 100.02], [at + 1, 99.99, 100], [at + 2, 100, 100.02]]);
    const on = Object.fromEntries([10_000, 10_000, 50_000, 100, 100, 100].map((size, i) => [3 * i, buy(size, { kind: 'limit', price: 100 })]));
    const { fills } = play({ rows, unit: day / 10n, on, options: { costs: { fees: { '*': spot } } } });
    expect(fills.map(({ quantity, fee }) => [quantity, fee])).toEqual([[10_000, 1000], [10_000, 1000], [50_000, 4500], [100, 8], [100, 8], [100, 10]]);
  });

  test('the volume of the fill itself does not change its own tier', () => {
    const schedule: FeeSchedule = { basisPoints: 10, tiers: [{ from: 1_000, basisPoints: 5 }] };
    expect(fees(schedule, 10, [100, 100])).toEqual([1, 0.5]);
  });
});

test('without an order\'s limits and tiers a schedule is what the plain rates are', () => {
  const input: SimulationInput = { close: [10, 11, 12, 13, 12, 11], enter: [1, 0, -1, 0, 1, 0], exits: [0, 1, 0, 1, 0, 0], size: [3, 0, 7, 0, 5, 0], tick: 0.01 };
  const rates = { basisPoints: 2, takerBasisPoints: 3.5, perUnit: 0.01 };
  expect(simulate(input, { costs: { fees: { '*': rates } } }).fills.columns).toEqual(simulate(input, { costs: rates }).fills.columns);
});

describe('bad schedules are refused with their place', () => {
  const given = (schedules: unknown): (() => void) => () => void simulate({ close: [1, 2] }, { costs: { fees: schedules as FeeSchedules } });
  test.each([
    [{ NASDAQ: fixed }, 'fees: "NASDAQ" is no instrument or venue of the run, they are *, instrument'],
    [{ '*': { perUnit: NaN } }, 'fees of *: perUnit must be a finite number, was NaN'],
    [{ '*': { minimun: 1 } }, 'fees of *: unknown option "minimun"'],
    [{ '*': { tiers: [{ from: 0 }] } }, 'fees of *: tier 0: from must be a positive number, was 0'],
    [{ '*': { tiers: [{ from: 5 }, { from: 5 }] } }, 'fees of *: tier 1: from must be above 5, that of the tier before, was 5'],
    [{ '*': { tiers: [{ from: 5, minimum: 1 }] } }, 'fees of *: tier 0: unknown option "minimum"'],
    [{ '*': { window: 'week' } }, 'fees of *: window must be one of month, thirtyDays, was week'],
    [{ '*': { volume: 'shares' } }, 'fees of *: volume must be one of notional, quantity, was shares'],
  ])('%j', (schedules, message) => expect(given(schedules)).toThrow(message));
});
