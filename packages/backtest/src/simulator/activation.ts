/** Time legs: market orders whose hour comes some time after their entry has filled (`fills.md` 26). */
import type { Market } from './market.ts';
import { isEnd, type Slot } from './order.ts';
import { activationTask, type Task } from './schedule.ts';
import { search } from './search.ts';
import type { Venue } from './venue.ts';

/** The hour of a time leg has come: a market order from here on. */
export function activate(venue: Venue, task: Task): void {
  const slot = task.slot!;
  if (slot.order === task.order && !isEnd(slot.state)) activateNow(venue, venue.markets[slot.instrument], slot);
}

function activateNow(venue: Venue, market: Market, slot: Slot): void {
  const next = market.unprocessed(venue.clock);
  slot.isActive = true;
  if (next > slot.eligible) slot.eligible = next;
  market.isDirty = true;
  if (!market.isBars) search(venue, market, slot);
}

/** A leg's entry has filled: the leg rests, to be tested from `slot.eligible` on. */
export function scheduleActivation(venue: Venue, market: Market, slot: Slot): void {
  if (!(slot.hold > 0)) activateNow(venue, market, slot);
  else venue.schedule.push({ kind: activationTask, time: venue.clock.time + BigInt(slot.hold), class: 4, place: slot.place, order: slot.order, slot, message: null, report: null });
}
