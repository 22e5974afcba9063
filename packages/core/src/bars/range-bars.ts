/** Range bars: bars whose high and low lie no further apart than a given distance. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveNumber } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { finishBar, noBar, takeStretch } from './one-bar.ts';
import { checkTickPrice, priceAt, priceColumns, tickColumns, type TickPriceOptions } from './tick-price.ts';
import { highField, lowField, tickCountField } from './unfinished-bars.ts';

export interface RangeBarsOptions extends TickPriceOptions {
  /** Largest distance from low to high, in price units. @defaultValue 1 */
  readonly range: number;
}

/**
 * Range bars: the ticks for as long as their prices stay within `range` of one another.
 *
 * Definition  a tick that would make high - low larger than `range` closes the bar without belonging to it and opens the next one; a jump over several ranges makes
 *             no bars that nobody traded. With `ticksPerUnit` distances are compared in half ticks, so that 0.0003 is three ticks of 0.0001 and not a bit more.
 *             fromRow is the bar's first tick, toRow one past the tick that proves it, so rows of neighbours overlap by one; tickCount and volumes are those of the
 *             bar's own ticks. A bar that a new segment finds unfinished is not written
 * Units       `range` in price units     Lag  known at the row of the tick that leaves the range: closeTime is its time, toRow - 1 its row
 * NaN         a row without the chosen price is no tick and counts nowhere; a NaN size makes the bar's volumes NaN
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      the range bars of V. Nicolellis (1995) as charting programs draw them, without their invented bars in gaps; tests compare with a plain loop
 * Oracle      hand packages/core/src/bars/range-bars.test.ts
 * Example     range 1, trades (time 1, price 5) (9, 6) (10, 6.5)  ->  one bar: openTime 1, closeTime 10, open 5, high 6, low 5, close 6, 2 ticks, rows [0, 3)
 */
export const rangeBars: Engine<RangeBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'rangeBars',
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: { range: 1, price: 'mid', ticksPerUnit: 0 } as RangeBarsOptions,
    optionUnits: { range: 'range' },
    check(options) {
      positiveNumber('rangeBars: range', options.range);
      checkTickPrice('rangeBars', options);
      if (options.ticksPerUnit > 0 && halfTicks(options.range, options.ticksPerUnit) < 1)
        throw new RangeError(`rangeBars: range must be at least half a tick, was ${options.range} with ${options.ticksPerUnit} ticks per unit`);
    },
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: noBar,

    advance(state, input, { bars }, from, to, options) {
      const { values } = state,
        prices = priceColumns('rangeBars', input, options),
        { ticksPerUnit } = options,
        most = ticksPerUnit > 0 ? halfTicks(options.range, ticksPerUnit) : options.range;
      let high = values[highField],
        low = values[lowField],
        i = from;
      for (let end = from; end <= to; end++) {
        const price = end < to ? priceAt(prices, end) : NaN;
        if (price <= high && price >= low) continue;
        const top = price > high ? price : high,
          bottom = price < low ? price : low,
          isWithin = ticksPerUnit > 0 ? halfTicks(top - bottom, ticksPerUnit) <= most : top - bottom <= most;
        if (price === price && isWithin) {
          high = top;
          low = bottom;
          continue;
        }
        takeStretch(state, prices, input, i, end);
        i = end;
        if (price !== price) {
          i++;
          continue;
        }
        if (values[tickCountField] > 0) finishBar(state, bars, input, end);
        high = low = price;
      }
    },
  });

function halfTicks(distance: number, ticksPerUnit: number): number {
  return Math.round(distance * 2 * ticksPerUnit);
}
