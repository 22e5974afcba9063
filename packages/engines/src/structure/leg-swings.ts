import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Leg swings: legs up and down told apart by the bars to the right only; where a leg ends stands a swing, so highs and lows alternate.
 *
 * Definition  m is a leg's high if high[m] > high[m + k] for k = 1..right, a leg's low mirrors. A leg's high ends a leg up (or comes before any leg): swing
 *             high, and a leg down begins; a leg's low ends a leg down. Of a bar that is both, what ends the leg counts; before any leg neither does
 * Units       price in; events `swing`: direction +1 a high, -1 a low, level0 its price
 * Warm-up     right rows     Lag  right rows: originRow is the pivot, knownRow proves it
 * NaN         a column that holds one among m..m + right has no leg's high (low) there
 * Source      the rule of legs as LuxAlgo's Smart Money Concepts states it, which tests highs first and starts in a leg down: here the sides mirror
 * Oracle      reference packages/engines/test/reference/swings-by-scan.ts
 * Example     high 1 3 2 4, low 0 2 1 3, right 1 gives -1 at row 0 known at 1, level0 0; +1 at row 1 known at 2, level0 3; -1 at row 2 known at 3, level0 1
 */
export interface LegSwingsOptions {
  /** Bars after the pivot. @defaultValue 5 */
  right: number;
}

export const legSwings: Engine<LegSwingsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'legSwings',
  input: { high: 'f64', low: 'f64' },
  appended: { events: eventSchema },
  kinds: ['swing'],
  defaults: { right: 5 },
  check: ({ right }) => positiveInteger('legSwings: right', right),
  lag: ({ right }) => right,
  mirror: 'exact',
  scale: 'exact',
  init: ({ right }) => ({ count: 0, newest: 0, leg: 0, highs: new Float64Array(right + 1), lows: new Float64Array(right + 1) }),

  advance(state, { base, high, low }, { events }, from, to, { right }) {
    const { highs, lows } = state, size = right + 1;
    let { count, newest, leg } = state;
    for (let i = from; i < to; i++) {
      newest = newest + 1 === size ? 0 : newest + 1;
      highs[newest] = high[i];
      // Turned over, so that one rule serves both sides.
      lows[newest] = -low[i];
      if (count < size && ++count < size) continue;
      const pivot = newest + 1 === size ? 0 : newest + 1, row = base + i;
      const isHigh = leg >= 0 && isBeyondLater(highs, pivot), isLow = leg <= 0 && isBeyondLater(lows, pivot);
      if (isHigh === isLow) continue;
      leg = isHigh ? -1 : 1;
      appendEvent(events, eventCode.swing, isHigh ? 1 : -1, row - right, row, NaN, isHigh ? highs[pivot] : -lows[pivot], NaN, NaN);
    }
    state.count = count;
    state.newest = newest;
    state.leg = leg;
  },
});

/** Is the oldest value of the ring above all others? */
function isBeyondLater(ring: Float64Array, oldest: number): boolean {
  const level = ring[oldest];
  for (let k = 0; k < ring.length; k++) if (k !== oldest && !(level > ring[k])) return false;
  return true;
}
