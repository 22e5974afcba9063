/** The legs of a bracket: exits that are written with their entry and rest when it fills (`fills.md` 23 to 28, O10). */
import { againstOrder, codeOf, passiveSide, trailUnits } from '@zanzibar/core';
import type { OrderRequest } from '../strategy/strategy.ts';
import type { ActionsView } from './actions.ts';
import type { Market } from './market.ts';
import { held, limit, market as marketKind, stop, trailingStop, type Slot } from './order.ts';
import { event } from './records.ts';
import { isDistance } from './trail.ts';
import { reason, type Venue } from './venue.ts';

/** Writes the legs that a request asks for: stop, target, time. `row` is that of the call. */
export function writeLegs(actions: ActionsView, venue: Venue, market: Market, entry: Slot, request: OrderRequest, row: number): void {
  const { stop: stopPrice = NaN, stopTrail = NaN, target = NaN, hold = NaN } = request, side = -entry.side;
  if (stopPrice === stopPrice || stopTrail === stopTrail) {
    const slot = actions.slot(market, side, stop, NaN, actions.rounded(market, stopPrice, againstOrder(side)));
    if (stopTrail === stopTrail) {
      slot.form = trailingStop;
      actions.trail(market, slot, { side, trail: stopTrail, trailUnit: request.trailUnit, activationPrice: request.trailFrom });
    }
    writeLeg(venue, entry, slot, NaN, row);
  }
  if (target === target) writeLeg(venue, entry, actions.slot(market, side, limit, actions.rounded(market, target, passiveSide(side)), NaN), NaN, row);
  if (hold === hold) writeLeg(venue, entry, actions.slot(market, side, marketKind, NaN, NaN), hold, row);
}

/** Has the protecting stop that a request asks for a distance to trail at, if it is to trail? */
export function canTrail({ stopTrail = NaN, trailUnit = 'price' }: OrderRequest): boolean {
  return stopTrail !== stopTrail || isDistance(codeOf(trailUnits, trailUnit), stopTrail);
}

function writeLeg(venue: Venue, entry: Slot, slot: Slot, hold: number, row: number): void {
  slot.parent = entry;
  slot.quantity = 0;
  slot.timeInForce = 0;
  slot.isReduceOnly = true;
  slot.isPostOnly = false;
  slot.linkKind = 3;
  slot.linkGroup = entry.order;
  slot.hold = hold;
  slot.isActive = hold !== hold;
  slot.place = entry.place;
  venue.orders.write(slot, entry.quantity, venue.clock, row);
  venue.move(slot, held);
  venue.execute(slot, event.submit, reason.none);
  if (entry.leg0 === null) entry.leg0 = slot;
  else if (entry.leg1 === null) entry.leg1 = slot;
  else entry.leg2 = slot;
  entry.liveLegs++;
}
