import { defineEngine, logarithm, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * EDGE: the efficient estimate of the bid-ask spread from open, high, low and close prices.
 *
 * Definition  in logs, m the middle of high and low, ' the bar before: r1 = m - o, r2 = o - m', r3 = m - c', r4 = c' - m', r5 = o - c'; tau = 1 where high, low and c'
 *             are not all one price, else 0. pt the mean of tau, po those of tau where o is not the high plus where it is not the low, pc likewise of c' and the bar before;
 *             dk = rk - tau mean(rk) / pt; x1 = -4 / po d1 r2 - 4 / pc d3 r4, x2 = -4 / po d1 r5 - 4 / pc d5 r4; e1, e2 their means, v1, v2 their population
 *             variances; s2 = (v2 e1 + v1 e2) / (v1 + v2), the middle of e1 and e2 without variance; spread = sqrt(|s2|), with the sign of s2 where `signed`.
 *             Over the window - 1 pairs of bars in the last `window` rows, each mean over the pairs that have the value. Logs of ratios, so that the price unit cancels
 * Units       price in, spread a fraction of price     Warm-up  window - 1 rows, more where nothing moves     Lag  0
 * NaN         missing cells are left out of the means that need them; NaN with fewer than two moving bars, and where po or pc is 0
 * Source      D. Ardia, E. Guidotti and T. A. Kroencke, Efficient Estimation of Bid-Ask Spreads from Open, High, Low, and Close Prices, Journal of Financial
 *             Economics 161 (2024) 103916; their pseudocode
 * Oracle      shared bidask/expected.json
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     the 10,000 bars of their ohlc.csv with window 10000 give 0.0101849034905478 in the last row
 */
export interface EdgeSpreadOptions {
  /** Bars in the estimate, at least 3. @defaultValue 21 */
  window: number;
  /** Negative where the squared spread is estimated below 0: what averages of estimates need. @defaultValue false */
  signed: boolean;
}

export const edgeSpread: Engine<EdgeSpreadOptions, F64<'open' | 'high' | 'low' | 'close'>, F64<'spread'>> = /* @__PURE__ */ defineEngine({
  name: 'edgeSpread',
  input: { open: 'f64', high: 'f64', low: 'f64', close: 'f64' },
  aligned: { spread: 'f64' },
  sparse: ['spread'],
  defaults: { window: 21, signed: false } as EdgeSpreadOptions,
  check({ window }) {
    positiveInteger('edgeSpread: window', window);
    if (window < 3) throw new RangeError(`edgeSpread: window must be at least 3, was ${window}`);
  },
  warmup: ({ window }) => window - 1,
  units: { spread: 'ratio' },
  mirror: { none: 'ratios of prices have no mirror image' },
  scale: 'exact',
  init: ({ window }) => ({ count: 0, at: 0, high: NaN, low: NaN, close: NaN, pairs: new Float64Array(width * (window - 1)) }),

  advance(state, { open, high, low, close }, { spread }, from, to, { window, signed }) {
    const { pairs } = state, size = window - 1;
    for (let i = from; i < to; i++) {
      if (state.count > 0) {
        writePair(pairs, state.at * width, open[i], high[i], low[i], state.high, state.low, state.close);
        state.at = state.at + 1 === size ? 0 : state.at + 1;
      }
      state.high = high[i];
      state.low = low[i];
      state.close = close[i];
      if (state.count < window) state.count++;
      const squared = state.count < window ? NaN : squaredSpread(pairs, state.at, size);
      spread[i] = signed && squared < 0 ? -Math.sqrt(-squared) : Math.sqrt(Math.abs(squared));
    }
  },
});

/** Columns of a pair: five returns, tau, and whether the open is off the high, off the low, and the close before off its high, off its low. */
const width = 10;

function writePair(pairs: Float64Array, at: number, open: number, high: number, low: number, highBefore: number, lowBefore: number, closeBefore: number): void {
  const tau = high !== high || low !== low || closeBefore !== closeBefore ? NaN : high !== low || low !== closeBefore ? 1 : 0;
  pairs[at] = (logarithm(high / open) + logarithm(low / open)) / 2;
  pairs[at + 1] = (logarithm(open / highBefore) + logarithm(open / lowBefore)) / 2;
  pairs[at + 2] = (logarithm(high / closeBefore) + logarithm(low / closeBefore)) / 2;
  pairs[at + 3] = (logarithm(closeBefore / highBefore) + logarithm(closeBefore / lowBefore)) / 2;
  pairs[at + 4] = logarithm(open / closeBefore);
  pairs[at + 5] = tau;
  pairs[at + 6] = tau * isOff(open, high);
  pairs[at + 7] = tau * isOff(open, low);
  pairs[at + 8] = tau * isOff(closeBefore, highBefore);
  pairs[at + 9] = tau * isOff(closeBefore, lowBefore);
}

function isOff(price: number, edge: number): number {
  return price !== price || edge !== edge ? NaN : price === edge ? 0 : 1;
}

/** The mean of a column of the pairs that have it, from the oldest at `first` on; NaN without one. */
function meanOf(pairs: Float64Array, first: number, size: number, column: number): number {
  let sum = 0, count = 0;
  for (let k = 0; k < size; k++) {
    const value = pairs[(first + k < size ? first + k : first + k - size) * width + column];
    if (value !== value) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function squaredSpread(pairs: Float64Array, first: number, size: number): number {
  const pt = meanOf(pairs, first, size, 5), po = meanOf(pairs, first, size, 6) + meanOf(pairs, first, size, 7), pc = meanOf(pairs, first, size, 8) + meanOf(pairs, first, size, 9);
  const mean1 = meanOf(pairs, first, size, 0) / pt, mean3 = meanOf(pairs, first, size, 2) / pt, mean5 = meanOf(pairs, first, size, 4) / pt;
  let moving = 0, count1 = 0, sum1 = 0, squares1 = 0, count2 = 0, sum2 = 0, squares2 = 0;
  for (let k = 0; k < size; k++) {
    const at = (first + k < size ? first + k : first + k - size) * width, tau = pairs[at + 5];
    if (tau === 1) moving++;
    const d1 = pairs[at] - mean1 * tau, d3 = pairs[at + 2] - mean3 * tau, d5 = pairs[at + 4] - mean5 * tau;
    const x1 = (-4 / po) * d1 * pairs[at + 1] + (-4 / pc) * d3 * pairs[at + 3], x2 = (-4 / po) * d1 * pairs[at + 4] + (-4 / pc) * d5 * pairs[at + 3];
    if (x1 === x1) {
      sum1 += x1;
      squares1 += x1 * x1;
      count1++;
    }
    if (x2 === x2) {
      sum2 += x2;
      squares2 += x2 * x2;
      count2++;
    }
  }
  if (moving < 2 || !(po > 0) || !(pc > 0)) return NaN;
  const e1 = sum1 / count1, e2 = sum2 / count2, v1 = squares1 / count1 - e1 * e1, v2 = squares2 / count2 - e2 * e2, variance = v1 + v2;
  return variance > 0 ? (v2 * e1 + v1 * e2) / variance : (e1 + e2) / 2;
}
