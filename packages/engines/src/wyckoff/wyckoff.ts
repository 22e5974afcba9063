import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, positiveNumber, type Engine, type F64 } from '@zanzibar/core';
import { searchClimax } from './climax.ts';
import { newStructureMemory, remember, type StructureMemory } from './structure-memory.ts';
import { followStructure, stop } from './structure.ts';
import { found, measure } from './yardstick.ts';

/**
 * Wyckoff structures: the range that a climax opens, its phases A to E and their events, for accumulation and, turned over, for distribution.
 *
 * Definition  Of the side +1 (-1 turns prices over, `structureEventNames` has its words); one structure at a time; a is the Wilder average true range (14) of the
 *             bar before the climax, w the width of the range, V the mean volume of five bars around a bar. A swing of the range ends where price closes 0.25 w
 *             back from its extreme, and is known there.
 *             A  climax: lowest low of 60 bars, close below the mean of 50, fall of `minimumTrend` * a * sqrt(40) over 40 bars, a spread of 1.3 a within 3 bars;
 *                proved within 40 bars by a close `confirmation` * a above it, if V there is over `minimumVolume` of the mean of the 60 bars before. A lower one
 *                replaces it, as long as it is not proved without a word, then by `superseded`. A low more than a below it ends it (`expired`).
 *                preliminarySupport: the last low of the 60 bars before from which price rose 1.3 a, on V over 0.95 of the usual; known with the climax.
 *                automaticRally: the highest high then, `minimumWidth` * a or more away, known at a close 0.3 w back, within 60 bars; its levels are the range.
 *             B  secondaryTest: a low from 0.36 w below to 0.27 w above the lower edge; upthrustAction: a high 0.03 to 0.35 w above the upper one.
 *             C  spring, from 20 bars after the climax: more than 0.03 w below the range and closed back in it within 6 bars, known at that close; springTest: the
 *                first low in the zone of tests after it, above it.
 *             D  signOfStrength: the first bar of the rise that closed above the range, known at the first close above 1.2 w and all upthrusts, if the rise has 1.05
 *                times the mean volume of the range. Without a spring the low before, if 0.1 w up, is lastPointOfSupport. Then lastPointOfSupport: the next low.
 *             E  markup: the close above the high before that low, or 1 w above the range. The phase lasts until a close back in the range or the next climax.
 *             A close 0.36 w below the range, or 6 in a row below it, is structureFailed; from phase B and 20 bars on the trend then goes on: side and range turn over,
 *             the last upthrustAction and the high that fell short of it are its spring and springTest, and phase D begins with its signOfStrength, all known then.
 *             Before that ends it, as does strength within 20 bars, a close 0.5 w back in the range in phase D, and `expired` after `timeout` bars.
 *             confidence: mean of what is known of age (bars since the climax / 60, at most 1), dryness (1 - lowest V of a test / that of the climax), spring (1 on V
 *             under 0.85 of the range's mean, 0.75 under 1.3 or at a turn, 0.5 above), strength (volume of the rise / the range's mean - 1, at most 1); a rubric
 *             that was fitted to nothing
 * Units       price and volume in; `phase` is side * 1 to 5 for A to E; lower, upper: the range; level0 is an event's price (a range has two); value is V over the
 *             usual volume before the climax, NaN where only a later event named it
 * Warm-up     63 whole bars before a climax; columns are sparse     Lag  variable: every event names its row and the row that knows it. ref is the climax's id
 * NaN         a bar with NaN is left out as if it had not come; without volume there is no climax and so no structure
 * Source      after R. D. Wyckoff and H. Pruden, The Three Skills of Top Trading, 2007, who give no numbers: thresholds were set on generated schematics. Pivots of
 *             3 bars, single bars' volumes, a climax known at 2 a and a width of 3 a were tried first: noise of half a move and shuffled volumes break them
 * Oracle      reference packages/engines/test/reference/schematic-score.ts
 * Example     closes 200 for 40 bars, then evenly to 126 in 39, 120 in 1, 150 in 10, 122 in 10, 145 in 10, 115 in 10, 160 in 15, 148 in 6 and 175 in 12, wicks of 0.5 beyond
 *             the bodies, volume 100, but 500 in rows 77 to 81 and 200 in 126 to 135: climax of row 79 known at 84, automaticRally 89 at 93 (range 119.5 to 150.5),
 *             secondaryTest 99 at 103, spring 119 at 121, signOfStrength 131 at 133, lastPointOfSupport 140 at 144, markup 146 at 146; all of direction 1
 */
export interface WyckoffOptions {
  /** Fall over 40 bars, in average true ranges times the root of 40, that a climax ends. @defaultValue 1.75 */
  minimumTrend: number;
  /** Mean volume of the five bars around the climax over that of the 60 before. @defaultValue 1.35 */
  minimumVolume: number;
  /** Average true ranges from the climax to the close that proves it. @defaultValue 4.5 */
  confirmation: number;
  /** Average true ranges between the climax and the automatic rally. @defaultValue 5 */
  minimumWidth: number;
  /** Bars after the climax at which a structure without an end expires. @defaultValue 300 */
  timeout: number;
}

export const wyckoff: Engine<
  WyckoffOptions, F64<'high' | 'low' | 'close' | 'volume'>, { phase: 'i8'; lower: 'f64'; upper: 'f64'; confidence: 'f64' }, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'wyckoff',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  aligned: { phase: 'i8', lower: 'f64', upper: 'f64', confidence: 'f64' },
  sparse: ['phase', 'lower', 'upper', 'confidence'],
  pairs: [['lower', 'upper']],
  appended: { events: eventSchema },
  kinds: [
    'preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'upthrustAction', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup',
    'structureFailed', 'superseded', 'expired', 'segmentEnd',
  ],
  defaults: { minimumTrend: 1.75, minimumVolume: 1.35, confirmation: 4.5, minimumWidth: 5, timeout: 300 },
  check({ minimumTrend, minimumVolume, confirmation, minimumWidth, timeout }) {
    positiveNumber('wyckoff: minimumTrend', minimumTrend);
    positiveNumber('wyckoff: minimumVolume', minimumVolume);
    positiveNumber('wyckoff: confirmation', confirmation);
    positiveNumber('wyckoff: minimumWidth', minimumWidth);
    positiveInteger('wyckoff: timeout', timeout);
  },
  warmup: () => 0,
  units: { phase: 'direction', confidence: 'ratio', value: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: newStructureMemory,

  advance(state, { base, high, low, close, volume }, { events, phase, lower, upper, confidence }, from, to, options) {
    for (let i = from; i < to; i++) {
      const h = high[i], l = low[i], c = close[i], v = volume[i], whole = h + l + c + v;
      if (whole === whole) {
        measure(state.range, high, low, close, i);
        const range = state.range[found];
        remember(state, h, l, c, v, base + i);
        // A complete structure lasts until price is back in its range, or another climax is known.
        if (state.phase === 5 && state.side * c < state.upper) stop(state);
        if (state.phase === 0 || state.phase === 5) searchClimax(events, state, range, options);
        else followStructure(events, state, range, options);
      }
      const isRange = state.phase > 0 && state.upper === state.upper;
      phase[i] = state.phase === 0 ? 0 : state.side * state.phase;
      lower[i] = isRange ? (state.side > 0 ? state.lower : -state.upper) : NaN;
      upper[i] = isRange ? (state.side > 0 ? state.upper : -state.lower) : NaN;
      confidence[i] = isRange ? confidenceOf(state) : NaN;
    }
  },

  end(state, { base }, { events }, row) {
    if (state.phase > 0 && state.phase < 5) appendEvent(events, eventCode.segmentEnd, state.side, base + row, base + row, state.id, NaN, NaN, NaN);
  },
});

/** The mean of the parts that are known. */
function confidenceOf({ count, climax, dryness, springQuality, strengthQuality }: StructureMemory): number {
  let sum = Math.min(1, (count - 1 - climax) / 60), parts = 1;
  if (dryness === dryness) {
    sum += dryness;
    parts++;
  }
  if (springQuality === springQuality) {
    sum += springQuality;
    parts++;
  }
  if (strengthQuality === strengthQuality) {
    sum += strengthQuality;
    parts++;
  }
  return sum / parts;
}
