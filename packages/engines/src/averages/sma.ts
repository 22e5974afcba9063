import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Simple moving average: the mean of the last `period` values.
 *
 * Definition  s[i] = (v[i] + ... + v[i - p + 1]) / p by a running sum with Neumaier's compensation, so that an outlier leaves no trace once it has left
 *             the window
 * Units       as the input     Warm-up  period - 1 rows     Lag  0
 * NaN         rows before the first number are skipped; from a later NaN on, until the segment ends
 * Source      TA-Lib SMA. A. Neumaier, ZAMM 54 (1974) 39-51, for the sum
 * Oracle      program oracles/talib/expected.json
 * Oracle      shared stock-indicators/results/sma.standard.json.gz
 * Example     close 1 2 3 4, period 2 gives NaN 1.5 2.5 3.5
 */
export interface SmaOptions {
  /** Rows in the mean. @defaultValue 20 */
  period: number;
}

export const sma: Engine<SmaOptions, F64<'close'>, F64<'sma'>> = /* @__PURE__ */ defineEngine({
  name: 'sma',
  input: { close: 'f64' },
  aligned: { sma: 'f64' },
  defaults: { period: 20 },
  check: ({ period }) => positiveInteger('sma: period', period),
  warmup: ({ period }) => period - 1,
  mirror: 1e-12,
  scale: 'exact',
  init: ({ period }) => ({ count: 0, at: 0, sum: 0, lost: 0, window: new Float64Array(period) }),

  advance(state, { close }, { sma }, from, to, { period }) {
    const { window } = state;
    let { count, at, sum, lost } = state, i = from;
    for (; i < to && (count < period || i - from < period); i++) {
      const value = close[i], added = sum + value;
      if (count > 0 || value === value) {
        lost += roundingOf(sum, value, added);
        sum = added - window[at];
        lost += roundingOf(added, -window[at], sum);
        window[at] = value;
        at = at + 1 === period ? 0 : at + 1;
        if (count < period) count++;
      }
      sma[i] = count < period ? NaN : (sum + lost) / period;
    }
    const first = i;
    for (; i < to; i++) {
      const value = close[i], oldest = close[i - period], added = sum + value;
      lost += roundingOf(sum, value, added);
      sum = added - oldest;
      lost += roundingOf(added, -oldest, sum);
      sma[i] = (sum + lost) / period;
    }
    // The second loop reads its own block; the ring gets the last rows for the next one, where it would have put them.
    if (to > first) {
      for (let k = to - period; k < to; k++) window[(at + k - first + period) % period] = close[k];
      at = (at + to - first) % period;
    }
    state.count = count;
    state.at = at;
    state.sum = sum;
    state.lost = lost;
  },
});

/** What a + b lost in rounding, exactly; Knuth's form gives Neumaier's value without his branch. */
function roundingOf(a: number, b: number, sum: number): number {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded);
}
