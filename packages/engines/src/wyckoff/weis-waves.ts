import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, positiveNumber, type Engine, type F64 } from '@zanzibar/core';
import { medianOfSorted, replaceSorted } from './sorted-window.ts';
import { found, measure, newYardstick } from './yardstick.ts';

/**
 * Weis waves: volume summed over the waves of a zigzag, and waves whose effort brought little.
 *
 * Definition  a wave ends at its extreme (of equal ones the first), known at the first bar that closes `reversal` average true ranges (Wilder's, of the bar
 *             before) or more back from it. The next wave's extreme so far is then that of the bars after this one up to there, and bars after that count for
 *             what comes then. A wave's volume is that of the bars after the extreme before, up to and with its own. effort = volume / median of the last
 *             `memory` waves of its side, result = the same of |price change| / a, a the range at the bar that knows it.
 *             waveAbsorption, against the wave's direction: effort > absorption * result; value is effort / result
 * Units       price and volume in; level0 and level1 are the wave's prices, lower first; effort, result and value without unit
 * Warm-up     atrPeriod + 1 rows, then two waves of no known beginning     Lag  variable, until the reversal; fromRow is the extreme before, originRow the extreme
 * NaN         a bar with NaN is left out as if it had not come; effort and result are NaN before `memory` waves of the side, and where a median is 0 or both are infinite
 * Source      after D. H. Weis, Trades About to Happen, 2013, and R. D. Wyckoff's wave chart
 * Oracle      reference packages/engines/test/reference/weis-waves.ts
 * Example     bars of one price 10 11 12 11 10 9 10 11 12 11 10, volume 1 1 2 3 4 5 6 7 8 4 4, atrPeriod 1, reversal 2: a wave down from row 2 to 5, known at 7, of
 *             volume 3 + 4 + 5, and one up from row 5 to 8, known at 10, of volume 6 + 7 + 8
 */
export interface WeisWavesOptions {
  /** Average true ranges from an extreme to the close that ends the wave. @defaultValue 3 */
  reversal: number;
  /** Waves of one side in the medians. @defaultValue 10 */
  memory: number;
  /** Effort over result from which a wave was absorbed. @defaultValue 1.5 */
  absorption: number;
  /** Bars in the average true range. @defaultValue 14 */
  atrPeriod: number;
}

/** A wave that has ended; `originRow` is its last row, `fromRow` the extreme before it. */
export const waveSchema = {
  direction: 'i8', fromRow: 'f64', originRow: 'f64', knownRow: 'f64', level0: 'f64', level1: 'f64', volume: 'f64', effort: 'f64', result: 'f64',
} as const;

export const weisWaves: Engine<WeisWavesOptions, F64<'high' | 'low' | 'close' | 'volume'>, {}, { waves: typeof waveSchema; events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'weisWaves',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  appended: { waves: waveSchema, events: eventSchema },
  kinds: ['waveAbsorption'],
  defaults: { reversal: 3, memory: 10, absorption: 1.5, atrPeriod: 14 },
  check({ reversal, memory, absorption, atrPeriod }) {
    positiveNumber('weisWaves: reversal', reversal);
    positiveInteger('weisWaves: memory', memory);
    positiveNumber('weisWaves: absorption', absorption);
    positiveInteger('weisWaves: atrPeriod', atrPeriod);
  },
  units: { value: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ memory, atrPeriod }) => ({
    // Direction of the wave under way, 0 before the first; price turned over by it is always rising. Its extreme so far, the counter extreme after that, and
    // volume up to the one, from there to the other, and since.
    side: 0, end: NaN, endRow: NaN, counter: NaN, counterRow: NaN, volume: 0, counterVolume: 0, tail: 0, fromRow: NaN, fromPrice: NaN,
    // Before the first wave: the extremes of all bars.
    top: -Infinity, topRow: NaN, bottom: Infinity, bottomRow: NaN,
    // Volumes and lengths of the last waves by age, then the same in ascending order.
    ups: 0, downs: 0, upVolumes: new Float64Array(2 * memory), upLengths: new Float64Array(2 * memory), downVolumes: new Float64Array(2 * memory), downLengths: new Float64Array(2 * memory),
    range: newYardstick(atrPeriod),
  }),

  advance(state, { base, high, low, close, volume }, { waves, events }, from, to, { reversal, memory, absorption }) {
    for (let i = from; i < to; i++) {
      const h = high[i], l = low[i], c = close[i], v = volume[i], whole = h + l + c + v, row = base + i;
      if (whole !== whole) continue;
      measure(state.range, high, low, close, i);
      const a = state.range[found], turn = reversal * a, side = state.side;
      if (side === 0) {
        begin(state, h, l, c, v, row, turn);
        continue;
      }
      const peak = side > 0 ? h : -l, trough = side > 0 ? l : -h;
      if (peak > state.end) {
        state.end = peak;
        state.endRow = row;
        state.volume += state.counterVolume + state.tail + v;
        state.counter = Infinity;
        state.counterVolume = state.tail = 0;
      } else if (trough < state.counter) {
        state.counter = trough;
        state.counterRow = row;
        state.counterVolume += state.tail + v;
        state.tail = 0;
      } else state.tail += v;
      if (!(state.end - side * c >= turn)) continue;
      if (state.fromRow === state.fromRow) {
        const price = side * state.end, way = Math.abs(price - state.fromPrice), length = way === 0 ? 0 : way / a;
        const volumes = side > 0 ? state.upVolumes : state.downVolumes, lengths = side > 0 ? state.upLengths : state.downLengths, count = side > 0 ? state.ups : state.downs;
        const effort = share(state.volume, volumes, memory, count), result = share(length, lengths, memory, count), at = waves.append();
        waves.direction[at] = side;
        waves.fromRow[at] = state.fromRow;
        waves.originRow[at] = state.endRow;
        waves.knownRow[at] = row;
        waves.level0[at] = Math.min(state.fromPrice, price);
        waves.level1[at] = Math.max(state.fromPrice, price);
        waves.volume[at] = state.volume;
        waves.effort[at] = effort;
        waves.result[at] = result;
        if (effort > absorption * result) appendEvent(events, eventCode.waveAbsorption, -side, state.endRow, row, NaN, waves.level0[at], waves.level1[at], effort / result);
        if (side > 0) state.ups++;
        else state.downs++;
      }
      state.side = -side;
      state.fromRow = state.endRow;
      state.fromPrice = side * state.end;
      state.end = 0 - state.counter;
      state.endRow = state.counterRow;
      state.volume = state.counterVolume;
      state.counter = Infinity;
      state.counterVolume = 0;
    }
  },
});

type Start = { side: number; end: number; endRow: number; counter: number; top: number; topRow: number; bottom: number; bottomRow: number };

/** The first bar that closes far enough from an extreme sets the direction of the first wave, whose beginning is not known. */
function begin(state: Start & { fromRow: number; fromPrice: number; volume: number }, high: number, low: number, close: number, volume: number, row: number, turn: number): void {
  if (high > state.top) {
    state.top = high;
    state.topRow = row;
  }
  if (low < state.bottom) {
    state.bottom = low;
    state.bottomRow = row;
  }
  const isDown = state.top - close >= turn, isUp = close - state.bottom >= turn;
  // Of two turns at one bar the one from the later extreme counts; a bar that is both decides nothing.
  if ((!isDown && !isUp) || (isDown && isUp && state.topRow === state.bottomRow)) return;
  state.side = isDown && !(isUp && state.bottomRow > state.topRow) ? -1 : 1;
  state.end = state.side > 0 ? high : -low;
  state.endRow = row;
  state.volume = volume;
  state.counter = Infinity;
}

/** A value over the median of those before, NaN where they are too few or that is 0; then it is one of them. */
function share(value: number, values: Float64Array, memory: number, count: number): number {
  const at = count % memory, middle = count < memory ? 0 : medianOfSorted(values, memory, memory);
  replaceSorted(values, memory, Math.min(count, memory), count < memory ? NaN : values[at], value);
  values[at] = value;
  return middle === 0 ? NaN : value / middle;
}
