/** Time bars of ticks. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { barSchema } from '../schemas.ts';
import { checkIntervals, minuteIntervals, type IntervalOptions } from './intervals.ts';
import { checkTickPrice, hasPrice, priceColumns, takeTicks, tickColumns, type TickPriceOptions } from './tick-price.ts';
import { barFields, beginBar, cutShort, noBars, settle, settleAt } from './unfinished-bars.ts';

export interface TimeBarsOptions extends IntervalOptions, TickPriceOptions {}

/**
 * Time bars: open, high, low, close and volume of the ticks of each interval.
 *
 * Definition  the intervals are `[start, end)` of a grid from `origin`, or from each of `sessionOpens`; a tick at an end belongs to the next bar, an interval
 *             without ticks makes no bar; rows are assigned by `time`. mid = (bid + ask) / 2, on the half-tick grid where `ticksPerUnit` is given; bid, ask and
 *             trade are taken as they are, crossed quotes too. volume is the sum of `size` in row order, buyVolume and sellVolume those with side +1 and -1,
 *             0 where there is no size; fromRow and toRow enclose the ticks that count
 * Units       time UTC ns, prices as the input's     Lag  known at closeTime = end + lateness by the clock, with or without a later tick;
 *             a bar cut short by a new segment is known by the row that cuts, at that row's time
 * NaN         a row without the chosen price (of a mid: either side) is no tick of these bars and counts nowhere; a NaN size makes the bar's volumes NaN
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      none: the usual definition; gives the second and minute bars of QuantConnect Lean from its ticks
 * Oracle      shared trades-to-ohlcv/XRP_ETH-1m.feather
 * Example     interval 10, trades (time 1, price 5) (9, 7) (10, 6), clock to 10  ->  one bar: openTime 0, closeTime 10, open 5, high 7, low 5, close 7, rows [0, 2)
 */
export const timeBars: Engine<TimeBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'timeBars',
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    clocked: ['bars'],
    defaults: { ...minuteIntervals, price: 'mid', ticksPerUnit: 0 } as TimeBarsOptions,
    check(options) {
      checkIntervals('timeBars', options);
      checkTickPrice('timeBars', options);
    },
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: noBars,

    advance(state, input, { bars }, from, to, options) {
      const { time, base, size, side } = input,
        { due } = state,
        prices = priceColumns('timeBars', input, options);
      for (let i = from; i < to; ) {
        settle(state, bars, time, i);
        if (state.isOpen === 0) {
          if (!hasPrice(prices, i)) {
            i++;
            continue;
          }
          beginBar(state, time, i, options);
        }
        let end = i + 1;
        while (end < to && time[end] < due[0]) end++;
        takeTicks(state.values, (state.count - 1) * barFields, prices, size, side, base, i, end);
        i = end;
      }
    },
    clock: (state, _input, { bars }, time) => settleAt(state, bars, time),
    end: (state, { time }, { bars }, row) => cutShort(state, bars, time[row]),
  });
