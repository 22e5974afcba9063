/** Oracle: the curve of one round trip in closed form. */
import { defineInstrument } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { bars } from '../strategy/sources.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { capacityCurve } from './capacity-curve.ts';
import type { MarketInput } from './market-input.ts';

const hour = 3_600_000_000_000n, price = Float64Array.of(100, 100, 100, 101, 101, 101), openTime = BigInt64Array.from(price, (_, i) => BigInt(i) * hour), volume = price.map(() => 1e6);
const instrument = defineInstrument({ id: 'X.V', quoteCurrency: 'USD' });
const data: MarketInput[] = [{ instrument, kind: 'bars', interval: 3_600e9, columns: { openTime, closeTime: openTime.map(at => at + hour), open: price, high: price, low: price, close: price, volume } }];

/** Buys at 100, sells at 101. */
const once = (quantity?: number) => defineStrategy({
  name: 'once', parameters: {}, sources: () => ({ h1: bars('1h') }), init: () => ({ row: 0 }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    if (state.row === 0) actions.submit({ side: 1, ...(quantity === undefined ? {} : { quantity }) });
    if (state.row === 3) actions.market(-1, account.position());
    state.row++;
  },
});
const settings = (more: object = {}, costs: object = { impact: { V: { kind: 'squareRoot', coefficient: 1, volatility: 0.01, volume: 1e6 } } }) => ({ data, options: { cash: 100_000, sizing: { kind: 'units', units: 100 } as const, costs, ...more } });
const capitals = [1e5, 1e6, 1e7, 1e8, 4e8];

describe('with the square root law', () => {
  const curve = capacityCurve(once(), settings(), capitals);

  test('the net return falls with the root of the capital from what one unit earns', () => {
    for (const { capital, netReturn, grossReturn, impact, turnover, filledShare, netProfit } of curve.points) {
      const quantity = (100 * capital) / 1e5, paid = quantity * 0.01 * Math.sqrt(quantity / 1e6) * 201;
      expect(grossReturn).toBeCloseTo(0.001, 12);
      expect(impact).toBeCloseTo(paid / capital, 12);
      expect(netReturn).toBeCloseTo(0.001 - paid / capital, 12);
      expect(netProfit / (capital * netReturn)).toBeCloseTo(1, 12);
      expect(turnover).toBeCloseTo(0.201, 2);
      expect(filledShare).toBe(1);
    }
  });

  test('the largest profit in money and the capital at which nothing is left are found', () => {
    // Profit c x 0.001 - c x 0.000201 x sqrt(c / 1e8) x 10 has its largest value near 1.1e8 and is 0 at 2.475e8.
    expect(curve.bestCapital).toBe(1e8);
    expect(curve.breakEvenCapital).toBeGreaterThan(1e8);
    expect(curve.breakEvenCapital).toBeLessThan(4e8);
    expect(capacityCurve(once(), settings(), [2.4e8, 2.47e8, 2.48e8]).breakEvenCapital).toBeCloseTo((0.001 / 0.00201) * (0.001 / 0.00201) * 1e9, -5);
  });
});

test('without costs that grow the curve is flat and nothing breaks even', () => {
  const { points, breakEvenCapital } = capacityCurve(once(), settings({}, { basisPoints: 1 }), [1e5, 1e8]);
  expect(points[0].netReturn).toBeCloseTo(points[1].netReturn, 12);
  expect([breakEvenCapital, points[0].fees]).toEqual([NaN, expect.closeTo(0.0000201, 12)]);
});

test('a participation limit shows as a share that was not filled', () => {
  // A tenth of a bar's 1e6, twice before the exit is decided: 2 x 1e5 of 1e6 units.
  const { points } = capacityCurve(once(), settings({ participation: 0.1 }, {}), [1e5, 1e9]);
  expect(points[0].filledShare).toBe(1);
  expect(points[1].filledShare).toBeLessThan(0.6);
});

test('an order\'s minimum fee bends the small end', () => {
  const { points } = capacityCurve(once(), settings({}, { fees: { V: { basisPoints: 1, minimum: 5 } } }), [1e4, 1e5, 1e6]);
  expect(points.map(({ fees }) => Number((fees * 1e4).toFixed(3)))).toEqual([10, 1, 0.201]);
});

test('capitals that do not ascend, and orders that do not grow with capital, are errors', () => {
  expect(() => capacityCurve(once(), settings(), [1e5])).toThrow('capacity: needs at least two capitals, had 1');
  expect(() => capacityCurve(once(), settings(), [1e5, 1e5])).toThrow('capacity: capitals must ascend, 100000 follows 100000');
  expect(() => capacityCurve(once(), settings(), [-1, 1])).toThrow('capacity: a capital must be a positive number, was -1');
  expect(() => capacityCurve(once(100), settings({}, {}), [1e5, 1e6])).toThrow('capacity: once orders the same quantities at 100000 and at 1000000: size its orders by equity');
});
