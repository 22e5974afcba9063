import { appendEvent, defineEngine, eventCode, eventSchema, positiveNumber, type Engine, type F64 } from '@zanzibar/core';

/**
 * Zigzag swings: an extreme counts once a close has come back from it by a multiple of the average true range.
 *
 * Definition  In a leg up the extreme is the highest high (of equals the first); at the first row i with high - close[i] >= multiple * atr[i], its own row
 *             included, it is a swing, and a leg down begins: its extreme is the lowest low of the rows after the swing and after the row that confirmed the
 *             swing before, or of row i if there is none. Lows mirror. Before any leg both extremes run from the first row, and the first that is confirmed
 *             while the other is not begins the first leg
 * Units       price in, and `atr` in price (wire it: `{ atr: 'atr/atr' }`); events `swing`: direction +1 a high, -1 a low, level0 its price
 * Warm-up     that of atr     Lag  none that is fixed: originRow is the extreme, knownRow the close that came back
 * NaN         such a row is passed over
 * Source      the zigzag of technical analysis with Wilder's range as its measure; no primary source
 * Oracle      reference packages/engines/test/reference/swings-by-scan.ts
 * Example     high 2 5 4, low 1 3 2, close 2 4.5 2, atr 1 1 1, multiple 2 gives -1 at row 0 known at 1, level0 1, and +1 at row 1 known at 2, level0 5
 */
export interface ZigzagSwingsOptions {
  /** Average true ranges that the close has to come back. @defaultValue 3 */
  multiple: number;
}

export const zigzagSwings: Engine<ZigzagSwingsOptions, F64<'high' | 'low' | 'close' | 'atr'>, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'zigzagSwings',
  input: { high: 'f64', low: 'f64', close: 'f64', atr: 'f64' },
  appended: { events: eventSchema },
  kinds: ['swing'],
  defaults: { multiple: 3 },
  check: ({ multiple }) => positiveNumber('zigzagSwings: multiple', multiple),
  mirror: 'exact',
  scale: 'exact',
  // Both extremes, and the opposite one of the rows after each; NaN is none.
  init: () => ({ leg: 0, high: NaN, highRow: NaN, lowAfter: NaN, lowAfterRow: NaN, low: NaN, lowRow: NaN, highAfter: NaN, highAfterRow: NaN }),

  advance(state, { base, high, low, close, atr }, { events }, from, to, { multiple }) {
    for (let i = from; i < to; i++) {
      const h = high[i], l = low[i], c = close[i], back = multiple * atr[i], row = base + i;
      if (!(h + l + c + back === h + l + c + back)) continue;
      if (!(h <= state.high)) {
        state.high = h;
        state.highRow = row;
        state.lowAfter = NaN;
      } else if (!(l >= state.lowAfter)) {
        state.lowAfter = l;
        state.lowAfterRow = row;
      }
      if (!(l >= state.low)) {
        state.low = l;
        state.lowRow = row;
        state.highAfter = NaN;
      } else if (!(h <= state.highAfter)) {
        state.highAfter = h;
        state.highAfterRow = row;
      }
      const isHigh = state.leg >= 0 && state.high - c >= back, isLow = state.leg <= 0 && c - state.low >= back;
      if (isHigh === isLow) continue;
      if (isHigh) {
        appendEvent(events, eventCode.swing, 1, state.highRow, row, NaN, state.high, NaN, NaN);
        const isAfter = state.lowAfter === state.lowAfter;
        state.low = isAfter ? state.lowAfter : l;
        state.lowRow = isAfter ? state.lowAfterRow : row;
        state.highAfter = NaN;
        state.leg = -1;
      } else {
        appendEvent(events, eventCode.swing, -1, state.lowRow, row, NaN, state.low, NaN, NaN);
        const isAfter = state.highAfter === state.highAfter;
        state.high = isAfter ? state.highAfter : h;
        state.highRow = isAfter ? state.highAfterRow : row;
        state.lowAfter = NaN;
        state.leg = 1;
      }
    }
  },
});
