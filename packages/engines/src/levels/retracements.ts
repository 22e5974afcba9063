import { defineEngine, eventCode, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { levelColumns } from './level-columns.ts';

/**
 * Retracements: how much of the present leg price has given back, now and at most.
 *
 * Definition  A: the last swing known by this bar, its own included, of the latest originRow. From a low the leg is up: B the highest high of the rows after A's,
 *             current = 100 (B - low) / (B - A), deepest = the largest current since A was known. From a high it mirrors. A swing that is both sides of one
 *             bar begins no leg. It starts anew with each swing
 * Units       price in; current and deepest in percent of the leg, unclipped; direction +1 in a leg up, -1 down, 0 without one
 * Warm-up     until a swing is known     Lag  none of its own
 * NaN         current where low (high) is NaN, B is not beyond A, or A lay more than `reach` rows back when it became known; deepest before the first current of a leg
 * Source      Fibonacci retracements of chart practice; the leg to the running extreme ours. smart-money-concepts measures from the extreme once it is known
 *             to be one: `current` equals its figure there (see the test), a swing's bars earlier than it can be had
 * Oracle      reference packages/engines/test/reference/retracements.ts
 * Oracle      shared smart-money-concepts/retracements_result_data.csv.gz
 * Example     swing low 10 of row 0 known at row 1; high 18 20 19, low 12 16 15 from then on gives current 75 (of 10 to 18), 40, 50 and deepest 75, 75, 75
 */
export interface RetracementsOptions {
  /** Rows that a swing may lie behind the row at which it is known: how many are kept. @defaultValue 256 */
  reach: number;
}

export const retracements: Engine<RetracementsOptions, F64<'high' | 'low'>, { direction: 'i8' } & F64<'current' | 'deepest'>, {}, { swings: typeof levelColumns }> = /* @__PURE__ */ defineEngine({
  name: 'retracements',
  version: 2,
  input: { high: 'f64', low: 'f64' },
  reads: { swings: levelColumns },
  aligned: { direction: 'i8', current: 'f64', deepest: 'f64' },
  sparse: ['direction', 'current', 'deepest'],
  defaults: { reach: 256 },
  check: ({ reach }) => positiveInteger('retracements: reach', reach),
  units: { direction: 'direction', current: 'ratio', deepest: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ reach }) => ({ side: 0, origin: -1, start: NaN, extreme: NaN, deepest: NaN, highs: new Float64Array(reach), lows: new Float64Array(reach) }),

  advance(state, { base, high, low, tables, offsets }, output, from, to, { reach }) {
    const { swings } = tables, first = offsets.swings, { highs, lows } = state, { direction, current, deepest } = output;
    for (let i = from; i < to; i++) {
      const row = base + i;
      highs[row % reach] = high[i];
      lows[row % reach] = low[i];
      let isNew = false;
      for (let k = first[i]; k < first[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing || !(swings.originRow[k] >= state.origin)) continue;
        // The second of two sides of one bar leaves none.
        state.side = swings.originRow[k] > state.origin ? swings.direction[k] * -1 : 0;
        state.origin = swings.originRow[k];
        // What came after an earlier row is not kept: its extreme is not known.
        state.start = row - state.origin <= reach ? swings.level0[k] : NaN;
        isNew = true;
      }
      const { side, start } = state;
      if (isNew) {
        state.extreme = state.deepest = NaN;
        for (let r = Math.max(state.origin + 1, row - reach + 1); r < row; r++) stretch(state, highs[r % reach], lows[r % reach]);
      }
      if (row > state.origin) stretch(state, high[i], low[i]);
      const leg = (state.extreme - start) * side, back = side > 0 ? state.extreme - low[i] : high[i] - state.extreme;
      const given = side !== 0 && leg > 0 ? (100 * back) / leg : NaN;
      if (given === given && !(state.deepest >= given)) state.deepest = given;
      direction[i] = side;
      current[i] = given;
      deepest[i] = state.deepest;
    }
  },
});

function stretch(leg: { side: number; extreme: number }, high: number, low: number): void {
  const reached = leg.side > 0 ? high : low;
  if (reached === reached && !((leg.extreme - reached) * leg.side >= 0)) leg.extreme = reached;
}
