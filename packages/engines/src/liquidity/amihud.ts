import { defineEngine, logarithm, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean } from './value-window.ts';

/**
 * Amihud's illiquidity: the absolute return that a unit of money moves, on average.
 *
 * Definition  mean over `window` rows of |ln(close / close')| / turnover, ' the row before; turnover is that column, or close * volume where it is absent
 * Units       price, volume and traded value in; a fraction of price per unit of money out     Warm-up  window rows     Lag  0
 * NaN         while one lies in the window, a price that is not above 0 or a row without turnover included
 * Source      Y. Amihud, Illiquidity and stock returns, Journal of Financial Markets 5 (2002) 31-56; log returns as M. Lopez de Prado, Advances in Financial
 *             Machine Learning, 2018, 19.4.2
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Example     close 1 2, volume 1 1, window 1 gives NaN 0.3465...: ln 2 over a turnover of 2
 */
export interface AmihudOptions {
  /** Rows in the mean. @defaultValue 20 */
  window: number;
}

export const amihud: Engine<AmihudOptions, F64<'close' | 'volume'>, F64<'amihud'>, {}, {}, F64<'turnover'>> = /* @__PURE__ */ defineEngine({
  name: 'amihud',
  version: 2,
  input: { close: 'f64', volume: 'f64' },
  optional: { turnover: 'f64' },
  aligned: { amihud: 'f64' },
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('amihud: window', window),
  warmup: ({ window }) => window,
  units: { amihud: 'ratio' },
  mirror: { none: 'ratios of prices have no mirror image' },
  scale: 'exact',
  init: ({ window }) => ({ previous: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { close, volume, turnover }, { amihud }, from, to) {
    for (let i = from; i < to; i++) {
      const value = turnover === undefined ? close[i] * volume[i] : turnover[i];
      if (state.isBegun === 1) pushValue(state, value > 0 ? Math.abs(logarithm(close[i] / state.previous)) / value : NaN);
      amihud[i] = windowMean(state);
      state.previous = close[i];
      state.isBegun = 1;
    }
  },
});
