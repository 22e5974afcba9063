/** How an order comes to rest at the venue (`fills.md` 4, 13, 15, 21). */
import { awaitAuction } from './auction.ts';
import type { Market } from './market.ts';
import { day, expired, gtd, insideNone, onOpen, type Slot } from './order.ts';
import { event } from './records.ts';
import { expiryTask } from './schedule.ts';
import { search } from './search.ts';
import { reason, type Venue } from './venue.ts';

/** The order rests from the next row on, with what stands now. */
export function stand(venue: Venue, market: Market, slot: Slot, notBefore: number): void {
  const { clock } = venue, { side } = slot, next = market.unprocessed(clock);
  slot.isFresh = true;
  slot.insideBar = -1;
  slot.insideLook = insideNone;
  slot.eligible = next > notBefore ? next : notBefore;
  if (slot.restedUntil > slot.eligible) slot.eligible = slot.restedUntil;
  if (slot.trail !== null) slot.trail.row = slot.eligible;
  slot.isSatisfied = false;
  if (slot.limit === slot.limit) {
    const at = market.standing(clock), taken = market.taken(side > 0 ? market.standingBuy(at) : market.standingSell(at), side);
    slot.isSatisfied = (slot.limit - taken) * side >= 0;
  }
  if (slot.sentPrice === slot.sentPrice) {
    const at = market.standing(clock);
    slot.sentPrice = side * ((side > 0 ? market.standingBuy(at) : market.standingSell(at)) - slot.sentPrice);
  }
  market.isDirty = true;
  if (slot.form >= onOpen) awaitAuction(venue, market, slot);
  if (!market.isBars) search(venue, market, slot);
  if (slot.timeInForce !== day && slot.timeInForce !== gtd) return;
  const now = clock.time, time = slot.timeInForce === day ? market.facts.sessionEnd(now) : slot.expireTime;
  if (time < now || (time === now && clock.class > 4)) venue.finish(slot, event.expire, expired, reason.timeInForce);
  else venue.schedule.push({ kind: expiryTask, time, class: 4, place: slot.place, order: slot.order, slot, message: null, report: null });
}
