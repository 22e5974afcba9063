import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from './ladder.ts';
import { endZones, followZones, newZones, openZone, type Zones } from './zones.ts';

/**
 * Inversion fair value gaps: gaps through which price has closed, used from the other side.
 *
 * Definition  A gap up whose lower edge a later close is below turns: `inverted`, direction down, same edges. From the next bar on: `touched` at the near edge
 *             (high >= lower), `midTouched` at the middle, `violated` when a close is beyond the far edge (close > upper), which ends it; `expired` after
 *             `maximumAge` bars or when `cap` newer ones came, `segmentEnd` at a cut. Down mirrors. The newest `waiting` gaps can turn. Within a bar inverted
 *             zones go first, by age, then gaps that turn, by age
 * Units       price in; direction is that of the turned zone, levels its edges, lower first, ref the id of the gap
 * Warm-up     2 rows     Lag  0: knownRow and originRow are the close that turns it
 * NaN         such a bar does nothing
 * Source      inner-circle trading practice, no primary source ("IFVG" also stands for implied gaps, which these are not)
 * Oracle      reference packages/engines/test/reference/gaps-by-scan.ts
 * Oracle      reference packages/engines/test/reference/zone-lives.ts
 * Example     high 2 5 6 5, low 1 2 4 1, close 2 5 5 1.5: the gap from 2 to 4 turns at row 3, direction -1
 */
export interface InversionGapsOptions {
  /** Newest gaps that can turn. @defaultValue 32 */
  waiting: number;
  /** Bars for which a turned gap is followed. @defaultValue 1000 */
  maximumAge: number;
  /** Newest turned gaps that are followed. @defaultValue 32 */
  cap: number;
}

const gapColumns = { id: 'f64', kind: 'i16', direction: 'i8', level0: 'f64', level1: 'f64' } as const;

export const inversionGaps: Engine<
  InversionGapsOptions, F64<'high' | 'low' | 'close'>, {}, { events: typeof eventSchema }, { gaps: typeof gapColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'inversionGaps',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  reads: { gaps: gapColumns },
  appended: { events: eventSchema },
  kinds: ['inverted', 'touched', 'midTouched', 'violated', 'expired', 'segmentEnd'],
  refersTo: { events: 'gaps' },
  defaults: { waiting: 32, maximumAge: 1000, cap: 32 },
  check({ waiting, maximumAge, cap }) {
    positiveInteger('inversionGaps: waiting', waiting);
    positiveInteger('inversionGaps: maximumAge', maximumAge);
    positiveInteger('inversionGaps: cap', cap);
  },
  lag: () => 0,
  mirror: 'exact',
  scale: 'exact',
  init: ({ waiting, cap }) => ({
    // Gaps that may turn: a ring of their own, and the nearest edges of theirs.
    next: 0, floor: -Infinity, ceiling: Infinity,
    gapId: new Float64Array(waiting), gapLower: new Float64Array(waiting), gapUpper: new Float64Array(waiting),
    // 1 a gap up, which turns below its lower edge, -1 a gap down, above its upper one, 0 none or turned; the edges, and the gaps that a close turns.
    gapSide: new Int8Array(waiting), edges: newLadder(waiting), turned: new Int32Array(waiting),
    ...newZones(cap),
  }),

  advance(state, { base, high, low, close, tables, offsets }, { events }, from, to, { maximumAge, waiting }) {
    const { gaps } = tables, start = offsets.gaps, { gapId, gapLower, gapUpper, gapSide, edges } = state;
    for (let i = from; i < to; i++) {
      const row = base + i, c = close[i], sum = high[i] + low[i] + c, isBar = sum === sum, h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN;
      if (l <= state.below || h >= state.above || row > state.due) followZones(events, state, h, l, c, c, row);
      if (isBar && (c < state.floor || c > state.ceiling)) turn(events, state, c, row, maximumAge);
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (gaps.kind[k] !== eventCode.fairValueGap) continue;
        const g = state.next, isUp = gaps.direction[k] > 0;
        state.next = g + 1 === waiting ? 0 : g + 1;
        gapId[g] = gaps.id[k];
        gapLower[g] = gaps.level0[k];
        gapUpper[g] = gaps.level1[k];
        if (gapSide[g] !== 0) removeRung(edges, gapSide[g] > 0 ? 0 : 1, g);
        gapSide[g] = isUp ? 1 : -1;
        insertRung(edges, isUp ? 0 : 1, isUp ? gapLower[g] : -gapUpper[g], g);
        state.floor = nearestRung(edges, 0);
        state.ceiling = -nearestRung(edges, 1);
      }
    }
  },

  end(state, { base }, { events }, row) {
    endZones(events, state, base + row);
  },
});

type Waiting = {
  next: number; floor: number; ceiling: number; gapId: Float64Array; gapLower: Float64Array; gapUpper: Float64Array; gapSide: Int8Array; edges: Float64Array; turned: Int32Array;
};

/** Turns the gaps that the close is beyond, the oldest first. */
function turn(events: EventTable, state: Waiting & Zones, close: number, row: number, maximumAge: number): void {
  const { gapId, gapLower, gapUpper, gapSide, edges, turned } = state, below = takeRungs(edges, 0, close, true, turned, 0), count = takeRungs(edges, 1, -close, true, turned, below);
  sortByAge(turned, count, state.next);
  for (let k = 0; k < count; k++) {
    const g = turned[k], direction = 0 - gapSide[g], z = openZone(events, state, direction, gapLower[g], gapUpper[g], row, maximumAge);
    state.id[z] = gapId[g];
    gapSide[g] = 0;
    appendEvent(events, eventCode.inverted, direction, row, row, gapId[g], gapLower[g], gapUpper[g], NaN);
  }
  state.floor = nearestRung(edges, 0);
  state.ceiling = -nearestRung(edges, 1);
}
