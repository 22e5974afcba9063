import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { detrendWindow, pushTwice } from './cycle-window.ts';
import { checkCycleWindow } from './goertzel-cycle.ts';

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
export interface AutocorrelationCycleOptions {
  /** Rows in the window. @defaultValue 96 */
  length: number;
  /** Shortest period. @defaultValue 10 */
  shortest: number;
  /** Longest period. @defaultValue 48 */
  longest: number;
}

export const autocorrelationCycle: Engine<AutocorrelationCycleOptions, F64<'close'>, F64<'period' | 'correlation'>> = /* @__PURE__ */ defineEngine({
  name: 'autocorrelationCycle',
  version: 2,
  input: { close: 'f64' },
  aligned: { period: 'f64', correlation: 'f64' },
  sparse: ['period', 'correlation'],
  defaults: { length: 96, shortest: 10, longest: 48 },
  check: options => checkCycleWindow('autocorrelationCycle', options),
  warmup: ({ length }) => length - 1,
  units: { period: 'count', correlation: 'ratio' },
  mirror: { none: 'a rounding may choose another of two shifts that are as alike' },
  scale: 'exact',
  init: ({ length, longest }) => ({ rows: 0, at: 0, window: new Float64Array(2 * length), straight: new Float64Array(length), products: new Float64Array(longest + 2) }),

  advance(state, { close }, { period, correlation }, from, to, { length, shortest, longest }) {
    const { window, straight, products } = state;
    for (let i = from; i < to; i++) {
      state.at = pushTwice(window, state.at, close[i]);
      if (state.rows < length) state.rows++;
      period[i] = correlation[i] = NaN;
      if (state.rows < length) continue;
      const squares = detrendWindow(window, state.at, straight);
      if (!(squares > 0)) continue;
      lagProducts(straight, products, shortest - 1);
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

/** Sums of y[k] y[k - lag] from lag `first` on. Five go side by side, for each step of a sum waits for the step before it; the values that they take from the past move on from one to the next. */
function lagProducts(y: Float64Array, products: Float64Array, first: number): void {
  const length = y.length, count = products.length;
  for (let lag = first; lag < count; lag += 5) {
    let a = 0, b = 0, c = 0, d = 0, e = 0, second = 0, third = 0, fourth = 0, fifth = 0;
    for (let k = lag; k < length; k++) {
      const now = y[k], newest = y[k - lag];
      a += now * newest;
      b += now * second;
      c += now * third;
      d += now * fourth;
      e += now * fifth;
      fifth = fourth;
      fourth = third;
      third = second;
      second = newest;
    }
    products[lag] = a;
    if (lag + 1 < count) products[lag + 1] = b;
    if (lag + 2 < count) products[lag + 2] = c;
    if (lag + 3 < count) products[lag + 3] = d;
    if (lag + 4 < count) products[lag + 4] = e;
  }
}
