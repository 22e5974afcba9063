import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean } from './value-window.ts';
import { fittedLine, newChangeWindow, pushChange } from './window-line.ts';

/**
 * Kyle's lambda: the price change that a unit of signed volume goes with, by least squares.
 *
 * Definition  y = price - price', ' the row before; x = buyVolume - sellVolume; lambda = sum (x - X) (y - Y) / sum (x - X)^2 over `window` rows, X and Y the means,
 *             in two passes: the slope of a line with an intercept; rSquared its share of the variance of y
 * Units       price (a mid, best) and volume in; lambda price per volume, rSquared a fraction     Warm-up  window rows     Lag  0
 * NaN         while one lies in the window, and where x (for rSquared x or y) does not vary in it
 * Source      A. S. Kyle, Continuous Auctions and Insider Trading, Econometrica 53 (1985) 1315-1335
 * Oracle      program oracles/spreads/expected.json
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     price 1 2 4, buyVolume 0 1 3, sellVolume 0, window 2 gives NaN NaN 0.5: one more for two more
 */
export interface KyleLambdaOptions {
  /** Rows in the regression, at least 2. @defaultValue 50 */
  window: number;
}

export const kyleLambda: Engine<KyleLambdaOptions, F64<'price' | 'buyVolume' | 'sellVolume'>, F64<'lambda' | 'rSquared'>> = /* @__PURE__ */ defineEngine({
  name: 'kyleLambda',
  version: 2,
  input: { price: 'f64', buyVolume: 'f64', sellVolume: 'f64' },
  aligned: { lambda: 'f64', rSquared: 'f64' },
  sparse: ['lambda', 'rSquared'],
  defaults: { window: 50 },
  check({ window }) {
    positiveInteger('kyleLambda: window', window);
    if (window < 2) throw new RangeError(`kyleLambda: window must be at least 2, was ${window}`);
  },
  warmup: ({ window }) => window,
  units: { lambda: 'range', rSquared: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ window }) => newChangeWindow(window),

  advance(state, { price, buyVolume, sellVolume }, { lambda, rSquared }, from, to) {
    for (let i = from; i < to; i++) {
      pushChange(state, price[i], buyVolume[i] - sellVolume[i]);
      lambda[i] = fittedLine[0];
      rSquared[i] = fittedLine[1];
    }
  },
});

/**
 * The mean over bars of price change per signed volume: what is often called Kyle's lambda of bars, and no regression.
 *
 * Definition  d = close - close', ' the row before; s = the sign of the last d that was not 0; mean over `window` rows of d / (s volume)
 * Units       price and volume in, price per volume out     Warm-up  window rows, more where price first stands still     Lag  0
 * NaN         while one lies in the window: a row without volume and rows before the first change of price included
 * Source      M. Lopez de Prado, Advances in Financial Machine Learning, 2018, 19.4.1, as mlfinlab computes it
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     close 1 3, volume 1 4, window 1 gives NaN 0.5
 */
export const kyleBarMean: Engine<KyleBarMeanOptions, F64<'close' | 'volume'>, F64<'kyleBarMean'>> = /* @__PURE__ */ defineEngine({
  name: 'kyleBarMean',
  version: 2,
  input: { close: 'f64', volume: 'f64' },
  aligned: { kyleBarMean: 'f64' },
  sparse: ['kyleBarMean'],
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('kyleBarMean: window', window),
  warmup: ({ window }) => window,
  units: { kyleBarMean: 'range' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ window }) => ({ previous: NaN, sign: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { close, volume }, { kyleBarMean }, from, to) {
    for (let i = from; i < to; i++) {
      if (state.isBegun === 1) {
        const change = close[i] - state.previous;
        if (change > 0) state.sign = 1;
        if (change < 0) state.sign = -1;
        pushValue(state, volume[i] > 0 ? change / (state.sign * volume[i]) : NaN);
      }
      kyleBarMean[i] = windowMean(state);
      state.previous = close[i];
      state.isBegun = 1;
    }
  },
});

export interface KyleBarMeanOptions {
  /** Rows in the mean. @defaultValue 20 */
  window: number;
}
