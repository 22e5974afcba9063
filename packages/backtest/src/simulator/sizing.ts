/** How much an order is for, where it does not say so itself (`fills.md` 59, 68, B1 to B3). */
import { againstOrder, roundToGrid, wholeSteps } from '@zanzibar/core';
import type { OrderRequest, TargetRequest } from '../strategy/strategy.ts';
import type { FeeBook } from '../ledger/fee-book.ts';
import type { Market } from './market.ts';
import { isEnd, market as marketKind } from './order.ts';
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
  const equity = venue.ledger.equity(venue.markets, venue.clock), worth = venue.ledger.worth(market, venue.clock);
  if (percent === percent) return unitsFor(venue, market, side, equity * percent, reference, price !== price && stopPrice !== stopPrice, price === price);
  const stop = roundToGrid(market.prices, request.stop ?? NaN, againstOrder(-side));
  return (equity * risk) / (Math.abs(reference - stop) * worth);
}

/** How many units a part of equity pays for: their notional and, where sizes include them, slippage and fees. */
function unitsFor(venue: Venue, market: Market, side: number, budget: number, reference: number, isMarket: boolean, isLimit: boolean): number {
  const { options: { sizingFees, costs = {} } } = venue.setup, { multiplier } = market, worth = venue.ledger.worth(market, venue.clock);
  if (sizingFees !== 'included') return budget / (reference * worth);
  const { basisPoints = 0, makerBasisPoints = basisPoints, takerBasisPoints = basisPoints, perUnit = 0 } = costs, points = isLimit ? Math.max(makerBasisPoints, takerBasisPoints) : takerBasisPoints;
  const at = market.standing(venue.clock), price = isLimit ? reference : market.slipped(isMarket ? (side > 0 ? market.standingBuy(at) : market.standingSell(at)) : reference, side);
  if (venue.fees?.holdsFor(market)) return unitsWithFees(venue, venue.fees, market, budget, price, isLimit);
  return budget / (price * worth * (1 + points / 10000) + (perUnit * worth) / multiplier);
}

/** The most units that can be paid together with what a schedule makes them owe, by halving: the fee has steps, thresholds and bounds. */
function unitsWithFees({ clock, ledger }: Venue, fees: FeeBook, market: Market, budget: number, price: number, isLimit: boolean): number {
  const worth = ledger.worth(market, clock), rate = worth / market.multiplier, { time } = clock;
  if (!(price > 0 && budget >= 0)) return NaN;
  const feeOf = (quantity: number, isTaker: boolean): number => fees.wouldOwe(market, quantity, price, isTaker, time);
  const isPaid = (quantity: number): boolean => quantity * price * worth + (isLimit ? Math.max(feeOf(quantity, true), feeOf(quantity, false)) : feeOf(quantity, true)) * rate <= budget;
  let low = 0, high = budget / (price * worth);
  // Rebates pay for more than the notional alone does.
  for (let k = 0; k < 8 && isPaid(high); k++) [low, high] = [high, 2 * high];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (isPaid(middle)) low = middle;
    else high = middle;
  }
  // What is left beside a fee that takes all is dust of adding.
  return low > (1e-12 * budget) / (price * worth) ? low : 0;
}

/** The order for what is missing to the target, its quantity NaN where that has no answer; undefined where nothing is missing. */
export function targetOrder(venue: Venue, market: Market, { weight = NaN, quantity, tag }: TargetRequest): OrderRequest | undefined {
  const { quantities, rank, position, facts } = market;
  let wanted = quantity ?? 0, expected = position;
  if (quantity === undefined && weight !== 0) {
    const at = market.standing(venue.clock), middle = (market.taken(market.standingBuy(at), 1) + market.taken(market.standingSell(at), -1)) / 2;
    const side = weight < 0 ? -1 : 1;
    wanted = side * unitsFor(venue, market, weight > 0 ? 1 : -1, side * (weight * venue.ledger.equity(venue.markets, venue.clock)), middle, true, false);
  }
  for (const slot of venue.pool.ascending()) {
    if (slot.instrument === rank && slot.form === marketKind && slot.parent === null && !isEnd(slot.state)) expected += slot.side * venue.remaining(slot);
  }
  wanted = wanted < 0 ? -wholeSteps(quantities, -wanted) : wholeSteps(quantities, wanted);
  const missing = roundToGrid(quantities, wanted - expected, 'nearest');
  // Without a grid sums of doubles leave dust.
  if (Math.abs(missing) <= 1e-9 * Math.max(Math.abs(wanted), Math.abs(expected))) return undefined;
  const side = missing < 0 ? -1 : 1, size = Math.abs(missing);
  return { instrument: facts.id, side, quantity: size, reduceOnly: position * side < 0 && size <= Math.abs(position), ...(tag === undefined ? {} : { tag }) };
}
