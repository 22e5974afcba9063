import { defineEngine, nonNegativeNumber, type Engine } from '@zanzibar/core';

/**
 * Five-pillar score, literally: the weighted sum of five unsigned confidences with two boosts, as a published design states it. Kept so that it can be
 * reproduced; `signedPillarScore` is the sound one.
 *
 * Definition  total = min(1, sum of weight * pillar + icebergBoost where icebergZones > 0 + gannBoost where gannConfluence > 2 or gannFamilyCount > 2, which is the same count
 *             in whole numbers, as `gannConfluence/confluence` gives it), a pillar that is NaN or absent counts 0; signal
 *             +1 where total > buy, -1 where total < sell, else 0. Its defects stand: unsigned evidence makes strong bearish pillars a buy; nothing known makes a sell;
 *             boosts only push up, so that with both no sell is left; the cap hides how far they overflow and they count two pillars twice; weights of absent
 *             pillars are lost, so that without the first two nothing reaches a buy
 * Units       pillars 0 to 1 and counts in; 0 to 1 and a direction out     Warm-up  0 rows     Lag  0
 * NaN         counts 0, as does an absent column
 * Source      Quantam-imo/quantum-market-observer, DATABENTO_DATA_FLOW.md, section 3
 * Oracle      paper packages/engines/test/papers/five-pillars.ts
 * Example     qmo .785, imo .815, gann .88, astro .65, cycle .72, one zone, confluence 3: total 1 (1.0315 before the cap), signal 1
 */
export interface FivePillarScoreOptions {
  /** Weight of order flow and liquidity. @defaultValue 0.25 */
  qmoWeight: number;
  /** Weight of icebergs and absorption. @defaultValue 0.25 */
  imoWeight: number;
  /** Weight of Gann levels. @defaultValue 0.2 */
  gannWeight: number;
  /** Weight of planetary windows. @defaultValue 0.15 */
  astroWeight: number;
  /** Weight of bar cycles. @defaultValue 0.15 */
  cycleWeight: number;
  /** Added where there is an iceberg zone. @defaultValue 0.15 */
  icebergBoost: number;
  /** Added where more than two Gann families agree. @defaultValue 0.1 */
  gannBoost: number;
  /** Most that the total can be. @defaultValue 1 */
  cap: number;
  /** Total above which it buys. @defaultValue 0.75 */
  buy: number;
  /** Total below which it sells. @defaultValue 0.25 */
  sell: number;
}

type Pillars = { readonly qmo: 'f64'; readonly imo: 'f64'; readonly gann: 'f64'; readonly astro: 'f64'; readonly cycle: 'f64'; readonly icebergZones: 'f64'; readonly gannConfluence: 'f64'; readonly gannFamilyCount: 'i32' };

export const fivePillarScore: Engine<FivePillarScoreOptions, {}, { readonly total: 'f64'; readonly signal: 'i8' }, {}, {}, Pillars> = /* @__PURE__ */ defineEngine({
  name: 'fivePillarScore',
  input: {},
  optional: { qmo: 'f64', imo: 'f64', gann: 'f64', astro: 'f64', cycle: 'f64', icebergZones: 'f64', gannConfluence: 'f64', gannFamilyCount: 'i32' },
  aligned: { total: 'f64', signal: 'i8' },
  defaults: { qmoWeight: 0.25, imoWeight: 0.25, gannWeight: 0.2, astroWeight: 0.15, cycleWeight: 0.15, icebergBoost: 0.15, gannBoost: 0.1, cap: 1, buy: 0.75, sell: 0.25 },
  check(options) {
    for (const [name, value] of Object.entries(options)) nonNegativeNumber(`fivePillarScore: ${name}`, value);
    if (!(options.sell <= options.buy)) throw new RangeError(`fivePillarScore: sell must be at most buy, was ${options.sell}`);
  },
  warmup: () => 0,
  units: { total: 'ratio', signal: 'count' },
  mirror: { none: 'its pillars are unsigned: the mirrored market gives the same buy, which is its first defect' },
  scale: 'exact',
  init: () => ({}),

  advance(_state, { qmo, imo, gann, astro, cycle, icebergZones, gannConfluence, gannFamilyCount }, { total, signal }, from, to, options) {
    const { qmoWeight, imoWeight, gannWeight, astroWeight, cycleWeight, icebergBoost, gannBoost, cap, buy, sell } = options;
    for (let i = from; i < to; i++) {
      let sum = 0;
      sum += known(qmo, i) * qmoWeight;
      sum += known(imo, i) * imoWeight;
      sum += known(gann, i) * gannWeight;
      sum += known(astro, i) * astroWeight;
      sum += known(cycle, i) * cycleWeight;
      if (known(icebergZones, i) > 0) sum += icebergBoost;
      if (known(gannConfluence, i) > 2 || known(gannFamilyCount, i) > 2) sum += gannBoost;
      sum = Math.min(sum, cap);
      total[i] = sum;
      signal[i] = sum > buy ? 1 : sum < sell ? -1 : 0;
    }
  },
});

/** What is not known is 0. */
function known(column: Float64Array | Int32Array | undefined, row: number): number {
  const value = column === undefined ? NaN : column[row];
  return value === value ? value : 0;
}
