/**
 * Splits, dividends, rolls and charges for holding while a run goes on: keys of class 0, each before everything else of its time (`fills.md` A1 to A6, C11 to C14).
 *
 * The general loop offers the next one among what comes next; a run without any has none of this.
 */
import { actionsWithin, againstOrder, DataError, formatTime, passiveSide, roundToGrid, wholeSteps, type Dividend, type InstrumentAction, type Roll, type Split } from '@zanzibar/core';
import { type Charge, chargeOf, chargesWithin } from '../ledger/financing.ts';
import { averageOf, closeLots, splitLots } from '../ledger/lots.ts';
import type { Money } from '../ledger/money.ts';
import { splitHolding, type SplitHolding } from '../ledger/split-holding.ts';
import type { Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import { atMark, fill } from './fill.ts';
import type { HedgedPosition, Holding } from './holding.ts';
import type { Market } from './market.ts';
import { accepted, cancelled, held, isEnd, stop, submitted, market as marketKind, type Message, type Slot } from './order.ts';
import { event, taker } from './records.ts';
import { search } from './search.ts';
import { follow, inBasisPoints, inRisk, tighten } from './trail.ts';
import type { SimulatorSetup } from './setup.ts';
import { reason, type Venue } from './venue.ts';

interface Due {
  readonly rank: number;
  readonly action: InstrumentAction | Charge;
}

export class DueActions {
  readonly list: readonly Due[];
  next = 0;
  /** Of the next one. */
  readonly time: BigInt64Array = new BigInt64Array(1);

  constructor(setup: SimulatorSetup) {
    const { instruments, from, to } = setup, list: Due[] = [];
    instruments.forEach(({ id, multiplier, actions, financing, sessionEnd }, rank) => {
      // What was held before an action of the same time is charged.
      if (financing !== undefined) for (const charge of chargesWithin(id, financing, from, to, sessionEnd)) list.push({ rank, action: charge });
      if (actions === undefined) return;
      if (actions.instrument !== id) throw new RangeError(`${id}: actions are those of ${actions.instrument}`);
      for (const action of actionsWithin(actions, from, to)) {
        if (action.kind === 'roll') {
          const into = instruments.find(other => other.id === action.into);
          if (into === undefined) throw new RangeError(`${id}: rolls into ${action.into} at ${formatTime(action.time)}, which is not in the run`);
          if (into.multiplier !== multiplier) throw new RangeError(`${id}: rolls into ${action.into}, whose multiplier is ${into.multiplier} and not ${multiplier}`);
        }
        list.push({ rank, action });
      }
    });
    // A stable sort: at one time by rank, then as stated.
    this.list = list.sort((a, b) => (a.action.time < b.action.time ? -1 : a.action.time > b.action.time ? 1 : a.rank - b.rank));
    this.stand();
  }

  get isEmpty(): boolean {
    return this.next === this.list.length;
  }

  /** After a restore: those whose key has passed are behind. */
  resume(clock: Clock): void {
    const { list } = this, now = clock.time;
    while (this.next < list.length && (list[this.next].action.time < now || (list[this.next].action.time === now && clock.class >= 0))) this.next++;
    this.stand();
  }

  private stand(): void {
    if (!this.isEmpty) this.time[0] = this.list[this.next].action.time;
  }

  /** Does the next one; `rest` meets the rest of a bar that is open. */
  act(venue: Venue, calls: Calls, rest: (market: Market, row: number) => void): void {
    const { rank, action } = this.list[this.next++], market = venue.markets[rank];
    venue.clock.set(action.time, 0);
    this.stand();
    if (market.isBars && market.closed < market.opened) {
      const closeTime = market.closeTime[market.closed - market.base];
      if (closeTime > action.time && action.kind !== 'charge') {
        throw new DataError(`${market.facts.id}: a ${action.kind} at ${formatTime(action.time)} lies inside of the bar that closes at ${formatTime(closeTime)}`, { row: market.closed, column: 'closeTime' });
      }
      // The bar that ends here is of the time before; a charge inside of a bar finds what is held since its open.
      if (closeTime <= action.time) rest(market, market.closed);
    }
    venue.trips.settle(venue);
    if (action.kind === 'charge') charge(venue, market, action);
    else if (action.kind === 'split') split(venue, market, action);
    else if (action.kind === 'dividend') pay(venue, market, action);
    else roll(venue, calls, market, action);
  }
}

function split(venue: Venue, market: Market, action: Split): void {
  const { clock, ledger, trips } = venue, money = ledger.moneyOf(market.rank), { numerator, denominator } = action, { multiplier, quantities, prices, rank, hedge } = market;
  for (const holding of market.holdings.slice()) {
    const { position, average } = holding;
    if (position === 0) continue;
    const mark = market.mark(clock, position), after = splitHolding(position, average, mark, multiplier, quantities, action);
    holding.position = after.held;
    holding.average = after.average;
    money.counted += ledger.hasLots ? splitLotsOf(holding, after, position, market, money, numerator / denominator) : money.count(after.profit);
    trips.split(rank, holding, action, mark, venue);
    if (hedge !== null) market.settleHedge(hedge, holding as HedgedPosition);
  }
  market.splitStanding(numerator / denominator, clock);
  const next = market.unprocessed(clock), scaled = (price: number): number => (price * denominator) / numerator, slots = venue.pool.ascending().filter(slot => slot.instrument === rank && !isEnd(slot.state));
  const units = (quantity: number): number => wholeSteps(quantities, (quantity * numerator) / denominator);
  // Replaces under way were sent on the old scale.
  const onScale = (message: Message): Message => {
    const slot = venue.pool.find(message.order);
    if (slot?.instrument !== rank) return message;
    const { quantity, price, stopPrice, trail } = message;
    return { ...message, quantity: units(quantity), price: scaled(price), stopPrice: scaled(stopPrice), trail: slot.trail?.unit === inBasisPoints ? trail : scaled(trail) };
  };
  const { tasks } = venue.schedule;
  for (let k = 0; k < tasks.length; k++) if (tasks[k].message !== null) tasks[k] = { ...tasks[k], message: onScale(tasks[k].message!) };
  for (const slot of slots) {
    const { side } = slot;
    if (slot.waiting !== null) slot.waiting = slot.waiting.map(onScale);
    slot.limit = roundToGrid(prices, scaled(slot.limit), passiveSide(side));
    slot.stop = roundToGrid(prices, scaled(slot.stop), againstOrder(slot.turn));
    slot.sentPrice = scaled(slot.sentPrice);
    if (slot.trail !== null) scaleTrail(market, slot, scaled, next);
    // A search begins where it is eligible: what has passed is on the old scale.
    if (!market.isBars && slot.eligible < next) slot.eligible = next;
    slot.quantity = units(slot.quantity);
    slot.filled = units(slot.filled);
  }
  for (const slot of slots) {
    if (isEnd(slot.state)) continue;
    if (slot.state !== held && venue.remaining(slot) <= 0) venue.finish(slot, event.cancel, cancelled, reason.zeroQuantity);
    else {
      venue.executeAt(slot, event.replace, venue.remaining(slot), slot.kind === stop ? slot.stop : slot.kind === marketKind ? NaN : slot.limit);
      search(venue, market, slot);
    }
  }
  market.isDirty = true;
}

/** A split of a position with lots: what is below a step is paid out of the oldest. Returns its profit in units of money. */
function splitLotsOf(holding: Holding, { held: kept, paidOut, price }: SplitHolding, before: number, market: Market, money: Money, ratio: number): number {
  const { lots } = holding;
  splitLots(lots, ratio, market);
  const profit = paidOut === 0 ? 0 : closeLots(lots, paidOut, price, before > 0 ? 1 : -1, market, money);
  if (kept === 0) lots.length = 0;
  else holding.average = averageOf(lots);
  return profit;
}

/** What a stop price that follows the market has seen goes onto the new scale. */
function scaleTrail(market: Market, slot: Slot, scaled: (price: number) => number, next: number): void {
  const trail = slot.trail!, { side } = slot;
  if (!market.isBars && slot.livePlace >= 0 && !slot.isTriggered) follow(market, slot, next);
  trail.extreme = scaled(trail.extreme);
  trail.given = roundToGrid(market.prices, scaled(trail.given), againstOrder(side));
  trail.activation = roundToGrid(market.prices, scaled(trail.activation), passiveSide(side));
  if (trail.unit !== inBasisPoints) trail.distance = scaled(trail.distance);
  const { steps } = trail;
  if (steps !== null) {
    if (steps.unit !== inRisk) [steps.profits, steps.stops] = [steps.profits.map(scaled), steps.stops.map(scaled)];
    steps.at = steps.at.map(price => roundToGrid(market.prices, scaled(price), passiveSide(side)));
    steps.to = steps.to.map(price => roundToGrid(market.prices, scaled(price), againstOrder(side)));
  }
  tighten(market, slot, trail);
}

function pay(venue: Venue, market: Market, { amount }: Dividend): void {
  const { ledger, clock } = venue, money = ledger.moneyOf(market.rank), paid = money.count(amount * market.position * market.multiplier);
  if (paid === 0) return;
  money.counted += paid;
  venue.equity.add('dividends', (money.amount(paid) * ledger.worth(market, clock)) / market.multiplier);
  venue.trips.pay(market, amount, ledger);
}

function charge(venue: Venue, market: Market, action: Charge): void {
  const { ledger, clock, equity, trips } = venue, money = ledger.moneyOf(market.rank);
  for (const holding of market.holdings) {
    const { position } = holding;
    if (position === 0) continue;
    const mark = market.mark(clock, position), paid = money.count(chargeOf(action, position, mark, market.multiplier));
    if (paid === 0) continue;
    money.counted -= paid;
    equity.add(action.column, (money.amount(paid) * ledger.worth(market, clock)) / market.multiplier);
    trips.finance(market, holding, action, mark, ledger);
  }
}

function roll(venue: Venue, calls: Calls, market: Market, { into, cost, time }: Roll): void {
  const next = venue.markets.find(({ facts }) => facts.id === into)!;
  for (const holding of market.holdings.slice()) {
    const { position } = holding;
    if (position === 0) continue;
    const side = position > 0 ? 1 : -1, quantity = Math.abs(position), price = next.standingBuy(next.standing(venue.clock));
    if (!(price === price)) throw new DataError(`${market.facts.id}: rolls into ${into} at ${formatTime(time)}, which has no price by then`);
    fillNow(venue, calls, market, -side, quantity, cost, holding);
    fillNow(venue, calls, next, side, quantity, cost, undefined);
  }
}

/** An order of the simulator's own, filled at what stands and at the stated cost. */
function fillNow(venue: Venue, calls: Calls, market: Market, side: number, quantity: number, cost: number, closed: Holding | undefined): void {
  const slot = calls.actions.ownOrder(market, side, quantity, 'roll', closed), at = market.standing(venue.clock), level = side > 0 ? market.standingBuy(at) : market.standingSell(at);
  venue.atOnce.add(slot.order);
  venue.move(slot, submitted);
  venue.execute(slot, event.submit, reason.none);
  venue.move(slot, accepted);
  venue.execute(slot, event.accept, reason.none);
  const { fills } = venue, price = roundToGrid(market.prices, level + side * (market.half + cost), againstOrder(side));
  fill(venue, market, slot, at < 0 ? market.carriedRow - market.base : at, price, level, taker, atMark);
  fills.slippage.set(fills.log.at - 1, side * (price - market.taken(level, side)) * quantity * market.multiplier);
}
