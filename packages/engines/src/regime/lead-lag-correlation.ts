import { defineEngine, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { checkPeriod } from './rolling-correlation.ts';
import { correlationOf, windowCross, windowMean, windowSquares } from './window-correlation.ts';

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
      count: 0, at: 0, firsts: new Float64Array(size), seconds: new Float64Array(size),
      // Means and sums of squares of the windows that ended 0 to maximumLag rows ago: a shifted window is one of the past.
      place: 0, meansFirst: new Float64Array(lags), squaresFirst: new Float64Array(lags), meansSecond: new Float64Array(lags), squaresSecond: new Float64Array(lags),
    };
  },

  advance(state, { first, second }, { lag, correlation, asymmetry }, from, to, { period, maximumLag }) {
    const { firsts, seconds, meansFirst, squaresFirst, meansSecond, squaresSecond } = state, size = period + maximumLag, lags = maximumLag + 1;
    for (let i = from; i < to; i++) {
      const at = (state.at = state.at + 1 === size ? 0 : state.at + 1), here = (state.place = state.place + 1 === lags ? 0 : state.place + 1);
      firsts[at] = first[i];
      seconds[at] = second[i];
      meansFirst[here] = windowMean(firsts, at, period);
      squaresFirst[here] = windowSquares(firsts, at, period, meansFirst[here]);
      meansSecond[here] = windowMean(seconds, at, period);
      squaresSecond[here] = windowSquares(seconds, at, period, meansSecond[here]);
      if (state.count < size) state.count++;
      lag[i] = correlation[i] = asymmetry[i] = NaN;
      if (state.count < size) continue;
      let best = correlationOf(windowCross(firsts, at, meansFirst[here], seconds, at, meansSecond[here], period), squaresFirst[here], squaresSecond[here]), shift = best === best ? 0 : NaN, ahead = 0, behind = 0;
      for (let l = 1; l <= maximumLag; l++) {
        const back = at < l ? at - l + size : at - l, there = here < l ? here - l + lags : here - l;
        const leads = correlationOf(windowCross(firsts, back, meansFirst[there], seconds, at, meansSecond[here], period), squaresFirst[there], squaresSecond[here]);
        const follows = correlationOf(windowCross(firsts, at, meansFirst[here], seconds, back, meansSecond[there], period), squaresFirst[here], squaresSecond[there]);
        if (leads === leads) ahead += leads * leads;
        if (follows === follows) behind += follows * follows;
        if (Math.abs(leads) > Math.abs(best) || (shift !== shift && leads === leads)) {
          best = leads;
          shift = l;
        }
        if (Math.abs(follows) > Math.abs(best) || (shift !== shift && follows === follows)) {
          best = follows;
          shift = -l;
        }
      }
      lag[i] = shift;
      correlation[i] = best;
      asymmetry[i] = ahead + behind > 0 ? (ahead - behind) / (ahead + behind) : NaN;
    }
  },
});
