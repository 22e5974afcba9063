/** How much an order is for, where it does not say so itself (`fills.md` 59 and 68). */
import { againstOrder, roundToGrid } from '@zanzibar/core';
import type { OrderRequest } from '../strategy/strategy.ts';
import type { Market } from './market.ts';
import type { Sizing } from './setup.ts';
import type { Venue } from './venue.ts';

const oneUnit: Sizing = { kind: 'units', units: 1 };

/** Quantity before it is cut to steps; NaN where it has no answer. `price` and `stopPrice` are the order's own, rounded, NaN where it has none. */
export function askedQuantity(venue: Venue, market: Market, request: OrderRequest, price: number, stopPrice: number): number {
  if (request.quantity !== undefined) return request.quantity;
  const { sizing = oneUnit } = venue.setup.options, { side } = request;
  let percent = request.percentOfEquity ?? NaN, risk = request.riskFraction ?? NaN;
  if (percent !== percent && risk !== risk) {
    if (sizing.kind === 'units') return sizing.units;
    if (sizing.kind === 'percentOfEquity') percent = sizing.fraction;
    else risk = sizing.fraction;
  }
  let reference = price === price ? price : stopPrice;
  if (reference !== reference) {
    const at = market.standing(venue.clock);
    reference = market.taken(side > 0 ? market.standingBuy(at) : market.standingSell(at), side);
  }
  const equity = venue.ledger.equity(venue.markets, venue.clock);
  if (percent === percent) return (equity * percent) / (reference * market.multiplier);
  const stop = roundToGrid(market.prices, request.stop ?? NaN, againstOrder(-side));
  return (equity * risk) / (Math.abs(reference - stop) * market.multiplier);
}
