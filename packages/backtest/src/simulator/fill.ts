/** A fill and what the venue does with it, in the order of `fills.md` 55. */
import { formatTime, wholeSteps } from '@zanzibar/core';
import { scheduleActivation } from './activation.ts';
import { paysImpact } from './execution-price.ts';
import { atAuction, atMark, atPoint, direct, inRange } from './look.ts';
import type { HedgedPosition } from './holding.ts';
import type { Market } from './market.ts';
import { accepted, cancelled, filled, fok, held, insideClose, insideRange, isEnd, limit, market as marketKind, oco, partiallyFilled, stop, type Slot } from './order.ts';
import { release } from './oto.ts';
import { event, taker } from './records.ts';
import { standSteps } from './trail.ts';
import { reason, type Venue } from './venue.ts';

export { atAuction, atMark, atPoint, inRange };

/**
 * Fills what can be filled; false when nothing was, for want of size.
 *
 * `price` is that without what the order's own size costs; `level` is what the market met, before spread; `at` the row's position, `size` what is shown there.
 */
export function fill(venue: Venue, market: Market, slot: Slot, at: number, givenPrice: number, level: number, liquidity: number, look: number): boolean {
  const { side } = slot, { hedge } = market, holding = hedge === null ? market : hedge.of(slot), before = holding.position, volumes = look < atMark ? venue.volumes : null;
  let price = givenPrice, slipped = givenPrice;
  let quantity = venue.remaining(slot);
  if (market.closures !== null && look !== atMark) {
    const closed = market.closures.reason(venue.clock.time);
    if (closed !== 0 && !market.closures.isExpired(venue.clock.time)) return false;
    if (closed !== 0) {
      venue.finish(slot, event.cancel, cancelled, closed);
      return true;
    }
  }
  if (venue.isShown && look < atMark) {
    const sizes = side > 0 ? market.buySize : market.sellSize, shown = look !== atPoint || sizes === undefined ? NaN : wholeSteps(market.quantities, sizes[at]);
    if (!(shown > 0)) return false;
    if (shown < quantity) quantity = shown;
  }
  if (volumes !== null) {
    quantity = volumes.allowed(market, slot, quantity, at, look);
    if (quantity === 0) return false;
  }
  // What may not open fills as if it were reduce-only.
  const forbidden = venue.limits === null || slot.isReduceOnly || look === atMark ? 0 : venue.limits.forbids(venue, market, holding, side, quantity, price);
  if (slot.isReduceOnly || forbidden !== 0) {
    if (before * side >= 0) {
      venue.finish(slot, event.cancel, cancelled, forbidden === 0 ? reason.nothingToReduce : forbidden);
      return true;
    }
    const open = before < 0 ? -before : before;
    if (open < quantity) quantity = open;
    if (slot.timeInForce === fok && quantity < open && quantity < venue.remaining(slot)) return false;
  } else if (slot.timeInForce === fok && quantity < venue.remaining(slot)) return false;
  if (volumes !== null) volumes.take(market, at, quantity);
  const { pricing } = venue;
  if (pricing !== null && liquidity === taker && look < atMark && paysImpact(slot.kind)) {
    price = pricing.of(market, side, at, level, quantity, look, venue.clock.time, volumes);
    slipped = pricing.slipped;
  }
  const { fees } = venue, scheduled = fees === null ? NaN : fees.charge(market, slot, quantity, price, liquidity === taker, quantity === venue.remaining(slot), venue.clock.time, venue.pool);
  const fee = venue.ledger.book(market, holding, side, quantity, price, liquidity === taker, scheduled);
  if (hedge !== null) market.settleHedge(hedge, holding as HedgedPosition);
  if (holding.position < 0 && market.facts.isBorrowUnknown === true) refuseShort(venue, market);
  slot.filled = slot.filled === 0 ? quantity : market.cleanQuantity(slot.filled + quantity);
  const isWhole = venue.remaining(slot) === 0;
  venue.move(slot, isWhole ? filled : partiallyFilled);
  record(venue, market, slot, at, price, slipped, level, quantity, liquidity, fee, hedge === null ? NaN : (holding as HedgedPosition).id);
  venue.executeAt(slot, event.fill, quantity, price);
  if (isWhole) venue.leave(slot);

  if (slot.leg0 !== null) raise(venue, market, slot.leg0, quantity, at, price, level, look);
  if (slot.leg1 !== null) raise(venue, market, slot.leg1, quantity, at, price, level, look);
  if (slot.leg2 !== null) raise(venue, market, slot.leg2, quantity, at, price, level, look);
  if (slot.others !== null) release(venue, slot);
  const { parent } = slot;
  if (parent !== null) {
    if (parent.leg0 !== null) shrink(venue, market, parent.leg0, slot, quantity);
    if (parent.leg1 !== null) shrink(venue, market, parent.leg1, slot, quantity);
    if (parent.leg2 !== null) shrink(venue, market, parent.leg2, slot, quantity);
  }
  if (slot.linkKind === oco) cancelGroup(venue, slot);
  if (before * side < 0 && holding.position * before <= 0) {
    if (hedge === null) closeLegs(venue, market, before > 0 ? -1 : 1);
    else closeBound(venue, market, (holding as HedgedPosition).id);
    if (venue.limits !== null) venue.limits.close(venue, market);
  }
  if (parent !== null && !isEnd(parent.state)) venue.finish(parent, event.cancel, cancelled, reason.sibling);
  return true;
}

function refuseShort({ clock }: Venue, { facts }: Market): never {
  throw new RangeError(`${facts.id}: is an equity and was sold short at ${formatTime(clock.time)}, its borrow rate is missing: give \`financing.borrow\`, a rate of 0 where it costs nothing`);
}

function record(venue: Venue, market: Market, slot: Slot, at: number, price: number, slippedPrice: number, level: number, quantity: number, liquidity: number, fee: number, position: number): void {
  const { fills } = venue, { side } = slot, row = fills.write(slot, venue.clock, market.base + at, price, quantity, liquidity);
  venue.filled++;
  const worth = quantity * market.multiplier;
  if (position === position) fills.position.set(row, position);
  if (fee !== 0) fills.fee.set(row, venue.ledger.moneyOf(market.rank).amount(fee));
  if (market.isQuotes) {
    const middle = (market.standingBuy(at) + market.standingSell(at)) / 2, paid = liquidity === taker ? level : price;
    if (paid !== middle) fills.spread.set(row, side * (paid - middle) * worth);
  } else if (liquidity === taker && market.half !== 0) fills.spread.set(row, side * (market.taken(level, side) - level) * worth);
  if (liquidity !== taker) return;
  if (price !== slippedPrice) fills.impact.set(row, side * (price - slippedPrice) * worth);
  const slipped = market.halfAndSlip === market.half && venue.pricing === null ? 0 : side * (slippedPrice - market.taken(level, side)) * worth;
  if (slipped > 0) fills.slippage.set(row, slipped);
  if (slot.sentPrice === slot.sentPrice && slot.sentPrice !== 0) fills.latency.set(row, slot.sentPrice * worth);
}

/** Fills a market order at the bar that decided it. */
export function fillDirectly(venue: Venue, market: Market, slot: Slot): void {
  const at = market.standing(venue.clock), level = slot.side > 0 ? market.standingBuy(at) : market.standingSell(at);
  fill(venue, market, slot, at < 0 ? market.carriedRow - market.base : at, market.slipped(level, slot.side), level, taker, direct);
}

/** Closes a position at its mark, when all is over. */
export function fillAtMark(venue: Venue, market: Market, slot: Slot, held: number): void {
  const at = market.standing(venue.clock), mark = market.mark(venue.clock, held);
  fill(venue, market, slot, at < 0 ? market.carriedRow - market.base : at, mark, mark, taker, atMark);
}

/** An entry has filled by `quantity`: its leg comes to rest or works more. */
function raise(venue: Venue, market: Market, leg: Slot, quantity: number, at: number, price: number, level: number, look: number): void {
  if (isEnd(leg.state)) return;
  if (leg.state !== held) {
    leg.quantity = market.cleanQuantity(leg.quantity + quantity);
    return;
  }
  const { side, kind } = leg, row = market.base + at;
  let raw = level;
  if (look === atPoint) raw = side > 0 ? market.buy[at] : market.sell[at];
  else if (look >= direct) raw = side > 0 ? market.standingBuy(at) : market.standingSell(at);
  const isWithin = kind === limit && (leg.limit - market.taken(raw, side)) * side >= 0;
  leg.quantity = quantity;
  leg.isSatisfied = isWithin && !market.isBars;
  leg.eligible = row + 1;
  if (leg.trail !== null) {
    leg.trail.row = row + 1;
    standSteps(market, leg, leg.trail, price);
  }
  if (leg.holdRows === leg.holdRows) leg.eligible = leg.restedUntil = row + leg.holdRows;
  if (market.isBars && look < direct) {
    leg.insideBar = row;
    leg.insideLook = look === inRange ? insideClose : insideRange;
    leg.insideLevel = level;
  }
  const isThrough = kind === stop ? (raw - leg.stop) * side >= 0 : isWithin;
  if (isThrough) venue.throughOnArrival++;
  venue.move(leg, accepted);
  venue.execute(leg, event.accept, isThrough ? reason.throughOnArrival : reason.none);
  venue.enliven(leg, market);
  if (kind === marketKind) scheduleActivation(venue, market, leg);
  else if (!market.isBars) venue.rested[venue.restedCount++] = leg;
}

function shrink(venue: Venue, market: Market, leg: Slot, by: Slot, quantity: number): void {
  if (leg === by || isEnd(leg.state)) return;
  leg.quantity = market.cleanQuantity(leg.quantity - quantity);
  if (venue.remaining(leg) <= 0) venue.finish(leg, event.cancel, cancelled, reason.sibling);
}

function cancelGroup(venue: Venue, slot: Slot): void {
  for (const other of venue.pool.ascending()) {
    if (other !== slot && other.linkKind === oco && other.linkGroup === slot.linkGroup && !isEnd(other.state)) venue.finish(other, event.cancel, cancelled, reason.sibling);
  }
}

/** The position is gone: the legs that were to close it end. */
function closeLegs(venue: Venue, market: Market, side: number): void {
  const { live } = market;
  let hasLegs = false;
  for (let k = 0; k < live.length; k++) if ((live[k].parent !== null || live[k].isExit) && live[k].side === side) hasLegs = true;
  if (!hasLegs) return;
  const legs = live.filter(leg => (leg.parent !== null || leg.isExit) && leg.side === side).sort((a, b) => a.order - b.order);
  for (const leg of legs) {
    if (isEnd(leg.state)) continue;
    venue.finish(leg, event.cancel, cancelled, reason.positionClosed);
    const { parent } = leg;
    if (parent !== null && !isEnd(parent.state)) venue.finish(parent, event.cancel, cancelled, reason.sibling);
  }
}

/** A position by itself is gone: what was at the venue to reduce it ends, and so does the order that opened it. */
function closeBound(venue: Venue, market: Market, id: number): void {
  const bound = market.live.filter(slot => slot.positionId === id).sort((a, b) => a.order - b.order), opener = venue.pool.find(id);
  for (const slot of bound) if (!isEnd(slot.state)) venue.finish(slot, event.cancel, cancelled, reason.positionClosed);
  if (opener !== undefined && !isEnd(opener.state)) venue.finish(opener, event.cancel, cancelled, reason.sibling);
}
