import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Exponential moving average: a mean in which each row back weighs 1 - 2 / (period + 1) times as much.
 *
 * Definition  e[p - 1] = (v[0] + ... + v[p - 1]) / p, then e[i] = v[i] * k + e[i - 1] * (1 - k) with k = 2 / (p + 1)
 * Units       as the input     Warm-up  period - 1 rows     Lag  0
 * NaN         rows before the first number are skipped; from a later NaN on, until the segment ends
 * Source      TA-Lib EMA: its seed, the simple mean, and its first row. R. G. Brown, Exponential Smoothing for Predicting Demand, 1956
 * Oracle      program oracles/talib/expected.json
 * Oracle      shared stock-indicators/results/ema.standard.json.gz
 * Example     close 1 2 3 5, period 3 gives NaN NaN 2 3.5
 */
export interface EmaOptions {
  /** Rows in the seed, and in a simple mean of the same mean age. @defaultValue 20 */
  period: number;
}

export const ema: Engine<EmaOptions, F64<'close'>, F64<'ema'>> = /* @__PURE__ */ defineEngine({
  name: 'ema',
  input: { close: 'f64' },
  aligned: { ema: 'f64' },
  defaults: { period: 20 },
  check: ({ period }) => positiveInteger('ema: period', period),
  warmup: ({ period }) => period - 1,
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({ count: 0, sum: 0, mean: NaN }),

  advance(state, { close }, { ema }, from, to, { period }) {
    let { count, sum, mean } = state, i = from;
    for (; i < to && count < period; i++) {
      if (count > 0 || close[i] === close[i]) {
        sum += close[i];
        count++;
      }
      mean = count === period ? sum / period : NaN;
      ema[i] = mean;
    }
    const take = 2 / (period + 1), keep = 1 - take;
    for (; i < to; i++) {
      mean = close[i] * take + mean * keep;
      ema[i] = mean;
    }
    state.count = count;
    state.sum = sum;
    state.mean = mean;
  },
});
