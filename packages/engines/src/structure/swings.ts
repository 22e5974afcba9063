import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Swings: a bar whose high (low) is beyond those of `left` bars before it and not passed by `right` bars after it.
 *
 * Definition  up at m: high[m] > high[m - k] for k = 1..left, high[m] >= high[m + k] for k = 1..right: of equals the first. Lows mirror.
 *             A bar may be both; the high comes first
 * Units       price in; events `swing`: direction +1 a high, -1 a low, level0 its price
 * Warm-up     left + right rows     Lag  right rows: originRow is the pivot, knownRow proves it
 * NaN         a window that holds one has no swing
 * Source      B. Williams, Trading Chaos, 1995 (fractals: left = right = 2)
 * Oracle      shared stock-indicators/results/fractal.standard.json.gz
 * Example     high 1 3 2, low 0 2 1, left 1, right 1 gives one swing: direction 1, originRow 1, knownRow 2, level0 3
 */
export interface SwingsOptions {
  /** Bars before the pivot. @defaultValue 5 */
  left: number;
  /** Bars after the pivot. @defaultValue 5 */
  right: number;
}

export const swings: Engine<SwingsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'swings',
  input: { high: 'f64', low: 'f64' },
  appended: { events: eventSchema },
  kinds: ['swing'],
  defaults: { left: 5, right: 5 },
  check({ left, right }) {
    positiveInteger('swings: left', left);
    positiveInteger('swings: right', right);
  },
  lag: ({ right }) => right,
  mirror: 'exact',
  scale: 'exact',
  init: ({ left, right }) => ({ count: 0, newest: 0, highs: new Float64Array(left + right + 1), lows: new Float64Array(left + right + 1) }),

  advance(state, { base, high, low }, { events }, from, to, { left, right }) {
    const { highs, lows } = state, size = left + right + 1;
    let { count, newest } = state;
    for (let i = from; i < to; i++) {
      newest = newest + 1 === size ? 0 : newest + 1;
      highs[newest] = high[i];
      // Turned over, so that one rule serves both sides.
      lows[newest] = -low[i];
      if (count < size && ++count < size) continue;
      const pivot = newest >= right ? newest - right : newest - right + size, row = base + i;
      if (isPivot(highs, pivot, left, right)) appendEvent(events, eventCode.swing, 1, row - right, row, NaN, highs[pivot], NaN, NaN);
      if (isPivot(lows, pivot, left, right)) appendEvent(events, eventCode.swing, -1, row - right, row, NaN, -lows[pivot], NaN, NaN);
    }
    state.count = count;
    state.newest = newest;
  },
});

/** Nearest bars first: they decide most often. */
function isPivot(ring: Float64Array, pivot: number, left: number, right: number): boolean {
  const size = ring.length, level = ring[pivot];
  for (let k = 1, at = pivot; k <= right; k++) {
    at = at + 1 === size ? 0 : at + 1;
    if (!(level >= ring[at])) return false;
  }
  for (let k = 1, at = pivot; k <= left; k++) {
    at = at === 0 ? size - 1 : at - 1;
    if (!(level > ring[at])) return false;
  }
  return true;
}
