/** The seeded cases with several positions of an instrument at once, and a strategy that sees them and closes them one by one. */
import { randomStream } from '@zanzibar/core';
import type { Account, Actions, Now, OrderRequest } from '../../src/strategy/strategy.ts';
import { makeAccountCase } from './account-cases.ts';
import type { Case } from './cases.ts';
import type { RandomState } from './random-strategy.ts';

interface HedgingState extends RandomState { z: number }

export function makeHedgingCase(seed: number): Case {
  const of = makeAccountCase(seed + 2_000_000, { positionMode: 'hedging' }), random = randomStream(seed, 'hedging'), firstState = random.bits(), bound = 0.1 + 0.3 * random.uniform(), step = Number.isNaN(of.instruments[0].quantityStep) ? 0.5 : of.instruments[0].quantityStep;
  const start: Case['start'] = () => {
    const run = of.start(), { setup } = run, state: HedgingState = { ...(setup.state as RandomState), z: firstState };
    const decide = (own: HedgingState, now: Now, account: Account, actions: Actions): void => {
      const positions = account.positions();
      // What it sees of its positions is part of what it does next.
      for (const { positionId, side, quantity, entryPrice } of positions) own.z = (Math.imul(own.z ^ (positionId * 4 + side), 2654435761) + Math.round(quantity / step) + Math.round(entryPrice)) >>> 0;
      if (positions.length > 0) own.z = (own.z + (Number.isNaN(account.averagePrice(of.instruments[0].id)) ? 1 : 2)) >>> 0;
      const submit = (request: OrderRequest): number => actions.submit(bind(own, request));
      const bind = (mine: HedgingState, request: OrderRequest): OrderRequest => {
        if (positions.length === 0 || !(draw(mine) < bound)) return request;
        const { positionId, instrument, side } = positions[Math.floor(draw(mine) * positions.length)], kind = draw(mine);
        // Now and then of a position that is not there, or with the side that cannot reduce it.
        return { ...request, instrument, side: kind < 0.05 ? side : -side, positionId: kind > 0.97 ? 77_777 : positionId };
      };
      const seen: Actions = {
        submit, market: (side, quantity) => submit({ side, quantity }), target: target => actions.target(target), cancel: id => actions.cancel(id), replace: (id, change) => actions.replace(id, change),
        timer: time => actions.timer(time), record: (name, value) => actions.record(name, value), mark: level => actions.mark(level),
      };
      setup.decide(own, now, account, seen);
    };
    return { ...run, setup: { ...setup, state, decide } };
  };
  return { ...of, seed, start };
}

/** Of [0, 1). */
function draw(state: HedgingState): number {
  state.z = (Math.imul(state.z, 1664525) + 1013904223) >>> 0;
  return (state.z >>> 8) / 16777216;
}
