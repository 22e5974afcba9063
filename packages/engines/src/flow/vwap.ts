import { defineEngine, type Engine, type F64 } from '@zanzibar/core';

/**
 * Volume-weighted average price since the session, or another anchor, began.
 *
 * Definition  V = sum of v, w = sum of p * v / V by West's update: m[i] = m[i - 1] + (p[i] - m[i - 1]) * (v[i] / V[i]), p = (high + low + close) / 3.
 *             It starts anew at each segment and with each row whose `anchor` is not 0. A row without volume leaves it as it was
 * Units       price and volume in, price out     Warm-up  0 rows; before the first volume it is undefined, NaN     Lag  0
 * NaN         from the first NaN on, until the next anchor or segment
 * Source      S. Berkowitz, D. Logue, E. Noser, The Total Cost of Transactions on the NYSE, Journal of Finance 43 (1988) 97-112;
 *             D. H. D. West, Updating Mean and Variance Estimates, Communications of the ACM 22 (1979) 532-535
 * Oracle      shared stock-indicators/results/vwap.standard.json.gz
 * Example     high, low and close 1 4 4, volume 1 2 0 gives 1 3 3
 */
export const vwap: Engine<{}, F64<'high' | 'low' | 'close' | 'volume'>, F64<'vwap'>, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'vwap',
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  optional: { anchor: 'i8' },
  aligned: { vwap: 'f64' },
  defaults: {},
  warmup: () => 0,
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({ mean: 0, total: 0 }),

  advance(state, { high, low, close, volume, anchor }, { vwap }, from, to) {
    let { mean, total } = state;
    for (let i = from; i < to; ) {
      if (anchor !== undefined && anchor[i] !== 0) mean = total = 0;
      const until = anchor === undefined ? to : nextAnchor(anchor, i + 1, to);
      for (; i < until && total === 0; i++) {
        total = volume[i];
        mean = total === 0 ? NaN : (high[i] + low[i] + close[i]) / 3;
        vwap[i] = mean;
      }
      for (; i < until; i++) {
        total += volume[i];
        mean += ((high[i] + low[i] + close[i]) / 3 - mean) * (volume[i] / total);
        vwap[i] = mean;
      }
    }
    state.mean = mean;
    state.total = total;
  },
});

/**
 * Volume-weighted average price of trades since the session, or another anchor, began.
 *
 * Definition  as `vwap`, with p the traded price and v its size
 * Units       price and size in     Warm-up  0 rows; before the first volume it is undefined, NaN     Lag  0
 * NaN         from the first NaN on, until the next anchor or segment; a row of size 0 leaves it
 * Source      that of `vwap`
 * Oracle      reference packages/engines/test/reference/weighted-moments.ts
 * Example     price 1 4, size 1 2 gives 1 3
 */
export const tradeVwap: Engine<{}, F64<'price' | 'size'>, F64<'vwap'>, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'tradeVwap',
  input: { price: 'f64', size: 'f64' },
  optional: { anchor: 'i8' },
  aligned: { vwap: 'f64' },
  defaults: {},
  warmup: () => 0,
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({ mean: 0, total: 0 }),

  advance(state, { price, size, anchor }, { vwap }, from, to) {
    let { mean, total } = state;
    for (let i = from; i < to; ) {
      if (anchor !== undefined && anchor[i] !== 0) mean = total = 0;
      const until = anchor === undefined ? to : nextAnchor(anchor, i + 1, to);
      for (; i < until && total === 0; i++) {
        total = size[i];
        mean = total === 0 ? NaN : price[i];
        vwap[i] = mean;
      }
      for (; i < until; i++) {
        total += size[i];
        mean += (price[i] - mean) * (size[i] / total);
        vwap[i] = mean;
      }
    }
    state.mean = mean;
    state.total = total;
  },
});

function nextAnchor(anchor: Int8Array, from: number, to: number): number {
  let i = from;
  while (i < to && anchor[i] === 0) i++;
  return i;
}
