import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Average true range: Wilder's mean of the true range, a measure of bar size including gaps.
 *
 * Definition  r[i] = (h[i] - l[i]) + relu(c[i-1] - h[i]) + relu(l[i] - c[i-1]), relu(x) = (x + |x|) / 2: the largest of h - l, |h - c| and |l - c|
 *             a[p] = (r[1] + ... + r[p]) / p, then a[i] = a[i-1] * ((p - 1) / p) + r[i] * (1 / p)
 * Units       price in, range out     Warm-up  period rows     Lag  0
 * NaN         rows before the first whole bar are skipped; from a later NaN on, until the segment ends
 * Source      J. W. Wilder, New Concepts in Technical Trading Systems, 1978; seed and first row as TA-Lib ATR
 * Oracle      program oracles/talib/expected.json
 * Oracle      shared stock-indicators/results/atr.standard.json.gz
 * Oracle      shared lean-indicators/spy_atr.txt.gz
 * Example     high 2 3 4 6, low 1 2 3 4, close 1.5 2.5 3.5 5, period 2 gives NaN NaN 1.5 2
 */
export interface AtrOptions {
  /** Bars in the mean. @defaultValue 14 */
  period: number;
}

export const atr: Engine<AtrOptions, F64<'high' | 'low' | 'close'>, F64<'atr'>> = /* @__PURE__ */ defineEngine({
  name: 'atr',
  input: { high: 'f64', low: 'f64', close: 'f64' },
  aligned: { atr: 'f64' },
  defaults: { period: 14 },
  check: ({ period }) => positiveInteger('atr: period', period),
  warmup: ({ period }) => period,
  units: { atr: 'range' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ count: 0, sum: 0, mean: NaN, previousClose: NaN }),

  advance(state, { high, low, close }, { atr }, from, to, { period }) {
    let { count, sum, mean, previousClose } = state, i = from;
    for (; i < to && count <= period; i++) {
      if (count > 0) sum += trueRange(high[i], low[i], previousClose);
      if (count === period) mean = sum / period;
      previousClose = close[i];
      atr[i] = count === period ? mean : NaN;
      if (count > 0 || high[i] + low[i] + close[i] === high[i] + low[i] + close[i]) count++;
    }
    const keep = (period - 1) / period, take = 1 / period;
    for (; i < to; i++) {
      mean = mean * keep + trueRange(high[i], low[i], previousClose) * take;
      previousClose = close[i];
      atr[i] = mean;
    }
    state.count = count;
    state.sum = sum;
    state.mean = mean;
    state.previousClose = previousClose;
  },
});

/** Without branches: where prices jump about, a mispredicted one costs more than the arithmetic. */
function trueRange(high: number, low: number, previousClose: number): number {
  return high - low + relu(previousClose - high) + relu(low - previousClose);
}

function relu(x: number): number {
  return (x + Math.abs(x)) / 2;
}
