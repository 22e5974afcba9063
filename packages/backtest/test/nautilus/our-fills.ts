/** Our simulator over the cases that NautilusTrader was given, and what became of each order in the same form. */
import { liquidities } from '@zanzibar/core';
import type { Decide, DecisionSource } from '../../src/simulator/setup.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';
import { flattenRows, inTicks, latency, tick, ticksPerUnit, workingRows, type Case, type Quotes } from './cases.ts';

/** By order, an entry and then its stop and target: row of the fill (-1: none, -2: rejected), price in ticks, 1 where it took. */
export interface Outcomes {
  readonly row: ArrayLike<number>;
  readonly ticks: ArrayLike<number>;
  readonly taker: ArrayLike<number>;
}

class QuoteView implements Now {
  readonly kind = 'tick' as const;
  readonly source: string = 'quotes';
  readonly instrument: string = 'EURUSD';
  row = 0;
  readonly base: number = 0;
  readonly columns: { readonly [column: string]: unknown } = {};
  readonly tables: Now['tables'] = {};
  readonly offsets: Now['offsets'] = {};
  readonly report: undefined = undefined;
  private readonly times: BigInt64Array;

  constructor(times: BigInt64Array) {
    this.times = times;
  }

  get time(): bigint {
    return this.times[this.row];
  }
}

/** `outcomes` of the orders of the cases, and `conservation` of the run. */
export function ourFills(quotes: Quotes, cases: readonly Case[]): { outcomes: Outcomes; conservation: number } {
  const places: number[] = [];
  let next = 0;
  const level = (ticks: number | null): number => (ticks === null ? NaN : ticks / ticksPerUnit);
  const decide: Decide = (_state: unknown, now: Now, account: Account, actions: Actions) => {
    if (now.kind !== 'tick') return;
    if (next < cases.length && now.row === cases[next].row) {
      const { kind, side, quantity, price, stop, target } = cases[next++];
      const order = actions.submit({
        kind, side, quantity, stop: level(stop), target: level(target), ...(kind === 'stop' ? { stopPrice: level(price) } : { price: level(price) }),
      });
      for (let leg = 0; leg < (stop === null ? 1 : 3); leg++) places.push(order + leg);
    }
    if (next === 0) return;
    const since = now.row - cases[next - 1].row;
    if (since === workingRows) for (const order of account.openOrders()) actions.cancel(order);
    else if (since === workingRows + flattenRows) {
      const held = account.position();
      if (held !== 0) actions.market(-Math.sign(held), Math.abs(held));
    }
  };
  const { time, bid, ask } = quotes, { length } = time, source: DecisionSource = { name: 'quotes', kind: 'tick', instrument: 0, interval: 0, now: new QuoteView(time) };
  const simulator = new Simulator({
    strategyId: 'cases', reports: false, equitySource: -1, from: time[0], to: time[length - 1] + 1n, decide, state: {}, sources: [source],
    instruments: [{ id: 'EURUSD', tick, quantityStep: 1, minimumQuantity: 0, multiplier: 1, market: 'quotes', sessionEnd: () => 1n << 62n }],
    options: { cash: 1e9, latency: { submit: latency, cancel: latency } },
  });
  simulator.load({ markets: [{ base: 0, length, time, bid, ask }], decisions: [{ base: 0, length, time }] });
  simulator.run(simulator.setup.to);
  simulator.finish();
  const { fills, orders, conservation } = simulator.output, row = new Int32Array(orders.length).fill(-1), ticks = new Int32Array(orders.length), taker = new Int8Array(orders.length);
  const columns = fills.columns as { orderId: Float64Array; row: Float64Array; price: Float64Array; liquidity: Int8Array };
  for (let i = 0; i < fills.length; i++) {
    const order = columns.orderId[i];
    row[order] = columns.row[i];
    ticks[order] = inTicks(columns.price[i]);
    taker[order] = columns.liquidity[i] === liquidities.indexOf('taker') ? 1 : 0;
  }
  const pick = (column: ArrayLike<number>): number[] => places.map(order => column[order]);
  return { outcomes: { row: pick(row), ticks: pick(ticks), taker: pick(taker) }, conservation: conservation.difference };
}
