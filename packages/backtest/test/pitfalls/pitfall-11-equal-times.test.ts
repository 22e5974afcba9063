import { expect, test } from 'vitest';
import type { DecisionSource, Group, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Now } from '../../src/strategy/strategy.ts';
import type { Comparable } from '../reference/compare.ts';
import { simulate } from '../simulated.ts';

const instrument = (id: string): TradedInstrument => ({ id, tick: 1, quantityStep: 1, minimumQuantity: 1, multiplier: 1, market: 'quotes', sessionEnd: () => 1_000_000n });

/** A and B are quoted at the same times; whoever is called for A at 10 buys B, and the other way round. */
function run(order: readonly string[] = ['A', 'B']): Comparable {
  const time = BigInt64Array.of(0n, 10n, 20n), market = { base: 0, length: 3, time, bid: Float64Array.of(99, 101, 103), ask: Float64Array.of(100, 102, 104) };
  const now = (id: string): Now & { row: number } => ({
    kind: 'tick', source: `ticks${id}`, instrument: id, row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined, get time() { return time[this.row]; },
  });
  const sources: DecisionSource[] = order.map((id, i) => ({ name: `ticks${id}`, kind: 'tick', instrument: i, interval: 0, now: now(id) }));
  const setup: SimulatorSetup = {
    strategyId: 'cross', instruments: order.map(instrument), sources, reports: false, equitySource: 0, from: 0n, to: 100n, state: {}, options: {},
    decide: (_state, now, _account, actions) => { if (now.kind === 'tick' && now.time === 10n) actions.submit({ instrument: now.instrument === 'A' ? 'B' : 'A', side: 1, quantity: 1 }); },
  };
  const rows: Group = { markets: order.map(() => market), decisions: order.map(() => ({ base: 0, length: 3, time })) };
  return simulate(setup, rows);
}

/** Oracle: contracts 3. A precedes B at equal times: what A's quote causes meets B's quote of that time, what B's causes meets A's next. */
function theKeyDecides(result: Comparable): void {
  expect(result.fills.map(({ instrument: id, time, price }) => `${id} ${time} ${price}`)).toEqual(['B 10 102', 'A 20 104']);
}

test('pitfall 11: at equal times the rank of the instrument decides', () => theKeyDecides(run()));

test('pitfall 11: two runs give the same rows', () => expect(run()).toEqual(run()));

test('pitfall 11: an order by insertion instead of by id is caught', () => expect(() => theKeyDecides(run(['B', 'A']))).toThrow());
