import { defineEngine, type Engine, type F64 } from '@zanzibar/core';

/**
 * Order-flow imbalance: what came to the best bid less what came to the best ask, quote by quote.
 *
 * Definition  e[n] = (bid[n] >= bid[n-1] ? bidSize[n] : 0) - (bid[n] <= bid[n-1] ? bidSize[n-1] : 0) - (ask[n] <= ask[n-1] ? askSize[n] : 0) + (ask[n] >= ask[n-1] ? askSize[n-1] : 0):
 *             at an unchanged price the change of size counts. depth = (bidSize + askSize) / 2. Rows are to be whole states of the book: the last quote of each of the venue's events
 * Units       sizes in and out     Warm-up  1 row; depth none     Lag  0
 * NaN         in the row that holds one, and in the row after it
 * Source      R. Cont, A. Kukanov, S. Stoikov, The price impact of order book events, Journal of Financial Econometrics 12 (2014), arXiv 1011.6402
 * Oracle      reference packages/engines/test/reference/order-flow-imbalance.ts
 * Example     (bid, bidSize, ask, askSize) (100, 10, 101, 8) (100, 14, 101, 8) (100, 14, 101, 5) (101, 6, 102, 9) (100, 7, 102, 9) gives NaN 4 3 11 -6
 */
export const orderFlowImbalance: Engine<{}, F64<'bid' | 'ask' | 'bidSize' | 'askSize'>, F64<'orderFlowImbalance' | 'depth'>> = /* @__PURE__ */ defineEngine({
  name: 'orderFlowImbalance',
  version: 2,
  input: { bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' },
  aligned: { orderFlowImbalance: 'f64', depth: 'f64' },
  units: { orderFlowImbalance: 'signed', depth: 'volume' },
  defaults: {},
  warmup: () => ({ orderFlowImbalance: 1, depth: 0 }),
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ bid: NaN, ask: NaN, bidSize: NaN, askSize: NaN }),

  advance(state, input, { orderFlowImbalance, depth }, from, to) {
    let { bid, ask, bidSize, askSize } = state;
    for (let i = from; i < to; i++) {
      const b = input.bid[i], a = input.ask[i], qb = input.bidSize[i], qa = input.askSize[i];
      const all = b + a + qb + qa + (bid + ask + bidSize + askSize), isKnown = all === all;
      orderFlowImbalance[i] = isKnown ? (b >= bid ? qb : 0) - (b <= bid ? bidSize : 0) - ((a <= ask ? qa : 0) - (a >= ask ? askSize : 0)) : NaN;
      depth[i] = (qb + qa) / 2;
      bid = b;
      ask = a;
      bidSize = qb;
      askSize = qa;
    }
    state.bid = bid;
    state.ask = ask;
    state.bidSize = bidSize;
    state.askSize = askSize;
  },
});

const flowColumns = { orderFlowImbalance: 'f64', depth: 'f64' } as const;

/**
 * Order-flow imbalance of bars: the sum over the quotes of each.
 *
 * Definition  of the rows of `orderFlowImbalance` that became known since the bar before: their sum, and that sum over their mean depth. Rows with NaN are passed over
 * Units       sum as the sizes', normalised without unit     Warm-up  0 rows     Lag  0
 * NaN         a bar without a known row has sum 0 and normalised NaN
 * Source      as `orderFlowImbalance`, sections 2 and 3: price changes are about the sum over twice the depth
 * Oracle      reference packages/engines/test/reference/order-flow-imbalance.ts
 * Example     the quotes of `orderFlowImbalance` in one bar have sum 12 and a mean depth of 9 (11, 9.5, 7.5, 8; the first has no flow): normalised 4 / 3
 */
export const barOrderFlowImbalance: Engine<{}, {}, F64<'sum' | 'normalised'>, {}, { flow: typeof flowColumns }> = /* @__PURE__ */ defineEngine({
  name: 'barOrderFlowImbalance',
  input: {},
  reads: { flow: flowColumns },
  aligned: { sum: 'f64', normalised: 'f64' },
  sparse: ['normalised'],
  units: { sum: 'signed', normalised: 'signed' },
  defaults: {},
  warmup: () => 0,
  mirror: 'exact',
  scale: 'exact',
  init: () => ({}),

  advance(_, { tables, offsets }, { sum, normalised }, from, to) {
    const { orderFlowImbalance, depth } = tables.flow, start = offsets.flow;
    for (let i = from; i < to; i++) {
      let total = 0, shown = 0, count = 0;
      for (let k = start[i]; k < start[i + 1]; k++) {
        const e = orderFlowImbalance[k];
        if (e !== e || depth[k] !== depth[k]) continue;
        total += e;
        shown += depth[k];
        count++;
      }
      sum[i] = total;
      normalised[i] = shown > 0 ? total / (shown / count) : NaN;
    }
  },
});
