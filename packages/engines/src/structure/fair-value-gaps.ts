import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';

/**
 * Fair value gaps: three bars of which the first and the third do not overlap; the zone between them, and its life.
 *
 * Definition  up: low[i] > high[i - 2], zone [high[i - 2], low[i]] if that is at least `minimumSize` wide; down mirrors. From the next bar on: `touched`
 *             when a bar first reaches the zone (up: low <= upper edge), `filled` when it reaches the far edge (low <= lower edge), which ends it. Within a
 *             bar the zones go by age, touched before filled, and the new gap comes last. `expired` when `cap` newer gaps came, `segmentEnd` at a cut
 * Units       price in; level0 and level1 are the edges, lower first; direction is the gap's for all events of its life, ref its id
 * Warm-up     2 rows     Lag  1: originRow is the middle bar, knownRow the third; what happens to a gap sits where it is known
 * NaN         such a bar makes, touches and fills nothing, and no gap lies across it
 * Source      inner-circle trading practice, no primary source; bounds and rows by the three-bar rule
 * Oracle      shared smart-money-concepts/fvg_result_data.csv.gz
 * Example     high 2 5 6, low 1 2 4 gives one gap: direction 1, originRow 1, knownRow 2, levels 2 and 4
 */
export interface FairValueGapsOptions {
  /** Price between the edges that a gap has at least. @defaultValue 0 */
  minimumSize: number;
  /** Newest gaps that are followed. @defaultValue 32 */
  cap: number;
}

export const fairValueGaps: Engine<FairValueGapsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'fairValueGaps',
  input: { high: 'f64', low: 'f64' },
  appended: { events: eventSchema },
  kinds: ['fairValueGap', 'touched', 'filled', 'expired', 'segmentEnd'],
  defaults: { minimumSize: 0, cap: 32 },
  check({ minimumSize, cap }) {
    nonNegativeNumber('fairValueGaps: minimumSize', minimumSize);
    positiveInteger('fairValueGaps: cap', cap);
  },
  optionUnits: { minimumSize: 'range' },
  lag: () => 1,
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap }) => ({
    // The two bars before, and the nearest level at which anything happens to a gap up and to a gap down.
    high1: NaN, high2: NaN, low1: NaN, low2: NaN, below: -Infinity, above: Infinity,
    // A ring of zones: `oldest` is the slot that the next one takes; side 0 is free.
    oldest: 0, id: new Float64Array(cap), side: new Int8Array(cap), isTouched: new Uint8Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap),
  }),

  advance(state, { base, high, low }, { events }, from, to, { minimumSize, cap }) {
    const { id, side, isTouched, lower, upper } = state;
    let { high1, high2, low1, low2 } = state;
    for (let i = from; i < to; i++) {
      const isBar = high[i] === high[i] && low[i] === low[i], h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN, row = base + i;
      if (l <= state.below || h >= state.above) follow(events, state, h, l, row);
      const up = l > high2, hasMiddle = high1 === high1;
      if (hasMiddle && (up ? l - high2 >= minimumSize : h < low2 && low2 - h >= minimumSize)) {
        const z = state.oldest;
        if (side[z] !== 0) tell(events, state, eventCode.expired, z, row);
        // A bound that the expired gap set stays: it costs a look in vain, which sets it anew.
        state.oldest = z + 1 === cap ? 0 : z + 1;
        side[z] = up ? 1 : -1;
        isTouched[z] = 0;
        lower[z] = up ? high2 : h;
        upper[z] = up ? l : low2;
        id[z] = appendEvent(events, eventCode.fairValueGap, side[z], row - 1, row, NaN, lower[z], upper[z], NaN);
        if (up) state.below = Math.max(state.below, l);
        else state.above = Math.min(state.above, h);
      }
      high2 = high1;
      high1 = h;
      low2 = low1;
      low1 = l;
    }
    state.high1 = high1;
    state.high2 = high2;
    state.low1 = low1;
    state.low2 = low2;
  },

  end(state, { base }, { events }, row, { cap }) {
    for (let k = 0; k < cap; k++) {
      const z = (state.oldest + k) % cap;
      if (state.side[z] !== 0) tell(events, state, eventCode.segmentEnd, z, base + row);
    }
  },
});

type Zones = { below: number; above: number; oldest: number; id: Float64Array; side: Int8Array; isTouched: Uint8Array; lower: Float64Array; upper: Float64Array };

/** What a bar does to the zones, the oldest first. */
function follow(events: EventTable, zones: Zones, high: number, low: number, row: number): void {
  const { side, isTouched, lower, upper, oldest } = zones, cap = side.length;
  for (let k = 0; k < cap; k++) {
    const z = oldest + k < cap ? oldest + k : oldest + k - cap;
    if (side[z] > 0 ? !(low <= upper[z]) : !(side[z] < 0 && high >= lower[z])) continue;
    if (isTouched[z] === 0) tell(events, zones, eventCode.touched, z, row);
    isTouched[z] = 1;
    if (side[z] > 0 ? !(low <= lower[z]) : !(high >= upper[z])) continue;
    tell(events, zones, eventCode.filled, z, row);
    side[z] = 0;
  }
  watch(zones);
}

/** Most bars reach no zone: two compares tell. */
function watch(zones: Zones): void {
  const { side, isTouched, lower, upper } = zones;
  zones.below = -Infinity;
  zones.above = Infinity;
  for (let z = 0; z < side.length; z++) {
    if (side[z] > 0) zones.below = Math.max(zones.below, isTouched[z] === 1 ? lower[z] : upper[z]);
    if (side[z] < 0) zones.above = Math.min(zones.above, isTouched[z] === 1 ? upper[z] : lower[z]);
  }
}

function tell(events: EventTable, { id, side, lower, upper }: Zones, kind: number, z: number, row: number): void {
  appendEvent(events, kind, side[z], row, row, id[z], lower[z], upper[z], NaN);
}
