/** Renko bars: bricks of one height, whatever time and volume they take. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveInteger, positiveNumber } from '../errors.ts';
import { barSchema } from '../schemas.ts';
import { noBar, takeStretch, type OneBar, type TickColumns } from './one-bar.ts';
import { checkTickPrice, priceAt, priceColumns, tickColumns, type TickPriceOptions } from './tick-price.ts';
import {
  buyVolumeField,
  clearBar,
  closeField,
  closeTimeField,
  fromRowField,
  highField,
  lowField,
  openField,
  openTimeField,
  sellVolumeField,
  tickCountField,
  toRowField,
  volumeField,
  writeBar,
  type BarTable,
} from './unfinished-bars.ts';

export interface RenkoBarsOptions extends TickPriceOptions {
  /** Height of a brick, in price units: fixed for the whole run, also where it was chosen by an ATR. @defaultValue 1 */
  readonly box: number;
  /** A price at which an edge lies: the first tick then begins at the nearest edge. NaN begins at the first tick's price. @defaultValue NaN */
  readonly origin: number;
  /** Bricks that one tick may make at most: one further away is a wrong price or another market, and begins anew. @defaultValue 10000 */
  readonly mostBricks: number;
}

/**
 * Renko bars: a brick for every `box` that the price goes on, and, after two, for every one that it goes back.
 *
 * Definition  the first tick gives the first edge and belongs to no brick. From the edges (lower, upper) of the last brick, a tick at or above upper + box makes a
 *             rising brick from upper to upper + box, one at or below lower - box a falling one from lower to lower - box, and so on until it is reached; a reversal
 *             thus takes two boxes. open and close are the edges; the first brick of a tick keeps the wick against it (lowest tick since the brick before, of a
 *             rising one), the last one the tick's own price as its high or low. The first brick's rows are all ticks since the brick before, those of the others the
 *             one tick alone, with tickCount 0; volumes are shared equally among the bricks of a tick. A tick more than `mostBricks` boxes away makes none and
 *             begins anew like the first. With `ticksPerUnit` edges lie on the grid of half ticks. A brick edge is no price at which anyone could trade: fills come from ticks
 * Units       `box` and `origin` in price units     Lag  known at the row of the tick that makes it; all bricks of a tick are known at once
 * NaN         a row without the chosen price is no tick and counts nowhere; a NaN size makes the volumes NaN
 * Errors      RangeError for options, TypeError where the price's columns are missing
 * Source      S. Nison, Beyond Candlesticks, Wiley 1994, chapter 8; gives the bricks of Stock Indicators for .NET v3, whose wicks are those of its input bars
 * Oracle      shared stock-indicators/results/renko.standard.json.gz
 * Example     box 1, trades (time 1, price 5) (9, 5.5) (10, 7.2)  ->  two bars known at time 10: 5 to 6 (low 5, rows [1, 3)) and 6 to 7 (high 7.2, rows [2, 3))
 */
export const renkoBars: Engine<RenkoBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'renkoBars',
    version: 2,
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: { box: 1, origin: NaN, mostBricks: 10_000, price: 'mid', ticksPerUnit: 0 } as RenkoBarsOptions,
    optionUnits: { box: 'range', origin: 'price' },
    check(options) {
      const { box, origin, ticksPerUnit } = options;
      positiveNumber('renkoBars: box', box);
      positiveInteger('renkoBars: mostBricks', options.mostBricks);
      checkTickPrice('renkoBars', options);
      if (Math.abs(origin) === Infinity) throw new RangeError(`renkoBars: origin must be a number, or NaN for none, was ${origin}`);
      if (ticksPerUnit > 0 && Math.round(box * 2 * ticksPerUnit) < 1)
        throw new RangeError(`renkoBars: box must be at least half a tick, was ${box} with ${ticksPerUnit} ticks per unit`);
    },
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: () => ({ seed: NaN, lower: 0, upper: 0, ...noBar() }),

    advance(state, input, { bars }, from, to, options) {
      const prices = priceColumns('renkoBars', input, options);
      let i = from,
        above = edge(state.seed, state.upper + 1, options),
        below = edge(state.seed, state.lower - 1, options);
      for (let end = from; end < to; end++) {
        const price = priceAt(prices, end);
        if (price > below && price < above) continue;
        const count = boxesTo(state, price, options);
        if (count >= 1 && count <= options.mostBricks) {
          takeStretch(state, prices, input, i, end + 1);
          writeBricks(state, bars, input, end, price, count, options);
        } else {
          takeStretch(state, prices, input, i, end);
          if (price === price) begin(state, price, options);
        }
        i = end + 1;
        above = edge(state.seed, state.upper + 1, options);
        below = edge(state.seed, state.lower - 1, options);
      }
      takeStretch(state, prices, input, i, to);
    },
  });

type Bricks = OneBar & {
  /** Price of the edge counted 0; NaN before the first tick. */
  seed: number;
  /** Edges of the last brick, in boxes from the seed; the same before the first one. */
  lower: number;
  upper: number;
};

/** Price of the edge that is `count` boxes from the seed. */
function edge(seed: number, count: number, { box, ticksPerUnit }: RenkoBarsOptions): number {
  const price = seed + count * box;
  return ticksPerUnit > 0 ? (Math.round(price * 2 * ticksPerUnit) + 0) / (2 * ticksPerUnit) : price;
}

/** How many boxes lie between the last brick and a price; NaN before the first price and without one. */
function boxesTo({ seed, lower, upper }: Bricks, price: number, options: RenkoBarsOptions): number {
  const { box } = options,
    direction = price > edge(seed, upper, options) ? 1 : -1,
    start = direction > 0 ? upper : lower;
  const reaches = (count: number): boolean => (price - edge(seed, start + direction * count, options)) * direction >= 0;
  let count = Math.round(Math.abs(price - edge(seed, start, options)) / box);
  if (!(count <= options.mostBricks)) return count;
  while (reaches(count + 1)) count++;
  while (!reaches(count)) count--;
  return count;
}

/** The price is the first one, or as good as the first one: it gives an edge and belongs to no brick. */
function begin(state: Bricks, price: number, { origin, box }: RenkoBarsOptions): void {
  state.seed = origin === origin ? origin : price;
  state.lower = state.upper = origin === origin ? Math.round((price - origin) / box) : 0;
  clearBar(state.values, 0);
}

/** The tick at position i, which the bar has taken, makes `count` bricks. */
function writeBricks(
  state: Bricks,
  bars: BarTable,
  { base, time }: TickColumns,
  i: number,
  price: number,
  count: number,
  options: RenkoBarsOptions,
): void {
  const { values, times, seed, lower, upper } = state,
    direction = price > edge(seed, upper, options) ? 1 : -1,
    start = direction > 0 ? upper : lower;
  for (const field of [volumeField, buyVolumeField, sellVolumeField]) values[field] /= count;
  const highest = values[highField],
    lowest = values[lowField];
  times[closeTimeField] = time[i];
  values[toRowField] = base + i + 1;
  for (let k = 0; k < count; k++) {
    const open = edge(seed, start + direction * k, options),
      close = edge(seed, start + direction * (k + 1), options),
      wick = k === 0 ? (direction > 0 ? lowest : highest) : open,
      reach = k === count - 1 ? price : close;
    values[openField] = open;
    values[closeField] = close;
    values[highField] = Math.max(open, close, wick, reach);
    values[lowField] = Math.min(open, close, wick, reach);
    writeBar(bars, values, 0, times, 0);
    times[openTimeField] = time[i];
    values[tickCountField] = 0;
    values[fromRowField] = base + i;
  }
  clearBar(values, 0);
  state.lower = Math.min(start + direction * count, start + direction * (count - 1));
  state.upper = state.lower + 1;
}
