import { defineEngine, tickSign, type Engine, type SomeColumns } from '@zanzibar/core';

/** Rules for a trade's aggressor. */
export const tradeSignRules = ['aggressor', 'quote', 'tick', 'leeReady', 'emo', 'clnv', 'depth', 'tradeSize'] as const;
export type TradeSignRule = (typeof tradeSignRules)[number];

/**
 * Trade sign: who was the aggressor of each trade, by the venue's flag, the last quote before it and the price before it.
 *
 * Definition  the quote is the last one with an earlier time; it counts if ask >= bid. `aggressor` the venue's side; `quote` +1 above the middle, -1 below; `tick` +1 where the last
 *             different price was lower, -1 where it was higher; `leeReady` quote, then tick; `emo` quote where the price is the ask or the bid and not both, else tick; `clnv` quote
 *             within the outer three tenths of the spread, edges included, else tick; `depth` at the middle +1 if the ask shows more, -1 if the bid does; `tradeSize` +1 if the size is
 *             that of the bid alone, -1 if that of the ask alone. Rules are tried in order until one tells; else side is 0: what is unknown stays apart. signedVolume = side x size
 * Units       signedVolume as the sizes', 1 a trade without sizes     Warm-up  0 rows     Lag  0
 * NaN         a row without a price has side 0 and is passed over; without a price or size signedVolume is NaN; a quote with NaN tells nothing,
 *             and without quotes only the flag and the tick rule speak
 * Source      C. Lee, M. Ready, Inferring trade direction from intraday data, Journal of Finance 46 (1991), without their lag of 5 s; K. Ellis, R. Michaely, M. O'Hara, The accuracy of
 *             trade classification rules, Journal of Financial and Quantitative Analysis 35 (2000); B. Chakrabarty, B. Li, V. Nguyen, R. Van Ness, Journal of Banking & Finance 31 (2007); depth and trade size: C. Grauer,
 *             P. Schuster, M. Uhrig-Homburg, Option trade classification, 2022
 * Oracle      program oracles/trade-sign/expected.json
 * Example     quote 10 to 12; trades 12, 11, 11, 10 give +1 (above the middle), -1 (at it, after a higher price), -1, -1
 */
export interface TradeSignOptions {
  /** Rules in the order in which they are tried. @defaultValue ['aggressor', 'quote', 'tick'] */
  rules: readonly TradeSignRule[];
}

const tradeColumns = { size: 'f64', side: 'i8' } as const;
/** What it reads of the quotes; `bidSize` and `askSize` where they are. */
export const signQuoteColumns = { time: 'i64', bid: 'f64', ask: 'f64' } as const;
const sizeColumns = { bidSize: 'f64', askSize: 'f64' } as const;

export const tradeSign: Engine<TradeSignOptions, { time: 'i64'; price: 'f64' }, { side: 'i8'; signedVolume: 'f64' }, {}, { quotes: typeof signQuoteColumns }, typeof tradeColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'tradeSign',
    input: { time: 'i64', price: 'f64' },
    optional: tradeColumns,
    reads: { quotes: signQuoteColumns },
    optionalReads: ['quotes'],
    aligned: { side: 'i8', signedVolume: 'f64' },
    sparse: ['side', 'signedVolume'],
    units: { side: 'direction', signedVolume: 'signed' },
    defaults: { rules: ['aggressor', 'quote', 'tick'] } as TradeSignOptions,
    check({ rules }) {
      if (!Array.isArray(rules) || rules.length === 0) throw new RangeError(`tradeSign: rules must name at least one of ${tradeSignRules.join(', ')}, was ${String(rules)}`);
      for (const rule of rules) if (!tradeSignRules.includes(rule)) throw new RangeError(`tradeSign: rules must be of ${tradeSignRules.join(', ')}, was ${rule}`);
    },
    mirror: 'exact',
    scale: 'exact',
    // The newest quote's time; that quote and, after it, the last one of an earlier time: bid, ask, bid size, ask size.
    init: ({ rules }) => ({
      previous: NaN, tick: 0, newest: new BigInt64Array(1), quotes: new Float64Array(8).fill(NaN), rules: Uint8Array.from(rules, rule => tradeSignRules.indexOf(rule)),
    }),

    advance(state, { time, price, size, side: flag, tables, offsets }, { side, signedVolume }, from, to) {
      const { quotes, newest, rules } = state, { time: quoteTime, bid, ask } = tables.quotes, start = offsets.quotes;
      const { bidSize, askSize } = tables.quotes as SomeColumns<typeof sizeColumns>;
      let { previous, tick } = state;
      for (let i = from; i < to; i++) {
        for (let k = start[i]; k < start[i + 1]; k++) {
          if (quoteTime[k] !== newest[0]) quotes.copyWithin(4, 0, 4);
          newest[0] = quoteTime[k];
          quotes[0] = bid[k];
          quotes[1] = ask[k];
          quotes[2] = bidSize === undefined ? NaN : bidSize[k];
          quotes[3] = askSize === undefined ? NaN : askSize[k];
        }
        const p = price[i];
        side[i] = 0;
        signedVolume[i] = NaN;
        if (p !== p) continue;
        tick = tickSign(p, previous, tick);
        previous = p;
        const at = newest[0] < time[i] ? 0 : 4, volume = size === undefined ? 1 : size[i];
        let sign = 0;
        for (let r = 0; r < rules.length && sign === 0; r++) {
          sign = rules[r] === 0 ? (flag === undefined ? 0 : flag[i]) : rules[r] === 2 ? tick : quoteSign(rules[r], p, volume, tick, quotes[at], quotes[at + 1], quotes[at + 2], quotes[at + 3]);
        }
        side[i] = sign;
        signedVolume[i] = sign * volume + 0;
      }
      state.previous = previous;
      state.tick = tick;
    },
  });

/** A rule that needs the quote, by its place in `tradeSignRules`. */
function quoteSign(rule: number, price: number, size: number, tick: number, bid: number, ask: number, bidSize: number, askSize: number): number {
  // A crossed quote and one with NaN have no middle; prices like 0.1 meet it within the noise of their doubles only.
  const above = ask >= bid ? price - bid - (ask - price) : NaN, noise = 4e-15 * Math.abs(price), quote = above > noise ? 1 : above < -noise ? -1 : 0;
  if (rule === 1) return quote;
  if (rule === 3) return quote === 0 ? tick : quote;
  if (rule === 4) return (price === ask) !== (price === bid) ? quote : tick;
  if (rule === 5) return isOuter(price, bid, ask, noise) ? quote : tick;
  if (rule === 6) return Math.abs(above) <= noise ? (askSize > bidSize ? 1 : askSize < bidSize ? -1 : 0) : 0;
  return bidSize === askSize ? 0 : size === bidSize ? 1 : size === askSize ? -1 : 0;
}

/** Within three tenths of the spread from one quote, edges included, and not from the other. */
function isOuter(price: number, bid: number, ask: number, noise: number): boolean {
  const reach = 0.3 * (ask - bid) + noise, upper = price <= ask && ask - price <= reach, lower = price >= bid && price - bid <= reach;
  return upper !== lower;
}
