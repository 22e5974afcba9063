import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { fittedLine, newChangeWindow, pushChange } from '../liquidity/window-line.ts';

/**
 * Order-flow impact: the price change that a unit of order-flow imbalance goes with, by least squares.
 *
 * Definition  y = close - close', ' the bar before; x = sum, the order-flow imbalance of the bar (`barOrderFlowImbalance` gives it); impact = sum (x - X) (y - Y) /
 *             sum (x - X)^2 over `window` bars, X and Y the means, in two passes: the slope of a line with an intercept; rSquared its share of the variance of y.
 *             In a book with D shown at each price impact is about a tick over 2 D
 * Units       price (mids) and sizes in; impact price per size, rSquared a fraction     Warm-up  window rows     Lag  0
 * NaN         while one lies in the window, and where x (for rSquared x or y) does not vary in it
 * Source      R. Cont, A. Kukanov, S. Stoikov, The price impact of order book events, Journal of Financial Econometrics 12 (2014), arXiv 1011.6402: bars of 10 seconds, half
 *             an hour in the regression. They find 65 % of the variance on average; ours depends on the data
 * Oracle      program oracles/spreads/expected.json
 * Example     close 1 2 4, sum 0 1 3, window 2 gives impact NaN NaN 0.5: one more for two more
 */
export interface OrderFlowImpactOptions {
  /** Bars in the regression, at least 2. @defaultValue 180 */
  window: number;
}

export const orderFlowImpact: Engine<OrderFlowImpactOptions, F64<'close' | 'sum'>, F64<'impact' | 'rSquared'>> = /* @__PURE__ */ defineEngine({
  name: 'orderFlowImpact',
  input: { close: 'f64', sum: 'f64' },
  aligned: { impact: 'f64', rSquared: 'f64' },
  sparse: ['impact', 'rSquared'],
  defaults: { window: 180 },
  check({ window }) {
    positiveInteger('orderFlowImpact: window', window);
    if (window < 2) throw new RangeError(`orderFlowImpact: window must be at least 2, was ${window}`);
  },
  warmup: ({ window }) => window,
  units: { impact: 'range', rSquared: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ window }) => newChangeWindow(window),

  advance(state, { close, sum }, { impact, rSquared }, from, to) {
    for (let i = from; i < to; i++) {
      pushChange(state, close[i], sum[i]);
      impact[i] = fittedLine[0];
      rSquared[i] = fittedLine[1];
    }
  },
});
