/** What a strategy may do: requests become orders, checked and rounded (`fills.md` 35, 36, 50, 53, 54, 58), and messages on their way. */
import { againstOrder, codeOf, linkKinds, orderKinds, passiveSide, roundToGrid, timesInForce, trailUnits, wholeSteps, type Rounding } from '@zanzibar/core';
import type { Actions, OrderRequest, Replacement, TargetRequest } from '../strategy/strategy.ts';
import { deniedBy } from './denied-by.ts';
import { sendMessage, sendOrder } from './arrival.ts';
import type { Call } from './call.ts';
import { canProtect, writeLegs } from './legs.ts';
import { HedgedPosition, type Holding } from './holding.ts';
import type { Market } from './market.ts';
import { denied, gtd, held, limit, market as marketKind, onOpen, oto, stop, stopLimit, submitted, trailingStop, trailingStopLimit, turnsOf, worksAs, type Message, type Slot } from './order.ts';
import { awaitFill } from './oto.ts';
import { event } from './records.ts';
import { timerTask } from './schedule.ts';
import { askedQuantity, targetOrder } from './sizing.ts';
import { isDistance, Trail } from './trail.ts';
import { ofTask, reason, type Venue } from './venue.ts';

export class ActionsView implements Actions {
  private readonly venue: Venue;
  private readonly call: Call;
  private readonly submitLatency: number;
  private readonly cancelLatency: number;
  private readonly replaceLatency: number;
  private readonly isSameClose: boolean;
  private readonly isGridRefused: boolean;
  readonly tags: string[] = [];
  private readonly recordValue: (name: string, value: number) => void;
  private readonly markLevel: (level: number) => void;

  constructor(venue: Venue, call: Call, recordValue: (name: string, value: number) => void, markLevel: (level: number) => void) {
    const { latency = {}, fillAt, grid } = venue.setup.options;
    this.venue = venue;
    this.call = call;
    this.submitLatency = latency.submit ?? 0;
    this.cancelLatency = latency.cancel ?? 0;
    this.replaceLatency = latency.replace ?? 0;
    this.isSameClose = fillAt === 'sameClose' && this.submitLatency === 0;
    this.isGridRefused = grid === 'refuse';
    this.recordValue = recordValue;
    this.markLevel = markLevel;
  }

  market(side: number, quantity: number): number {
    const { venue, call } = this, market = venue.markets[call.instrumentOf(undefined)], slot = this.slot(market, side, marketKind, NaN, NaN), { order } = slot;
    slot.quantity = wholeSteps(market.quantities, quantity);
    slot.timeInForce = 0;
    slot.isReduceOnly = false;
    slot.isPostOnly = false;
    slot.linkKind = 0;
    slot.linkGroup = NaN;
    if (this.enter(slot, market, this.denial(market, side, quantity, slot.quantity, false, false))) sendOrder(venue, slot, this.submitLatency);
    return order;
  }

  submit(request: OrderRequest): number {
    const { venue, call } = this, instrument = call.instrumentOf(request.instrument), market = venue.markets[instrument], { side } = request;
    const form = request.kind === undefined ? marketKind : codeOf(orderKinds, request.kind), isPriced = form >= onOpen && request.price !== undefined && request.price === request.price, kind = isPriced ? limit : worksAs[form], hasLimit = kind === limit || kind === stopLimit, hasStop = kind === stop || kind === stopLimit;
    const price = hasLimit ? this.rounded(market, request.price, passiveSide(side)) : NaN, stopPrice = hasStop ? this.rounded(market, request.stopPrice, turnsOf(form, 1) > 0 ? againstOrder(side) : passiveSide(side)) : NaN;
    const asked = askedQuantity(venue, market, request, price, stopPrice), quantity = wholeSteps(market.quantities, asked);
    const isProtected = (request.stopTrail === undefined && request.stopSteps === undefined && request.holdRows === undefined) || canProtect(request);
    const slot = this.slot(market, side, kind, price, stopPrice), { order } = slot;
    slot.form = form;
    slot.turn = turnsOf(form, side);
    slot.quantity = quantity;
    slot.timeInForce = request.timeInForce === undefined ? 0 : codeOf(timesInForce, request.timeInForce);
    if (slot.timeInForce === gtd) slot.expireTime = request.expireTime ?? 0n;
    if (request.positionId !== undefined && request.positionId === request.positionId) bind(venue, slot, request.positionId);
    slot.isReduceOnly = request.reduceOnly === true || slot.positionId === slot.positionId;
    slot.isPostOnly = request.postOnly === true;
    slot.linkKind = request.linkKind === undefined ? 0 : codeOf(linkKinds, request.linkKind);
    slot.linkGroup = request.linkGroup === undefined ? NaN : this.group(request.linkGroup, order);
    if (request.tag !== undefined) slot.tag = this.tag(request.tag);
    const isTrailing = form === trailingStop || form === trailingStopLimit, lacksStop = isTrailing ? !this.trail(market, slot, request) : hasStop && stopPrice !== stopPrice;
    let why = this.denial(market, side, asked, quantity, hasLimit && price !== price, lacksStop || !isProtected);
    if (why === 0 && slot.timeInForce === gtd && slot.expireTime === 0n) why = reason.timeInForce;
    if (why === 0 && slot.linkKind === oto && slot.linkGroup < order && !awaitFill(venue, slot, slot.linkGroup)) why = reason.parentEnded;
    if (!this.enter(slot, market, why)) return order;
    writeLegs(this, venue, market, slot, request, call.row);
    if (slot.trigger === null) sendOrder(venue, slot, this.submitLatency);
    return order;
  }

  target(target: TargetRequest): number {
    if (this.venue.isHedging) throw new RangeError('target: says what the one position of an instrument should be, positionMode is hedging');
    const order = targetOrder(this.venue, this.venue.markets[this.call.instrumentOf(target.instrument)], target);
    return order === undefined ? -1 : this.submit(order);
  }

  /** Writes a new order down and submits it; false where it is denied instead. */
  private enter(slot: Slot, market: Market, why: number): boolean {
    const { venue, call } = this, { side } = slot, denial = why === 0 ? deniedBy(venue, market, slot) : why;
    venue.orders.write(slot, slot.quantity, venue.clock, call.row);
    if (denial !== 0) {
      venue.move(slot, denied);
      venue.execute(slot, event.reject, denial);
      venue.pool.give(slot);
      return false;
    }
    slot.place = ++venue.sent;
    venue.move(slot, slot.trigger === null ? submitted : held);
    venue.execute(slot, event.submit, reason.none);
    if (slot.kind !== marketKind || slot.trigger !== null) return true;
    if (this.isSameClose && slot.form === marketKind) slot.isSameClose = call.isBar && call.instrument === market.rank && market.isBars;
    if (this.submitLatency > 0) {
      const at = market.standing(venue.clock);
      slot.sentPrice = side > 0 ? market.standingBuy(at) : market.standingSell(at);
    }
    return true;
  }

  /** A market order of the simulator's own. */
  ownOrder(market: Market, side: number, quantity: number, tag: string, closed?: Holding): Slot {
    const { venue } = this, slot = this.slot(market, side, marketKind, NaN, NaN);
    slot.quantity = quantity;
    slot.timeInForce = 0;
    if (closed instanceof HedgedPosition) slot.positionId = closed.id;
    slot.isReduceOnly = slot.positionId === slot.positionId;
    slot.isPostOnly = false;
    slot.linkKind = 0;
    slot.linkGroup = NaN;
    slot.tag = this.tag(tag);
    venue.orders.write(slot, slot.quantity, venue.clock, 0);
    return slot;
  }

  private denial(market: Market, side: number, asked: number, quantity: number, lacksPrice: boolean, lacksStop: boolean): number {
    if (this.call.isStop) return reason.endOfData;
    if (side !== 1 && side !== -1) return reason.zeroQuantity;
    if (!(asked >= 0) || asked === Infinity || asked < market.facts.minimumQuantity) return reason.invalidQuantity;
    if (quantity === 0) return reason.zeroQuantity;
    return lacksPrice || lacksStop ? reason.invalidPrice : reason.none;
  }

  rounded(market: Market, price: number | undefined, rounding: Rounding): number {
    if (price === undefined) return NaN;
    const value = roundToGrid(market.prices, price, rounding);
    if (this.isGridRefused && value !== price && price === price) throw new RangeError(`order: price must be on the grid of ${market.facts.tick} of ${market.facts.id}, was ${price}`);
    return value;
  }

  /** A new order, of which the caller has still to say how long it works and how it is linked. */
  slot(market: Market, side: number, kind: number, price: number, stopPrice: number): Slot {
    const { venue, call } = this, slot = venue.pool.take(venue.nextOrder++);
    slot.instrument = market.rank;
    slot.side = side;
    slot.kind = kind;
    slot.form = kind;
    slot.turn = side;
    slot.limit = price;
    slot.stop = stopPrice;
    slot.eligible = Infinity;
    slot.hold = NaN;
    slot.holdRows = NaN;
    slot.expireTime = 0n;
    slot.sentPrice = NaN;
    slot.positionId = NaN;
    slot.tag = -1;
    slot.notBefore = call.isBar && call.instrument === market.rank ? call.notBefore : 0;
    return slot;
  }

  /** Gives an order a stop price that follows the market; false where it has no distance to follow it at. */
  trail(market: Market, slot: Slot, { trail = NaN, trailUnit = 'price', activationPrice }: OrderRequest): boolean {
    const unit = codeOf(trailUnits, trailUnit), own = (slot.trail = new Trail());
    own.unit = unit;
    own.distance = trail;
    own.given = slot.stop;
    own.activation = this.rounded(market, activationPrice, passiveSide(slot.side));
    this.venue.hasTrails = true;
    return isDistance(unit, trail);
  }

  private group(number: number, order: number): number {
    const { call } = this;
    if (call.groups === null || call.groupsRow !== call.row) call.groups = new Map();
    call.groupsRow = call.row;
    const first = call.groups.get(number);
    if (first !== undefined) return first;
    call.groups.set(number, order);
    return order;
  }

  private tag(text: string): number {
    const at = this.tags.indexOf(text);
    return at >= 0 ? at : this.tags.push(text) - 1;
  }

  cancel(orderId: number): void {
    if (this.call.isStop) return;
    sendMessage(this.venue, this.message(false, orderId, NaN, NaN, NaN, NaN), this.cancelLatency);
  }

  replace(orderId: number, { quantity = NaN, price = NaN, stopPrice = NaN, trail = NaN }: Replacement): void {
    if (this.call.isStop) return;
    sendMessage(this.venue, this.message(true, orderId, quantity, price, stopPrice, trail), this.replaceLatency);
  }

  private message(isReplace: boolean, order: number, quantity: number, price: number, stopPrice: number, trail: number): Message {
    const { call, venue } = this;
    return { isReplace, order, place: ++venue.sent, instrument: call.isBar ? call.instrument : -1, notBefore: call.notBefore, quantity, price, stopPrice, trail };
  }

  timer(time: bigint): void {
    const { venue } = this, { clock } = venue, now = clock.time;
    if (this.call.isStop) return;
    const hasPassed = time < now || (time === now && clock.class > 2), task = { kind: timerTask, time, class: 2, place: 1e9 + venue.timers++, order: -1, slot: null, message: null, report: null };
    if (hasPassed) venue.enqueue(ofTask, task);
    else venue.schedule.push(task);
  }

  record(name: string, value: number): void {
    this.recordValue(name, value);
  }

  mark(level: number): void {
    this.markLevel(level);
  }
}

/** An order that may only reduce one position. */
function bind({ isHedging }: Venue, slot: Slot, positionId: number): void {
  if (!isHedging) throw new RangeError(`order: positionId is for positionMode hedging, was ${positionId}`);
  slot.positionId = positionId;
}
