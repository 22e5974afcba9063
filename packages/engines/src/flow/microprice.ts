import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { checkTick, needTick } from '../profile/session-profile.ts';
import { imbalanceBucket, type MicropriceModel } from './fit-microprice.ts';

/**
 * Micro-price: the mid, corrected by where it went from like states of the book in a sample.
 *
 * Definition  mid + correction of the state (spread in ticks, bucket of the queue imbalance) as `fitMicroprice` found it, no farther than half the spread. An even book has the mid. The model
 *             is applied to rows after the time that it was fitted through only: the driver refuses others
 * Units       price and sizes in, price out     Warm-up  0 rows     Lag  0
 * NaN         in the row that holds one, where nothing is shown, and in states that the sample did not have: crossed and locked quotes, wider spreads
 * Source      S. Stoikov, The micro-price: a high-frequency estimator of future prices, Quantitative Finance 18 (2018)
 * Oracle      program oracles/microprice/expected.json
 * Oracle      reference packages/engines/test/reference/microprice.ts
 * Example     tick 1, two buckets, correction 0.25: bid 100, ask 101, bidSize 3, askSize 1 gives 100.75
 */
export interface MicropriceOptions {
  /** The instrument's tick, as in the fit. There is no default. */
  tick: number;
  /** What `fitMicroprice` returned. There is no default. */
  model: MicropriceModel;
}

export const microprice: Engine<MicropriceOptions, F64<'bid' | 'ask' | 'bidSize' | 'askSize'>, F64<'microprice'>> = /* @__PURE__ */ defineEngine({
  name: 'microprice',
  input: { bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' },
  aligned: { microprice: 'f64' },
  sparse: ['microprice'],
  optionUnits: { tick: 'range' },
  defaults: { tick: NaN, model: {} } as MicropriceOptions,
  check: ({ tick }) => checkTick('microprice', tick),
  mirror: 1e-12,
  scale: 'exact',
  init({ tick, model }) {
    needTick('microprice', tick);
    if (!(model.buckets > 0 && model.correction.length === (model.buckets / 2) * model.spreads)) throw new RangeError('microprice: model must be given, as fitMicroprice returns it');
    return {};
  },

  advance(_, { bid, ask, bidSize, askSize }, { microprice }, from, to, { tick, model: { buckets, spreads, correction } }) {
    const half = buckets / 2;
    for (let i = from; i < to; i++) {
      const gap = ask[i] - bid[i], spread = Math.round(gap / tick), bucket = imbalanceBucket(bidSize[i], askSize[i], buckets);
      microprice[i] = NaN;
      if (!(spread >= 1 && spread <= spreads && bucket === bucket)) continue;
      const isBid = bucket >= half, ticks = correction[(spread - 1) * half + (isBid ? bucket - half : half - 1 - bucket)];
      const lean = bidSize[i] === askSize[i] ? 0 : (isBid ? ticks : -ticks) * tick;
      microprice[i] = (bid[i] + ask[i]) / 2 + Math.max(-gap / 2, Math.min(gap / 2, lean));
    }
  },
});
