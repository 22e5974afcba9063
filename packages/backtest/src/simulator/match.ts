/** The looks: one market row, or one bar, against the live orders of its instrument (`fills.md` 9 to 20 and 38 to 43). */
import { waitsForAny } from './envelope.ts';
import { fill, atPoint, inRange } from './fill.ts';
import { sortAlongPath, sortByTicks } from './intrabar.ts';
import type { Market } from './market.ts';
import { cancelled, fok, insideClose, insideRange, isEnd, isImmediate, limit, market as marketKind, stop, stopLimit, type Slot } from './order.ts';
import { event, maker, taker } from './records.ts';
import { search } from './search.ts';
import { follow, takeIn } from './trail.ts';
import { meetStopAtClose, triggerAtPoint, triggerInRange } from './trigger.ts';
import { reason, type Venue } from './venue.ts';

/** A quote, a trade or an open against one order that may be filled by it. */
export function meetPoint(venue: Venue, market: Market, slot: Slot, at: number): void {
  const { side, kind } = slot, raw = side > 0 ? market.buy[at] : market.sell[at], isFirst = slot.isFresh;
  slot.isFresh = false;
  if (kind === marketKind || (kind === stop && slot.isTriggered)) fill(venue, market, slot, at, market.slipped(raw, side), raw, taker, atPoint);
  else if (kind === limit || slot.isTriggered) meetLimit(venue, market, slot, at, raw, isFirst);
  else {
    const { trail } = slot;
    if (trail !== null && !market.isBars) follow(market, slot, market.base + at);
    if ((raw - slot.stop) * slot.turn >= 0) triggerAtPoint(venue, market, slot, at, raw);
    else if (trail !== null && market.isBars) takeIn(market, slot, trail, raw);
  }
  if (isFirst && isImmediate(slot) && !isEnd(slot.state)) venue.finish(slot, event.cancel, cancelled, slot.timeInForce === fok ? reason.fillOrKill : reason.immediateOrCancel);
}

function meetLimit(venue: Venue, market: Market, slot: Slot, at: number, raw: number, isFirst: boolean): void {
  const { side, limit: level } = slot, paid = market.taken(raw, side), isWithin = (level - paid) * side >= 0;
  if (isFirst && isImmediate(slot)) {
    if (isWithin) fill(venue, market, slot, at, paid, raw, taker, atPoint);
    return;
  }
  if (isFirst && isWithin && slot.isSatisfied) {
    if (slot.isPostOnly) venue.reject(slot, reason.wouldTake);
    else fill(venue, market, slot, at, paid, raw, taker, atPoint);
    return;
  }
  if (market.isStrict ? (level - raw) * side > 0 : (level - raw) * side >= 0) {
    fill(venue, market, slot, at, isWithin && market.isStart(market.base + at) ? paid : level, level, maker, atPoint);
  }
}

/** What a look concerns, by order id; kept from call to call, so that nothing is allocated. */
const hits: Slot[] = [];
let count = 0;

function add(slot: Slot): void {
  for (let k = 0; k < count; k++) if (hits[k] === slot) return;
  hits[count++] = slot;
}

function isHit(slot: Slot): boolean {
  for (let k = 0; k < count; k++) if (hits[k] === slot) return true;
  return false;
}

function sortHits(): void {
  for (let k = 1; k < count; k++) {
    const slot = hits[k];
    let at = k;
    for (; at > 0 && hits[at - 1].order > slot.order; at--) hits[at] = hits[at - 1];
    hits[at] = slot;
  }
}

/** One row of quotes or trades against every order that waits for it. */
export function matchTick(venue: Venue, market: Market, row: number): void {
  const { hits: waiting, rank, base } = market;
  count = 0;
  while (waiting.top(rank) === row) {
    const slot = waiting.topSlot, { parent } = slot;
    waiting.pop();
    add(slot);
    if (parent === null) continue;
    // One entry stands for both legs of a pair.
    const other = parent.leg0 === slot ? parent.leg1 : parent.leg0;
    if (other !== null && other.next === row) add(other);
  }
  sortHits();
  for (let k = 0; k < count; k++) if (hits[k].next === row) meetPoint(venue, market, hits[k], row - base);
  for (let k = 0; k < count; k++) {
    const slot = hits[k];
    if (slot.next === row) slot.eligible = row + 1;
  }
  for (let k = 0; k < count; k++) if (hits[k].next === row) search(venue, market, hits[k]);
  settleRested(venue, market);
}

/** Legs that came to rest wait from the next row on. */
export function settleRested(venue: Venue, market: Market): void {
  const { rested } = venue;
  for (let k = 0; k < venue.restedCount; k++) {
    const slot = rested[k];
    // The other leg of the pair has already been searched for.
    if (slot.livePlace >= 0 && slot.next === Infinity) search(venue, market, slot);
  }
  venue.restedCount = 0;
}

/** A bar's open against every eligible order. */
export function matchOpen(venue: Venue, market: Market, row: number): void {
  const { live } = market, at = row - market.base;
  if (live.length === 1) {
    if (live[0].isActive && live[0].eligible <= row) meetPoint(venue, market, live[0], at);
    return;
  }
  count = 0;
  for (let k = 0; k < live.length; k++) if (live[k].isActive && live[k].eligible <= row && isPointMet(market, live[k], at)) hits[count++] = live[k];
  sortHits();
  for (let k = 0; k < count; k++) if (hits[k].livePlace >= 0) meetPoint(venue, market, hits[k], at);
}

/** Can an open do anything to the order? What it cannot concern need not be put in order. */
function isPointMet(market: Market, slot: Slot, at: number): boolean {
  if (waitsForAny(slot) || (slot.trail !== null && !slot.isTriggered)) return true;
  const { side } = slot, raw = side > 0 ? market.buy[at] : market.sell[at];
  return slot.kind === limit || slot.isTriggered ? (slot.limit - raw) * side >= 0 : (raw - slot.stop) * slot.turn >= 0;
}

/** Can a bar's range? */
function isRangeMet(market: Market, slot: Slot, at: number): boolean {
  return slot.kind === limit || slot.isTriggered ? isLimitReached(market, slot, at) : isStopReached(market, slot, at);
}

/** What a bar does after its open. */
export function matchRange(venue: Venue, market: Market, row: number): void {
  const { live } = market;
  if (live.length === 0) return;
  const at = row - market.base;
  let isAmbiguous = false;
  count = 0;
  for (let k = 0; k < live.length; k++) if (live[k].kind !== marketKind && mayMeet(live[k], row) && isRangeMet(market, live[k], at)) hits[count++] = live[k];
  sortHits();
  for (let k = 0; k < count; k++) {
    const target = hits[k].parent?.leg1;
    if (hits[k].kind === stop && target && isHit(target) && target.kind === limit && isStopReached(market, hits[k], at) && isLimitReached(market, target, at)) {
      venue.ambiguousBars++;
      isAmbiguous = true;
      break;
    }
  }
  const isByTicks = isAmbiguous && sortByTicks(market, at, hits, count);
  if (isByTicks) venue.resolvedBars++;
  else if (venue.isOnPath && count > 1) sortAlongPath(venue.intrabar, venue.seed, market, at, hits, count);
  if (isByTicks || venue.isOnPath) matchInOrder(venue, market, row);
  else if (venue.intrabar === 'optimistic') {
    matchLimits(venue, market, row);
    matchStops(venue, market, row);
  } else {
    matchStops(venue, market, row);
    matchLimits(venue, market, row);
  }
  matchClose(venue, market, row);
  if (venue.hasTrails) raiseTrails(venue, market, row);
}

function mayMeet(slot: Slot, row: number): boolean {
  return slot.insideBar === row ? slot.insideLook === insideRange : slot.eligible <= row && slot.isActive;
}

function isStopReached(market: Market, slot: Slot, at: number): boolean {
  if (slot.turn > 0) return (slot.side > 0 ? market.buyHigh : market.sellHigh)[at] >= slot.stop;
  return (slot.side > 0 ? market.buyLow : market.sellLow)[at] <= slot.stop;
}

function isLimitReached(market: Market, slot: Slot, at: number): boolean {
  const distance = slot.side > 0 ? slot.limit - market.buyLow[at] : market.sellHigh[at] - slot.limit;
  return market.isStrict ? distance > 0 : distance >= 0;
}

function matchStops(venue: Venue, market: Market, row: number): void {
  for (let k = 0; k < count; k++) if (hits[k].turn === hits[k].side) meetTrigger(venue, market, hits[k], row);
}

/** A bar's range reaches the price that triggers an order: it fills there. */
function meetTrigger(venue: Venue, market: Market, slot: Slot, row: number): void {
  if (slot.livePlace < 0 || slot.isTriggered || (slot.kind !== stop && slot.kind !== stopLimit) || !isStopReached(market, slot, row - market.base)) return;
  triggerInRange(venue, market, slot, row);
}

function matchLimits(venue: Venue, market: Market, row: number): void {
  for (let k = 0; k < count; k++) meetLimitInRange(venue, market, hits[k], row);
}

function meetLimitInRange(venue: Venue, market: Market, slot: Slot, row: number): void {
  // A touched order comes to its price as a limit does; what it becomes there is no limit of this bar.
  if (slot.turn !== slot.side && !slot.isTriggered) return meetTrigger(venue, market, slot, row);
  const at = row - market.base;
  if (slot.livePlace < 0 || !(slot.kind === limit || (slot.kind === stopLimit && slot.isTriggered)) || !mayMeet(slot, row) || !isLimitReached(market, slot, at)) return;
  fill(venue, market, slot, at, slot.limit, slot.limit, maker, inRange);
}

/** The order of a path or of ticks is that of the hits: each is met by itself. */
function matchInOrder(venue: Venue, market: Market, row: number): void {
  for (let k = 0; k < count; k++) {
    if (hits[k].turn === hits[k].side) meetTrigger(venue, market, hits[k], row);
    meetLimitInRange(venue, market, hits[k], row);
  }
}

/** Legs that came to rest inside the range: only what lies between where their entry was met and the close has provably been passed since. */
function matchClose(venue: Venue, market: Market, row: number): void {
  const { live } = market, at = row - market.base;
  count = 0;
  for (let k = 0; k < live.length; k++) if (live[k].insideBar === row && live[k].insideLook === insideClose && live[k].kind !== marketKind) hits[count++] = live[k];
  if (count === 0) return;
  sortHits();
  for (let k = 0; k < count; k++) {
    const slot = hits[k], { side, insideLevel } = slot, close = side > 0 ? market.buyClose[at] : market.sellClose[at], isStop = slot.kind === stop, level = isStop ? slot.stop : slot.limit;
    if (slot.livePlace < 0 || level < Math.min(close, insideLevel) || level > Math.max(close, insideLevel)) continue;
    if (isStop) {
      if ((close - level) * side >= 0) meetStopAtClose(venue, market, slot, at);
    } else if (market.isStrict ? (level - close) * side > 0 : (level - close) * side >= 0) fill(venue, market, slot, at, level, level, maker, inRange);
  }
}

/** What a bar's range does to stop prices that follow it: it raises them, and a close at or beyond the raised one proves that it was passed on the way there. */
function raiseTrails(venue: Venue, market: Market, row: number): void {
  const { live } = market, at = row - market.base;
  count = 0;
  for (let k = 0; k < live.length; k++) if (live[k].trail !== null && !live[k].isTriggered && (live[k].insideBar === row || live[k].eligible <= row)) hits[count++] = live[k];
  sortHits();
  for (let k = 0; k < count; k++) {
    const slot = hits[k], { side } = slot, trail = slot.trail!, close = side > 0 ? market.buyClose[at] : market.sellClose[at];
    if (slot.livePlace < 0) continue;
    // A leg that came to rest in the range has seen nothing of this bar but its close.
    if (slot.insideBar === row && slot.insideLook === insideClose) takeIn(market, slot, trail, close);
    else {
      takeIn(market, slot, trail, side > 0 ? market.buyLow[at] : market.sellHigh[at]);
      if (trail.extreme === trail.extreme && (close - slot.stop) * side >= 0) triggerInRange(venue, market, slot, row);
    }
  }
}
