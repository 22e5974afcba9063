import { defineEngine, oneOf, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Roll's spread: what bid-ask bounce leaves in the covariance of successive price changes.
 *
 * Definition  d[i] = close[i] - close[i - 1]; cov = sample covariance of d[i] and d[i - 1] over `window` rows, in two passes; spread = 2 sqrt(|cov|), with
 *             `positive: 'none'` NaN where cov > 0, for which the model has no spread
 * Units       price in; covariance price squared, spread an unsigned difference     Warm-up  window + 1 rows     Lag  0
 * NaN         while one lies in the window
 * Source      R. Roll, A Simple Implicit Measure of the Effective Bid-Ask Spread in an Efficient Market, Journal of Finance 39 (1984) 1127-1139; the absolute
 *             value as M. Lopez de Prado, Advances in Financial Machine Learning, 2018, 19.3.1
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     close 10 11 10 11, window 2: covariance -2 in the last row (changes -1 after 1 and 1 after -1), spread 2.828...
 */
export interface RollSpreadOptions {
  /** Rows in the covariance, at least 2. @defaultValue 20 */
  window: number;
  /** What a positive covariance gives. @defaultValue 'absolute' */
  positive: 'absolute' | 'none';
}

export const rollSpread: Engine<RollSpreadOptions, F64<'close'>, F64<'spread' | 'covariance'>> = /* @__PURE__ */ defineEngine({
  name: 'rollSpread',
  input: { close: 'f64' },
  aligned: { spread: 'f64', covariance: 'f64' },
  sparse: ['spread'],
  defaults: { window: 20, positive: 'absolute' } as RollSpreadOptions,
  check({ window, positive }) {
    atLeastTwo('rollSpread: window', window);
    oneOf('rollSpread: positive', positive, ['absolute', 'none']);
  },
  warmup: ({ window }) => window + 1,
  // Price squared is no unit of the laws: covariance takes no part beside spread, which is its root.
  units: { spread: 'range', covariance: 'ratio' },
  mirror: 'exact',
  scale: { none: 'covariance is in price squared; spread alone scales (see the test)' },
  init: ({ window }) => ({ previous: NaN, count: 0, changes: new Float64Array(window + 1) }),

  advance(state, { close }, { spread, covariance }, from, to, { window, positive }) {
    const { changes } = state, size = window + 1;
    let { previous, count } = state;
    for (let i = from; i < to; i++) {
      if (count > 0) changes[count % size] = close[i] - previous;
      previous = close[i];
      const cov = count > window ? covarianceOf(changes, count, window) : NaN;
      covariance[i] = cov;
      spread[i] = cov > 0 && positive === 'none' ? NaN : 2 * Math.sqrt(Math.abs(cov));
      count++;
    }
    state.previous = previous;
    state.count = count;
  },
});

function atLeastTwo(what: string, value: number): void {
  positiveInteger(what, value);
  if (value < 2) throw new RangeError(`${what} must be at least 2, was ${value}`);
}

/** Of each of the last `window` changes and the one before it; the newest stands at `newest`. */
function covarianceOf(ring: Float64Array, newest: number, window: number): number {
  const size = ring.length;
  let sum = 0, sumBefore = 0, products = 0;
  for (let k = newest - window + 1; k <= newest; k++) {
    sum += ring[k % size];
    sumBefore += ring[(k - 1) % size];
  }
  const mean = sum / window, meanBefore = sumBefore / window;
  for (let k = newest - window + 1; k <= newest; k++) products += (ring[k % size] - mean) * (ring[(k - 1) % size] - meanBefore);
  return products / (window - 1);
}
