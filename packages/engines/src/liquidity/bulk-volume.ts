import { defineEngine, normalCdf, oneOf, positiveInteger, positiveNumber, studentTCdf, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean } from './value-window.ts';

/**
 * Bulk volume classification: the bought and sold part of a bar's volume, by how unusual its price change is.
 *
 * Definition  d = close - close', ' the row before; sigma = sample standard deviation of d over `window` rows, in two passes;
 *             buyVolume = volume * normalCdf(d / sigma), sellVolume = volume * normalCdf(-d / sigma), half of it each where sigma is 0. With `distribution` studentT
 *             studentTCdf of `degreesOfFreedom` takes the place of normalCdf: its fat tails leave large moves less one-sided
 * Units       price and volume in, volumes out     Warm-up  window rows     Lag  0     NaN  while one lies in the window
 * Source      D. Easley, M. Lopez de Prado and M. O'Hara, Flow Toxicity and Liquidity in a High-frequency World, Review of Financial Studies 25 (2012) 1457-1493;
 *             Student's t with 0.25 degrees of freedom: the same authors, Discerning information from trade data, Journal of Financial Economics 120 (2016) 269-285;
 *             about four fifths of volume gets its true sign (Chakrabarty, Pascual and Shkilko 2015)
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Oracle      program oracles/student-t/expected.json
 * Example     close 10 11 13, volume 0 0 100, window 2: sigma of 1 and 2 is 0.7071..., buyVolume NaN NaN 99.77, sellVolume NaN NaN 0.23; with studentT 72.20 and 27.80
 */
export interface BulkVolumeOptions {
  /** Rows in the standard deviation, at least 2. @defaultValue 20 */
  window: number;
  /** Of the standardised change. @defaultValue 'normal' */
  distribution: 'normal' | 'studentT';
  /** Of Student's t, above 0. @defaultValue 0.25 */
  degreesOfFreedom: number;
}

export const bulkVolume: Engine<BulkVolumeOptions, F64<'close' | 'volume'>, F64<'buyVolume' | 'sellVolume'>> = /* @__PURE__ */ defineEngine({
  name: 'bulkVolume',
  version: 2,
  input: { close: 'f64', volume: 'f64' },
  aligned: { buyVolume: 'f64', sellVolume: 'f64' },
  defaults: { window: 20, distribution: 'normal', degreesOfFreedom: 0.25 } as BulkVolumeOptions,
  check({ window, distribution, degreesOfFreedom }) {
    positiveInteger('bulkVolume: window', window);
    if (window < 2) throw new RangeError(`bulkVolume: window must be at least 2, was ${window}`);
    oneOf('bulkVolume: distribution', distribution, ['normal', 'studentT']);
    positiveNumber('bulkVolume: degreesOfFreedom', degreesOfFreedom);
  },
  warmup: ({ window }) => window,
  units: { buyVolume: 'volume', sellVolume: 'volume' },
  pairs: [['buyVolume', 'sellVolume']],
  mirror: 'exact',
  scale: 'exact',
  init: ({ window }) => ({ previous: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { close, volume }, { buyVolume, sellVolume }, from, to, { window, distribution, degreesOfFreedom }) {
    const isNormal = distribution === 'normal';
    for (let i = from; i < to; i++) {
      const change = close[i] - state.previous;
      if (state.isBegun === 1) pushValue(state, change);
      state.previous = close[i];
      state.isBegun = 1;
      const mean = windowMean(state);
      let squares = 0;
      for (let k = 0; k < window; k++) {
        const at = state.at + k < window ? state.at + k : state.at + k - window, distance = state.values[at] - mean;
        squares += distance * distance;
      }
      const score = squares === 0 ? 0 : change / Math.sqrt(squares / (window - 1));
      buyVolume[i] = volume[i] * (isNormal ? normalCdf(score) : studentTCdf(score, degreesOfFreedom));
      sellVolume[i] = volume[i] * (isNormal ? normalCdf(-score) : studentTCdf(-score, degreesOfFreedom));
    }
  },
});
