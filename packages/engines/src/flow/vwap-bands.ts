import { defineEngine, type Engine, type F64 } from '@zanzibar/core';

type Band = 'upper1' | 'lower1' | 'upper2' | 'lower2' | 'upper3' | 'lower3';

/**
 * Bands of one, two and three standard deviations around the volume-weighted average price of bars.
 *
 * Definition  V and m as in `vwap`: m' = m + (p - m) * (v / V), p = (high + low + close) / 3; s' = s + v * (p - m) * (p - m'); deviation = sqrt(s / V), the
 *             square root of the variance of prices weighted by volume (West's update: the difference of mean squares would cancel); bands m + k * deviation.
 *             It starts anew at each segment and with each row whose `anchor` is not 0. A row without volume leaves it as it was
 * Units       price and volume in; vwap and bands prices, deviation an unsigned difference     Warm-up  0 rows; before the first volume NaN     Lag  0
 * NaN         from the first NaN on, until the next anchor or segment
 * Source      D. H. D. West, Updating Mean and Variance Estimates, Communications of the ACM 22 (1979) 532-535
 * Oracle      reference packages/engines/test/reference/weighted-moments.ts
 * Example     high, low and close 1 4, volume 1 2 gives vwap 1 3, deviation 0 1.4142..., upper1 1 4.4142...
 */
export const vwapBands: Engine<{}, F64<'high' | 'low' | 'close' | 'volume'>, F64<'vwap' | 'deviation' | Band>, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'vwapBands',
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  optional: { anchor: 'i8' },
  aligned: { vwap: 'f64', deviation: 'f64', upper1: 'f64', lower1: 'f64', upper2: 'f64', lower2: 'f64', upper3: 'f64', lower3: 'f64' },
  sparse: ['vwap', 'deviation', 'upper1', 'lower1', 'upper2', 'lower2', 'upper3', 'lower3'],
  defaults: {},
  units: { deviation: 'range' },
  pairs: [['upper1', 'lower1'], ['upper2', 'lower2'], ['upper3', 'lower3']],
  // The root doubles the relative error of a variance near 0.
  mirror: 1e-7,
  scale: 'exact',
  init: () => ({ total: 0, mean: NaN, squares: 0 }),

  advance(state, { high, low, close, volume, anchor }, output, from, to) {
    let { total, mean, squares } = state;
    const { vwap, deviation, upper1, lower1, upper2, lower2, upper3, lower3 } = output;
    for (let i = from; i < to; i++) {
      const price = (high[i] + low[i] + close[i]) / 3, size = volume[i], isNew = anchor !== undefined && anchor[i] !== 0;
      if (isNew) total = 0;
      if (total === 0) {
        total = size;
        mean = size === 0 ? NaN : price;
        squares = mean === mean ? 0 : NaN;
      } else {
        const before = price - mean;
        total += size;
        mean += before * (size / total);
        squares += size * before * (price - mean);
      }
      const d = Math.sqrt(squares / total);
      vwap[i] = mean;
      deviation[i] = d;
      upper1[i] = mean + d;
      lower1[i] = mean - d;
      upper2[i] = mean + 2 * d;
      lower2[i] = mean - 2 * d;
      upper3[i] = mean + 3 * d;
      lower3[i] = mean - 3 * d;
    }
    state.total = total;
    state.mean = mean;
    state.squares = squares;
  },
});
