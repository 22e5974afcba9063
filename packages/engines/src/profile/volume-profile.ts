import { defineEngine, eventSchema, makeGrid, toTicks, type Engine, type Grid, type Table } from '@zanzibar/core';
import { addToLevel, addTradeRows, type PriceLevels } from './price-levels.ts';
import { clearTradeRows, noTradeRows, takeTrades } from './price-rows.ts';
import { checkVolumeProfile, cutProfile, develop, finish, noProfile, profileColumns, profileKinds, profileLevelSchema, touch, volumeProfileDefaults, type VolumeProfileOptions } from './session-profile.ts';

/** What it reads of the trades. */
export const tradeColumns = { price: 'f64', size: 'f64', side: 'i8' } as const;
/** What it reads of a footprint's cells. */
export const profileCellColumns = { knownRow: 'f64', price: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64' } as const;

/**
 * Volume profile: the traded volume by price since the session, or another anchor, began, from the trades themselves.
 *
 * Definition  rows of `rowTicks` ticks, half open, counted from price 0; a price off the grid goes to the nearest tick. A bar brings the trades that became known since the bar before:
 *             join bars that a trade closes to their trades by `combine`. Where a footprint of one-tick rows runs over the same bars, its `cells` stand for the trades, which need not be
 *             sorted into rows twice: wire one of the two. Point of control: the row with most volume, of equals the one nearest to the middle of the range, then the
 *             lower; its price is the row's middle. Value area: grown from there until it holds `share` of the volume, by the larger neighbouring row (`pair`: by the larger sum of two
 *             rows), of equals the upper; its prices are the lowest and the highest tick. A row whose `anchor` is not 0 ends the profile and begins the next, a segment too: what is
 *             final is known then. Nodes: peaks and valleys of the means of three rows (nothing beyond the range) that stand out by `prominence` of the point of control's volume
 * Events      `pointOfControl` (level0, value its volume); with its id as ref: `valueArea` (level0, level1, value its volume), `highVolumeNode` and `lowVolumeNode` in order of price
 *             (level0, value the mean of three), `touched` at the first bar whose range meets the row (naked until then, the bar that ends the profile can be it), `expired` when `cap`
 *             newer points came, `segmentEnd` at a cut. Direction is 0, originRow the profile's first bar, or the bar itself. `levels` holds the rows of finished profiles
 * Units       price and volume in, prices out     Warm-up  0 rows; NaN before the first trade of a profile     Lag  a profile is final when the next begins
 * NaN         a trade without a price below 4e15 ticks or without a positive, finite size is passed over; such a bar touches nothing. A stray price makes a row of its own: quality comes before
 * Source      J. P. Steidlmayer, K. Koy, Markets and Market Logic, 1986; value area by pairs: Chicago Board of Trade, Market Profile handbook, 1991
 * Oracle      shared market-profile/expected.json
 * Oracle      program oracles/volume-nodes/expected.json
 * Oracle      reference packages/engines/test/reference/volume-profile.ts
 * Example     tick 1, trades 10 of size 1, 11 of 4, 12 of 3, 14 of 2: point of control 11, value area 11 to 12, which holds 7 of 10
 */
export const volumeProfile: Engine<
  VolumeProfileOptions, { high: 'f64'; low: 'f64' }, typeof profileColumns, { events: typeof eventSchema; levels: typeof profileLevelSchema }, { trades: typeof tradeColumns; cells: typeof profileCellColumns },
  { anchor: 'i8' }
> = /* @__PURE__ */ defineEngine({
  name: 'volumeProfile',
  version: 2,
  input: { high: 'f64', low: 'f64' },
  optional: { anchor: 'i8' },
  reads: { trades: tradeColumns, cells: profileCellColumns },
  optionalReads: ['trades', 'cells'],
  aligned: profileColumns,
  sparse: ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'],
  appended: { events: eventSchema, levels: profileLevelSchema },
  kinds: profileKinds,
  units: { value: 'volume' },
  optionUnits: { tick: 'range' },
  defaults: volumeProfileDefaults,
  check: options => checkVolumeProfile('volumeProfile', options),
  mirror: { none: 'rows are half open, the lower of two points of control and the upper of two neighbours go first' },
  scale: 'exact',
  // A bar's trades, and the rows of the profile.
  // Two spreads would give every state a class of its own on Node 20, and the kernel would be compiled anew for each.
  init: options => Object.assign(noTradeRows(), noProfile('volumeProfile', options)),

  advance(state, { base, high, low, anchor, tables, offsets }, output, from, to, options) {
    const { price, size, side } = tables.trades, start = offsets.trades, { events, levels } = output, grid = makeGrid(options.tick), { numerator, denominator } = grid;
    if (tables.trades.length > 0 && tables.cells.length > 0) throw new TypeError('volumeProfile: reads trades or the cells of a footprint, not both');
    for (let i = from; i < to; i++) {
      const row = base + i;
      if (state.originRow !== state.originRow) state.originRow = row;
      else if (anchor !== undefined && anchor[i] !== 0) finish(state, events, levels, row, options);
      touch(state, events, high[i], low[i], row);
      clearTradeRows(state);
      takeTrades(state, price, size, side, start[i], start[i + 1], numerator, denominator, options.rowTicks);
      addTradeRows(state, state);
      addCells(state, tables.cells, offsets.cells[i], offsets.cells[i + 1], grid, options.rowTicks);
      develop(state, output, i, options);
    }
  },

  end(state, { base }, { events, levels }, row, options) {
    cutProfile(state, events, levels, base + row, options);
  },
});

/** Adds cells `[from, to)`, which are in order of price. */
function addCells(levels: PriceLevels, { price, volume, buyVolume, sellVolume }: Table<typeof profileCellColumns>, from: number, to: number, grid: Grid, rowTicks: number): void {
  for (let k = from, at = 0; k < to; k++) {
    at = addToLevel(levels, at, Math.floor(toTicks(grid, price[k]) / rowTicks), sellVolume[k], volume[k] - buyVolume[k] - sellVolume[k], buyVolume[k]);
  }
}
