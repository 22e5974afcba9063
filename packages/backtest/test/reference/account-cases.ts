/** The seeded cases with the account's own options, and a strategy that also asks for targets. */
import { randomStream, type RandomStream } from '@zanzibar/core';
import type { SimulationOptions } from '../../src/simulator/setup.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';
import { makeCase, type Case } from './cases.ts';
import type { RandomState } from './random-strategy.ts';

interface AccountState extends RandomState { y: number }

/** `more`: options on top, with which targets may not be asked for. */
export function makeAccountCase(seed: number, more?: SimulationOptions): Case {
  const of = makeCase(seed + 1_000_000, seed % 2 === 0 ? 'bars' : undefined), random = randomStream(seed, 'account'), is = (share: number): boolean => random.uniform() < share;
  const step = Number.isNaN(of.instruments[0].quantityStep) ? 0.5 : of.instruments[0].quantityStep, asked = is(0.7) ? 0.15 + 0.5 * random.uniform() : 0, targets = more === undefined ? asked : 0, firstState = random.bits();
  // Without a grid equity differs in its last bits, and so would what depends on it.
  const isLoose = Number.isNaN(of.instruments[0].tick);
  const options: SimulationOptions = { ...of.options, ...(is(0.5) ? { sizingFees: 'included' } : {}), ...(is(0.8) ? limitsOf(random, typicalWorth(of)) : {}), ...ratesOf(random, of), ...(is(0.4) ? { lots: 'fifo' } : {}), ...more };
  const [rows] = of.rows.markets, at = (share: number): bigint => rows.time[Math.floor(share * rows.length)], halt = 0.8 * random.uniform(), isHalted = is(0.15), isExpiring = is(0.1), expiry = 0.5 + 0.45 * random.uniform();
  const instruments = of.instruments.map((instrument, i) => ({
    ...instrument, ...(options.rates === undefined ? {} : { currency: ['EUR', 'JPY'][(seed + i) % 2] }),
    ...(isHalted && i === 0 ? { halts: [{ from: at(halt), to: at(halt + 0.15) + 500n }] } : {}), ...(isExpiring ? { expires: at(expiry) } : {}),
  }));
  const start: Case['start'] = () => {
    const run = of.start(), { setup } = run, state: AccountState = { ...(setup.state as RandomState), y: firstState };
    const decide = (own: AccountState, now: Now, account: Account, actions: Actions): void => {
      setup.decide(own, now, account, actions);
      if (now.kind === 'report' || own.sent > 250 || !(draw(own) < targets)) return;
      const { id } = of.instruments[Math.floor(draw(own) * of.instruments.length)], kind = draw(own), size = Math.floor(9 * draw(own)) - 4;
      const sent = actions.target({ instrument: id, ...(kind < 0.4 || isLoose ? { quantity: step * size * (kind < 0.2 ? 1 : 1.3) } : { weight: kind > 0.97 ? NaN : 0.0007 * size }), ...(kind < 0.1 ? { tag: 'target' } : {}) });
      run.calls.push(`target ${sent}`);
      if (sent >= 0) {
        own.sent = sent + 1;
        run.sent.set(sent, { kind: now.kind, source: now.source, from: -1, isSized: true });
      }
    };
    return { ...run, setup: { ...setup, instruments, options, state, decide } };
  };
  return { ...of, seed, options, instruments, start };
}

/** In half of the cases instruments pay in euro and yen, and the account is in francs or euro. Rates change at times of market rows too. */
function ratesOf(random: RandomStream, { rows: { markets: [rows] } }: Case): SimulationOptions {
  if (random.uniform() > 0.5) return {};
  const walk = (start: number): { time: BigInt64Array; rate: Float64Array } => {
    const length = random.integer(1, 12), time = BigInt64Array.from({ length }, (_, k) => (k === 0 ? 0n : rows.time[Math.floor((k * rows.length) / length)] + BigInt(random.integer(0, 2) * 500))).sort();
    return { time, rate: Float64Array.from(time, () => start * (1 + 0.2 * random.uniform())) };
  };
  return { currency: random.uniform() < 0.5 ? 'CHF' : 'EUR', rates: { EUR: walk(0.9), JPY: walk(0.7) } };
}

/** What a few units of an instrument are worth. */
function typicalWorth({ instruments: [{ tick, quantityStep, multiplier }] }: Case): number {
  return 1000 * (Number.isNaN(tick) ? 0.25 : tick) * 5 * (Number.isNaN(quantityStep) ? 0.5 : quantityStep) * multiplier;
}

/** Limits that are met within a hundred rows: a position moves equity of 10,000 by a few units. */
function limitsOf(random: RandomStream, worth: number): SimulationOptions {
  const is = (share: number): boolean => random.uniform() < share, pick = (...values: readonly number[]): number => values[random.integer(0, values.length - 1)], initial = pick(0.02, 0.05, 0.3);
  return {
    limits: {
      ...(is(0.3) ? { maximumPositions: 1 } : {}), ...(is(0.3) ? { cooldownAfterExit: 1000 * pick(1, 3, 10) } : {}), ...(is(0.3) ? { cooldownAfterLoss: 1000 * pick(2, 8, 30) } : {}),
      ...(is(0.3) ? { dailyLoss: pick(0.00001, 0.0001, 0.001) } : {}), ...(is(0.25) ? { maximumDrawdown: pick(0.0001, 0.001, 0.004) } : {}), ...(is(0.5) ? { onLock: 'close' } : {}),
    },
    ...(is(0.5) ? { cash: worth * initial * pick(1, 1.5, 2, 4), margin: { initial, ...(is(0.85) ? { maintenance: initial * pick(0.9, 0.97, 0.99) } : {}), ...(is(0.5) ? { liquidationBasisPoints: 12.5 } : {}) } } : {}),
  };
}

/** Of [0, 1). */
function draw(state: AccountState): number {
  state.y = (Math.imul(state.y, 1664525) + 1013904223) >>> 0;
  return (state.y >>> 8) / 16777216;
}
