import { type RandomStream, randomStream } from '../random.ts';
import type { Columns, GrowingTable } from '../table.ts';
import { activity } from './activity.ts';
import type { CheckedMarketOptions } from './market-options.ts';
import type { QuoteRows } from './quote-maker.ts';
import type { Session } from './session.ts';
import { waitingTime } from './waiting-time.ts';

export const tradeColumns = { since: 'f64', price: 'f64', size: 'f64', side: 'i8' } as const;
export type TradeRows = Columns<typeof tradeColumns>;

/** Makes the trades of one session after the other, each against the quote that stands at its time. */
export class TradeMaker {
  readonly #options: CheckedMarketOptions;
  readonly #stream: RandomStream;
  #side = 1;

  constructor(options: CheckedMarketOptions) {
    this.#options = options;
    this.#stream = randomStream(options.seed, 'trades');
  }

  addSession(session: Session, quotes: GrowingTable, trades: GrowingTable): void {
    const { since, bid, ask } = quotes.columns as unknown as QuoteRows, stream = this.#stream;
    let second = 0, row = session.quotesFrom - 1;
    for (;;) {
      second += waitingTime(stream, this.#options.tradesPerDay * activity(session.clock + second));
      if (!(second < session.seconds)) return;
      if (stream.uniform() < 0.3) this.#side = -this.#side;
      const size = 1_000 * Math.ceil(100 * stream.exponential() + 1e-9), time = Math.floor(second * 1000) * 1_000_000;
      while (row + 1 < quotes.length && since[row + 1] <= time) row++;
      if (row >= session.quotesFrom) trades.push({ since: time, price: this.#side > 0 ? ask[row] : bid[row], size, side: this.#side });
    }
  }
}
