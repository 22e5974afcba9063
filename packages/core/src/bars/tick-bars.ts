/** Tick bars: bars of equally many ticks. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveInteger } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { checkTickPrice, hasPrice, priceColumns, takeTicks, tickColumns, type TickPriceOptions } from './tick-price.ts';
import { barFields, clearBar, closeTimeField, openTimeField, tickCountField, timeFields, writeBar } from './unfinished-bars.ts';

export interface TickBarsOptions extends TickPriceOptions {
  /** Ticks in a bar. @defaultValue 100 */
  readonly count: number;
}

/**
 * Tick bars: open, high, low, close and volume of every `count` ticks, whatever time they take.
 *
 * Definition  openTime and closeTime are the times of the first and the last tick; prices, volumes and rows as in `timeBars`. The ticks of a bar that a new segment
 *             finds unfinished make none: every bar holds `count` ticks and is proven by its own last row
 * Units       time UTC ns, prices as the input's     Lag  known at the row of the last tick
 * NaN         a row without the chosen price is no tick and is not counted; a NaN size makes the bar's volumes NaN
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      B. Mandelbrot, H. Taylor, On the distribution of stock price differences, Operations Research 15(6), 1967 (time measured in transactions)
 * Oracle      shared mlfinpy/expected.json
 * Example     count 2, trades (time 1, price 5) (9, 7) (10, 6)  ->  one bar: openTime 1, closeTime 9, open 5, high 7, low 5, close 7, rows [0, 2)
 */
export const tickBars: Engine<TickBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'tickBars',
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: { count: 100, price: 'mid', ticksPerUnit: 0 } as TickBarsOptions,
    check(options) {
      positiveInteger('tickBars: count', options.count);
      checkTickPrice('tickBars', options);
    },
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init() {
      const values = new Float64Array(barFields);
      clearBar(values, 0);
      return { values, times: new BigInt64Array(timeFields) };
    },

    advance({ values, times }, input, { bars }, from, to, options) {
      const { time, base, size, side } = input,
        { count } = options,
        prices = priceColumns('tickBars', input, options);
      for (let i = from; i < to; ) {
        if (values[tickCountField] === 0 && hasPrice(prices, i)) times[openTimeField] = time[i];
        const end = endOfTicks(prices, i, to, count - values[tickCountField], values[tickCountField] === 0);
        takeTicks(values, 0, prices, size, side, base, i, end);
        i = end;
        if (values[tickCountField] < count) continue;
        times[closeTimeField] = time[end - 1];
        writeBar(bars, values, 0, times, 0);
        clearBar(values, 0);
      }
    },
  });

/** One past the row of the last of `ticks` ticks from row `from`, at most `to`; with `isStart` a row without a price ends it at once. */
function endOfTicks(prices: Parameters<typeof hasPrice>[0], from: number, to: number, ticks: number, isStart: boolean): number {
  if (isStart && !hasPrice(prices, from)) return from + 1;
  let left = ticks,
    i = from;
  for (; i < to && left > 0; i++) if (hasPrice(prices, i)) left--;
  return i;
}
