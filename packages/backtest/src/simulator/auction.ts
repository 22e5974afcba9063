/** Orders for the open and the close of a session wait for it (`fills.md` O11 to O13). */
import { never, type Market } from './market.ts';
import { expired, ioc, onOpen, type Slot } from './order.ts';
import { event } from './records.ts';
import { auctionTask } from './schedule.ts';
import { reason, type Venue } from './venue.ts';

/** An order for an auction has arrived, or was replaced: it waits for the next one. */
export function awaitAuction(venue: Venue, market: Market, slot: Slot): void {
  const { clock } = venue, now = clock.time, end = market.facts.sessionEnd(now), isOpen = slot.form === onOpen, last = market.lastPassedTime(clock);
  slot.timeInForce = isOpen ? ioc : 0;
  // Without a row of the present session its open is still to come.
  slot.isActive = isOpen && (last === never || market.facts.sessionEnd(last) !== end);
  if (slot.isActive) return;
  if (end <= now) venue.finish(slot, event.expire, expired, reason.timeInForce);
  else venue.schedule.push({ kind: auctionTask, time: end, class: 4, place: slot.place, order: slot.order, slot, message: null, report: null });
}
