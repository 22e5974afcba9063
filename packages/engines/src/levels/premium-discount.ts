import { defineEngine, eventCode, nonNegativeNumber, oneOf, type Engine, type F64 } from '@zanzibar/core';
import { levelColumns } from './level-columns.ts';

/**
 * Premium and discount: where the close lies between the last swing low and the last swing high.
 *
 * Definition  lo, hi: the last swing low and high known by this bar, its own included; with `trailing` the lowest low and highest high since, that bar's
 *             included. p = (close - lo) / (hi - lo), unclipped. band: +2 from 1 - extreme on, -2 up to extreme, 0 within equilibrium / 2 of the middle, else
 *             +1 above and -1 below it. Where the last swing is the high, (hi - close) / (hi - lo) from entryFrom to entryTo makes optimalEntry +1; where it is
 *             the low, (close - lo) / (hi - lo) makes it -1; where both are one bar, and outside, 0
 * Units       price in; rangeLow and rangeHigh prices, percent 100 p, band and optimalEntry signs
 * Warm-up     until a swing of each side is known     Lag  none of its own; the range moves at the rows at which swings are known
 * NaN         percent is NaN, band and optimalEntry are 0, where the close is NaN, a side is not known yet or lo >= hi
 * Source      inner-circle trading practice, no primary source; trailing extremes and bands as LuxAlgo's Smart Money Concepts states them (top and bottom 5 %,
 *             equilibrium 47.5 to 52.5 %), optimal trade entry 62 to 79 %
 * Oracle      reference packages/engines/test/reference/premium-discount.ts
 * Example     swing low 10 of row 0, swing high 20 of row 1, close 13 gives percent 30, band -1, optimalEntry 1: 70 % of the leg is retraced
 */
export interface PremiumDiscountOptions {
  /** The range: of the last swings, or stretched by what came since. @defaultValue 'swings' */
  range: 'swings' | 'trailing';
  /** Share of the range at either end that counts as extreme. @defaultValue 0.05 */
  extreme: number;
  /** Share of the range around its middle that is neither. @defaultValue 0.05 */
  equilibrium: number;
  /** Share of the leg that is retraced where the optimal entry begins. @defaultValue 0.62 */
  entryFrom: number;
  /** And where it ends. @defaultValue 0.79 */
  entryTo: number;
}

export const premiumDiscount: Engine<
  PremiumDiscountOptions, F64<'high' | 'low' | 'close'>, F64<'rangeLow' | 'rangeHigh' | 'percent'> & { band: 'i8'; optimalEntry: 'i8' }, {}, { swings: typeof levelColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'premiumDiscount',
  input: { high: 'f64', low: 'f64', close: 'f64' },
  reads: { swings: levelColumns },
  aligned: { rangeLow: 'f64', rangeHigh: 'f64', percent: 'f64', band: 'i8', optimalEntry: 'i8' },
  sparse: ['rangeLow', 'rangeHigh', 'percent', 'band', 'optimalEntry'],
  defaults: { range: 'swings', extreme: 0.05, equilibrium: 0.05, entryFrom: 0.62, entryTo: 0.79 } as PremiumDiscountOptions,
  check({ range, extreme, equilibrium, entryFrom, entryTo }) {
    oneOf('premiumDiscount: range', range, ['swings', 'trailing']);
    nonNegativeNumber('premiumDiscount: extreme', extreme);
    nonNegativeNumber('premiumDiscount: equilibrium', equilibrium);
    nonNegativeNumber('premiumDiscount: entryFrom', entryFrom);
    if (!(entryTo >= entryFrom)) throw new RangeError(`premiumDiscount: entryTo must be at least entryFrom (${entryFrom}), was ${entryTo}`);
  },
  units: { percent: 'oscillator', band: 'direction', optimalEntry: 'direction' },
  pairs: [['rangeLow', 'rangeHigh']],
  mirror: 1e-12,
  scale: 'exact',
  init: () => ({ lo: NaN, hi: NaN, lowRow: NaN, highRow: NaN }),

  advance(state, { high, low, close, tables, offsets }, output, from, to, { range, extreme, equilibrium, entryFrom, entryTo }) {
    const { swings } = tables, start = offsets.swings, { rangeLow, rangeHigh, percent, band, optimalEntry } = output;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        if (swings.direction[k] > 0) {
          state.hi = swings.level0[k];
          state.highRow = swings.originRow[k];
        } else {
          state.lo = swings.level0[k];
          state.lowRow = swings.originRow[k];
        }
      }
      if (range === 'trailing') {
        if (high[i] > state.hi) state.hi = high[i];
        if (low[i] < state.lo) state.lo = low[i];
      }
      const { lo, hi, lowRow, highRow } = state, width = hi - lo, isRange = width > 0, above = close[i] - lo, below = hi - close[i];
      rangeLow[i] = lo;
      rangeHigh[i] = hi;
      percent[i] = isRange ? (100 * above) / width : NaN;
      band[i] = optimalEntry[i] = 0;
      if (!isRange) continue;
      // Each side is measured from its own end, so that the mirrored market gives the mirrored bands.
      if (below <= extreme * width) band[i] = 2;
      else if (above <= extreme * width) band[i] = -2;
      else if (Math.abs(above - below) > equilibrium * width) band[i] = above > below ? 1 : -1;
      if (highRow > lowRow && below >= entryFrom * width && below <= entryTo * width) optimalEntry[i] = 1;
      if (lowRow > highRow && above >= entryFrom * width && above <= entryTo * width) optimalEntry[i] = -1;
    }
  },
});
