import { appendEvent, defineEngine, eventCode, eventSchema, makeGrid, oneOf, positiveInteger, toTicks, type Engine } from '@zanzibar/core';
import { checkTick, needTick } from '../profile/session-profile.ts';
import { cellColumns } from './volume-clusters.ts';

/**
 * Exhaustion: towards a bar's extreme aggressive volume dries up.
 *
 * Definition  at the high: the last `rows` adjacent rows up to the highest have falling buyVolume, each less than the one below, and the highest no more than `share` of the volume of the
 *             bar's heaviest row. `confirm: 'close'`: known at the bar's close; `'flip'`: if the bar's delta is above 0 and the next bar's below 0, known at the close of that one. Lows
 *             mirror with sellVolume
 * Events      `exhaustion`: direction -1 at a high, +1 at a low, originRow the bar, level0 the row's price, value the aggressive volume there
 * Units       tick and rowTicks are those of the footprint; value as the sizes'     Warm-up  0 rows     Lag  0 with 'close', 1 with 'flip'
 * NaN         the footprint has none; a bar without trades flips nothing
 * Source      trading practice without a primary source (footprint reading)
 * Oracle      reference packages/engines/test/reference/footprint-events.ts
 * Oracle      reference packages/engines/test/reference/trades-by-scan.ts
 * Example     bought 50, 9, 6, 2 at 10 to 13, sold 5 at 10: 9 > 6 > 2 and 2 <= 0.1 x 55: exhaustion at 13, known when a bar with negative delta follows
 */
export interface ExhaustionOptions {
  /** The instrument's tick, as the footprint's. There is no default. */
  tick: number;
  /** Ticks in a row, as the footprint's. @defaultValue 1 */
  rowTicks: number;
  /** Rows with falling volume, at least 2. @defaultValue 3 */
  rows: number;
  /** Share of the heaviest row's volume that the last one has at most. @defaultValue 0.1 */
  share: number;
  /** What makes it known. @defaultValue 'flip' */
  confirm: 'flip' | 'close';
}

export const exhaustion: Engine<ExhaustionOptions, {}, {}, { events: typeof eventSchema }, { cells: typeof cellColumns }> = /* @__PURE__ */ defineEngine({
  name: 'exhaustion',
  input: {},
  reads: { cells: cellColumns },
  appended: { events: eventSchema },
  kinds: ['exhaustion'],
  units: { value: 'volume' },
  optionUnits: { tick: 'range' },
  defaults: { tick: NaN, rowTicks: 1, rows: 3, share: 0.1, confirm: 'flip' } as ExhaustionOptions,
  check({ tick, rowTicks, rows, share, confirm }) {
    checkTick('exhaustion', tick);
    positiveInteger('exhaustion: rowTicks', rowTicks);
    positiveInteger('exhaustion: rows', rows);
    if (rows < 2) throw new RangeError(`exhaustion: rows must be at least 2, was ${rows}`);
    if (!(share >= 0 && share <= 1)) throw new RangeError(`exhaustion: share must be from 0 to 1, was ${share}`);
    oneOf('exhaustion: confirm', confirm, ['flip', 'close']);
  },
  lag: ({ confirm }) => (confirm === 'flip' ? 1 : 0),
  mirror: 'exact',
  scale: 'exact',
  // Of the bar before: price and volume at its high and low where they wait for a flip, else NaN.
  init({ tick }) {
    needTick('exhaustion', tick);
    return { high: NaN, highVolume: NaN, low: NaN, lowVolume: NaN };
  },

  advance(state, { base, tables, offsets }, { events }, from, to, { tick, rowTicks, rows, share, confirm }) {
    const { price, volume, buyVolume, sellVolume } = tables.cells, start = offsets.cells, grid = makeGrid(tick);
    for (let i = from; i < to; i++) {
      const first = start[i], end = start[i + 1], row = base + i;
      let delta = 0, most = 0;
      for (let k = first; k < end; k++) {
        delta += buyVolume[k] - sellVolume[k];
        most = Math.max(most, volume[k]);
      }
      if (delta < 0 && state.high === state.high) appendEvent(events, eventCode.exhaustion, -1, row - 1, row, NaN, state.high, NaN, state.highVolume);
      if (delta > 0 && state.low === state.low) appendEvent(events, eventCode.exhaustion, 1, row - 1, row, NaN, state.low, NaN, state.lowVolume);
      state.high = state.low = NaN;
      if (end - first < rows) continue;
      let top = buyVolume[end - 1] <= share * most, bottom = sellVolume[first] <= share * most;
      for (let k = 1; k < rows; k++) {
        top &&= buyVolume[end - 1 - k] > buyVolume[end - k] && toTicks(grid, price[end - k]) - toTicks(grid, price[end - 1 - k]) === rowTicks;
        bottom &&= sellVolume[first + k] > sellVolume[first + k - 1] && toTicks(grid, price[first + k]) - toTicks(grid, price[first + k - 1]) === rowTicks;
      }
      if (confirm === 'close') {
        if (top) appendEvent(events, eventCode.exhaustion, -1, row, row, NaN, price[end - 1], NaN, buyVolume[end - 1]);
        if (bottom) appendEvent(events, eventCode.exhaustion, 1, row, row, NaN, price[first], NaN, sellVolume[first]);
        continue;
      }
      if (top && delta > 0) {
        state.high = price[end - 1];
        state.highVolume = buyVolume[end - 1];
      }
      if (bottom && delta < 0) {
        state.low = price[first];
        state.lowVolume = sellVolume[first];
      }
    }
  },
});
