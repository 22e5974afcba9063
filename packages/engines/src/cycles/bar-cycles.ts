import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeInteger, positiveInteger, type Engine } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';

/**
 * Bar cycles: rows whose distance from the last swing is a multiple of 21, 45 or 90 bars. Timing only: whether anything happens there is for an information
 * coefficient and a deflated Sharpe ratio to say, and no evidence is claimed.
 *
 * Definition  anchor = originRow of the newest swing known by this row (of several the last in the table), or this row where the column `anchor` is not 0 (a session's
 *             open); n = row - anchor. A cycle k is hit where n > 0 and the distance of n to the nearest multiple of k above 0 is at most `tolerance`; `exact`
 *             counts those with distance 0, `hits` all. Event `cycleHit` for each: direction 0, originRow the anchor, value k
 * Units       rows out     Warm-up  0 rows; NaN and 0 before there is an anchor     Lag  none fixed: from the anchor to knownRow
 * NaN         prices are not read
 * Source      the counts 21, 45 and 90 of W. D. Gann's followers, no primary source; the anchor is ours, since theirs has none
 * Oracle      reference packages/engines/test/reference/bar-cycles.ts
 * Oracle      reference packages/engines/test/reference/cycles-by-scan.ts
 * Example     an anchor at row 0, cycles 3 and 4, tolerance 0: hits at rows 3, 4, 6, 8, 9 and twice at 12
 */
export interface BarCyclesOptions {
  /** Lengths. @defaultValue [21, 45, 90] */
  periods: readonly number[];
  /** Rows to either side that count. @defaultValue 0 */
  tolerance: number;
}

export const barCycles: Engine<
  BarCyclesOptions, {}, { readonly age: 'f64'; readonly hits: 'i32'; readonly exact: 'i32' }, { events: typeof eventSchema }, { swings: typeof swingColumns }, { anchor: 'i8' }
> = /* @__PURE__ */ defineEngine({
  name: 'barCycles',
  input: {},
  optional: { anchor: 'i8' },
  reads: { swings: swingColumns },
  aligned: { age: 'f64', hits: 'i32', exact: 'i32' },
  sparse: ['age'],
  appended: { events: eventSchema },
  kinds: ['cycleHit'],
  defaults: { periods: [21, 45, 90], tolerance: 0 } as BarCyclesOptions,
  check({ periods, tolerance }) {
    checkPeriods('barCycles', periods);
    nonNegativeInteger('barCycles: tolerance', tolerance);
  },
  units: { age: 'count', hits: 'count', exact: 'count', value: 'count' },
  mirror: { none: 'time only: the mirrored market writes the swings of a row in another order, and the last one is the anchor' },
  scale: 'exact',
  init: () => ({ anchorRow: NaN }),

  advance(state, { base, anchor, tables, offsets }, { age, hits, exact, events }, from, to, { periods, tolerance }) {
    const { swings } = tables, start = offsets.swings;
    for (let i = from; i < to; i++) {
      const row = base + i;
      for (let k = start[i]; k < start[i + 1]; k++) if (swings.kind[k] === eventCode.swing) state.anchorRow = swings.originRow[k];
      if (anchor !== undefined && anchor[i] !== 0) state.anchorRow = row;
      const n = row - state.anchorRow;
      age[i] = n;
      hits[i] = exact[i] = 0;
      for (let p = 0; p < periods.length; p++) {
        const period = periods[p], multiple = Math.max(1, Math.round(n / period)) * period, distance = Math.abs(n - multiple);
        if (!(n > 0 && distance <= tolerance)) continue;
        hits[i]++;
        if (distance === 0) exact[i]++;
        appendEvent(events, eventCode.cycleHit, 0, state.anchorRow, row, NaN, NaN, NaN, period);
      }
    }
  },
});

export function checkPeriods(engine: string, periods: readonly number[]): void {
  if (!(Array.isArray(periods) && periods.length > 0)) throw new RangeError(`${engine}: periods must be a list of at least one, was ${periods}`);
  for (const period of periods) positiveInteger(`${engine}: periods`, period);
}
