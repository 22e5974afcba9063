/** Volume bars: bars of equal volume. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveNumber } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { advanceMeasured, noMeasuredBar } from './measured-bars.ts';
import { checkTickPrice, priceColumns, tickColumns, type TickPriceOptions } from './tick-price.ts';

export interface VolumeBarsOptions extends TickPriceOptions {
  /** What the bars are made of: a side of the quotes, their middle, or the price of trades. @defaultValue 'trade' */
  readonly price: TickPriceOptions['price'];
  /** Volume at which a bar is full, in units of `size`. @defaultValue 1000 */
  readonly volume: number;
}

/**
 * Volume bars: open, high, low, close of every `volume` traded, whatever time it takes.
 *
 * Definition  a bar closes with the tick whose size brings its volume to `volume` or beyond; that tick belongs to it whole and what it has too much is not carried
 *             over. Times, prices, volumes and rows as in `tickBars`; a bar that a new segment finds unfinished is not written
 * Units       `volume` as the sizes'     Lag  known at the row of the last tick
 * NaN         a row without the chosen price or without a size is no tick of these bars and counts nowhere
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      M. López de Prado, Advances in Financial Machine Learning, Wiley 2018, section 2.3.1; gives the volume bars of mlfinpy 0.1.2
 * Oracle      shared mlfinpy/expected.json
 * Example     volume 3, trades (time 1, price 5, size 2) (9, 7, 2) (10, 6, 1)  ->  one bar: openTime 1, closeTime 9, open 5, high 7, low 5, close 7, volume 4, rows [0, 2)
 */
export const volumeBars: Engine<VolumeBarsOptions, { time: 'i64'; size: 'f64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'volumeBars',
    input: { time: 'i64', size: 'f64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: { volume: 1000, price: 'trade', ticksPerUnit: 0 } as VolumeBarsOptions,
    check(options) {
      positiveNumber('volumeBars: volume', options.volume);
      checkTickPrice('volumeBars', options);
    },
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: noMeasuredBar,
    advance: (state, input, { bars }, from, to, options) =>
      advanceMeasured(state, priceColumns('volumeBars', input, options), input, bars, from, to, options.volume, false),
  });
