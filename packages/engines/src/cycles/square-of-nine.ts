import { defineEngine, eventCode, positiveInteger, positiveNumber, type Engine } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';

/**
 * The level that lies `degrees` further out (below 0: in) on the square of nine from a price.
 *
 * Definition  unit * (sqrt(price / unit) + degrees / 180)^2: 45 degrees are .25 of a root, 360 are 2; NaN past the centre and for a price below 0
 * Units       price in and out, in `unit` price units: 2567.5 and 25675 have different levels     NaN  in, out
 * Source      W. D. Gann's Square of Nine in the form in which his followers publish it; numbers in packages/engines/test/papers/gann.ts
 * Example     40, 225 degrees -> 57.37
 */
export function squareOfNineLevel(price: number, degrees: number, unit: number = 1): number {
  positiveNumber('squareOfNineLevel: unit', unit);
  const root = Math.sqrt(price / unit) + degrees / 180;
  return root >= 0 ? unit * root * root : NaN;
}

/**
 * Where a number lies on the square of nine, in degrees from 0 up to 360.
 *
 * Definition  180 sqrt(price / unit) - 225 modulo 360     Units  price in, degrees out     NaN  in, out; also below 0
 * Source      as `squareOfNineLevel`     Example  23055 -> 105.97
 */
export function squareOfNineAngle(price: number, unit: number = 1): number {
  positiveNumber('squareOfNineAngle: unit', unit);
  const degrees = (180 * Math.sqrt(price / unit) - 225) % 360;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** Levels that come out of a swing, one row each; levels of a newer row take the place of all older ones. */
export const levelSchema = { knownRow: 'f64', originRow: 'f64', ref: 'f64', degrees: 'f64', level: 'f64' } as const;

/**
 * Square of nine levels: those around each swing's price, every `step` degrees out and in. Levels only: no evidence is claimed that price heeds them; an
 * information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  for each swing, at its knownRow, k = 1 to `count`: squareOfNineLevel of its price at k * step and, while it stays on the square, at -k * step degrees. Table
 *             `levels`: knownRow, originRow and ref those of the swing. `above` and `below`: the nearest level of the last swing at or beyond the close
 * Units       price in and out     Warm-up  that of the swings     Lag  none of its own
 * NaN         above and below where there is no level on that side, or the close is NaN; a swing below 0 has no levels
 * Source      as `squareOfNineLevel`
 * Oracle      paper packages/engines/test/papers/gann.ts
 * Oracle      reference packages/engines/test/reference/cycles-by-scan.ts
 * Example     swing at 40, step 225, count 1: level 57.37 at 225 degrees, 25.75 at -225
 */
export interface SquareOfNineLevelsOptions {
  /** Degrees between levels. @defaultValue 90 */
  step: number;
  /** Levels to each side. @defaultValue 4 */
  count: number;
  /** Price that counts as 1 on the square. @defaultValue 1 */
  unit: number;
}

export const squareOfNineLevels: Engine<
  SquareOfNineLevelsOptions, { readonly close: 'f64' }, { readonly above: 'f64'; readonly below: 'f64' }, { levels: typeof levelSchema }, { swings: typeof swingColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'squareOfNineLevels',
  input: { close: 'f64' },
  reads: { swings: swingColumns },
  aligned: { above: 'f64', below: 'f64' },
  sparse: ['above', 'below'],
  appended: { levels: levelSchema },
  defaults: { step: 90, count: 4, unit: 1 },
  check({ step, count, unit }) {
    positiveNumber('squareOfNineLevels: step', step);
    positiveInteger('squareOfNineLevels: count', count);
    positiveNumber('squareOfNineLevels: unit', unit);
  },
  optionUnits: { unit: 'range' },
  mirror: { none: 'the square has a centre: levels above and below a price are not alike' },
  scale: 1e-9,
  init: ({ count }) => ({ active: new Float64Array(2 * count).fill(NaN) }),

  advance({ active }, { close, tables, offsets }, { above, below, levels }, from, to, { step, count, unit }) {
    const { swings } = tables, start = offsets.swings;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        active.fill(NaN);
        for (let n = 0; n < 2 * count; n++) {
          const degrees = (n % 2 === 0 ? step : -step) * (Math.floor(n / 2) + 1), level = swings.level0[k] >= 0 ? squareOfNineLevel(swings.level0[k], degrees, unit) : NaN;
          active[n] = level;
          if (level !== level) continue;
          const at = levels.append();
          levels.knownRow[at] = swings.knownRow[k];
          levels.originRow[at] = swings.originRow[k];
          levels.ref[at] = swings.id[k];
          levels.degrees[at] = degrees;
          levels.level[at] = level;
        }
      }
      above[i] = nearest(active, close[i], 1);
      below[i] = nearest(active, close[i], -1);
    }
  },
});

/** The level nearest to a price at or beyond it on one side. */
export function nearest(levels: Float64Array, price: number, side: number): number {
  let best = NaN;
  for (let k = 0; k < levels.length; k++) if ((levels[k] - price) * side >= 0 && !((levels[k] - best) * side >= 0)) best = levels[k];
  return best;
}
