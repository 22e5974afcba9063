import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { checkPeriod } from './rolling-correlation.ts';
import { correlationOf, windowCross } from './window-correlation.ts';

/**
 * Lead-lag correlation: at which shift two columns of the same rows correlate most, and which of them is ahead.
 *
 * Definition  r(l) for l = -m..m: Pearson's correlation of first[j - l] with second[j] over the `period` newest rows j for which both are known; l > 0 has the
 *             first ahead. `lag` is the l of the largest |r(l)| (of equals the nearest to 0, then the positive one), `correlation` its r,
 *             `asymmetry` (P - N) / (P + N), P the sum of r(l)^2 over l > 0 and N over l < 0: 1 where only the first leads
 * Units       two columns of any unit in; rows, -1 to 1, -1 to 1 out     Warm-up  period + maximumLag - 1 rows     Lag  0
 * NaN         shifts whose window holds one or does not vary do not count; NaN where none is left, asymmetry where none but 0 is
 * Source      N. Huth and F. Abergel, High frequency lead/lag relationships, Journal of Empirical Finance 26 (2014) 41-58; their ratio P / N is
 *             (1 + a) / (1 - a). Ticks that do not line up: `hayashiYoshidaCorrelation`
 * Oracle      program oracles/regime/expected.json
 * Example     first 1 3 2 5 4 7, second 0 1 3 2 5 4, period 3, maximumLag 1: lag 1 and correlation 1 from row 3 on
 */
export interface LeadLagCorrelationOptions {
  /** Rows in each window. @defaultValue 50 */
  period: number;
  /** Rows by which the columns are shifted at most. @defaultValue 5 */
  maximumLag: number;
}

export const leadLagCorrelation: Engine<LeadLagCorrelationOptions, F64<'first' | 'second'>, F64<'lag' | 'correlation' | 'asymmetry'>> = /* @__PURE__ */ defineEngine({
  name: 'leadLagCorrelation',
  version: 2,
  input: { first: 'f64', second: 'f64' },
  aligned: { lag: 'f64', correlation: 'f64', asymmetry: 'f64' },
  defaults: { period: 50, maximumLag: 5 },
  check({ period, maximumLag }) {
    checkPeriod('leadLagCorrelation', period);
    positiveInteger('leadLagCorrelation: maximumLag', maximumLag);
  },
  warmup: ({ period, maximumLag }) => period + maximumLag - 1,
  units: { lag: 'count', correlation: 'ratio', asymmetry: 'ratio' },
  mirror: { none: 'a rounding may choose another of two shifts that correlate alike' },
  scale: 'exact',
  init({ period, maximumLag }) {
    const size = period + maximumLag, lags = maximumLag + 1;
    return {
      // Every value stands twice, `size` apart, so that the window that ends at the second one is one stretch.
      count: 0, at: 0, firsts: new Float64Array(2 * size), seconds: new Float64Array(2 * size),
      // Means and sums of squares of the windows that ended 0 to maximumLag rows ago: a shifted window is one of the past.
      place: 0, meansFirst: new Float64Array(lags), squaresFirst: new Float64Array(lags), meansSecond: new Float64Array(lags), squaresSecond: new Float64Array(lags),
      leads: new Float64Array(lags), follows: new Float64Array(lags),
    };
  },

  advance(state, { first, second }, { lag, correlation, asymmetry }, from, to, { period, maximumLag }) {
    const { firsts, seconds, meansFirst, squaresFirst, meansSecond, squaresSecond, leads, follows } = state, size = period + maximumLag, lags = maximumLag + 1;
    for (let i = from; i < to; i++) {
      const at = (state.at = state.at + 1 === size ? 0 : state.at + 1), here = (state.place = state.place + 1 === lags ? 0 : state.place + 1);
      firsts[at] = firsts[at + size] = first[i];
      seconds[at] = seconds[at + size] = second[i];
      measure(state, here, period);
      if (state.count < size) state.count++;
      lag[i] = correlation[i] = asymmetry[i] = NaN;
      if (state.count < size) continue;
      crossShifts(state, here, period);
      let best = correlationOf(windowCross(firsts, at + size, meansFirst[here], seconds, at + size, meansSecond[here], period), squaresFirst[here], squaresSecond[here]), shift = best === best ? 0 : NaN, ahead = 0, behind = 0;
      for (let l = 1; l <= maximumLag; l++) {
        const there = here < l ? here - l + lags : here - l, leading = correlationOf(leads[l], squaresFirst[there], squaresSecond[here]), following = correlationOf(follows[l], squaresFirst[here], squaresSecond[there]);
        if (leading === leading) ahead += leading * leading;
        if (following === following) behind += following * following;
        if (Math.abs(leading) > Math.abs(best) || (shift !== shift && leading === leading)) {
          best = leading;
          shift = l;
        }
        if (Math.abs(following) > Math.abs(best) || (shift !== shift && following === following)) {
          best = following;
          shift = -l;
        }
      }
      lag[i] = shift;
      correlation[i] = best;
      asymmetry[i] = ahead + behind > 0 ? (ahead - behind) / (ahead + behind) : NaN;
    }
  },
});

type Windows = {
  at: number; firsts: Float64Array; seconds: Float64Array; meansFirst: Float64Array; squaresFirst: Float64Array; meansSecond: Float64Array; squaresSecond: Float64Array;
  leads: Float64Array; follows: Float64Array;
};

/** Means and sums of squares of both newest windows, side by side: a sum waits for its last addition. */
function measure({ at, firsts, seconds, meansFirst, squaresFirst, meansSecond, squaresSecond }: Windows, here: number, period: number): void {
  const last = at + (firsts.length >> 1);
  let a = 0, b = 0, aa = 0, bb = 0;
  for (let k = last; k > last - period; k--) {
    a += firsts[k];
    b += seconds[k];
  }
  const meanA = (meansFirst[here] = a / period), meanB = (meansSecond[here] = b / period);
  for (let k = last; k > last - period; k--) {
    const x = firsts[k] - meanA, y = seconds[k] - meanB;
    aa += x * x;
    bb += y * y;
  }
  squaresFirst[here] = aa;
  squaresSecond[here] = bb;
}

/** Sums of products with the first column shifted back by each lag, and with the second; two lags go side by side, past the end the last one again. */
function crossShifts({ at, firsts, seconds, meansFirst, meansSecond, leads, follows }: Windows, here: number, period: number): void {
  const lags = leads.length, last = at + (firsts.length >> 1), meanA = meansFirst[here], meanB = meansSecond[here];
  for (let l = 1; l < lags; l += 2) {
    const m = l + 1 < lags ? l + 1 : l, thereL = here < l ? here - l + lags : here - l, thereM = here < m ? here - m + lags : here - m;
    const firstL = meansFirst[thereL], secondL = meansSecond[thereL], firstM = meansFirst[thereM], secondM = meansSecond[thereM];
    let leadL = 0, followL = 0, leadM = 0, followM = 0;
    for (let k = last; k > last - period; k--) {
      const a = firsts[k] - meanA, b = seconds[k] - meanB;
      leadL += (firsts[k - l] - firstL) * b;
      followL += a * (seconds[k - l] - secondL);
      leadM += (firsts[k - m] - firstM) * b;
      followM += a * (seconds[k - m] - secondM);
    }
    leads[l] = leadL;
    follows[l] = followL;
    leads[m] = leadM;
    follows[m] = followM;
  }
}
