import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { checkPeriod } from './rolling-correlation.ts';
import { correlationOf } from './window-correlation.ts';

/**
 * Exponentially weighted correlation: Pearson's correlation in which each row back weighs 1 - 2 / (period + 1) times as much.
 *
 * Definition  q = 1 - 2 / (p + 1); with each row W = q W + 1, u = x - mx, v = y - my, mx += u / W, my += v / W, then
 *             Sxy = q Sxy + u (y - my), Sxx = q Sxx + u (x - mx), Syy = q Syy + v (y - my); r = Sxy / sqrt(Sxx Syy). No seed: the first rows weigh as all do
 * Units       two columns of any unit in, -1 to 1 out     Warm-up  period - 1 rows     Lag  0
 * NaN         a row with one is left out, and has none itself; so has a row where a column has not varied
 * Source      pandas ewm(span=period, adjust=True, min_periods=period).corr(); the update is D. H. D. West's, Communications of the ACM 22 (1979) 532-535
 * Oracle      program oracles/regime/expected.json
 * Example     first 1 2 3, second 2 4 6, period 3 gives NaN NaN 1
 */
export interface ExponentialCorrelationOptions {
  /** Rows of a simple mean of the same mean age. @defaultValue 20 */
  period: number;
}

export const exponentialCorrelation: Engine<ExponentialCorrelationOptions, F64<'first' | 'second'>, F64<'correlation'>> = /* @__PURE__ */ defineEngine({
  name: 'exponentialCorrelation',
  input: { first: 'f64', second: 'f64' },
  aligned: { correlation: 'f64' },
  defaults: { period: 20 },
  check: ({ period }) => checkPeriod('exponentialCorrelation', period),
  warmup: ({ period }) => period - 1,
  units: { correlation: 'ratio' },
  mirror: 1e-6,
  scale: 'exact',
  init: () => ({ count: 0, weight: 0, meanFirst: 0, meanSecond: 0, cross: 0, squaresFirst: 0, squaresSecond: 0 }),

  advance(state, { first, second }, { correlation }, from, to, { period }) {
    const keep = 1 - 2 / (period + 1);
    let { count, weight, meanFirst, meanSecond, cross, squaresFirst, squaresSecond } = state;
    for (let i = from; i < to; i++) {
      const x = first[i], y = second[i];
      if (!(x === x && y === y)) {
        correlation[i] = NaN;
        continue;
      }
      weight = keep * weight + 1;
      const u = x - meanFirst, v = y - meanSecond;
      meanFirst += u / weight;
      meanSecond += v / weight;
      cross = keep * cross + u * (y - meanSecond);
      squaresFirst = keep * squaresFirst + u * (x - meanFirst);
      squaresSecond = keep * squaresSecond + v * (y - meanSecond);
      if (count < period) count++;
      correlation[i] = count < period ? NaN : correlationOf(cross, squaresFirst, squaresSecond);
    }
    state.count = count;
    state.weight = weight;
    state.meanFirst = meanFirst;
    state.meanSecond = meanSecond;
    state.cross = cross;
    state.squaresFirst = squaresFirst;
    state.squaresSecond = squaresSecond;
  },
});
