import { fromTicks } from '../grid.ts';
import { type RandomStream, randomStream } from '../random.ts';
import type { Columns, F64, GrowingTable } from '../table.ts';
import { activity } from './activity.ts';
import type { CheckedMarketOptions } from './market-options.ts';
import type { Session } from './session.ts';
import { ClusteredVolatility } from './volatility.ts';
import { waitingTime } from './waiting-time.ts';
import { exponential } from '../numerics/exponential.ts';

export const quoteColumns: F64<'since' | 'bid' | 'ask' | 'bidSize' | 'askSize'> = { since: 'f64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' };
export type QuoteRows = Columns<typeof quoteColumns>;

/** Makes the quotes of one session after the other. */
export class QuoteMaker {
  readonly #options: CheckedMarketOptions;
  readonly #streams: Record<'price' | 'quotes' | 'jumps' | 'spread' | 'sizes' | 'gaps', RandomStream>;
  readonly #volatility: ClusteredVolatility;
  #log = 0;
  #spreadLog = 0;
  #shock = 0;

  constructor(options: CheckedMarketOptions) {
    const stream = (name: string): RandomStream => randomStream(options.seed, name);
    this.#options = options;
    this.#streams = { price: stream('price'), quotes: stream('quotes'), jumps: stream('jumps'), spread: stream('spread'), sizes: stream('sizes'), gaps: stream('gaps') };
    this.#volatility = new ClusteredVolatility(stream('volatility'));
  }

  addSession(session: Session, quotes: GrowingTable): void {
    const { quotesPerDay, dailyVolatility, jumpsPerDay, outagesPerDay, grid, startPrice } = this.#options, streams = this.#streams;
    const gap = streams.gaps.normal();
    if (session.isAfterBreak) this.#log += 0.3 * dailyVolatility * gap;
    let second = 0, outage = waitingTime(streams.gaps, outagesPerDay), jump = waitingTime(streams.jumps, jumpsPerDay), lastBid = NaN, lastAsk = NaN;
    for (;;) {
      const busy = activity(session.clock + second), speed = this.#volatility.at(session.firstMinute + Math.floor(second / 60));
      const isSameTime = streams.quotes.uniform() < 0.01;
      let pause = isSameTime && second > 0 ? 0 : waitingTime(streams.quotes, quotesPerDay * busy * (0.4 + 0.6 * speed));
      if (second + pause >= outage) {
        pause += 10 + 60 * streams.gaps.uniform();
        outage = second + pause + waitingTime(streams.gaps, outagesPerDay);
      }
      second += pause;
      if (second >= session.seconds) return;
      this.#log += dailyVolatility * speed * Math.sqrt((busy * pause) / 86_400) * streams.price.normal();
      this.#shock *= 0.97;
      while (jump <= second) {
        const size = (0.05 + 0.1 * streams.jumps.exponential()) * dailyVolatility;
        this.#log += streams.jumps.uniform() < 0.5 ? -size : size;
        this.#shock = 1;
        jump += waitingTime(streams.jumps, jumpsPerDay);
      }
      const spread = this.#nextSpread(busy), mid = (startPrice * exponential(this.#log) * grid.denominator) / grid.numerator;
      const bid = Math.max(1, Math.round(mid - spread / 2)), ask = bid + spread;
      const bidSize = nextSize(streams.sizes), askSize = nextSize(streams.sizes);
      if (bid === lastBid && ask === lastAsk) continue;
      lastBid = bid;
      lastAsk = ask;
      quotes.push({ since: Math.floor(second * 1000) * 1_000_000, bid: fromTicks(grid, bid), ask: fromTicks(grid, ask), bidSize, askSize });
    }
  }

  #nextSpread(busy: number): number {
    this.#spreadLog = 0.95 * this.#spreadLog + 0.06 * this.#streams.spread.normal();
    return Math.max(1, Math.round((this.#options.spreadTicks * exponential(this.#spreadLog) * (1 + 3 * this.#shock)) / Math.sqrt(Math.min(1, busy))));
  }
}

/** One to ten millions, small ones more often. */
function nextSize(stream: RandomStream): number {
  return 1_000_000 * Math.min(10, 1 + Math.floor(2 * stream.exponential()));
}
