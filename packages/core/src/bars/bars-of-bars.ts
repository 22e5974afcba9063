/** Time bars of smaller bars. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { DataError } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { checkIntervals, minuteIntervals, type IntervalOptions } from './intervals.ts';
import {
  barFields,
  beginBar,
  buyVolumeField,
  closeField,
  closeTimeField,
  cutShort,
  endField,
  fromRowField,
  highField,
  lowField,
  noBars,
  openField,
  sellVolumeField,
  settleAt,
  settleBefore,
  tickCountField,
  timeFields,
  toRowField,
  volumeField,
} from './unfinished-bars.ts';

const input = { openTime: 'i64', closeTime: 'i64', open: 'f64', high: 'f64', low: 'f64', close: 'f64' } as const;
const optional = { volume: 'f64', buyVolume: 'f64', sellVolume: 'f64', tickCount: 'f64' } as const;

/**
 * Time bars of smaller bars: five minutes of minutes, days of hours.
 *
 * Definition  a bar belongs to the interval in which it opens; first open, highest high, lowest low, last close, summed volumes and tick counts;
 *             fromRow and toRow are rows of the smaller bars. The intervals of the smaller bars must lie within the larger, and `lateness` be theirs
 * Units       as the input's     Lag  known at closeTime = end + lateness by the clock, together with the last smaller bar; one cut short by a new segment is known
 *             with the first bar of that segment, at its closeTime if that is earlier
 * NaN         absorbed: a NaN price or volume makes that figure of the larger bar NaN     Errors  RangeError for options; DataError with the row where a smaller
 *             bar is known later than its larger one, because it straddles the end or because `lateness` is too small
 * Source      none: the usual definition; equal to `timeBars` of the ticks (volumes too, as far as their sums are exact)
 * Oracle      shared ohlc-aggregation/sample_m1_data.json.gz
 * Example     interval 20, bars (openTime 0, closeTime 10, 5 7 5 7) (10, 20, 6 6 4 4), clock to 20  ->  one bar: 0 to 20, open 5, high 7, low 4, close 4, rows [0, 2)
 */
export const barsOfBars: Engine<IntervalOptions, typeof input, {}, { bars: typeof barSchema }, {}, typeof optional> = /* @__PURE__ */ defineEngine({
  name: 'barsOfBars',
  input,
  optional,
  appended: { bars: barSchema },
  clocked: ['bars'],
  defaults: { ...minuteIntervals, interval: 300_000_000_000 } as IntervalOptions,
  check: (options) => checkIntervals('barsOfBars', options),
  mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
  scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
  init: noBars,

  advance(state, columns, { bars }, from, to, options) {
    const { base, openTime, closeTime, open, high, low, close, volume, buyVolume, sellVolume, tickCount } = columns;
    for (let i = from; i < to; i++) {
      settleBefore(state, bars, openTime, closeTime, i);
      const isFirst = state.isOpen === 0,
        at = isFirst ? beginBar(state, openTime, i, options) : (state.count - 1) * barFields,
        { values, times } = state;
      if (closeTime[i] > times[(state.count - 1) * timeFields + closeTimeField]) {
        const known = times[(state.count - 1) * timeFields + closeTimeField],
          end = times[(state.count - 1) * timeFields + endField];
        throw new DataError(
          `barsOfBars: a bar known at ${closeTime[i]} is part of one that ends at ${end} and is known at ${known}: its interval straddles the end, or lateness is too small`,
          { row: base + i, column: 'closeTime' },
        );
      }
      if (isFirst) {
        values[at + openField] = open[i];
        values[at + fromRowField] = base + i;
      }
      values[at + highField] = Math.max(values[at + highField], high[i]);
      values[at + lowField] = Math.min(values[at + lowField], low[i]);
      values[at + closeField] = close[i];
      if (volume !== undefined) values[at + volumeField] += volume[i];
      if (buyVolume !== undefined) values[at + buyVolumeField] += buyVolume[i];
      if (sellVolume !== undefined) values[at + sellVolumeField] += sellVolume[i];
      if (tickCount !== undefined) values[at + tickCountField] += tickCount[i];
      values[at + toRowField] = base + i + 1;
    }
  },
  clock: (state, _columns, { bars }, time) => settleAt(state, bars, time),
  end: (state, { closeTime }, { bars }, row) => cutShort(state, bars, closeTime[row]),
});
