/** The market has come to an order's stop price: it fills there, or becomes a market order or a limit (`fills.md` 17, 18, 42, 61, C7, O2 to O4). */
import { atPoint, fill, inRange } from './fill.ts';
import type { Market } from './market.ts';
import { isEnd, stop, triggered, type Slot } from './order.ts';
import { event, taker } from './records.ts';
import { reason, type Venue } from './venue.ts';

export function triggerAtPoint(venue: Venue, market: Market, slot: Slot, at: number, raw: number): void {
  const { side } = slot;
  slot.isTriggered = true;
  market.isDirty = true;
  if (slot.kind === stop) {
    if (!fill(venue, market, slot, at, market.slipped(raw, side), raw, taker, atPoint)) trigger(venue, slot);
  } else {
    trigger(venue, slot);
    const price = market.taken(raw, side);
    if ((slot.limit - price) * side >= 0) fill(venue, market, slot, at, price, raw, taker, atPoint);
  }
}

function trigger(venue: Venue, slot: Slot): void {
  venue.move(slot, triggered);
  venue.execute(slot, event.trigger, reason.none);
}

export function triggerInRange(venue: Venue, market: Market, slot: Slot, row: number): void {
  const { side } = slot, at = row - market.base;
  slot.isTriggered = true;
  slot.isFresh = false;
  market.isDirty = true;
  if (slot.kind === stop) {
    if (!fill(venue, market, slot, at, market.slipped(slot.stop, side), slot.stop, taker, inRange)) trigger(venue, slot);
  } else {
    trigger(venue, slot);
    const price = market.taken(slot.stop, side);
    if ((slot.limit - price) * side >= 0) fill(venue, market, slot, at, price, slot.stop, taker, inRange);
    else slot.eligible = row + 1;
  }
}

export function meetStopAtClose(venue: Venue, market: Market, slot: Slot, at: number): void {
  const isFilled = fill(venue, market, slot, at, market.slipped(slot.stop, slot.side), slot.stop, taker, inRange);
  // What the bar's volume leaves over of it goes to the market.
  if (venue.volumes === null || isEnd(slot.state)) return;
  slot.isTriggered = true;
  market.isDirty = true;
  if (!isFilled) trigger(venue, slot);
}
