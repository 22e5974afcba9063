import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeInteger, nonNegativeNumber, positiveInteger, type Engine, type F64, type Table } from '@zanzibar/core';
import { levelColumns } from '../levels/level-columns.ts';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from '../structure/ladder.ts';

/** Events, with what is known of each way through a level. */
export const sweepSchema: typeof eventSchema & { readonly rowsOutside: 'f64'; readonly volumeRatio: 'f64'; readonly delta: 'f64' } = {
  ...eventSchema, rowsOutside: 'f64', volumeRatio: 'f64', delta: 'f64',
};

/**
 * Sweeps and runs of levels: price goes beyond a level and comes back within a few bars, or stays there.
 *
 * Definition  levels are the events without `ref` of any table: pools, swings, levels of periods and sessions. X is the outer edge, level1 (or level0 where
 *             that is the only one) of direction +1, level0 of -1. A high X is taken at the first row p with high - X > 0 and >= minimumDepth, from the row on at which it is
 *             known. Then depth = (highest high since p - X) / atr[p]; the first of these ends it, at row t: depth > maximumDepth gives `liquidityRun`,
 *             close < X gives `liquiditySweep`, t = p + within gives `liquidityRun`. Lows mirror. A level gives one event; `superseded` and `expired`
 *             end one that is not taken yet. Within a row ended levels go first, then new ones come, then price is looked at, the oldest level first
 * Units       price in; originRow p, knownRow t, ref the level's id in its table; direction of a sweep against the side taken, of a run with it; level0 and
 *             level1 are X and the extreme, lower first; value the depth in atr; rowsOutside t - p, volumeRatio the mean volume of rows p to t over that of the
 *             `volumePeriod` rows before p, delta the buy less the sell volume of the extreme's row (first of equals); NaN where the column is not there or
 *             no volume came before
 * Warm-up     that of the levels     Lag  none of its own
 * NaN         such a bar takes nothing and brings nothing back, but counts as a row; a depth of NaN is no run
 * Source      inner-circle trading practice (stop hunt), no primary source; rule of reclaim and depth ours
 * Oracle      reference packages/engines/test/reference/sweeps.ts
 * Example     level 10 known at row 0; high 9 11 10, close 9 10.5 9.5, atr 2 gives a sweep: direction -1, originRow 1, knownRow 2, levels 10 and 11, value 0.5
 */
export interface SweepsOptions {
  /** Rows after the first one beyond, within which the close has to be back. @defaultValue 3 */
  within: number;
  /** Average true ranges beyond which it is a run. @defaultValue 1 */
  maximumDepth: number;
  /** Price beyond the level that takes it: one tick; 0 means any. @defaultValue 0 */
  minimumDepth: number;
  /** Rows that a volume is compared with. @defaultValue 20 */
  volumePeriod: number;
  /** Newest levels of each side that are followed. @defaultValue 64 */
  cap: number;
}

export const sweeps: Engine<
  SweepsOptions, F64<'high' | 'low' | 'close' | 'atr'>, {}, { events: typeof sweepSchema }, { levels: typeof levelColumns },
  F64<'volume' | 'buyVolume' | 'sellVolume'>
> = /* @__PURE__ */ defineEngine({
  name: 'sweeps',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64', atr: 'f64' },
  optional: { volume: 'f64', buyVolume: 'f64', sellVolume: 'f64' },
  reads: { levels: levelColumns },
  appended: { events: sweepSchema },
  kinds: ['liquiditySweep', 'liquidityRun'],
  refersTo: { events: 'levels' },
  defaults: { within: 3, maximumDepth: 1, minimumDepth: 0, volumePeriod: 20, cap: 64 },
  check({ within, maximumDepth, minimumDepth, volumePeriod, cap }) {
    nonNegativeInteger('sweeps: within', within);
    nonNegativeNumber('sweeps: maximumDepth', maximumDepth);
    nonNegativeNumber('sweeps: minimumDepth', minimumDepth);
    positiveInteger('sweeps: volumePeriod', volumePeriod);
    positiveInteger('sweeps: cap', cap);
  },
  units: { value: 'ratio' },
  optionUnits: { minimumDepth: 'range' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap, volumePeriod }) => ({
    above: Infinity, below: -Infinity,
    // The levels at rest by nearness, of highs on side 1; those that a bar goes beyond; those that are taken, by age, and how many of each side.
    ladder: newLadder(cap), hits: new Int32Array(cap), takenHighs: new Int32Array(cap), takenLows: new Int32Array(cap), takenCount: new Int32Array(2),
    // Two rings of levels, highs before lows; state 0 is free, 1 rests, 2 is taken.
    oldest: Int32Array.of(0, cap), phase: new Uint8Array(2 * cap), id: new Float64Array(2 * cap), level: new Float64Array(2 * cap),
    // Of a level that is taken: row and range of its first bar beyond, the extreme and its delta, volume since and the mean before.
    start: new Float64Array(2 * cap), range: new Float64Array(2 * cap), extreme: new Float64Array(2 * cap), delta: new Float64Array(2 * cap),
    volume: new Float64Array(2 * cap), usual: new Float64Array(2 * cap),
    // The last volumes.
    volumes: new Float64Array(volumePeriod), at: 0, count: 0,
  }),

  advance(state, { base, high, low, close, atr, volume, buyVolume, sellVolume, tables, offsets }, { events }, from, to, options) {
    const { levels } = tables, first = offsets.levels;
    for (let i = from; i < to; i++) {
      const h = high[i], l = low[i];
      for (let k = first[i]; k < first[i + 1]; k++) {
        if (levels.ref[k] === levels.ref[k]) {
          if (levels.kind[k] === eventCode.superseded || levels.kind[k] === eventCode.expired) drop(state, levels.ref[k]);
        } else if (levels.direction[k] !== 0) {
          const outer = levels.direction[k] > 0 && levels.level1[k] === levels.level1[k] ? levels.level1[k] : levels.level0[k];
          add(state, levels.direction[k] > 0 ? 0 : 1, levels.id[k], outer);
        }
      }
      if (h > state.above) take(state, 0, h, atr[i], base + i, options.minimumDepth);
      if (l < state.below) take(state, 1, l, atr[i], base + i, options.minimumDepth);
      if (state.takenCount[0] + state.takenCount[1] > 0) {
        const delta = buyVolume === undefined || sellVolume === undefined ? NaN : buyVolume[i] - sellVolume[i];
        const traded = volume === undefined ? NaN : volume[i];
        follow(events, state, 0, h, close[i], traded, delta, base + i, options);
        follow(events, state, 1, l, close[i], traded, delta, base + i, options);
      }
      if (volume === undefined) continue;
      state.volumes[state.at] = volume[i];
      state.at = state.at + 1 === options.volumePeriod ? 0 : state.at + 1;
      state.count++;
    }
  },
});

type Levels = {
  above: number; below: number; ladder: Float64Array; hits: Int32Array; takenHighs: Int32Array; takenLows: Int32Array; takenCount: Int32Array; oldest: Int32Array; phase: Uint8Array;
  id: Float64Array; level: Float64Array; start: Float64Array; range: Float64Array; extreme: Float64Array; delta: Float64Array; volume: Float64Array; usual: Float64Array;
  volumes: Float64Array; at: number; count: number;
};
const free = 0, resting = 1, beyond = 2;

function drop(levels: Levels, id: number): void {
  const { phase, ladder } = levels, cap = phase.length >> 1;
  for (let z = 0; z < 2 * cap; z++) {
    if (levels.id[z] !== id || phase[z] !== resting) continue;
    phase[z] = free;
    removeRung(ladder, z < cap ? 1 : 0, z);
  }
  watch(levels);
}

function watch(levels: Levels): void {
  levels.above = -nearestRung(levels.ladder, 1);
  levels.below = nearestRung(levels.ladder, 0);
}

/** A level at rest; the oldest, whose place it takes, is followed no more. */
function add(levels: Levels, ring: number, id: number, level: number): void {
  const { oldest, phase, ladder, takenCount } = levels, cap = phase.length >> 1, z = oldest[ring];
  if (phase[z] === resting) removeRung(ladder, 1 - ring, z);
  if (phase[z] === beyond) {
    const taken = ring === 0 ? levels.takenHighs : levels.takenLows;
    taken.copyWithin(taken.indexOf(z), taken.indexOf(z) + 1, takenCount[ring]);
    takenCount[ring]--;
  }
  oldest[ring] = z + 1 === (ring + 1) * cap ? ring * cap : z + 1;
  phase[z] = resting;
  levels.id[z] = id;
  levels.level[z] = level;
  insertRung(ladder, 1 - ring, ring === 0 ? -level : level, z);
  watch(levels);
}

/** The levels of a side that a bar is the first to go beyond. */
function take(levels: Levels, ring: number, price: number, range: number, row: number, minimumDepth: number): void {
  const { phase, level, ladder, hits, takenCount } = levels, passed = takeRungs(ladder, 1 - ring, ring === 0 ? -price : price, true, hits, 0);
  const taken = ring === 0 ? levels.takenHighs : levels.takenLows, usual = usualVolume(levels);
  for (let k = 0; k < passed; k++) {
    const z = hits[k];
    if (!((ring === 0 ? price - level[z] : level[z] - price) >= minimumDepth)) {
      insertRung(ladder, 1 - ring, ring === 0 ? -level[z] : level[z], z);
      continue;
    }
    phase[z] = beyond;
    taken[takenCount[ring]++] = z;
    levels.start[z] = row;
    levels.range[z] = range;
    levels.extreme[z] = ring === 0 ? -Infinity : Infinity;
    levels.volume[z] = 0;
    levels.usual[z] = usual;
  }
  sortByAge(taken, takenCount[ring], levels.oldest[ring]);
  watch(levels);
}

/** NaN while there are fewer rows than the period. */
function usualVolume({ volumes, count }: Levels): number {
  if (count < volumes.length) return NaN;
  let sum = 0;
  for (let k = 0; k < volumes.length; k++) sum += volumes[k];
  return sum / volumes.length;
}

/** What a bar means for the levels of a side that are taken, its own included, the oldest first; `price` is its extreme on that side. */
function follow(
  events: Table<typeof sweepSchema>, levels: Levels, ring: number, price: number, close: number, volume: number, delta: number, row: number, { within, maximumDepth }: SweepsOptions,
): void {
  const { level, extreme, takenCount } = levels, taken = ring === 0 ? levels.takenHighs : levels.takenLows, count = takenCount[ring];
  let staying = 0;
  for (let k = 0; k < count; k++) {
    const z = taken[k];
    if (ring === 0 ? price > extreme[z] : price < extreme[z]) {
      extreme[z] = price;
      levels.delta[z] = delta;
    }
    levels.volume[z] += volume;
    const outside = row - levels.start[z], depth = Math.abs(extreme[z] - level[z]) / levels.range[z], isBack = ring === 0 ? close < level[z] : close > level[z];
    if (depth > maximumDepth || (!isBack && outside >= within)) tell(events, levels, eventCode.liquidityRun, ring === 0 ? 1 : -1, z, row, depth);
    else if (isBack) tell(events, levels, eventCode.liquiditySweep, ring === 0 ? -1 : 1, z, row, depth);
    else taken[staying++] = z;
  }
  takenCount[ring] = staying;
}

function tell(events: Table<typeof sweepSchema>, levels: Levels, kind: number, direction: number, z: number, row: number, depth: number): void {
  const { level, extreme, start, volume, usual } = levels, outside = row - start[z];
  appendEvent(events, kind, direction, start[z], row, levels.id[z], Math.min(level[z], extreme[z]), Math.max(level[z], extreme[z]), depth);
  const k = events.length - 1;
  events.rowsOutside[k] = outside;
  events.volumeRatio[k] = usual[z] > 0 ? volume[z] / (outside + 1) / usual[z] : NaN;
  events.delta[k] = levels.delta[z];
  levels.phase[z] = free;
}
