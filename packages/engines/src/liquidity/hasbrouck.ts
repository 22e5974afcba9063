import { defineEngine, logarithm, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean } from './value-window.ts';

/**
 * Hasbrouck's impact of bars: the return that the square root of signed money moves, on average.
 *
 * Definition  r = ln(close / close'), s = the sign of the last r that was not 0; mean over `window` rows of r / (s sqrt(turnover)), ' the row before; turnover is
 *             that column, or close * volume where it is absent
 * Units       price, volume and traded value in; a fraction of price per square root of money out     Warm-up  window rows, more where price first stands still     Lag  0
 * NaN         while one lies in the window: a price that is not above 0, a row without turnover, and rows before the first change of price included
 * Source      J. Hasbrouck, Trading Costs and Returns for U.S. Equities: Estimating Effective Costs from Daily Data, Journal of Finance 64 (2009) 1445-1477;
 *             of bars as M. Lopez de Prado, Advances in Financial Machine Learning, 2018, 19.4.3
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     close 1 2, volume 1 2, window 1 gives NaN 0.3465...: ln 2 over the root of 4
 */
export interface HasbrouckOptions {
  /** Rows in the mean. @defaultValue 20 */
  window: number;
}

export const hasbrouck: Engine<HasbrouckOptions, F64<'close' | 'volume'>, F64<'hasbrouck'>, {}, {}, F64<'turnover'>> = /* @__PURE__ */ defineEngine({
  name: 'hasbrouck',
  version: 2,
  input: { close: 'f64', volume: 'f64' },
  optional: { turnover: 'f64' },
  aligned: { hasbrouck: 'f64' },
  sparse: ['hasbrouck'],
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('hasbrouck: window', window),
  warmup: ({ window }) => window,
  units: { hasbrouck: 'ratio' },
  mirror: { none: 'ratios of prices have no mirror image' },
  scale: 'exact',
  init: ({ window }) => ({ previous: NaN, sign: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { close, volume, turnover }, { hasbrouck }, from, to) {
    for (let i = from; i < to; i++) {
      const value = turnover === undefined ? close[i] * volume[i] : turnover[i];
      if (state.isBegun === 1) {
        const change = logarithm(close[i] / state.previous);
        if (change > 0) state.sign = 1;
        if (change < 0) state.sign = -1;
        pushValue(state, value > 0 ? change / (state.sign * Math.sqrt(value)) : NaN);
      }
      hasbrouck[i] = windowMean(state);
      state.previous = close[i];
      state.isBegun = 1;
    }
  },
});
