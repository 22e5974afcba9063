/** What reaches the venue: orders, cancels, replaces, activations and expiries (`fills.md` 15, 20, 21, 26, 30 to 32, 53, 57). */
import { passiveSide, roundToGrid, wholeSteps, againstOrder } from '@zanzibar/core';
import { fillDirectly } from './fill.ts';
import type { Market } from './market.ts';
import { cancelled, expired, held, isEnd, limit, market as marketKind, stop, stopLimit, type Message, type Slot } from './order.ts';
import { event } from './records.ts';
import { arrivalTask, messageTask, type Task } from './schedule.ts';
import { search } from './search.ts';
import { stand } from './stand.ts';
import { follow, isDistance, tighten } from './trail.ts';
import { ofMessage, ofOrder, reason, type Venue } from './venue.ts';

/** Sends an order on its way. */
export function sendOrder(venue: Venue, slot: Slot, latency: number): void {
  slot.isUnderWay = true;
  if (latency === 0) venue.enqueue(ofOrder, slot);
  else venue.schedule.push({ kind: arrivalTask, time: venue.clock.time + BigInt(latency), class: 4, place: slot.place, order: slot.order, slot, message: null, report: null });
}

/** Sends a cancel or a replace on its way. */
export function sendMessage(venue: Venue, message: Message, latency: number): void {
  if (latency === 0) venue.enqueue(ofMessage, message);
  else venue.schedule.push({ kind: messageTask, time: venue.clock.time + BigInt(latency), class: 4, place: message.place, order: message.order, slot: null, message, report: null });
}

/** An order arrives. */
export function arrive(venue: Venue, slot: Slot): void {
  const market = venue.markets[slot.instrument];
  slot.isUnderWay = false;
  slot.hasArrived = true;
  if (isEnd(slot.state)) venue.leave(slot);
  else if (market.closures !== null && market.closures.reason(venue.clock.time) !== 0) venue.reject(slot, market.closures.reason(venue.clock.time));
  else {
    venue.accept(slot, reason.none);
    venue.enliven(slot, market);
    if (slot.leg0 !== null) slot.leg0.hasArrived = true;
    if (slot.leg1 !== null) slot.leg1.hasArrived = true;
    if (slot.leg2 !== null) slot.leg2.hasArrived = true;
    stand(venue, market, slot, slot.notBefore);
    if (slot.isSameClose && market.hasStanding && !isEnd(slot.state)) fillDirectly(venue, market, slot);
  }
  const { waiting } = slot;
  if (waiting === null) return;
  slot.waiting = null;
  for (const message of waiting) change(venue, message);
}

/** A cancel or replace arrives; one that is faster than its order waits for it. */
export function change(venue: Venue, message: Message): void {
  const slot = venue.pool.find(message.order), own = slot?.parent ?? slot, first = own?.trigger ?? own;
  if (first && !first.hasArrived && !isEnd(first.state)) {
    if (first.waiting === null) first.waiting = [];
    first.waiting.push(message);
    return;
  }
  const refusal = message.isReplace ? event.replaceReject : event.cancelReject;
  if (slot === undefined) venue.refuse(message.order, refusal);
  else if (isEnd(slot.state)) venue.execute(slot, refusal, reason.alreadyClosed);
  else if (message.isReplace) replace(venue, slot, message);
  else withdraw(venue, slot);
}

function withdraw(venue: Venue, slot: Slot): void {
  const sibling = siblingOf(slot);
  venue.finish(slot, event.cancel, cancelled, reason.requested);
  if (sibling !== null) search(venue, venue.markets[slot.instrument], sibling);
}

/** The other priced leg of a pair at rest, on ticks: what concerns one concerns the other's search. */
function siblingOf(slot: Slot): Slot | null {
  const { parent } = slot;
  if (parent === null || slot.kind === marketKind || slot.livePlace < 0) return null;
  const other = parent.leg0 === slot ? parent.leg1 : parent.leg0;
  return other !== null && other !== slot && other.livePlace >= 0 && other.kind !== marketKind && other.next < Infinity ? other : null;
}

function replace(venue: Venue, slot: Slot, message: Message): void {
  const market = venue.markets[slot.instrument], { side, kind } = slot;
  if (!Number.isNaN(message.quantity) && slot.parent === null) {
    const quantity = wholeSteps(market.quantities, message.quantity);
    if (quantity <= slot.filled) return venue.finish(slot, event.cancel, cancelled, reason.requested);
    slot.quantity = quantity;
  }
  if (!Number.isNaN(message.price) && (kind === limit || kind === stopLimit)) slot.limit = roundToGrid(market.prices, message.price, passiveSide(side));
  if (!Number.isNaN(message.stopPrice) && (kind === stop || kind === stopLimit)) slot.stop = roundToGrid(market.prices, message.stopPrice, againstOrder(slot.turn));
  if (slot.trail !== null) replaceTrail(venue, market, slot, message);
  if (slot.state !== held) {
    const sibling = market.isBars ? null : siblingOf(slot);
    slot.place = message.place;
    stand(venue, market, slot, message.instrument === slot.instrument ? message.notBefore : 0);
    if (sibling !== null) search(venue, market, sibling);
  }
  venue.executeAt(slot, event.replace, venue.remaining(slot), kind === stop ? slot.stop : kind === marketKind ? NaN : slot.limit);
}

/** A replaced distance keeps the best price that it has seen. */
function replaceTrail(venue: Venue, market: Market, slot: Slot, message: Message): void {
  const trail = slot.trail!, { stopPrice, trail: distance } = message;
  if (!market.isBars && slot.livePlace >= 0 && !slot.isTriggered) follow(market, slot, market.unprocessed(venue.clock));
  if (!Number.isNaN(stopPrice)) trail.given = roundToGrid(market.prices, stopPrice, againstOrder(slot.side));
  if (trail.steps === null && isDistance(trail.unit, distance)) trail.distance = distance;
  tighten(market, slot, trail);
}

/** Its session is over. */
export function expire(venue: Venue, task: Task): void {
  const slot = task.slot!;
  if (slot.order === task.order && slot.place === task.place && !isEnd(slot.state)) venue.finish(slot, event.expire, expired, reason.timeInForce);
}
