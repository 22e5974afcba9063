import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type EventTable } from '@zanzibar/core';

/**
 * Trade-throughs: one aggressor takes several price levels at once.
 *
 * Definition  trades in a row with one time and one known side, at prices that never fall (bought; rise, sold), are one order's; it is a trade-through if they are at `levels` prices or
 *             more. A trade of another time or side, without a side, or back in price ends it. Without order ids two orders of one time look like one.
 *             What was left at its last price, and how soon it was filled up again, takes the book beyond the top and is not said here
 * Events      `tradeThrough`: direction the aggressor's, originRow its first trade, knownRow the row that ends it (the next one, also where a segment begins), level0 and level1 its lowest
 *             and highest price, value its volume
 * Units       price and sizes in     Warm-up  0 rows     Lag  the rows of the order
 * NaN         a trade without a price or a positive, finite size ends what came before and is none
 * Source      F. Pomponio, F. Abergel, Multiple-limit trades: empirical facts and application to lead-lag measures, Quantitative Finance 13 (2013)
 * Oracle      reference packages/engines/test/reference/trade-events.ts
 * Oracle      reference packages/engines/test/reference/trades-by-scan.ts
 * Example     at one time bought 2 at 10, 3 at 11, 1 at 11, then anything later: direction 1, levels 10 and 11, value 6
 */
export interface TradeThroughsOptions {
  /** Prices that it takes at least. @defaultValue 2 */
  levels: number;
}

const inputColumns = { time: 'i64', price: 'f64', size: 'f64', side: 'i8' } as const;
type Order = { first: number; side: number; firstPrice: number; lastPrice: number; levels: number; volume: number };

export const tradeThroughs: Engine<TradeThroughsOptions, typeof inputColumns, {}, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'tradeThroughs',
  input: inputColumns,
  appended: { events: eventSchema },
  kinds: ['tradeThrough'],
  units: { value: 'volume' },
  defaults: { levels: 2 },
  check({ levels }) {
    positiveInteger('tradeThroughs: levels', levels);
  },
  mirror: 'exact',
  scale: 'exact',
  // The order that the last rows may be; side 0 is none.
  init: () => ({ first: NaN, side: 0, firstPrice: NaN, lastPrice: NaN, levels: 0, volume: 0, time: new BigInt64Array(1) }),

  advance(state, { base, time, price, size, side }, { events }, from, to, { levels }) {
    for (let i = from; i < to; i++) {
      const p = price[i], s = size[i], sign = p - p === 0 && s > 0 && s < Infinity ? side[i] : 0;
      if (sign !== 0 && sign === state.side && time[i] === state.time[0] && (sign > 0 ? p >= state.lastPrice : p <= state.lastPrice)) {
        if (p !== state.lastPrice) state.levels++;
        state.lastPrice = p;
        state.volume += s;
        continue;
      }
      finish(state, events, base + i, levels);
      state.side = sign;
      state.first = base + i;
      state.firstPrice = state.lastPrice = p;
      state.levels = 1;
      state.volume = s;
      state.time[0] = time[i];
    }
  },

  end(state, { base }, { events }, row, { levels }) {
    finish(state, events, base + row, levels);
  },
});

function finish({ first, side, firstPrice, lastPrice, levels, volume }: Order, events: EventTable, row: number, least: number): void {
  if (side !== 0 && levels >= least) appendEvent(events, eventCode.tradeThrough, side, first, row, NaN, Math.min(firstPrice, lastPrice), Math.max(firstPrice, lastPrice), volume);
}
