/** Costs beyond the plain rates, for a share of the cases. They are drawn from a stream of their own: the rest of a case does not depend on them. */
import { randomStream } from '@zanzibar/core';
import type { Costs, SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';

type Financing = NonNullable<TradedInstrument['financing']>;
type ImpactModel = NonNullable<Costs['impact']>[string];
type FeeSchedule = NonNullable<Costs['fees']>[string];

/** Rules that the reference has to reach. */
export const requiredCosts: readonly string[] = [
  ...['minimum of an order', 'maximum of an order', 'largest share of an order', 'a further fill of an order', 'a tier by volume', 'a fill over a threshold'].map(rule => `fees: ${rule}`),
  'participation: part of an order', 'participation: nothing of an order', 'participation: rest of a stop met at the close', 'impact: squareRoot', 'impact: volumeShare', 'slippage by spread or price',
  ...['funding', 'borrow', 'swap'].flatMap(kind => (kind === 'borrow' ? ['short'] : ['long', 'short']).map(side => `financing: ${kind} of a ${side} position`)),
];

const anchor = 1_400_000_000_000_000_000n;

interface Scale { readonly price: number; readonly step: number; readonly ids: readonly string[] }

export function randomCosts(seed: number, options: SimulationOptions, { price, step, ids }: Scale): SimulationOptions {
  const random = randomStream(seed, 'costs'), is = (share: number): boolean => random.uniform() < share, pick = <T>(...values: readonly T[]): T => values[random.integer(0, values.length - 1)];
  const schedule = (): FeeSchedule => {
    const volume = pick('notional', 'quantity'), threshold = 3 * step * (volume === 'notional' ? price : 1), isFixed = is(0.5);
    return {
      basisPoints: 1.7, ...(is(0.5) ? { makerBasisPoints: -0.4 } : {}), ...(is(0.5) ? { perUnit: 0.011, takerPerUnit: 0.02 } : {}), volume,
      ...(is(0.7) ? { tiers: [{ from: threshold, basisPoints: 0.9 }, { from: 2.7 * threshold, takerBasisPoints: 0.3, perUnit: 0.004 }], isMarginal: is(0.5), window: is(0.8) ? 'month' : 'thirtyDays' } : {}),
      ...(isFixed ? { perOrder: 0.03, minimum: 0.05 } : {}), ...(is(0.3) ? { maximum: 0.09 } : {}), ...(is(0.3) ? { maximumBasisPoints: 2.5 } : {}),
    };
  };
  const fees = is(0.3) ? { fees: { [pick('*', ids[0])]: schedule(), ...(is(0.3) ? { [ids[ids.length - 1]]: schedule() } : {}) } } : {};
  const hasLimit = is(0.3), slippage = { ...(is(0.15) ? { slippageSpreadShare: pick(0.25, 1) } : {}), ...(is(0.1) ? { slippageBasisPoints: pick(3, 12.5) } : {}) };
  const model = (): ImpactModel => (hasLimit && is(0.6) ? { kind: 'volumeShare', coefficient: 0.01 } : {
    kind: 'squareRoot', coefficient: 0.8, volume: 40 * step, volatility: is(0.5) ? 0.006 : { time: BigInt64Array.of(0n, anchor + 30_000n, anchor + 80_000n), value: Float64Array.of(0.01, 0.002, 0) },
  });
  const impact = is(0.3) ? { impact: { [pick('*', ids[0])]: model() } } : {};
  return { ...options, ...(hasLimit ? { participation: pick(0.1, 0.3, 1) } : {}), costs: { ...options.costs, ...fees, ...slippage, ...impact } };
}

/** Funding every few rows, one day of borrow, a swap at every end of a session, for a share of the instruments. */
export function randomFinancing(seed: number, instrument: number): { readonly financing?: Financing } {
  const random = randomStream(seed, `financing ${instrument}`), is = (share: number): boolean => random.uniform() < share, rows = 400, every = 13_000;
  if (!is(0.3)) return {};
  const time = BigInt64Array.from({ length: rows }, (_, row) => anchor + BigInt(row * every + (row % 3)));
  return {
    financing: {
      ...(is(0.6) ? { funding: { time, rate: Float64Array.from(time, () => (random.uniform() - 0.4) / 100), every, ...(is(0.5) ? { charge: 'interval', offset: Number(anchor % 13_000n) + 4 } : {}) } } : {}),
      ...(is(0.4) ? { borrow: { rate: is(0.5) ? 0.4 : { time: BigInt64Array.of(0n, anchor), value: Float64Array.of(0.1, 0.9) }, dayCount: 365, at: Number(anchor % 86_400_000_000_000n) + random.integer(20_000, 80_000) } } : {}),
      ...(is(0.6) ? { swap: { long: -0.013, short: 0.007, tripleDay: pickDay(random.integer(0, 2)) } } : {}),
    },
  };
}

/** The cases play on a Tuesday. */
function pickDay(draw: number): 'tuesday' | 'wednesday' | 'none' {
  return (['tuesday', 'wednesday', 'none'] as const)[draw];
}
