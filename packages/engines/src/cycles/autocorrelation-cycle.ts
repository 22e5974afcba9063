import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { checkCycleWindow, detrend, type GoertzelCycleOptions } from './goertzel-cycle.ts';

/**
 * Dominant cycle by the peak of the autocorrelation: the shift at which the last rows resemble themselves most. Timing only: no evidence is claimed that it
 * predicts; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  y = the last `length` values less their least-squares line; r(l) = sum of y[i] y[i - l] / sum of y[i]^2. `period`: of the l from shortest to longest with
 *             r(l) > r(l - 1) and r(l) >= r(l + 1) the one with the largest r, if that is above 0; `correlation` its r
 * Units       price in; rows and a ratio out     Warm-up  length - 1 rows     Lag  0
 * NaN         while the window holds one; where nothing moves off the line; where r has no peak above 0
 * Source      G. E. P. Box and G. M. Jenkins, Time Series Analysis, 1970, for r
 * Oracle      program oracles/cycles/expected.json
 * Example     a sine of 20 rows, length 100: period 20, correlation 0.8
 */
export type AutocorrelationCycleOptions = GoertzelCycleOptions;

export const autocorrelationCycle: Engine<AutocorrelationCycleOptions, F64<'close'>, F64<'period' | 'correlation'>> = /* @__PURE__ */ defineEngine({
  name: 'autocorrelationCycle',
  input: { close: 'f64' },
  aligned: { period: 'f64', correlation: 'f64' },
  sparse: ['period', 'correlation'],
  defaults: { length: 96, shortest: 10, longest: 48 },
  check: options => checkCycleWindow('autocorrelationCycle', options),
  warmup: ({ length }) => length - 1,
  units: { period: 'count', correlation: 'ratio' },
  mirror: { none: 'a rounding may choose another of two shifts that are as alike' },
  scale: 'exact',
  init: ({ length, longest }) => ({ rows: 0, at: 0, window: new Float64Array(length), straight: new Float64Array(length), products: new Float64Array(longest + 2) }),

  advance(state, { close }, { period, correlation }, from, to, { length, shortest, longest }) {
    const { window, straight, products } = state;
    for (let i = from; i < to; i++) {
      window[state.at] = close[i];
      state.at = state.at + 1 === length ? 0 : state.at + 1;
      if (state.rows < length) state.rows++;
      period[i] = correlation[i] = NaN;
      if (state.rows < length) continue;
      const squares = detrend(window, state.at, straight);
      if (!(squares > 0)) continue;
      for (let lag = shortest - 1; lag <= longest + 1; lag++) {
        let sum = 0;
        for (let k = lag; k < length; k++) sum += straight[k] * straight[k - lag];
        products[lag] = sum;
      }
      let best = 0;
      for (let lag = shortest; lag <= longest; lag++) {
        if (!(products[lag] > products[lag - 1] && products[lag] >= products[lag + 1] && products[lag] > best)) continue;
        best = products[lag];
        period[i] = lag;
      }
      if (best > 0) correlation[i] = best / squares;
    }
  },
});
