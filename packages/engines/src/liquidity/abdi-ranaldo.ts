import { defineEngine, logarithm, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean, type ValueWindow } from './value-window.ts';

/**
 * Abdi and Ranaldo's spread: how far closes lie from the middles of the ranges around them.
 *
 * Definition  x = 4 (c' - m') (c' - m) of each two bars, c the log close, m the mean of log high and log low, ' the bar before; each difference as the mean
 *             of two log ratios. spread = sqrt(max(0, mean of x over `window` rows)), twoRowSpread = mean of sqrt(max(0, x))
 * Units       price in, spreads a fraction of price     Warm-up  window rows     Lag  0     NaN  while one lies in the window, and for prices not above 0
 * Source      F. Abdi and A. Ranaldo, A Simple Estimation of Bid-Ask Spreads from Daily Close, High, and Low Prices, Review of Financial Studies 30 (2017)
 *             4437-4480: the monthly and the two-day corrected version
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Oracle      shared bidask/ohlc.csv.gz
 * Example     high 102 102, low 100 100, close 102 102, window 1 gives NaN 0.0198...: the close lies half a spread above both middles
 */
export interface AbdiRanaldoOptions {
  /** Rows in the mean. @defaultValue 20 */
  window: number;
}

export const abdiRanaldo: Engine<AbdiRanaldoOptions, F64<'high' | 'low' | 'close'>, F64<'spread' | 'twoRowSpread'>> = /* @__PURE__ */ defineEngine({
  name: 'abdiRanaldo',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  aligned: { spread: 'f64', twoRowSpread: 'f64' },
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('abdiRanaldo: window', window),
  warmup: ({ window }) => window,
  units: { spread: 'ratio', twoRowSpread: 'ratio' },
  mirror: { none: 'ratios of prices have no mirror image' },
  scale: 'exact',
  init: ({ window }) => ({ roots: new Float64Array(window), high: NaN, low: NaN, close: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { high, low, close }, { spread, twoRowSpread }, from, to) {
    const roots: ValueWindow = { values: state.roots, at: state.at, count: state.count };
    for (let i = from; i < to; i++) {
      if (state.isBegun === 1) {
        const product = fromMiddle(state.close, state.high, state.low) * 2 * (fromMiddle(state.close, high[i], low[i]) * 2);
        pushValue(state, product);
        pushValue(roots, Math.sqrt(Math.max(0, product)));
      }
      spread[i] = Math.sqrt(Math.max(0, windowMean(state)));
      twoRowSpread[i] = windowMean(roots);
      state.high = high[i];
      state.low = low[i];
      state.close = close[i];
      state.isBegun = 1;
    }
  },
});

/** Log close less the mean of log high and log low. */
function fromMiddle(close: number, high: number, low: number): number {
  return (logarithm(close / high) + logarithm(close / low)) / 2;
}
