import { appendEvent, defineEngine, eventCode, eventSchema, positiveNumber, type Engine, type F64 } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';
import { nearest } from './square-of-nine.ts';

/** Levels of a leg, one row each; levels of a newer row take the place of all older ones. */
export const percentLevelSchema = { knownRow: 'f64', originRow: 'f64', ref: 'f64', ratio: 'f64', direction: 'i8', level: 'f64' } as const;

/**
 * Percent levels: 100, 150 and 200 % of the last swing leg, from its low up and from its high down. Levels only: no evidence is claimed that price heeds them;
 * an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  the leg of the newest swing low lo and swing high hi that are known, where hi > lo; for each ratio k: up lo + k (hi - lo), down hi - k (hi - lo). Table
 *             `levels`: knownRow and ref those of the swing that made the leg, originRow the earlier end, direction +1 and -1. `rangeHit` when a bar's high
 *             first reaches an up level that lies above the last close before it, or its low a down level below: direction that of the level, level0 the level,
 *             value the ratio (the literal signal "200% range hit", which had no direction and no condition). `above`, `below`: nearest levels to the close
 * Units       price in and out     Warm-up  that of the swings     Lag  none of its own
 * NaN         above and below where no level lies on that side; a bar with NaN hits nothing
 * Source      Quantam-imo/quantum-market-observer, backend/engines/gann.py (levels from the low of the range) and backend/api/routes.py (its signal)
 * Oracle      paper packages/engines/test/papers/gann.ts
 * Oracle      reference packages/engines/test/reference/cycles-by-scan.ts
 * Example     low 10, high 20: up 20, 25, 30; down 10, 5, 0
 */
export interface PercentLevelsOptions {
  /** Shares of the leg. @defaultValue [1, 1.5, 2] */
  ratios: readonly number[];
}

export const percentLevels: Engine<
  PercentLevelsOptions, F64<'high' | 'low' | 'close'>, F64<'above' | 'below'>, { levels: typeof percentLevelSchema; events: typeof eventSchema }, { swings: typeof swingColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'percentLevels',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  reads: { swings: swingColumns },
  aligned: { above: 'f64', below: 'f64' },
  sparse: ['above', 'below'],
  appended: { levels: percentLevelSchema, events: eventSchema },
  kinds: ['rangeHit'],
  defaults: { ratios: [1, 1.5, 2] } as PercentLevelsOptions,
  check({ ratios }) {
    if (!(Array.isArray(ratios) && ratios.length > 0)) throw new RangeError(`percentLevels: ratios must be a list of at least one, was ${ratios}`);
    for (const ratio of ratios) positiveNumber('percentLevels: ratios', ratio);
  },
  lag: () => 0,
  units: { value: 'ratio' },
  pairs: [['above', 'below']],
  mirror: 1e-9,
  scale: 'exact',
  init: ({ ratios }) => ({ high: NaN, highRow: NaN, low: NaN, lowRow: NaN, before: NaN, active: new Float64Array(2 * ratios.length).fill(NaN), isHit: new Uint8Array(2 * ratios.length) }),

  advance(state, { base, high, low, close, tables, offsets }, { above, below, levels, events }, from, to, { ratios }) {
    const { swings } = tables, start = offsets.swings, { active, isHit } = state;
    for (let i = from; i < to; i++) {
      const row = base + i;
      let newest = NaN;
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        newest = swings.id[k];
        if (swings.direction[k] > 0) {
          state.high = swings.level0[k];
          state.highRow = swings.originRow[k];
        } else {
          state.low = swings.level0[k];
          state.lowRow = swings.originRow[k];
        }
      }
      if (newest === newest && state.high > state.low) {
        const range = state.high - state.low, origin = Math.min(state.highRow, state.lowRow);
        isHit.fill(0);
        for (let n = 0; n < active.length; n++) {
          const ratio = ratios[n >> 1], isUp = n % 2 === 0, at = levels.append();
          active[n] = isUp ? state.low + ratio * range : state.high - ratio * range;
          levels.knownRow[at] = row;
          levels.originRow[at] = origin;
          levels.ref[at] = newest;
          levels.ratio[at] = ratio;
          levels.direction[at] = isUp ? 1 : -1;
          levels.level[at] = active[n];
        }
      }
      for (let n = 0; n < active.length; n++) {
        const level = active[n], isUp = n % 2 === 0;
        if (isHit[n] === 1 || !(isUp ? level > state.before && high[i] >= level : level < state.before && low[i] <= level)) continue;
        isHit[n] = 1;
        appendEvent(events, eventCode.rangeHit, isUp ? 1 : -1, row, row, NaN, level, NaN, ratios[n >> 1]);
      }
      above[i] = nearest(active, close[i], 1);
      below[i] = nearest(active, close[i], -1);
      if (close[i] === close[i]) state.before = close[i];
    }
  },
});
