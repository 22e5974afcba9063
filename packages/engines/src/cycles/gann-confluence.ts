import { defineEngine, eventCode, positiveInteger, positiveNumber, type Engine } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';
import { percentLevelSchema } from './percent-levels.ts';
import { levelSchema } from './square-of-nine.ts';

/**
 * Gann confluence: how many different families of levels lie near the close: square of nine, percent levels, angles, swings, previous high and low. A count
 * without direction: no evidence is claimed for it; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  a family counts once if one of its levels lies within tolerance * atr of the close: levels of the newest row of the tables `squareOfNine` and `percent`;
 *             the newest known swing high and swing low; the columns oneByFour to fourByOne (`gannAngles`) and previousHigh and previousLow, where they are wired.
 *             `literal` counts levels instead, all of them within `literalTolerance` of the close: that of the source, which counts one family three times
 * Units       price in, counts out     Warm-up  0 rows     Lag  0
 * NaN         levels and bars with NaN are near nothing; without an atr nothing is near, but the literal count needs none
 * Source      Quantam-imo/quantum-market-observer, backend/core/gann_engine.py (price_clusters), for the literal count
 * Oracle      reference packages/engines/test/reference/gann-confluence.ts
 * Example     close 100, atr 4, levels of the square at 99.5 and 100.5, a swing high at 101, tolerance 0.25: confluence 2, literal 3
 */
export interface GannConfluenceOptions {
  /** Distance in atr that counts as near. @defaultValue 0.25 */
  tolerance: number;
  /** Share of the close that the literal count takes for near. @defaultValue 0.01 */
  literalTolerance: number;
  /** Levels of a table that are remembered. @defaultValue 32 */
  cap: number;
}

type Lines = { oneByFour: 'f64'; oneByTwo: 'f64'; oneByOne: 'f64'; twoByOne: 'f64'; fourByOne: 'f64'; previousHigh: 'f64'; previousLow: 'f64' };
const lines: Lines = { oneByFour: 'f64', oneByTwo: 'f64', oneByOne: 'f64', twoByOne: 'f64', fourByOne: 'f64', previousHigh: 'f64', previousLow: 'f64' };

export const gannConfluence: Engine<
  GannConfluenceOptions, { readonly close: 'f64'; readonly atr: 'f64' }, { readonly confluence: 'i32'; readonly literal: 'i32' }, {},
  { swings: typeof swingColumns; squareOfNine: typeof levelSchema; percent: typeof percentLevelSchema }, Lines
> = /* @__PURE__ */ defineEngine({
  name: 'gannConfluence',
  input: { close: 'f64', atr: 'f64' },
  optional: lines,
  reads: { swings: swingColumns, squareOfNine: levelSchema, percent: percentLevelSchema },
  aligned: { confluence: 'i32', literal: 'i32' },
  defaults: { tolerance: 0.25, literalTolerance: 0.01, cap: 32 },
  check({ tolerance, literalTolerance, cap }) {
    positiveNumber('gannConfluence: tolerance', tolerance);
    positiveNumber('gannConfluence: literalTolerance', literalTolerance);
    positiveInteger('gannConfluence: cap', cap);
  },
  units: { confluence: 'count', literal: 'count' },
  mirror: { none: 'the square of nine has a centre: its levels are not those of the mirrored market' },
  scale: { none: 'a rounding may carry a level over the edge of the tolerance' },
  // A table's newest levels and the row that they are of.
  init: ({ cap }) => ({ high: NaN, low: NaN, squareRow: NaN, squareCount: 0, square: new Float64Array(cap), percentRow: NaN, percentCount: 0, percent: new Float64Array(cap) }),

  advance(state, input, { confluence, literal }, from, to, { tolerance, literalTolerance, cap }) {
    const { close, atr, oneByFour, oneByTwo, oneByOne, twoByOne, fourByOne, previousHigh, previousLow, tables: { swings, squareOfNine, percent }, offsets } = input;
    for (let i = from; i < to; i++) {
      for (let k = offsets.swings[i]; k < offsets.swings[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        if (swings.direction[k] > 0) state.high = swings.level0[k];
        else state.low = swings.level0[k];
      }
      for (let k = offsets.squareOfNine[i]; k < offsets.squareOfNine[i + 1]; k++) {
        // A new swing, though of the same row, takes the place of the one before it.
        if (squareOfNine.ref[k] !== state.squareRow) state.squareCount = 0;
        state.squareRow = squareOfNine.ref[k];
        if (state.squareCount < cap) state.square[state.squareCount++] = squareOfNine.level[k];
      }
      for (let k = offsets.percent[i]; k < offsets.percent[i + 1]; k++) {
        if (percent.knownRow[k] !== state.percentRow) state.percentCount = 0;
        state.percentRow = percent.knownRow[k];
        if (state.percentCount < cap) state.percent[state.percentCount++] = percent.level[k];
      }
      const price = close[i], near = tolerance * atr[i], wide = literalTolerance * Math.abs(price);
      const square = count(state.square, state.squareCount, price, near), legs = count(state.percent, state.percentCount, price, near);
      const one = distanceOf(oneByFour, i, price), two = distanceOf(oneByTwo, i, price), three = distanceOf(oneByOne, i, price), four = distanceOf(twoByOne, i, price), five = distanceOf(fourByOne, i, price);
      const above = distanceOf(previousHigh, i, price), below = distanceOf(previousLow, i, price), high = Math.abs(state.high - price), low = Math.abs(state.low - price);
      let families = 0;
      if (square > 0) families++;
      if (legs > 0) families++;
      if (one <= near || two <= near || three <= near || four <= near || five <= near) families++;
      if (high <= near || low <= near) families++;
      if (above <= near || below <= near) families++;
      confluence[i] = families;
      literal[i] = isWithin(one, wide) + isWithin(two, wide) + isWithin(three, wide) + isWithin(four, wide) + isWithin(five, wide) + isWithin(above, wide) + isWithin(below, wide)
        + isWithin(high, wide) + isWithin(low, wide) + count(state.square, state.squareCount, price, wide) + count(state.percent, state.percentCount, price, wide);
    }
  },
});

function count(levels: Float64Array, known: number, price: number, near: number): number {
  let found = 0;
  for (let k = 0; k < known; k++) if (Math.abs(levels[k] - price) <= near) found++;
  return found;
}

/** NaN where the column is not wired: near nothing. */
function distanceOf(column: Float64Array | undefined, row: number, price: number): number {
  return column === undefined ? NaN : Math.abs(column[row] - price);
}

function isWithin(distance: number, wide: number): number {
  return distance <= wide ? 1 : 0;
}
