/** The end of a session: what waits for its close is filled, what waits for the next open may be met (`fills.md` O11 to O13). */
import { fill, atAuction } from './fill.ts';
import type { Market } from './market.ts';
import { settleRested } from './match.ts';
import { expired, isEnd, market as marketKind, onOpen, type Slot } from './order.ts';
import { event, taker } from './records.ts';
import type { Task } from './schedule.ts';
import { search } from './search.ts';
import { reason, type Venue } from './venue.ts';

/** A session is over: what waits for the next open may be met from here on, what waits for the close is filled at what stands. */
export function meetAuction(venue: Venue, task: Task): void {
  const slot = task.slot!;
  if (slot.order !== task.order || slot.place !== task.place || isEnd(slot.state)) return;
  const market = venue.markets[slot.instrument];
  if (slot.form === onOpen) {
    slot.isActive = true;
    slot.eligible = Math.max(slot.eligible, market.unprocessed(venue.clock));
    market.isDirty = true;
    search(venue, market, slot);
  } else {
    fillAtClose(venue, market, slot);
    settleRested(venue, market);
  }
}

function fillAtClose(venue: Venue, market: Market, slot: Slot): void {
  const { side, kind } = slot, at = market.standing(venue.clock), row = at < 0 ? market.carriedRow : market.base + at, level = side > 0 ? market.standingBuy(at) : market.standingSell(at);
  const price = kind === marketKind ? market.slipped(level, side) : market.taken(level, side), isWithin = kind === marketKind || (slot.limit - price) * side >= 0;
  // In a halt nothing fills, and there is no later moment.
  if (row >= slot.eligible && isWithin && fill(venue, market, slot, row - market.base, price, level, taker, atAuction)) return;
  venue.finish(slot, event.expire, expired, reason.timeInForce);
}
