import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, positiveNumber, type Engine, type F64 } from '@zanzibar/core';

/**
 * Cumulative sum changes (CUSUM): a column has moved by more than a threshold since the last turn, once more than an allowance a row is taken off.
 *
 * Definition  d[i] = close[i] - close[i - 1]; U = max(0, U + d - drift), D = max(0, D - d - drift). If D > threshold: `changePoint` down, D = 0; else if U >
 *             threshold: up, U = 0. originRow is the first row after that side was last 0, level0 the close before that row, value U or D. `up` and `down`
 *             are U and D before such a reset. Give it log prices for moves in returns, or sums of any column whose mean may shift
 * Units       price in; up, down and value ranges     Warm-up  1 row     Lag  none fixed: from originRow to knownRow
 * NaN         such a row is left out: the next difference spans it
 * Source      E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115; as an event filter with drift 0: M. Lopez de Prado, Advances in
 *             Financial Machine Learning, 2018, 2.5.2.1
 * Oracle      paper packages/engines/test/papers/regime.ts
 * Oracle      shared mlfinpy/expected.json
 * Example     close 0 1 2 1, threshold 1.5: at row 2 changePoint up, originRow 1, level0 0, value 2
 */
export interface CumulativeSumChangesOptions {
  /** Sum that makes an event. No default fits all markets: without one it throws. @defaultValue NaN */
  threshold: number;
  /** Move a row that is taken for noise. @defaultValue 0 */
  drift: number;
}

export const cumulativeSumChanges: Engine<CumulativeSumChangesOptions, F64<'close'>, F64<'up' | 'down'>, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'cumulativeSumChanges',
  input: { close: 'f64' },
  aligned: { up: 'f64', down: 'f64' },
  appended: { events: eventSchema },
  kinds: ['changePoint'],
  defaults: { threshold: NaN, drift: 0 },
  check({ threshold, drift }) {
    if (threshold === threshold) positiveNumber('cumulativeSumChanges: threshold', threshold);
    nonNegativeNumber('cumulativeSumChanges: drift', drift);
  },
  warmup: () => 1,
  units: { up: 'range', down: 'range', value: 'range' },
  optionUnits: { threshold: 'range', drift: 'range' },
  pairs: [['up', 'down']],
  mirror: 'exact',
  scale: 'exact',
  init({ threshold }) {
    positiveNumber('cumulativeSumChanges: threshold', threshold);
    return { before: NaN, up: 0, upRow: NaN, upLevel: NaN, down: 0, downRow: NaN, downLevel: NaN };
  },

  advance(state, { base, close }, { up, down, events }, from, to, { threshold, drift }) {
    for (let i = from; i < to; i++) {
      const price = close[i], change = price - state.before, row = base + i;
      up[i] = down[i] = NaN;
      if (price !== price) continue;
      if (change === change) {
        if (state.up === 0) {
          state.upRow = row;
          state.upLevel = state.before;
        }
        if (state.down === 0) {
          state.downRow = row;
          state.downLevel = state.before;
        }
        // Adding 0 makes 0 of -0.
        up[i] = state.up = Math.max(0, state.up + change - drift) + 0;
        down[i] = state.down = Math.max(0, state.down - change - drift) + 0;
        if (state.down > threshold) {
          appendEvent(events, eventCode.changePoint, -1, state.downRow, row, NaN, state.downLevel, NaN, state.down);
          state.down = 0;
        } else if (state.up > threshold) {
          appendEvent(events, eventCode.changePoint, 1, state.upRow, row, NaN, state.upLevel, NaN, state.up);
          state.up = 0;
        }
      }
      state.before = price;
    }
  },
});
