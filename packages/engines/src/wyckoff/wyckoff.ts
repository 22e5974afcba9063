import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, positiveNumber, type Engine, type F64 } from '@zanzibar/core';
import { searchClimax } from './climax.ts';
import { newStructureMemory, remember, type StructureMemory } from './structure-memory.ts';
import { followStructure, stop } from './structure.ts';
import { yardstick } from './yardstick.ts';

/**
 * Wyckoff structures: a range that a climax opens, its phases A to E and its events, for accumulation and, turned over, distribution; a structure that fails
 * against its trend goes on as reaccumulation or redistribution.
 *
 * Definition  HEADER
 */
export interface WyckoffOptions {
  /** Fall over 40 bars, in average true ranges times the root of 40, that a climax ends. @defaultValue 1.5 */
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
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  aligned: { phase: 'i8', lower: 'f64', upper: 'f64', confidence: 'f64' },
  sparse: ['phase', 'lower', 'upper', 'confidence'],
  pairs: [['lower', 'upper']],
  appended: { events: eventSchema },
  kinds: [
    'preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'upthrustAction', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup',
    'structureFailed', 'superseded', 'expired', 'segmentEnd',
  ],
  defaults: { minimumTrend: 1.5, minimumVolume: 1.35, confirmation: 4.5, minimumWidth: 5, timeout: 300 },
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
        const range = yardstick(state.range, h, l, c, 14);
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
