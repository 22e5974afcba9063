import { defineEngine, type Engine } from '@zanzibar/core';
import { checkPeriods } from './bar-cycles.ts';

/**
 * Bar cycle flags, literally: 1 in a row that lies exactly a listed number of bars after an anchor. `barCycles` is the sound version.
 *
 * Definition  n = rows since the last row whose `anchor` is not 0, else since the first of the segment; flag = 1 where n is one of `periods`, `matched` that number.
 *             Its defects are kept: what the anchor is, the definition leaves open; multiples (42, 63) do not count, and after the largest count nothing comes
 * Units       rows out     Warm-up  0 rows     Lag  0     NaN  prices are not read
 * Source      Quantam-imo/quantum-market-observer, backend/core/cycle_engine.py (the list of counts)
 * Oracle      paper packages/engines/test/papers/gann.ts
 * Example     periods 2 3: flags 0 0 1 1 0
 */
export interface BarCycleFlagsOptions {
  /** Counts. @defaultValue [7, 14, 21, 30, 45, 90, 144, 180, 360] */
  periods: readonly number[];
}

export const barCycleFlags: Engine<BarCycleFlagsOptions, {}, { readonly flag: 'i8'; readonly matched: 'i32' }, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'barCycleFlags',
  input: {},
  optional: { anchor: 'i8' },
  aligned: { flag: 'i8', matched: 'i32' },
  defaults: { periods: [7, 14, 21, 30, 45, 90, 144, 180, 360] } as BarCycleFlagsOptions,
  check: ({ periods }) => checkPeriods('barCycleFlags', periods),
  units: { flag: 'count', matched: 'count' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ anchorRow: NaN }),

  advance(state, { base, anchor }, { flag, matched }, from, to, { periods }) {
    for (let i = from; i < to; i++) {
      const row = base + i;
      if (state.anchorRow !== state.anchorRow || (anchor !== undefined && anchor[i] !== 0)) state.anchorRow = row;
      const isHit = periods.includes(row - state.anchorRow);
      flag[i] = isHit ? 1 : 0;
      matched[i] = isHit ? row - state.anchorRow : 0;
    }
  },
});
