/**
 * Conservation: cash and positions equal start, profit and costs, all of it recomputed from the fills alone.
 *
 * Definition  difference = cash + positions - (start + realised + unrealised - fees - funding - borrow + dividends), where positions is what the ledger's open quantities would bring
 *             and all others come from a second reading of the fills. Exactly 0 where money has a unit; without one within 1e-12 of turnover.
 *             Of every other currency the same, by itself; the amounts given are those of the account's, `cash` has all of them.
 * Units       account currency
 */
import type { Venue } from '../simulator/venue.ts';

export interface Conservation {
  readonly start: number;
  readonly realised: number;
  readonly unrealised: number;
  readonly fees: number;
  /** Paid less received, swaps among it. */
  readonly funding: number;
  readonly borrow: number;
  /** Received less paid. */
  readonly dividends: number;
  readonly cash: number;
  readonly equity: number;
  readonly difference: number;
}

export function conservation(venue: Venue): Conservation {
  const { ledger, markets, clock, trips } = venue, { money } = ledger;
  trips.settle(venue);
  let unrealised = 0, apart = 0, foreign = 0;
  for (const market of markets) {
    for (const holding of market.holdings) {
      const { position, average } = holding, { held, average: paid } = trips.bookOf(market.rank, holding), worth = ledger.worth(market, clock);
      const recomputed = held === 0 ? 0 : (market.mark(clock, held) - paid) * held * worth;
      const kept = position === 0 ? 0 : (market.mark(clock, position) - average) * position * worth;
      unrealised += recomputed;
      apart += kept - recomputed;
    }
  }
  ledger.currencies?.moneys.forEach((balance, place) => void (foreign += Math.abs(balance.amount(balance.counted - ledger.currencies!.expected[place]))));
  return {
    start: money.amount(ledger.start), realised: money.amount(trips.realised), unrealised, fees: money.amount(trips.fees), funding: money.amount(trips.funding), borrow: money.amount(trips.borrow), dividends: money.amount(trips.dividends), cash: ledger.cash(clock),
    equity: ledger.equity(markets, clock), difference: money.amount(money.counted - (ledger.start + trips.realised - trips.fees - trips.funding - trips.borrow + trips.dividends)) + apart + foreign,
  };
}
