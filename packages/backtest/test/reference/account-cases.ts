/** The seeded cases with the account's own options, and a strategy that also asks for targets. */
import { randomStream } from '@zanzibar/core';
import type { SimulationOptions } from '../../src/simulator/setup.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';
import { makeCase, type Case } from './cases.ts';
import type { RandomState } from './random-strategy.ts';

interface AccountState extends RandomState { y: number }

export function makeAccountCase(seed: number): Case {
  const of = makeCase(seed + 1_000_000), random = randomStream(seed, 'account'), is = (share: number): boolean => random.uniform() < share;
  const step = Number.isNaN(of.instruments[0].quantityStep) ? 0.5 : of.instruments[0].quantityStep, targets = is(0.7) ? 0.15 + 0.5 * random.uniform() : 0, firstState = random.bits();
  // Without a grid equity differs in its last bits, and so would what depends on it.
  const isLoose = Number.isNaN(of.instruments[0].tick);
  const options: SimulationOptions = { ...of.options, ...(is(0.5) ? { sizingFees: 'included' } : {}) };
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
    return { ...run, setup: { ...setup, options, state, decide } };
  };
  return { ...of, seed, options, start };
}

/** Of [0, 1). */
function draw(state: AccountState): number {
  state.y = (Math.imul(state.y, 1664525) + 1013904223) >>> 0;
  return (state.y >>> 8) / 16777216;
}
