import { defineEngine, type Engine } from '@zanzibar/core';

/**
 * Delta: what buyers traded less what sellers did, bar by bar and summed up since an anchor.
 *
 * Definition  delta = buyVolume - sellVolume; unsignedVolume = volume - (buyVolume + sellVolume), what has no known aggressor; cumulativeDelta sums delta anew from each segment and
 *             from each row whose `anchor` is not 0; heat = 50 + 50 delta / volume; bias +1 where heat >= 50 + threshold, -1 where it is <= 50 - threshold, else 0. Which trades are
 *             bought is the bars' affair: they count by the trades' `side`, of the venue or of `tradeSign` by wiring
 * Units       volumes in and out; heat 0 to 100     Warm-up  0 rows     Lag  0
 * NaN         in the row that holds one, where bias is 0; cumulativeDelta from it on until the next anchor or segment. A row without volume has heat NaN and bias 0
 * Source      trading practice without a primary source; the sum of signed volume in J. Hasbrouck, Measuring the information content of stock trades, Journal of Finance 46 (1991)
 * Oracle      reference packages/engines/test/reference/delta.ts
 * Example     volume 10 4 0, buyVolume 7 1 0, sellVolume 3 2 0 gives delta 4 -1 0, unsignedVolume 0 1 0, cumulativeDelta 4 3 3, heat 70 37.5 NaN, bias 1 -1 0
 */
export interface DeltaOptions {
  /** Points of heat from 50 at which there is a bias, 0 to 50. @defaultValue 10 */
  threshold: number;
}

const deltaColumns = { delta: 'f64', unsignedVolume: 'f64', cumulativeDelta: 'f64', heat: 'f64', bias: 'i8' } as const;

export const delta: Engine<DeltaOptions, { volume: 'f64'; buyVolume: 'f64'; sellVolume: 'f64' }, typeof deltaColumns, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'delta',
  input: { volume: 'f64', buyVolume: 'f64', sellVolume: 'f64' },
  optional: { anchor: 'i8' },
  aligned: deltaColumns,
  sparse: ['heat', 'bias'],
  units: { delta: 'signed', unsignedVolume: 'volume', cumulativeDelta: 'signed', heat: 'oscillator', bias: 'direction' },
  defaults: { threshold: 10 },
  check({ threshold }) {
    if (!(threshold >= 0 && threshold <= 50)) throw new RangeError(`delta: threshold must be from 0 to 50, was ${threshold}`);
  },
  warmup: () => 0,
  // The heat of sellers is 100 less that of buyers but for its last bit.
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({ sum: 0 }),

  advance(state, { volume, buyVolume, sellVolume, anchor }, { delta, unsignedVolume, cumulativeDelta, heat, bias }, from, to, { threshold }) {
    let { sum } = state;
    for (let i = from; i < to; i++) {
      const d = buyVolume[i] - sellVolume[i], v = volume[i];
      if (anchor !== undefined && anchor[i] !== 0) sum = 0;
      sum += d;
      delta[i] = d;
      unsignedVolume[i] = v - (buyVolume[i] + sellVolume[i]);
      cumulativeDelta[i] = sum;
      heat[i] = v === 0 ? NaN : 50 + 50 * (d / v);
      bias[i] = v !== 0 && d !== 0 && Math.abs(d) * 50 >= threshold * v ? Math.sign(d) : 0;
    }
    state.sum = sum;
  },
});
