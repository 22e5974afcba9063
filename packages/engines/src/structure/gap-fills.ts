import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from './ladder.ts';

/**
 * Gap fills: how much of the newest fair value gap to each side price has taken back, and when it reaches a gap's middle.
 *
 * Definition  upFill[i] = clip((upper - lowest) / (upper - lower), 0, 1) of the newest gap up, lowest = the lowest low of the bars after the one that proved it;
 *             0 at that bar; NaN before any gap. downFill mirrors. `midTouched` (consequent encroachment) when a bar first reaches the middle of one of the
 *             newest `cap` gaps (up: low <= (lower + upper) / 2). Within a bar gaps go by age
 * Units       price in, fractions out; direction and levels are those of the gap, ref its id
 * Warm-up     until the first gap     Lag  0: what happens sits where it is known
 * NaN         such a bar fills and touches nothing
 * Source      inner-circle trading practice, no primary source
 * Oracle      reference packages/engines/test/reference/gaps-by-scan.ts
 * Oracle      reference packages/engines/test/reference/zone-lives.ts
 * Example     high 2 5 6 6, low 1 2 4 3: upFill is NaN NaN 0 0.5, and row 3 has midTouched
 */
export interface GapFillsOptions {
  /** Newest gaps whose middle is watched. @defaultValue 32 */
  cap: number;
}

const gapColumns = { id: 'f64', kind: 'i16', direction: 'i8', level0: 'f64', level1: 'f64' } as const;

export const gapFills: Engine<
  GapFillsOptions, F64<'high' | 'low'>, F64<'upFill' | 'downFill'>, { events: typeof eventSchema }, { gaps: typeof gapColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'gapFills',
  version: 2,
  input: { high: 'f64', low: 'f64' },
  reads: { gaps: gapColumns },
  aligned: { upFill: 'f64', downFill: 'f64' },
  sparse: ['upFill', 'downFill'],
  appended: { events: eventSchema },
  kinds: ['midTouched'],
  refersTo: { events: 'gaps' },
  defaults: { cap: 32 },
  check: ({ cap }) => positiveInteger('gapFills: cap', cap),
  lag: () => 0,
  units: { upFill: 'ratio', downFill: 'ratio' },
  pairs: [['upFill', 'downFill']],
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap }) => ({
    // The newest gap to each side, and how far price has come back into it.
    upLower: NaN, upUpper: NaN, lowest: NaN, downLower: NaN, downUpper: NaN, highest: NaN,
    // A ring of gaps whose middle is to be reached, and the nearest middles.
    next: 0, below: -Infinity, above: Infinity, id: new Float64Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap),
    // 1 a gap up, whose middle is below, -1 a gap down, 0 none or reached; the middles, and the gaps whose middle a bar reaches.
    side: new Int8Array(cap), ladder: newLadder(cap), hits: new Int32Array(cap),
  }),

  advance(state, { base, high, low, tables, offsets }, { events, upFill, downFill }, from, to, { cap }) {
    const { gaps } = tables, start = offsets.gaps, { id, lower, upper, side, ladder } = state;
    let { lowest, highest } = state, up = shareOf(state.upUpper - lowest, state.upUpper - state.upLower), down = shareOf(highest - state.downLower, state.downUpper - state.downLower);
    for (let i = from; i < to; i++) {
      const isBar = high[i] === high[i] && low[i] === low[i], h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN, row = base + i;
      // Divided only where price comes further into a gap.
      if (l < lowest) {
        lowest = l;
        up = shareOf(state.upUpper - lowest, state.upUpper - state.upLower);
      }
      if (h > highest) {
        highest = h;
        down = shareOf(highest - state.downLower, state.downUpper - state.downLower);
      }
      if (l <= state.below || h >= state.above) touchMiddles(events, state, h, l, row);
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (gaps.kind[k] !== eventCode.fairValueGap) continue;
        const g = state.next, middle = (gaps.level0[k] + gaps.level1[k]) / 2, isUp = gaps.direction[k] > 0;
        state.next = g + 1 === cap ? 0 : g + 1;
        id[g] = gaps.id[k];
        lower[g] = gaps.level0[k];
        upper[g] = gaps.level1[k];
        if (side[g] !== 0) removeRung(ladder, side[g] > 0 ? 0 : 1, g);
        side[g] = isUp ? 1 : -1;
        insertRung(ladder, isUp ? 0 : 1, isUp ? middle : -middle, g);
        state.below = nearestRung(ladder, 0);
        state.above = -nearestRung(ladder, 1);
        if (isUp) {
          state.upLower = lower[g];
          lowest = state.upUpper = upper[g];
          up = shareOf(0, state.upUpper - state.upLower);
        } else {
          highest = state.downLower = lower[g];
          state.downUpper = upper[g];
          down = shareOf(0, state.downUpper - state.downLower);
        }
      }
      upFill[i] = up;
      downFill[i] = down;
    }
    state.lowest = lowest;
    state.highest = highest;
  },
});

/** At most all of it. */
function shareOf(part: number, whole: number): number {
  return Math.min(1, part / whole);
}

type Middles = {
  next: number; below: number; above: number; id: Float64Array; lower: Float64Array; upper: Float64Array; side: Int8Array; ladder: Float64Array; hits: Int32Array;
};

/** Tells of the middles that the bar reaches, the oldest gap first. */
function touchMiddles(events: EventTable, state: Middles, high: number, low: number, row: number): void {
  const { id, lower, upper, side, ladder, hits } = state, reached = takeRungs(ladder, 0, low, false, hits, 0), count = takeRungs(ladder, 1, -high, false, hits, reached);
  sortByAge(hits, count, state.next);
  for (let k = 0; k < count; k++) {
    const g = hits[k];
    appendEvent(events, eventCode.midTouched, side[g], row, row, id[g], lower[g], upper[g], NaN);
    side[g] = 0;
  }
  state.below = nearestRung(ladder, 0);
  state.above = -nearestRung(ladder, 1);
}
