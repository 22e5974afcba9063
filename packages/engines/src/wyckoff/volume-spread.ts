import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';
import { countBelow } from './count-below.ts';
import { found, measure, newYardstick } from './yardstick.ts';

/**
 * Volume spread analysis: how a bar's volume, spread and result rank among the bars before, and the bars that the method names.
 *
 * Definition  volumeRank, spreadRank: share of the `window` bars before whose v, or h - l, is less.
 *             closeLocation = ((c - l) - (h - c)) / (h - l), 0 if h = l. trend = (c - c[trendPeriod]) /
 *             (a sqrt(trendPeriod)), a the Wilder average true range of the bar before, 0 where a = 0. Classes of ranks: low < 0.33, high > 0.67, ultra > 0.95.
 *             A bar without volume has no event.
 *             Events, here with direction +1 (-1 mirrors them; the name in brackets is its usual one), T the trend of the bar before:
 *             noSupply (noDemand)       down bar, spread and volume low, v < v[1] and v[2], closeLocation > -0.2
 *             stoppingVolume            down bar, T < -0.5, ultra volume, closeLocation > 0
 *             climaxBar                 down bar, T < -0.5, high spread, ultra volume, closeLocation > -0.2
 *             shakeoutBar (upthrust)    low below the 10 lows before, high spread and volume, closeLocation > 0.4
 *             testBar                   low below the 2 lows before, spread and volume low, closeLocation > 0
 *             effortBar                 up bar, high spread and volume, closeLocation > 0.4
 *             effortDivergence          volumeRank >= 0.8, and |c - c[1]| / a (0 / 0 is 0) ranks at most 0.4 likewise; direction against the bar's own, 0 if it has none
 *             squat                     volumeRank > 0.8 and spreadRank < 0.4; direction 0
 *             confirmed                 the next bar closes in the direction of the event `ref`
 * Units       price and volume in; ranks and trend without unit; level0 and level1 of an event are low and high of its bar, value the volumeRank
 * Warm-up     window rows for volumeRank and spreadRank, the later of trendPeriod and atrPeriod + 1 for trend
 * Lag         0: every event is known at the close of its bar, `confirmed` at the next
 * NaN         a bar with NaN is left out as if it had not come, its outputs are NaN
 * Source      after T. Williams, Master the Markets, 1993, which gives no numbers: the thresholds are ours
 * Oracle      reference packages/engines/test/reference/volume-spread.ts
 * Example     window 3, atrPeriod 1, trendPeriod 1, high 12 10 8 7 8, low 10 8 6 1 4, close 11 9 7 5 6, volume 2 1 2 9 2: row 3 has volumeRank 1, spreadRank 1,
 *             closeLocation 0.33 and trend -0.67 (so has the row before), and is a stoppingVolume and a climaxBar, levels 1 and 7; row 4, an up bar, is `confirmed` for both
 */
export interface VolumeSpreadOptions {
  /** Bars before, among which a bar is ranked. @defaultValue 60 */
  window: number;
  /** Bars in the average true range. @defaultValue 14 */
  atrPeriod: number;
  /** Bars over which the trend is measured. @defaultValue 40 */
  trendPeriod: number;
}

const breakoutBars = 10;
/** Ranks of the classes low and high, narrow and wide, and ultra. */
const lowRank = 0.33, highRank = 0.67, ultraRank = 0.95;

export const volumeSpread: Engine<
  VolumeSpreadOptions, F64<'high' | 'low' | 'close' | 'volume'>, F64<'volumeRank' | 'spreadRank' | 'closeLocation' | 'trend'>, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'volumeSpread',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  aligned: { volumeRank: 'f64', spreadRank: 'f64', closeLocation: 'f64', trend: 'f64' },
  appended: { events: eventSchema },
  kinds: ['noSupply', 'stoppingVolume', 'climaxBar', 'shakeoutBar', 'testBar', 'effortBar', 'effortDivergence', 'squat', 'confirmed'],
  defaults: { window: 60, atrPeriod: 14, trendPeriod: 40 },
  check({ window, atrPeriod, trendPeriod }) {
    positiveInteger('volumeSpread: window', window);
    positiveInteger('volumeSpread: atrPeriod', atrPeriod);
    positiveInteger('volumeSpread: trendPeriod', trendPeriod);
  },
  warmup: ({ window, atrPeriod, trendPeriod }) => ({
    volumeRank: window, spreadRank: window, closeLocation: 0, trend: Math.max(trendPeriod, atrPeriod + 1),
  }),
  lag: () => 0,
  units: { volumeRank: 'ratio', spreadRank: 'ratio', closeLocation: 'signed', trend: 'signed', value: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ window, atrPeriod, trendPeriod }) => ({
    // Whole bars and results so far, and where the next goes in each ring.
    count: 0, results: 0, at: 0, moveAt: 0, trendAt: 0, extremeAt: 0,
    close1: NaN, trend1: NaN, volume1: NaN, volume2: NaN, low1: NaN, low2: NaN, high1: NaN, high2: NaN,
    // A bar is ranked where it stands, among the `window` others of its ring.
    range: newYardstick(atrPeriod), volumes: new Float64Array(window + 1), spreads: new Float64Array(window + 1), moves: new Float64Array(window + 1), closes: new Float64Array(trendPeriod),
    // Highs turned over, so that one rule serves both sides.
    highs: new Float64Array(breakoutBars).fill(NaN), lows: new Float64Array(breakoutBars).fill(NaN),
    // Labels of the bar before that may be confirmed.
    waiting: 0, ids: new Float64Array(12), sides: new Int8Array(12),
    // The bar at hand: calls that hand numbers on would box each of them.
    bar: new Float64Array(7),
  }),

  advance(state, { base, high, low, close, volume }, { events, volumeRank, spreadRank, closeLocation, trend }, from, to, { window, trendPeriod }) {
    const { range, volumes, spreads, moves, closes, lows, highs, bar } = state, root = Math.sqrt(trendPeriod);
    let { count, results, at, moveAt, trendAt, extremeAt, close1, trend1, volume1, volume2, low1, low2, high1, high2 } = state;
    for (let i = from; i < to; i++) {
      const h = high[i], l = low[i], c = close[i], v = volume[i], whole = h + l + c + v;
      if (whole !== whole) {
        volumeRank[i] = spreadRank[i] = closeLocation[i] = trend[i] = NaN;
        continue;
      }
      measure(range, high, low, close, i);
      const a = range[found], spread = h - l, rise = c - close1, move = Math.abs(rise), isRanked = count >= window;
      volumes[at] = v;
      spreads[at] = spread;
      const effort = isRanked ? countBelow(volumes, at) / window : NaN, width = isRanked ? countBelow(spreads, at) / window : NaN;
      const location = spread === 0 ? 0 : (c - l - (h - c)) / spread, t = count < trendPeriod || a !== a ? NaN : a === 0 ? 0 : (c - closes[trendAt]) / (a * root);
      volumeRank[i] = effort;
      spreadRank[i] = width;
      closeLocation[i] = location;
      trend[i] = t;
      const isMeasured = a === a;
      if (isMeasured) moves[moveAt] = move === 0 ? 0 : move / a;
      const row = base + i;
      bar[0] = l;
      bar[1] = h;
      bar[2] = rise;
      bar[3] = effort;
      bar[4] = width;
      bar[5] = location;
      bar[6] = trend1;
      if (state.waiting > 0) confirm(events, state, row);
      if (v > 0) {
        if (effort > highRank) {
          // Most bars are of no class that a label asks for.
          if (width > highRank || effort > ultraRank) {
            labelLoud(events, state, 1, row);
            labelLoud(events, state, -1, row);
          }
          if (effort >= 0.8 && results >= window && countBelow(moves, moveAt) / window <= 0.4) tell(events, state, eventCode.effortDivergence, rise > 0 ? -1 : rise < 0 ? 1 : 0, row);
          if (effort > 0.8 && width < 0.4) tell(events, state, eventCode.squat, 0, row);
        } else if (effort < lowRank && width < lowRank) {
          const isLess = v < volume1 && v < volume2;
          labelQuiet(events, state, 1, isLess, l < low1 && l < low2, row);
          labelQuiet(events, state, -1, isLess, h > high1 && h > high2, row);
        }
      }
      at = at === window ? 0 : at + 1;
      if (isMeasured) {
        moveAt = moveAt === window ? 0 : moveAt + 1;
        results++;
      }
      closes[trendAt] = c;
      trendAt = trendAt + 1 === trendPeriod ? 0 : trendAt + 1;
      lows[extremeAt] = l;
      highs[extremeAt] = -h;
      extremeAt = extremeAt + 1 === breakoutBars ? 0 : extremeAt + 1;
      low2 = low1;
      low1 = l;
      high2 = high1;
      high1 = h;
      volume2 = volume1;
      volume1 = v;
      close1 = c;
      trend1 = t;
      count++;
    }
    state.count = count;
    state.results = results;
    state.at = at;
    state.moveAt = moveAt;
    state.trendAt = trendAt;
    state.extremeAt = extremeAt;
    state.close1 = close1;
    state.trend1 = trend1;
    state.volume1 = volume1;
    state.volume2 = volume2;
    state.low1 = low1;
    state.low2 = low2;
    state.high1 = high1;
    state.high2 = high2;
  },
});

/** `bar` holds low, high, rise of the close, ranks of volume and spread, close location, and the trend of the bar before. */
type Labels = { waiting: number; ids: Float64Array; sides: Int8Array; bar: Float64Array; lows: Float64Array; highs: Float64Array };

/** The labels of one side that ask for little volume and a narrow spread; the other side is the same rule in the market turned over. */
function labelQuiet(events: EventTable, state: Labels, side: number, isLess: boolean, isLow: boolean, row: number): void {
  const rise = side * state.bar[2], location = side * state.bar[5];
  if (isLess && rise < 0 && location > -0.2) tell(events, state, eventCode.noSupply, side, row);
  if (isLow && location > 0) tell(events, state, eventCode.testBar, side, row);
}

/** The labels of one side that ask for much volume, likewise. */
function labelLoud(events: EventTable, state: Labels, side: number, row: number): void {
  const { bar } = state, rise = side * bar[2], location = side * bar[5], isFalling = bar[3] > ultraRank && rise < 0 && side * bar[6] < -0.5;
  if (isFalling && location > 0) tell(events, state, eventCode.stoppingVolume, side, row);
  if (!(bar[4] > highRank)) return;
  if (isFalling && location > -0.2) tell(events, state, eventCode.climaxBar, side, row);
  if (!(location > 0.4)) return;
  if (side > 0 ? isLowest(state.lows, bar[0]) : isLowest(state.highs, -bar[1])) tell(events, state, eventCode.shakeoutBar, side, row);
  if (rise > 0) tell(events, state, eventCode.effortBar, side, row);
}

function isLowest(lows: Float64Array, value: number): boolean {
  for (let k = 0; k < lows.length; k++) if (!(value < lows[k])) return false;
  return true;
}

function tell(events: EventTable, state: Labels, kind: number, side: number, row: number): void {
  const { bar } = state, id = appendEvent(events, kind, side, row, row, NaN, bar[0], bar[1], bar[3]);
  if (side === 0) return;
  state.sides[state.waiting] = side;
  state.ids[state.waiting++] = id;
}

/** The bar after tells which labels were right about the next close. */
function confirm(events: EventTable, state: Labels, row: number): void {
  const { bar, ids, sides } = state;
  for (let k = 0; k < state.waiting; k++) if (bar[2] * sides[k] > 0) appendEvent(events, eventCode.confirmed, sides[k], row, row, ids[k], bar[0], bar[1], NaN);
  state.waiting = 0;
}
