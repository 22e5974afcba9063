import { appendEvent, defineEngine, eventCode, eventSchema, makeGrid, nonNegativeInteger, positiveInteger, quantileOfSorted, toTicks, type Engine } from '@zanzibar/core';
import { checkTick, needTick } from '../profile/session-profile.ts';

/**
 * Absorption, from trades alone: much aggressive volume on one side, and price does not move.
 *
 * Definition  a window opens with a trade and closes at the first trade `window` nanoseconds later or more, which opens the next one. It fires if its prices span no more than `bandTicks`
 *             ticks, the larger of what was bought and what was sold in it is at least the `quantile` of the same figure over the `lookback` windows before, and the trade that closes it
 *             is not beyond the band on that side. Equal volumes on both sides do not fire. Without the book who absorbed is not seen: prices stood still, that is all
 * Events      `absorption`: direction against the aggressor, originRow the window's first trade, knownRow the trade that closes it, level0 and level1 the band, value the volume
 * Units       price and sizes in     Warm-up  `lookback` windows of each segment     Lag  that of the closing trade
 * NaN         a trade without a price or a positive, finite size is passed over; the window that a cut ends is forgotten
 * Source      trading practice without a primary source; with the book (displayed size) it is another engine
 * Oracle      reference packages/engines/test/reference/trade-events.ts
 * Oracle      reference packages/engines/test/reference/trades-by-scan.ts
 * Example     tick 1, lookback 2, windows of 2 s with 3 and 4 bought, then one with 9 sold at 10 and 11, and a trade at 10: absorption, direction 1, levels 10 and 11, value 9
 */
export interface AbsorptionOptions {
  /** The instrument's tick. There is no default. */
  tick: number;
  /** Length of a window, nanoseconds. @defaultValue 2000000000 */
  window: number;
  /** Ticks that its prices span at most. @defaultValue 1 */
  bandTicks: number;
  /** Windows with which one is compared. @defaultValue 200 */
  lookback: number;
  /** Quantile of their volumes, 0 to 1. @defaultValue 0.95 */
  quantile: number;
}

const inputColumns = { time: 'i64', price: 'f64', size: 'f64', side: 'i8' } as const;

export const absorption: Engine<AbsorptionOptions, typeof inputColumns, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'absorption',
  input: inputColumns,
  appended: { events: eventSchema },
  kinds: ['absorption'],
  units: { value: 'volume' },
  optionUnits: { tick: 'range' },
  defaults: { tick: NaN, window: 2_000_000_000, bandTicks: 1, lookback: 200, quantile: 0.95 },
  check({ tick, window, bandTicks, lookback, quantile }) {
    checkTick('absorption', tick);
    positiveInteger('absorption: window', window);
    nonNegativeInteger('absorption: bandTicks', bandTicks);
    positiveInteger('absorption: lookback', lookback);
    if (!(quantile >= 0 && quantile <= 1)) throw new RangeError(`absorption: quantile must be from 0 to 1, was ${quantile}`);
  },
  mirror: 'exact',
  scale: 'exact',
  // The open window (`first` is its first row, NaN before any trade) and when it ends; volumes of the windows before, as they came and sorted.
  init({ tick, lookback }) {
    needTick('absorption', tick);
    return { first: NaN, bought: 0, sold: 0, low: NaN, high: NaN, until: new BigInt64Array(1), count: 0, volumes: new Float64Array(lookback), sorted: new Float64Array(lookback) };
  },

  advance(state, { base, time, price, size, side }, { events }, from, to, { tick, window, bandTicks, lookback, quantile }) {
    const { until, volumes, sorted } = state, grid = makeGrid(tick), length = BigInt(window);
    for (let i = from; i < to; i++) {
      const p = price[i], s = size[i];
      if (!(p - p === 0 && s > 0 && s < Infinity)) continue;
      if (!(state.first === state.first && time[i] < until[0])) {
        if (state.first === state.first) {
          const { bought, sold, low, high } = state, volume = Math.max(bought, sold), isStill = toTicks(grid, high) - toTicks(grid, low) <= bandTicks;
          if (isStill && bought !== sold && state.count >= lookback && volume >= quantileOfSorted(sorted, quantile) && (bought > sold ? p <= high : p >= low)) {
            appendEvent(events, eventCode.absorption, bought > sold ? -1 : 1, state.first, base + i, NaN, low, high, volume);
          }
          remember(volumes, sorted, state.count++, volume);
        }
        state.first = base + i;
        until[0] = time[i] + length;
        state.bought = state.sold = 0;
        state.low = state.high = p;
      }
      if (side[i] > 0) state.bought += s;
      else if (side[i] < 0) state.sold += s;
      if (p < state.low) state.low = p;
      if (p > state.high) state.high = p;
    }
  },
});

/** The oldest volume makes room, in order of coming and in order of size. */
function remember(volumes: Float64Array, sorted: Float64Array, count: number, volume: number): void {
  const slot = count % volumes.length, room = count < volumes.length ? count : sorted.indexOf(volumes[slot]);
  let at = room;
  for (; at > 0 && sorted[at - 1] > volume; at--) sorted[at] = sorted[at - 1];
  if (count >= volumes.length) for (; at + 1 < sorted.length && sorted[at + 1] < volume; at++) sorted[at] = sorted[at + 1];
  sorted[at] = volumes[slot] = volume;
}
