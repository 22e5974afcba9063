/**
 * Conservation: no money appears or vanishes between the start and the end of a run.
 *
 * Definition  difference = cash at the end + open positions - (cash at the start + profit of round trips before costs + profit of open positions - costs), each
 *             side summed from its own records: the left from the equity table, the right from round trips, fills and the final marks
 * Units       account currency. With a unit of money the difference must be exactly 0; without one it may be 1e-12 of the money turned over.
 */
import { compensatedSum } from '@zanzibar/core';

export interface ConservationInput {
  /** Cash at the start. */
  readonly cash: number;
  /** Equity at the end, as the ledger has it. */
  readonly finalEquity: number;
  /** Profit of closed round trips before costs, account currency. */
  readonly gross: ArrayLike<number>;
  /** Fees and rebates of all fills, funding, borrow, less dividends, account currency. */
  readonly costs: ArrayLike<number>;
  /** Profit of the positions still open, marked, before costs. */
  readonly openProfit: number;
  /** Smallest unit of money, 0 is none. */
  readonly moneyUnit: number;
  /** Money turned over: the scale of rounding where there is no unit. */
  readonly turnover: number;
}

export interface Conservation {
  readonly difference: number;
  readonly tolerance: number;
  readonly holds: boolean;
}

export function checkConservation({ cash, finalEquity, gross, costs, openProfit, moneyUnit, turnover }: ConservationInput): Conservation {
  const expected = compensatedSum(Float64Array.of(cash, compensatedSum(gross), openProfit, -compensatedSum(costs)));
  // Amounts are whole multiples of the unit; counting them as such keeps the check free of the rounding of decimal fractions.
  const difference = moneyUnit > 0 ? Math.round((finalEquity - expected) / moneyUnit) * moneyUnit + 0 : finalEquity - expected;
  const tolerance = moneyUnit > 0 ? 0 : 1e-12 * Math.max(Math.abs(cash), Math.abs(turnover));
  return { difference, tolerance, holds: Math.abs(difference) <= tolerance };
}
