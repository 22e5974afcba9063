import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, type Engine } from '@zanzibar/core';

/**
 * Signed pillar score: five kinds of evidence, each with its own direction, joined so that what is missing weighs nothing and the mirrored market gives the
 * mirrored answer. The number is not a probability; `fitCalibration` makes one of it, and an information coefficient and a deflated Sharpe ratio judge it.
 *
 * Definition  pillars qmo (order flow and liquidity), imo (icebergs and absorption) and gann in -1 to 1, the sign their direction, clipped there, each with a reliability r of 0
 *             to 1 (1 where that column is absent); an absent column or NaN is no evidence and its weight leaves. base = sum w r s / sum w r over those known, coverage =
 *             sum w r of those known / sum of all w of the three. timing = mean of
 *             astro and cycle (0 to 1, clipped, no sign) by weight over those known, 0 without; score = base * (1 + timingGain * timing), clipped to -1 to 1.
 *             `signal` +1 where score >= threshold and coverage >= leastCoverage, -1 where score <= -threshold and the same, else 0; `scoreSignal` where it turns to
 *             +1 or -1: direction the signal, value the score
 * Units       -1 to 1 in; -1 to 1, 0 to 1 and a direction out     Warm-up  0 rows     Lag  0
 * NaN         no evidence; without any the score is NaN, coverage 0 and signal 0
 * Source      this library's answer to the defects of `fivePillarScore`: monotone in each pillar, odd in all of them, silent without information, and without boosts, which
 *             counted icebergs and Gann twice
 * Oracle      reference packages/engines/test/reference/signed-pillars.ts
 * Example     qmo .8, imo -.2 and nothing else, weights .25: base .3, coverage 5/7, score .3, signal 0
 */
export interface SignedPillarScoreOptions {
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
  /** Share by which full timing lifts a score, at most 1/4. @defaultValue 0.25 */
  timingGain: number;
  /** Size of a score that signals. @defaultValue 0.5 */
  threshold: number;
  /** Share of the directional weight that has to be known. @defaultValue 0.5 */
  leastCoverage: number;
}

type Pillars = {
  readonly qmo: 'f64'; readonly imo: 'f64'; readonly gann: 'f64'; readonly astro: 'f64'; readonly cycle: 'f64';
  readonly qmoReliability: 'f64'; readonly imoReliability: 'f64'; readonly gannReliability: 'f64';
};

export const signedPillarScore: Engine<
  SignedPillarScoreOptions, {}, { readonly score: 'f64'; readonly coverage: 'f64'; readonly signal: 'i8' }, { events: typeof eventSchema }, {}, Pillars
> = /* @__PURE__ */ defineEngine({
  name: 'signedPillarScore',
  input: {},
  optional: { qmo: 'f64', imo: 'f64', gann: 'f64', astro: 'f64', cycle: 'f64', qmoReliability: 'f64', imoReliability: 'f64', gannReliability: 'f64' },
  aligned: { score: 'f64', coverage: 'f64', signal: 'i8' },
  sparse: ['score'],
  appended: { events: eventSchema },
  kinds: ['scoreSignal'],
  defaults: { qmoWeight: 0.25, imoWeight: 0.25, gannWeight: 0.2, astroWeight: 0.15, cycleWeight: 0.15, timingGain: 0.25, threshold: 0.5, leastCoverage: 0.5 },
  check(options) {
    for (const [name, value] of Object.entries(options)) nonNegativeNumber(`signedPillarScore: ${name}`, value);
    const { qmoWeight, imoWeight, gannWeight, timingGain, threshold, leastCoverage } = options;
    if (!(qmoWeight + imoWeight + gannWeight > 0)) throw new RangeError('signedPillarScore: one of qmoWeight, imoWeight and gannWeight must be above 0, was 0');
    if (timingGain > 0.25) throw new RangeError(`signedPillarScore: timingGain must be at most 0.25, was ${timingGain}`);
    if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`signedPillarScore: threshold must be above 0 and at most 1, was ${threshold}`);
    if (leastCoverage > 1) throw new RangeError(`signedPillarScore: leastCoverage must be at most 1, was ${leastCoverage}`);
  },
  warmup: () => 0,
  lag: () => 0,
  units: { score: 'signed', coverage: 'ratio', signal: 'direction', value: 'signed' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ last: 0 }),

  advance(state, { base, qmo, imo, gann, astro, cycle, qmoReliability, imoReliability, gannReliability }, { score, coverage, signal, events }, from, to, options) {
    const { qmoWeight, imoWeight, gannWeight, astroWeight, cycleWeight, timingGain, threshold, leastCoverage } = options, all = qmoWeight + imoWeight + gannWeight;
    for (let i = from; i < to; i++) {
      const a = at(qmo, i, -1), b = at(imo, i, -1), c = at(gann, i, -1), d = at(astro, i, 0), e = at(cycle, i, 0);
      const wa = a === a ? qmoWeight * trust(qmoReliability, i) : 0, wb = b === b ? imoWeight * trust(imoReliability, i) : 0, wc = c === c ? gannWeight * trust(gannReliability, i) : 0;
      const wd = d === d ? astroWeight : 0, we = e === e ? cycleWeight : 0;
      const weight = wa + wb + wc, times = wd + we;
      const evidence = (wa > 0 ? wa * a : 0) + (wb > 0 ? wb * b : 0) + (wc > 0 ? wc * c : 0), timing = times > 0 ? ((wd > 0 ? wd * d : 0) + (we > 0 ? we * e : 0)) / times : 0;
      const value = weight > 0 ? Math.max(-1, Math.min(1, (evidence / weight) * (1 + timingGain * timing))) + 0 : NaN, known = weight / all;
      const now = known >= leastCoverage ? (value >= threshold ? 1 : value <= -threshold ? -1 : 0) : 0;
      score[i] = value;
      coverage[i] = known;
      signal[i] = now;
      if (now !== 0 && now !== state.last) appendEvent(events, eventCode.scoreSignal, now, base + i, base + i, NaN, NaN, NaN, value);
      state.last = now;
    }
  },
});

/** The value within `least` to 1, NaN where there is none. */
function at(column: Float64Array | undefined, row: number, least: number): number {
  const value = column === undefined ? NaN : column[row];
  return value !== value ? NaN : value > 1 ? 1 : value < least ? least : value;
}

/** Full trust where nobody says otherwise, none where it is not known. */
function trust(column: Float64Array | undefined, row: number): number {
  const value = column === undefined ? 1 : at(column, row, 0);
  return value === value ? value : 0;
}
