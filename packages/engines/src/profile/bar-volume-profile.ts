import { defineEngine, eventSchema, makeGrid, positiveInteger, toTicks, type Engine } from '@zanzibar/core';
import { addToLevel, type PriceLevels } from './price-levels.ts';
import { farthestTick } from './price-rows.ts';
import { checkVolumeProfile, cutProfile, develop, finish, noProfile, profileColumns, profileKinds, profileLevelSchema, touch, volumeProfileDefaults, type VolumeProfileOptions } from './session-profile.ts';

export interface BarVolumeProfileOptions extends VolumeProfileOptions {
  /** Ticks that a bar spans at most; a longer one is passed over: its prices are no market's. @defaultValue 100000 */
  maximumTicks: number;
}

const sideColumns = { anchor: 'i8', buyVolume: 'f64', sellVolume: 'f64' } as const;

/**
 * Volume profile of bars, an approximation: where in a bar its volume traded is not known, so every tick from low to high gets an equal share.
 *
 * Definition  otherwise as `volumeProfile`, which has the trades: rows, point of control, value area, nodes, anchors and events are the same
 * Units       price and volume in, prices out     Warm-up  0 rows; NaN before the first volume of a profile     Lag  a profile is final when the next begins
 * NaN         a bar with NaN, without a positive and finite volume, longer than `maximumTicks` or beyond 4e15 ticks brings nothing; one whose range holds NaN touches nothing
 * Source      as `volumeProfile`; the even spread is the convention of charting programs
 * Oracle      reference packages/engines/test/reference/volume-profile.ts
 * Example     tick 1, bars 10 to 11 of volume 4 and 11 to 13 of volume 3: 2, 3, 1, 1 at 10 to 13; point of control 11, value area 10 to 11, which holds 5 of 7
 */
export const barVolumeProfile: Engine<
  BarVolumeProfileOptions, { high: 'f64'; low: 'f64'; volume: 'f64' }, typeof profileColumns, { events: typeof eventSchema; levels: typeof profileLevelSchema }, {}, typeof sideColumns
> = /* @__PURE__ */ defineEngine({
  name: 'barVolumeProfile',
  version: 2,
  input: { high: 'f64', low: 'f64', volume: 'f64' },
  optional: sideColumns,
  aligned: profileColumns,
  sparse: ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'],
  appended: { events: eventSchema, levels: profileLevelSchema },
  kinds: profileKinds,
  units: { value: 'volume' },
  optionUnits: { tick: 'range' },
  defaults: { ...volumeProfileDefaults, maximumTicks: 100_000 } as BarVolumeProfileOptions,
  check(options) {
    checkVolumeProfile('barVolumeProfile', options);
    positiveInteger('barVolumeProfile: maximumTicks', options.maximumTicks);
  },
  mirror: { none: 'rows are half open, the lower of two points of control and the upper of two neighbours go first' },
  scale: 'exact',
  init: (options: BarVolumeProfileOptions) => noProfile('barVolumeProfile', options),

  advance(state, { base, high, low, volume, buyVolume, sellVolume, anchor }, output, from, to, options) {
    const { tick, rowTicks, maximumTicks } = options, { events, levels } = output, grid = makeGrid(tick);
    for (let i = from; i < to; i++) {
      const row = base + i, first = toTicks(grid, low[i]), last = toTicks(grid, high[i]), v = volume[i];
      if (state.originRow !== state.originRow) state.originRow = row;
      else if (anchor !== undefined && anchor[i] !== 0) finish(state, events, levels, row, options);
      touch(state, events, high[i], low[i], row);
      const isRange = last >= first && last - first < maximumTicks && first > -farthestTick && last < farthestTick;
      if (v > 0 && v < Infinity && isRange) spread(state, first, last, rowTicks, v, amount(buyVolume, i), amount(sellVolume, i));
      develop(state, output, i, options);
    }
  },

  end(state, { base }, { events, levels }, row, options) {
    cutProfile(state, events, levels, base + row, options);
  },
});

/** Each tick of `[first, last]` gets an equal share. */
function spread(levels: PriceLevels, first: number, last: number, rowTicks: number, volume: number, buyVolume: number, sellVolume: number): void {
  const ticks = last - first + 1, top = Math.floor(last / rowTicks);
  for (let row = Math.floor(first / rowTicks), at = 0; row <= top; row++) {
    const share = (Math.min(last, row * rowTicks + rowTicks - 1) - Math.max(first, row * rowTicks) + 1) / ticks;
    at = addToLevel(levels, at, row, sellVolume * share, (volume - buyVolume - sellVolume) * share, buyVolume * share);
  }
}

/** What is not known of a side is none. */
function amount(column: Float64Array | undefined, i: number): number {
  return column !== undefined && column[i] > 0 && column[i] < Infinity ? column[i] : 0;
}
