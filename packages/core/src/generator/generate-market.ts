/**
 * A market that nobody traded: quotes and trades of one instrument, the same bytes for the same seed on every machine.
 *
 * Definition  the log of the fair price is a Brownian motion whose speed is the activity of the hour times clustered volatility, plus jumps; quotes come at
 *             random times, more of them when it moves; the spread has a memory, is wider in quiet hours and after jumps; trades take one side of the
 *             quote, in runs; nothing happens outside the calendar's sessions and in outages; one in a hundred quotes has the time of the one before
 * Units       prices on the grid of `tick`, times in whole milliseconds, sizes in units of base currency
 * Streams     price, quotes, volatility, jumps, spread, sizes, gaps, trades: each feature draws from its own, so a new feature or column changes
 *             no byte of the others, and more days only add rows
 * Example     `generateMarket({ seed: 1, days: 10 }).quotes.bid`
 */
import { type Calendar, calendarOf, zoneOffset } from '../calendars/index.ts';
import { GrowingTable } from '../table.ts';
import { nanosecondsPerSecond, timesSince } from '../time.ts';
import { type MarketOptions, marketOptions } from './market-options.ts';
import { QuoteMaker, quoteColumns, type QuoteRows } from './quote-maker.ts';
import type { Session } from './session.ts';
import { TradeMaker, tradeColumns, type TradeRows } from './trade-maker.ts';

export interface GeneratedMarket {
  readonly quotes: {
    readonly time: BigInt64Array; readonly bid: Float64Array; readonly ask: Float64Array; readonly bidSize: Float64Array; readonly askSize: Float64Array;
  };
  readonly trades: {
    readonly time: BigInt64Array; readonly price: Float64Array; readonly size: Float64Array; readonly side: Int8Array; readonly id: BigUint64Array;
  };
  /** The trade dates, as day numbers. */
  readonly dates: readonly number[];
}

export function generateMarket(options: MarketOptions): GeneratedMarket {
  const all = marketOptions(options), calendar = calendarOf(all.calendar);
  const quotes = new GrowingTable(quoteColumns), trades = new GrowingTable(tradeColumns);
  const quoteMaker = new QuoteMaker(all), tradeMaker = new TradeMaker(all);
  const sessions = tradeSessions(calendar, all.firstDay, all.days), made: Session[] = [], dates: number[] = [];
  let minutes = 0;
  for (const { date, open, close, isAfterBreak } of sessions) {
    const seconds = Number((close - open) / BigInt(nanosecondsPerSecond));
    const clock = Number((open / BigInt(nanosecondsPerSecond)) % 86_400n) + zoneOffset('America/New_York', open);
    const session = { open, seconds, clock, isAfterBreak, firstMinute: minutes, quotesFrom: quotes.length, tradesFrom: trades.length };
    quoteMaker.addSession(session, quotes);
    tradeMaker.addSession(session, quotes, trades);
    made.push(session);
    dates.push(date);
    minutes += Math.ceil(seconds / 60);
  }
  const quoteRows = quotes.columns as unknown as QuoteRows, tradeRows = trades.columns as unknown as TradeRows;
  const { bid, ask, bidSize, askSize } = quoteRows, { price, size, side } = tradeRows;
  return {
    quotes: {
      time: times(quoteRows.since, quotes.length, made, 'quotesFrom'), bid: bid.slice(0, quotes.length), ask: ask.slice(0, quotes.length),
      bidSize: bidSize.slice(0, quotes.length), askSize: askSize.slice(0, quotes.length),
    },
    trades: {
      time: times(tradeRows.since, trades.length, made, 'tradesFrom'), price: price.slice(0, trades.length), size: size.slice(0, trades.length),
      side: side.slice(0, trades.length), id: BigUint64Array.from({ length: trades.length }, (_, row) => BigInt(row + 1)),
    },
    dates,
  };
}

function times(since: Float64Array, length: number, sessions: readonly Session[], start: 'quotesFrom' | 'tradesFrom'): BigInt64Array {
  const time = new BigInt64Array(length);
  sessions.forEach((session, i) => timesSince(since, session.open, time, session[start], sessions[i + 1]?.[start] ?? length));
  return time;
}

function tradeSessions(calendar: Calendar, firstDay: number, days: number): { date: number; open: bigint; close: bigint; isAfterBreak: boolean }[] {
  const sessions: { date: number; open: bigint; close: bigint; isAfterBreak: boolean }[] = [];
  for (let date = firstDay; sessions.length < days; date++) {
    if (!calendar.isTradeDate(date)) continue;
    const open = calendar.sessionOpen(date);
    sessions.push({ date, open, close: calendar.sessionClose(date), isAfterBreak: sessions.length > 0 && sessions[sessions.length - 1].close < open });
  }
  return sessions;
}
