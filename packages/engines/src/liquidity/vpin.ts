import { defineEngine, oneOf, positiveInteger, positiveNumber, type Engine, type F64 } from '@zanzibar/core';
import { bucketSchema, fillBuckets, newBuckets } from './volume-buckets.ts';

/**
 * VPIN of trades: the share of volume that one side took more than the other, over buckets of equal volume.
 *
 * Definition  trades fill buckets of `bucketVolume`, split at their edges; a bucket's imbalance is |bought - sold|; vpin = sum of the imbalances of the last `buckets`
 *             buckets / (buckets * bucketVolume), known with the trade that fills a bucket. `flag`: the aggressor's side as given, unsigned volume fills but takes no
 *             side; `tick`: the sign of the last change of price, none before the first. Of a trade larger than `buckets` whole buckets only the last ones are written
 * Units       size in; vpin a fraction, carried from bucket to bucket; table `buckets` one row a bucket     Warm-up  until `buckets` are full     Lag  0
 * NaN         a trade whose size is NaN, infinite or not above 0 fills nothing; a price of NaN changes no sign
 * Source      D. Easley, M. Lopez de Prado and M. O'Hara, Flow Toxicity and Liquidity in a High-frequency World, Review of Financial Studies 25 (2012) 1457-1493.
 *             With true sides it moves against its bulk form and adds nothing to volume and volatility as a forecast: T. G. Andersen and O. Bondarenko,
 *             VPIN and the flash crash, Journal of Financial Markets 17 (2014) 1-46
 * Oracle      reference packages/engines/test/reference/vpin.ts
 * Example     sizes 3 3 2, sides 1 -1 -1, bucketVolume 4, buckets 1: vpin NaN 0.5 1, of 3 bought and 1 sold, then of 4 sold
 */
export interface VpinOptions {
  /** Volume of a bucket; the authors take a fiftieth of a day's. @defaultValue 1000 */
  bucketVolume: number;
  /** Buckets in the mean. @defaultValue 50 */
  buckets: number;
  /** Where the side of a trade comes from. @defaultValue 'flag' */
  mode: 'flag' | 'tick';
}

export const vpin: Engine<VpinOptions, F64<'price' | 'size'>, F64<'vpin'>, { buckets: typeof bucketSchema }, {}, { side: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'vpin',
  version: 2,
  input: { price: 'f64', size: 'f64' },
  optional: { side: 'i8' },
  aligned: { vpin: 'f64' },
  sparse: ['vpin'],
  appended: { buckets: bucketSchema },
  defaults: { bucketVolume: 1000, buckets: 50, mode: 'flag' } as VpinOptions,
  check({ bucketVolume, buckets, mode }) {
    positiveNumber('vpin: bucketVolume', bucketVolume);
    positiveInteger('vpin: buckets', buckets);
    oneOf('vpin: mode', mode, ['flag', 'tick']);
  },
  units: { vpin: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ buckets }) => ({ price: NaN, sign: 0, ...newBuckets(buckets) }),

  advance(state, { base, price, size, side }, output, from, to, { bucketVolume, mode }) {
    if (mode === 'flag' && side === undefined) throw new TypeError("vpin: column \"side\" is missing, which mode 'flag' reads");
    for (let i = from; i < to; i++) {
      if (mode === 'tick') {
        if (price[i] > state.price) state.sign = 1;
        if (price[i] < state.price) state.sign = -1;
        if (price[i] === price[i]) state.price = price[i];
      }
      const sign = mode === 'tick' ? state.sign : side![i], volume = size[i];
      fillBuckets(output.buckets, state, sign > 0 ? volume : 0, sign < 0 ? volume : 0, volume, bucketVolume, base + i);
      output.vpin[i] = state.vpin;
    }
  },
});

/**
 * VPIN of bars, whose bought and sold volume is known, or classified in bulk: wire `bulkVolume` over bars of a minute for the form of its authors.
 *
 * Definition  as `vpin`; a bar fills buckets in its own proportions, which are taken to be those of each part of it
 * Units       volumes in; vpin a fraction, carried from bucket to bucket; table `buckets` one row a bucket     Warm-up  until `buckets` are full     Lag  0
 * NaN         a bar with a volume that is NaN, infinite or below 0, or without any, fills nothing
 * Source      as `vpin`, with its section 2: time bars of one minute, bulk classification
 * Oracle      reference packages/engines/test/reference/vpin.ts
 * Example     buyVolume 3 0 0, sellVolume 0 3 2, bucketVolume 4, buckets 1: vpin NaN 0.5 1
 */
export const barVpin: Engine<BarVpinOptions, F64<'buyVolume' | 'sellVolume'>, F64<'vpin'>, { buckets: typeof bucketSchema }> = /* @__PURE__ */ defineEngine({
  name: 'barVpin',
  input: { buyVolume: 'f64', sellVolume: 'f64' },
  aligned: { vpin: 'f64' },
  sparse: ['vpin'],
  appended: { buckets: bucketSchema },
  defaults: { bucketVolume: 1000, buckets: 50 },
  check({ bucketVolume, buckets }) {
    positiveNumber('barVpin: bucketVolume', bucketVolume);
    positiveInteger('barVpin: buckets', buckets);
  },
  units: { vpin: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ buckets }) => newBuckets(buckets),

  advance(state, { base, buyVolume, sellVolume }, output, from, to, { bucketVolume }) {
    for (let i = from; i < to; i++) {
      const bought = buyVolume[i], sold = sellVolume[i], total = bought >= 0 && sold >= 0 ? bought + sold : NaN;
      fillBuckets(output.buckets, state, bought, sold, total, bucketVolume, base + i);
      output.vpin[i] = state.vpin;
    }
  },
});

export interface BarVpinOptions {
  /** Volume of a bucket; the authors take a fiftieth of a day's. @defaultValue 1000 */
  bucketVolume: number;
  /** Buckets in the mean. @defaultValue 50 */
  buckets: number;
}
