/** One triggers others: orders, also of other instruments, that wait for the first fill of another one (`fills.md` O16, O17). */
import { cancelled, held, isEnd, type Slot } from './order.ts';
import { event } from './records.ts';
import { stand } from './stand.ts';
import { reason, type Venue } from './venue.ts';

/** Lets an order wait for the first of its group; false where that is not there any more. */
export function awaitFill(venue: Venue, slot: Slot, first: number): boolean {
  const parent = venue.pool.find(first);
  if (parent === undefined || isEnd(parent.state)) return false;
  slot.trigger = parent;
  slot.isExit = slot.isReduceOnly && slot.instrument === parent.instrument && slot.side === -parent.side;
  if (venue.isHedging) bindExit(slot, parent);
  if (parent.others === null) parent.others = [];
  parent.others.push(slot);
  return true;
}

/** An exit is one of the position that the first order opens; where that reduces another one there is none. */
function bindExit(slot: Slot, parent: Slot): void {
  slot.isExit &&= !parent.isReduceOnly;
  if (slot.isExit && slot.positionId !== slot.positionId) slot.positionId = parent.order;
}

/** The order has filled for the first time: those that wait for it arrive, by id. */
export function release(venue: Venue, parent: Slot): void {
  const others = parent.others!;
  parent.others = null;
  for (const slot of others) {
    // Its slot may be another order's by now.
    if (slot.trigger !== parent || slot.state !== held) continue;
    const market = venue.markets[slot.instrument];
    slot.trigger = null;
    slot.hasArrived = true;
    const closed = market.closures === null ? 0 : market.closures.reason(venue.clock.time);
    if (closed !== 0) {
      venue.finish(slot, event.cancel, cancelled, closed);
      continue;
    }
    venue.accept(slot, reason.none);
    venue.enliven(slot, market);
    for (const leg of [slot.leg0, slot.leg1, slot.leg2]) if (leg !== null) leg.hasArrived = true;
    stand(venue, market, slot, slot.notBefore);
  }
}
