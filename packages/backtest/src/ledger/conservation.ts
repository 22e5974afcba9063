/** Conservation: cash and positions equal start, profit and costs, to the unit of money. */
import { Money } from './money.ts';
import type { Venue } from '../simulator/venue.ts';

export interface Conservation {
  readonly start: number;
  /** Profit of what was closed, recomputed from the fills. */
  readonly realised: number;
  readonly unrealised: number;
  /** Fees, recomputed from the fills. */
  readonly fees: number;
  readonly cash: number;
  readonly equity: number;
  /** cash + positions - (start + profit - costs): exactly 0 where money has a unit. */
  readonly difference: number;
}

export function conservation(venue: Venue): Conservation {
  const { ledger, markets, clock } = venue, { money } = ledger;
  const book = new Money(money.perUnit === 0 ? 0 : 1 / money.perUnit, 0);
  return {
    start: money.amount(ledger.start), realised: money.amount(ledger.realised), unrealised: ledger.equity(markets, clock) - money.value, fees: money.amount(ledger.fees), cash: money.value,
    equity: ledger.equity(markets, clock), difference: book.amount(money.counted - (ledger.start + ledger.realised - ledger.fees)),
  };
}
