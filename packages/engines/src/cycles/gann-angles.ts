import { defineEngine, eventCode, positiveNumber, type Engine } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';

/**
 * Gann angles: lines that rise from the last swing low (fall from the last swing high) by a quarter, half, once, twice and four times a price per bar. Lines
 * only: no evidence is claimed that price heeds them; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  from the newest known swing, direction s (+1 from a low, -1 from a high): line = level0 + s * slope * unit * (row - originRow), slope 1/4, 1/2, 1, 2, 4.
 *             unit = `pricePerBar`, or where that is not given the `atr` of the pivot's row, if it lies among the last 256. "45 degrees" means nothing without it
 * Units       price in and out; direction is s     Warm-up  that of the swings     Lag  none of its own
 * NaN         before the first swing, and from a swing without a unit on until the next
 * Source      W. D. Gann, The Basis of My Forecasting Method, 1935 (1x1, 1x2, 2x1 ...)
 * Oracle      reference packages/engines/test/reference/gann-angles.ts
 * Oracle      reference packages/engines/test/reference/cycles-by-scan.ts
 * Example     swing low 10 at row 2, pricePerBar 0.5: at row 6 oneByFour 10.5, oneByTwo 11, oneByOne 12, twoByOne 14, fourByOne 18
 */
export interface GannAnglesOptions {
  /** Price of the 1x1 a bar; NaN takes the column `atr` of the pivot's row. @defaultValue NaN */
  pricePerBar: number;
}

const remembered = 256;

export const gannAngles: Engine<
  GannAnglesOptions, {}, { readonly direction: 'i8'; readonly oneByFour: 'f64'; readonly oneByTwo: 'f64'; readonly oneByOne: 'f64'; readonly twoByOne: 'f64'; readonly fourByOne: 'f64' },
  {}, { swings: typeof swingColumns }, { atr: 'f64' }
> = /* @__PURE__ */ defineEngine({
  name: 'gannAngles',
  input: {},
  optional: { atr: 'f64' },
  reads: { swings: swingColumns },
  aligned: { direction: 'i8', oneByFour: 'f64', oneByTwo: 'f64', oneByOne: 'f64', twoByOne: 'f64', fourByOne: 'f64' },
  sparse: ['oneByFour', 'oneByTwo', 'oneByOne', 'twoByOne', 'fourByOne'],
  defaults: { pricePerBar: NaN },
  check({ pricePerBar }) {
    if (pricePerBar === pricePerBar) positiveNumber('gannAngles: pricePerBar', pricePerBar);
  },
  units: { direction: 'direction' },
  optionUnits: { pricePerBar: 'range' },
  mirror: { none: 'where one bar is a high and a low, the mirrored market writes them in the other order, and the last one counts' },
  scale: 1e-9,
  init: () => ({ side: 0, level: NaN, originRow: NaN, unit: NaN, ranges: new Float64Array(remembered).fill(NaN) }),

  advance(state, { base, atr, tables, offsets }, output, from, to, { pricePerBar }) {
    const { swings } = tables, start = offsets.swings, { direction, oneByFour, oneByTwo, oneByOne, twoByOne, fourByOne } = output;
    for (let i = from; i < to; i++) {
      const row = base + i;
      state.ranges[row % remembered] = atr === undefined ? NaN : atr[i];
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        state.side = swings.direction[k] > 0 ? -1 : 1;
        state.level = swings.level0[k];
        state.originRow = swings.originRow[k];
        const isNear = row - state.originRow < remembered;
        state.unit = pricePerBar === pricePerBar ? pricePerBar : isNear ? state.ranges[state.originRow % remembered] : NaN;
      }
      const rise = state.side * state.unit * (row - state.originRow);
      direction[i] = rise === rise ? state.side : 0;
      oneByFour[i] = state.level + rise / 4;
      oneByTwo[i] = state.level + rise / 2;
      oneByOne[i] = state.level + rise;
      twoByOne[i] = state.level + rise * 2;
      fourByOne[i] = state.level + rise * 4;
    }
  },
});
