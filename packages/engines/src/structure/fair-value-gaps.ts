import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, oneOf, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from './ladder.ts';

/**
 * Fair value gaps: three bars of which the first and the third do not overlap; the zone between them, and its life.
 *
 * Definition  up: low[i] > high[i - 2], zone [high[i - 2], low[i]] if that is at least `minimumSize` wide; down mirrors. From the next bar on: `touched`
 *             when a bar first reaches the zone (up: low <= upper edge), `filled` when it reaches the far edge (low <= lower edge), which ends it. Within a
 *             bar the zones go by age, touched before filled, and the new gap comes last. `expired` when `cap` newer gaps came, `segmentEnd` at a cut
 *             Filters, off by default: at least `minimumRanges` of the third bar's `atr` wide; the middle bar closes in the gap's direction (`middleBar`), and
 *             beyond the first bar's wick too (`beyond`); its body divided by its open is above `bodyFactor` times the mean of that over all bars up to it
 * Units       price in; open, close and atr (in price) are optional, for the filters only. level0 and level1 are the edges, lower first; direction is the gap's
 *             for all events of its life, ref its id
 * Warm-up     2 rows     Lag  1: originRow is the middle bar, knownRow the third; what happens to a gap sits where it is known
 * NaN         such a bar makes, touches and fills nothing, and no gap lies across it
 * Source      inner-circle trading practice, no primary source; bounds and rows by the three-bar rule; bodyFactor 2 is LuxAlgo's automatic threshold
 * Oracle      shared smart-money-concepts/EURUSD_15M.csv.gz
 * Oracle      shared smart-money-concepts/fvg_result_data.csv.gz
 * Oracle      reference packages/engines/test/reference/gaps-by-scan.ts
 * Oracle      reference packages/engines/test/reference/zone-lives.ts
 * Example     high 2 5 6, low 1 2 4 gives one gap: direction 1, originRow 1, knownRow 2, levels 2 and 4
 */
export interface FairValueGapsOptions {
  /** Price between the edges that a gap has at least. @defaultValue 0 */
  minimumSize: number;
  /** Newest gaps that are followed. @defaultValue 32 */
  cap: number;
  /** Average true ranges between the edges that a gap has at least; needs the column atr. @defaultValue 0 */
  minimumRanges: number;
  /** What the middle bar has to do: anything, close in the gap's direction, or that and beyond the first bar's wick; needs open and close. @defaultValue 'any' */
  middleBar: 'any' | 'direction' | 'beyond';
  /** Mean relative bodies that the middle bar's has to exceed, 0: none; needs open and close. The ratio has no mirror image. @defaultValue 0 */
  bodyFactor: number;
}

export const fairValueGaps: Engine<
  FairValueGapsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }, {}, F64<'open' | 'close' | 'atr'>
> = /* @__PURE__ */ defineEngine({
  name: 'fairValueGaps',
  version: 3,
  input: { high: 'f64', low: 'f64' },
  optional: { open: 'f64', close: 'f64', atr: 'f64' },
  appended: { events: eventSchema },
  kinds: ['fairValueGap', 'touched', 'filled', 'expired', 'segmentEnd'],
  defaults: { minimumSize: 0, cap: 32, minimumRanges: 0, middleBar: 'any', bodyFactor: 0 } as FairValueGapsOptions,
  check({ minimumSize, cap, minimumRanges, middleBar, bodyFactor }) {
    nonNegativeNumber('fairValueGaps: minimumSize', minimumSize);
    positiveInteger('fairValueGaps: cap', cap);
    nonNegativeNumber('fairValueGaps: minimumRanges', minimumRanges);
    oneOf('fairValueGaps: middleBar', middleBar, ['any', 'direction', 'beyond']);
    nonNegativeNumber('fairValueGaps: bodyFactor', bodyFactor);
  },
  optionUnits: { minimumSize: 'range' },
  lag: () => 1,
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap }) => ({
    // The two bars before, and the nearest level at which anything happens to a gap up and to a gap down.
    high1: NaN, high2: NaN, low1: NaN, low2: NaN, below: -Infinity, above: Infinity,
    // The bar before, and the relative bodies of all bars up to it.
    open1: NaN, close1: NaN, bodySum: 0, bodyCount: 0,
    // A ring of zones: `oldest` is the slot that the next one takes; side 0 is free.
    oldest: 0, id: new Float64Array(cap), side: new Int8Array(cap), isTouched: new Uint8Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap),
    // Where the next thing happens to each zone, and the zones to which something happens at a row.
    ladder: newLadder(cap), hits: new Int32Array(cap),
  }),

  advance(state, { base, high, low, open, close, atr }, { events }, from, to, options) {
    const { minimumSize, cap, minimumRanges, middleBar, bodyFactor } = options, isFiltered = minimumRanges > 0 || middleBar !== 'any' || bodyFactor > 0;
    if (minimumRanges > 0 && atr === undefined) throw new TypeError('fairValueGaps: minimumRanges needs the column "atr"');
    if ((middleBar !== 'any' || bodyFactor > 0) && (open === undefined || close === undefined)) throw new TypeError('fairValueGaps: middleBar and bodyFactor need the columns "open" and "close"');
    const { id, side, isTouched, lower, upper, ladder } = state;
    let { high1, high2, low1, low2 } = state;
    for (let i = from; i < to; i++) {
      const isBar = high[i] === high[i] && low[i] === low[i], h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN, row = base + i;
      if (l <= state.below || h >= state.above) follow(events, state, h, l, row);
      const up = l > high2, hasMiddle = high1 === high1;
      const isGap = hasMiddle && (up ? l - high2 >= minimumSize : h < low2 && low2 - h >= minimumSize);
      if (isGap && (!isFiltered || passes(state, up, up ? high2 : low2, up ? l - high2 : low2 - h, atr === undefined ? NaN : atr[i], options))) {
        const z = state.oldest;
        if (side[z] !== 0) {
          tell(events, state, eventCode.expired, z, row);
          removeRung(ladder, side[z] > 0 ? 0 : 1, z);
        }
        state.oldest = z + 1 === cap ? 0 : z + 1;
        side[z] = up ? 1 : -1;
        isTouched[z] = 0;
        lower[z] = up ? high2 : h;
        upper[z] = up ? l : low2;
        id[z] = appendEvent(events, eventCode.fairValueGap, side[z], row - 1, row, NaN, lower[z], upper[z], NaN);
        insertRung(ladder, up ? 0 : 1, up ? l : -h, z);
        state.below = nearestRung(ladder, 0);
        state.above = -nearestRung(ladder, 1);
      }
      high2 = high1;
      high1 = h;
      low2 = low1;
      low1 = l;
      if (isFiltered && open !== undefined && close !== undefined) remember(state, open[i], close[i]);
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

type Middle = { open1: number; close1: number; bodySum: number; bodyCount: number };

/** Is the gap, `size` wide beyond the first bar's `wick`, one by the filters? */
function passes({ open1, close1, bodySum, bodyCount }: Middle, up: boolean, wick: number, size: number, atr: number, { minimumRanges, middleBar, bodyFactor }: FairValueGapsOptions): boolean {
  if (minimumRanges > 0 && !(size >= minimumRanges * atr)) return false;
  if (middleBar !== 'any' && !(up ? close1 > open1 : close1 < open1)) return false;
  if (middleBar === 'beyond' && !(up ? close1 > wick : close1 < wick)) return false;
  return bodyFactor === 0 || Math.abs((close1 - open1) / open1) > (bodyFactor * bodySum) / bodyCount;
}

/** A bar without open or close counts in no mean; where the open is 0 its relative body is none. */
function remember(state: Middle, open: number, close: number): void {
  const body = Math.abs((close - open) / open);
  state.open1 = open;
  state.close1 = close;
  if (!(body < Infinity)) return;
  state.bodySum += body;
  state.bodyCount++;
}

type Zones = {
  below: number; above: number; oldest: number; id: Float64Array; side: Int8Array; isTouched: Uint8Array; lower: Float64Array; upper: Float64Array; ladder: Float64Array; hits: Int32Array;
};

/** What a bar does to the zones, the oldest first, and where the next thing happens: most bars reach no zone, and two compares tell. */
function follow(events: EventTable, zones: Zones, high: number, low: number, row: number): void {
  const { side, isTouched, lower, upper, ladder, hits } = zones, reached = takeRungs(ladder, 0, low, false, hits, 0), count = takeRungs(ladder, 1, -high, false, hits, reached);
  sortByAge(hits, count, zones.oldest);
  for (let k = 0; k < count; k++) {
    const z = hits[k], isUp = side[z] > 0, isFilled = isUp ? low <= lower[z] : high >= upper[z];
    if (isTouched[z] === 0) tell(events, zones, eventCode.touched, z, row);
    isTouched[z] = 1;
    if (isFilled) {
      tell(events, zones, eventCode.filled, z, row);
      side[z] = 0;
    } else insertRung(ladder, isUp ? 0 : 1, isUp ? lower[z] : -upper[z], z);
  }
  zones.below = nearestRung(ladder, 0);
  zones.above = -nearestRung(ladder, 1);
}

function tell(events: EventTable, { id, side, lower, upper }: Zones, kind: number, z: number, row: number): void {
  appendEvent(events, kind, side[z], row, row, id[z], lower[z], upper[z], NaN);
}
