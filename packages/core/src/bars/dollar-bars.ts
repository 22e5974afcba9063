/** Dollar bars: bars of equal traded value. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveNumber } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { advanceMeasured, noMeasuredBar } from './measured-bars.ts';
import { checkTickPrice, priceColumns, tickColumns, type TickPriceOptions } from './tick-price.ts';

export interface DollarBarsOptions extends TickPriceOptions {
  /** What the bars are made of: a side of the quotes, their middle, or the price of trades. @defaultValue 'trade' */
  readonly price: TickPriceOptions['price'];
  /** Value at which a bar is full: price times size, in the quote currency. @defaultValue 1000000 */
  readonly value: number;
}

/**
 * Dollar bars: open, high, low, close of every `value` of money traded, whatever time it takes.
 *
 * Definition  a bar closes with the tick whose |price| x size brings its value to `value` or beyond; that tick belongs to it whole and what it has too much is not
 *             carried over. Contract multipliers are the caller's: divide `value` by them. Times, prices, volumes and rows as in `tickBars`; a bar that a new
 *             segment finds unfinished is not written
 * Units       `value` in price units times units of `size`     Lag  known at the row of the last tick
 * NaN         a row without the chosen price or without a size is no tick of these bars and counts nowhere
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      M. López de Prado, Advances in Financial Machine Learning, Wiley 2018, section 2.3.1; gives the dollar bars of mlfinpy 0.1.2
 * Oracle      shared mlfinpy/expected.json
 * Example     value 20, trades (time 1, price 5, size 2) (9, 7, 2) (10, 6, 1)  ->  one bar: openTime 1, closeTime 9, open 5, high 7, low 5, close 7, volume 4, rows [0, 2)
 */
export const dollarBars: Engine<DollarBarsOptions, { time: 'i64'; size: 'f64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'dollarBars',
    input: { time: 'i64', size: 'f64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: { value: 1_000_000, price: 'trade', ticksPerUnit: 0 } as DollarBarsOptions,
    check(options) {
      positiveNumber('dollarBars: value', options.value);
      checkTickPrice('dollarBars', options);
    },
    mirror: { none: 'bars are a table, and a price turned over is another value' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: noMeasuredBar,
    advance: (state, input, { bars }, from, to, options) =>
      advanceMeasured(state, priceColumns('dollarBars', input, options), input, bars, from, to, options.value, true),
  });
