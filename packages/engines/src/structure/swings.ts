import { appendEvent, defineEngine, eventCode, eventSchema, oneOf, positiveInteger, type Engine, type F64 } from '@zanzibar/core';

/**
 * Swings: a bar whose high (low) is beyond those of `left` bars before it and not passed by `right` bars after it.
 *
 * Definition  up at m: high[m] > high[m - k] for k = 1..left, high[m] >= high[m + k] for k = 1..right: of equals the first. Lows mirror.
 *             With ties `every`, high[m] >= high[m - k] is enough: each bar of a plateau is one. A bar may be both; the high comes first.
 *             Where not `acrossSessions`, the left + right + 1 bars lie in one session: a row whose `anchor` is not 0 begins one (of `periodStarts`, say). Markets that
 *             trade around the clock go across; a `segment` always cuts
 * Units       price in; `anchor` is optional, for sessions only; events `swing`: direction +1 a high, -1 a low, level0 its price
 * Warm-up     left + right rows     Lag  right rows: originRow is the pivot, knownRow proves it
 * NaN         a window that holds one has no swing
 * Source      B. Williams, Trading Chaos, 1995 (fractals: left = right = 2)
 * Oracle      shared smart-money-concepts/EURUSD_15M.csv.gz
 * Oracle      shared smart-money-concepts/swing_highs_lows_result_data.csv.gz
 * Oracle      shared stock-indicators/results/fractal.standard.json.gz
 * Oracle      reference packages/engines/test/reference/swings-by-scan.ts
 * Example     high 1 3 2, low 0 2 1, left 1, right 1 gives one swing: direction 1, originRow 1, knownRow 2, level0 3
 */
export interface SwingsOptions {
  /** Bars before the pivot. @defaultValue 5 */
  left: number;
  /** Bars after the pivot. @defaultValue 5 */
  right: number;
  /** Of equal highs (lows) within `left` bars: the first, or every one. @defaultValue 'first' */
  ties: 'first' | 'every';
  /** Do bars of the session before count? If not, the column anchor is needed. @defaultValue true */
  acrossSessions: boolean;
}

export const swings: Engine<SwingsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'swings',
  input: { high: 'f64', low: 'f64' },
  optional: { anchor: 'i8' },
  appended: { events: eventSchema },
  kinds: ['swing'],
  defaults: { left: 5, right: 5, ties: 'first', acrossSessions: true } as SwingsOptions,
  check({ left, right, ties }) {
    positiveInteger('swings: left', left);
    positiveInteger('swings: right', right);
    oneOf('swings: ties', ties, ['first', 'every']);
  },
  lag: ({ right }) => right,
  mirror: 'exact',
  scale: 'exact',
  init: ({ left, right }) => ({ count: 0, newest: 0, highs: new Float64Array(left + right + 1), lows: new Float64Array(left + right + 1) }),

  advance(state, { base, high, low, anchor }, { events }, from, to, { left, right, ties, acrossSessions }) {
    if (!acrossSessions && anchor === undefined) throw new TypeError('swings: acrossSessions false needs the column "anchor"');
    const { highs, lows } = state, size = left + right + 1, isStrict = ties === 'first';
    let { count, newest } = state;
    for (let i = from; i < to; i++) {
      if (!acrossSessions && anchor![i] !== 0) count = 0;
      newest = newest + 1 === size ? 0 : newest + 1;
      highs[newest] = high[i];
      // Turned over, so that one rule serves both sides.
      lows[newest] = -low[i];
      if (count < size && ++count < size) continue;
      const pivot = newest >= right ? newest - right : newest - right + size, row = base + i;
      if (isPivot(highs, pivot, left, right, isStrict)) appendEvent(events, eventCode.swing, 1, row - right, row, NaN, highs[pivot], NaN, NaN);
      if (isPivot(lows, pivot, left, right, isStrict)) appendEvent(events, eventCode.swing, -1, row - right, row, NaN, -lows[pivot], NaN, NaN);
    }
    state.count = count;
    state.newest = newest;
  },
});

/** Nearest bars first: they decide most often. */
function isPivot(ring: Float64Array, pivot: number, left: number, right: number, isStrict: boolean): boolean {
  const size = ring.length, level = ring[pivot];
  for (let k = 1, at = pivot; k <= right; k++) {
    at = at + 1 === size ? 0 : at + 1;
    if (!(level >= ring[at])) return false;
  }
  for (let k = 1, at = pivot; k <= left; k++) {
    at = at === 0 ? size - 1 : at - 1;
    if (!(isStrict ? level > ring[at] : level >= ring[at])) return false;
  }
  return true;
}
