import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Relative strength index: the share of Wilder's mean gain in mean gain and mean loss, 0 to 100.
 *
 * Definition  d[i] = v[i] - v[i - 1], gain (|d| + d) / 2, loss (|d| - d) / 2. Each mean starts at row p as the simple mean of rows 1 to p, then
 *             m[i] = m[i - 1] * ((p - 1) / p) + x[i] * (1 / p). rsi = 100 * gain / (gain + loss); 0 where both means are 0, as in TA-Lib
 * Units       price in, 0 to 100 out     Warm-up  period rows     Lag  0
 * NaN         rows before the first number are skipped; from a later NaN on, until the segment ends
 * Source      J. W. Wilder, New Concepts in Technical Trading Systems, 1978; seed and first row as TA-Lib RSI, which takes sums under 1e-14 for 0 too
 * Oracle      program oracles/talib/expected.json
 * Oracle      shared stock-indicators/results/rsi.standard.json.gz
 * Example     close 1 2 1 2, period 2 gives NaN NaN 50 75
 */
export interface RsiOptions {
  /** Changes in the means. @defaultValue 14 */
  period: number;
}

export const rsi: Engine<RsiOptions, F64<'close'>, F64<'rsi'>> = /* @__PURE__ */ defineEngine({
  name: 'rsi',
  input: { close: 'f64' },
  aligned: { rsi: 'f64' },
  defaults: { period: 14 },
  check: ({ period }) => positiveInteger('rsi: period', period),
  warmup: ({ period }) => period,
  units: { rsi: 'oscillator' },
  mirror: { none: 'without any move it is 0 by definition, which would mirror to 100' },
  scale: 'exact',
  init: () => ({ count: 0, gain: 0, loss: 0, previous: NaN }),

  advance(state, { close }, { rsi }, from, to, { period }) {
    let { count, gain, loss, previous } = state, i = from;
    for (; i < to && count <= period; i++) {
      const change = close[i] - previous;
      previous = close[i];
      if (count > 0) {
        gain += (Math.abs(change) + change) / 2;
        loss += (Math.abs(change) - change) / 2;
      }
      if (count === period) {
        gain /= period;
        loss /= period;
      }
      rsi[i] = count === period ? share(gain, loss) : NaN;
      if (count > 0 || previous === previous) count++;
    }
    const keep = (period - 1) / period, take = 1 / period;
    for (; i < to; i++) {
      const change = close[i] - previous;
      previous = close[i];
      gain = gain * keep + ((Math.abs(change) + change) / 2) * take;
      loss = loss * keep + ((Math.abs(change) - change) / 2) * take;
      rsi[i] = share(gain, loss);
    }
    state.count = count;
    state.gain = gain;
    state.loss = loss;
    state.previous = previous;
  },
});

function share(gain: number, loss: number): number {
  const all = gain + loss;
  return all === 0 ? 0 : 100 * (gain / all);
}
