import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { correlationOf, windowCross, windowMean, windowSquares } from './window-correlation.ts';

/**
 * Rolling correlation: Pearson's correlation of two columns over the last `period` rows.
 *
 * Definition  r[i] = sum of (x - mx)(y - my) / sqrt(sum of (x - mx)^2 * sum of (y - my)^2) over rows i - p + 1 to i, mx and my their means, by two passes.
 *             Of prices it is mostly trend: give it returns
 * Units       two columns of any unit in, -1 to 1 out     Warm-up  period - 1 rows     Lag  0
 * NaN         while the window holds one; where a column does not vary in the window
 * Source      K. Pearson, Note on Regression and Inheritance, Proceedings of the Royal Society 58 (1895) 240-242; as numpy corrcoef;
 *             pandas rolling().corr() by running sums, which are off by 1e-8 and more in short windows
 * Oracle      program oracles/regime/expected.json
 * Example     first 1 2 3 2, second 2 4 6 8, period 3 gives NaN NaN 1 0
 */
export interface RollingCorrelationOptions {
  /** Rows in the window. @defaultValue 20 */
  period: number;
}

export const rollingCorrelation: Engine<RollingCorrelationOptions, F64<'first' | 'second'>, F64<'correlation'>> = /* @__PURE__ */ defineEngine({
  name: 'rollingCorrelation',
  input: { first: 'f64', second: 'f64' },
  aligned: { correlation: 'f64' },
  defaults: { period: 20 },
  check: ({ period }) => checkPeriod('rollingCorrelation', period),
  warmup: ({ period }) => period - 1,
  units: { correlation: 'ratio' },
  mirror: 1e-6,
  scale: 'exact',
  init: ({ period }) => ({ count: 0, at: 0, firsts: new Float64Array(period), seconds: new Float64Array(period) }),

  advance(state, { first, second }, { correlation }, from, to, { period }) {
    const { firsts, seconds } = state;
    let { count, at } = state;
    for (let i = from; i < to; i++) {
      at = at + 1 === period ? 0 : at + 1;
      firsts[at] = first[i];
      seconds[at] = second[i];
      if (count < period) count++;
      correlation[i] = NaN;
      if (count < period) continue;
      const x = windowMean(firsts, at, period), y = windowMean(seconds, at, period);
      correlation[i] = correlationOf(windowCross(firsts, at, x, seconds, at, y, period), windowSquares(firsts, at, period, x), windowSquares(seconds, at, period, y));
    }
    state.count = count;
    state.at = at;
  },
});

/** Two rows always correlate. */
export function checkPeriod(engine: string, period: number): void {
  if (!(Number.isSafeInteger(period) && period >= 3)) throw new RangeError(`${engine}: period must be an integer of at least 3, was ${period}`);
}
