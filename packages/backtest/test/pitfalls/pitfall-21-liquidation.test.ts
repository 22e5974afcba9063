import { expect, test } from 'vitest';
import { simulate, type SimulationOptions } from '../../src/index.ts';

/** Leverage of ten, long from 100; the market falls by 12 % on the fifth row and comes back. */
const close = [100, 100, 99, 97, 88, 96, 104, 112], weight = [9.9, NaN, NaN, NaN, NaN, NaN, NaN, NaN];

/** Oracle: by hand. 99 units from 100 with 1000; equity meets 5 % of notional at (99 x 100 - 1000) / (99 x 0.95) = 94.63: gone with the row of 88, for 1000 - 99 x 12 = -188. */
function ends(options: SimulationOptions): void {
  const { fills, equityNow } = simulate({ close, weight, tick: 0.01 }, { cash: 1000, ...options });
  expect([Array.from({ length: fills.length }, (_, i) => (fills.columns.price as Float64Array)[i]), equityNow]).toEqual([[100, 88], -188]);
}

test('pitfall 21: a leveraged account that the market has emptied does not live to see it come back', () => ends({ margin: { initial: 0.1, maintenance: 0.05 } }));

test('pitfall 21: a run that knows no margin ends with a profit of 1188, and is caught', () => expect(() => ends({})).toThrow());
