import { defineEngine, type Engine, type F64 } from '@zanzibar/core';

/**
 * Queue imbalance: how much more is shown at the best bid than at the best ask, -1 to 1.
 *
 * Definition  (bidSize - askSize) / (bidSize + askSize)
 * Units       sizes in, a share out     Warm-up  0 rows     Lag  0
 * NaN         in the row that holds one, and where nothing is shown
 * Source      M. Gould, J. Bonart, Queue imbalance as a one-tick-ahead price predictor in a limit order book, Market Microstructure and Liquidity 2 (2016), arXiv 1512.03492
 * Oracle      reference packages/engines/test/reference/order-flow-imbalance.ts
 * Example     bidSize 10 3 0, askSize 6 9 0 gives 0.25 -0.5 NaN
 */
export const queueImbalance: Engine<{}, F64<'bidSize' | 'askSize'>, F64<'queueImbalance'>> = /* @__PURE__ */ defineEngine({
  name: 'queueImbalance',
  input: { bidSize: 'f64', askSize: 'f64' },
  aligned: { queueImbalance: 'f64' },
  sparse: ['queueImbalance'],
  units: { queueImbalance: 'signed' },
  defaults: {},
  mirror: 'exact',
  scale: 'exact',
  init: () => ({}),

  advance(_, { bidSize, askSize }, { queueImbalance }, from, to) {
    for (let i = from; i < to; i++) queueImbalance[i] = (bidSize[i] - askSize[i]) / (bidSize[i] + askSize[i]);
  },
});

/**
 * Weighted mid: the price between bid and ask that leans away from the larger queue.
 *
 * Definition  (ask bidSize + bid askSize) / (bidSize + askSize), computed as bid + (ask - bid) (bidSize / (bidSize + askSize)): never beyond the quotes
 * Units       price and sizes in, price out     Warm-up  0 rows     Lag  0
 * NaN         in the row that holds one, and where nothing is shown
 * Source      as in S. Stoikov, The micro-price: a high-frequency estimator of future prices, Quantitative Finance 18 (2018), section 1
 * Oracle      reference packages/engines/test/reference/order-flow-imbalance.ts
 * Example     bid 100, ask 101, bidSize 6, askSize 2 gives 100.75
 */
export const weightedMid: Engine<{}, F64<'bid' | 'ask' | 'bidSize' | 'askSize'>, F64<'weightedMid'>> = /* @__PURE__ */ defineEngine({
  name: 'weightedMid',
  input: { bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' },
  aligned: { weightedMid: 'f64' },
  sparse: ['weightedMid'],
  defaults: {},
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({}),

  advance(_, { bid, ask, bidSize, askSize }, { weightedMid }, from, to) {
    for (let i = from; i < to; i++) weightedMid[i] = bid[i] + (ask[i] - bid[i]) * (bidSize[i] / (bidSize[i] + askSize[i]));
  },
});
