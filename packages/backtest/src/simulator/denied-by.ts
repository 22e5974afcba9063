/** Why an order is denied on sending although nothing is wrong with it: its instrument cannot be traded, or the account is kept from opening (`fills.md` B6, B16). */
import type { Market } from './market.ts';
import type { Slot } from './order.ts';
import type { Venue } from './venue.ts';

/** Code of the reason, 0 is none. */
export function deniedBy(venue: Venue, market: Market, slot: Slot): number {
  const closed = market.closures === null ? 0 : market.closures.reason(venue.clock.time);
  return closed === 0 && venue.limits !== null ? venue.limits.denies(venue, market, slot) : closed;
}
