/** Oracle: results worked by hand from `contracts.md` 8 and `fills.md`. */
import { describe, expect, test } from 'vitest';
import { goldens as first, goldenSetup } from './goldens.ts';
import { goldensOfHedging } from './goldens-of-hedging.ts';
import { goldensOfKinds } from './goldens-of-kinds.ts';
import type { Comparable } from './compare.ts';
import { reference } from './reference.ts';
import { simulate } from '../simulated.ts';

const goldens = [...first, ...goldensOfKinds, ...goldensOfHedging];

function summary({ fills, executions }: Comparable): { fills: string[]; events: string[] } {
  return {
    fills: fills.map(fill => `${fill.orderId} ${fill.row} ${fill.price} ${fill.quantity} ${fill.liquidity}`),
    events: executions.filter(({ event, reason }) => event !== 'submit' && event !== 'fill' && !(event === 'accept' && reason === 'none')).map(({ orderId, event, reason }) => `${orderId} ${event} ${reason}`),
  };
}

describe('hand-worked cases', () => {
  test.each(goldens.map(golden => [golden.name, golden] as const))('the reference: %s', (_, golden) => {
    const { setup, rows } = goldenSetup(golden), result = reference(setup, rows);
    expect(summary(result)).toEqual({ fills: golden.fills, events: golden.events ?? [] });
    if (golden.cash !== undefined) expect(result.cash).toBe(golden.cash);
  });

  test.each(goldens.map(golden => [golden.name, golden] as const))('the simulator: %s', (_, golden) => {
    const { setup, rows } = goldenSetup(golden), result = simulate(setup, rows);
    expect(summary(result)).toEqual({ fills: golden.fills, events: golden.events ?? [] });
    if (golden.cash !== undefined) expect(result.equity.at(-1)!.cash).toBe(golden.cash);
  });
});
