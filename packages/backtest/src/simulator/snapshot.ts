/** Everything that a run needs to go on, as one plain value: live orders, what is scheduled, positions, what stands; never the tables written so far. */
import { decodeSnapshot, encodeSnapshot } from '@zanzibar/core';
import type { Trip } from '../ledger/trip.ts';
import type { Running } from './calls.ts';
import type { Loop } from './loop.ts';
import { executionsTable } from './output.ts';
import { HedgedPosition } from './holding.ts';
import { never } from './market.ts';
import type { Message, Slot } from './order.ts';
import { precedes, type Task } from './schedule.ts';
import { Trail } from './trail.ts';
import type { Venue } from './venue.ts';

const version = 1;

/** Fields of a slot that are values; references are kept by order id. */
const slotFields = [
  'instrument', 'side', 'kind', 'form', 'turn', 'state', 'timeInForce', 'isReduceOnly', 'isPostOnly', 'quantity', 'filled', 'limit', 'stop', 'eligible', 'isFresh', 'isSatisfied', 'isTriggered', 'isActive',
  'insideBar', 'insideLook', 'insideLevel', 'linkKind', 'linkGroup', 'hold', 'expireTime', 'place', 'notBefore', 'sentPrice', 'isUnderWay', 'hasArrived', 'isSameClose', 'tag', 'isExit', 'holdRows', 'restedUntil', 'positionId',
] as const;
const marketFields = [
  'base', 'length', 'hasBegun', 'firstRow', 'carriedBuy', 'carriedSell', 'carriedRow', 'carriedTime', 'carriedRange', 'cursor', 'opened', 'closed', 'markRow', 'isMarkOpen', 'markBuy', 'markSell', 'position', 'average', 'staleBefore', 'staleRatio',
] as const;
const venueFields = ['nextOrder', 'firstClosing', 'sent', 'executed', 'filled', 'timers', 'ambiguousBars', 'resolvedBars', 'throughOnArrival'] as const;
const tripFields = ['trips', 'lotCount', 'base', 'realised', 'fees', 'dividends', 'funding', 'borrow'] as const;

function pick(from: object, fields: readonly string[]): { [field: string]: unknown } {
  return Object.fromEntries(fields.map(field => [field, (from as { [field: string]: unknown })[field]]));
}

export function snapshotVenue(venue: Venue, running: readonly Running[], loop: Loop, tags: readonly string[], hasStarted: boolean): Uint8Array {
  const { clock, pool, markets, trips, ledger, executions } = venue;
  for (const market of markets) market.keepStanding(clock);
  trips.settle(venue);
  const table = executionsTable(venue), arrivals = new BigInt64Array(venue.nextOrder), ends = new Uint8Array(venue.nextOrder);
  arrivals.set(executions.arrivalsBefore);
  ends.set(executions.endsBefore);
  for (let row = 0; row < table.length; row++) {
    const order = (table.columns.orderId as Float64Array)[row];
    if (order < 0 || order >= ends.length) continue;
    arrivals[order] = (table.columns.arrivalTime as BigInt64Array)[row];
    ends[order] = (table.columns.state as Int8Array)[row];
  }
  return encodeSnapshot({
    version, hasStarted,
    clock: { time: clock.time, class: clock.class, rank: clock.rank, row: clock.row },
    venue: pick(venue, venueFields),
    cash: ledger.money.counted,
    markets: markets.map(market => ({ ...pick(market, marketFields), base: market.base + market.length, length: 0, live: market.live.map(slot => slot.order).sort((a, b) => a - b) })),
    slots: pool.ascending().map(slot => ({
      order: slot.order, ...pick(slot, slotFields), trail: slot.trail === null ? null : { ...slot.trail }, parent: slot.parent?.order ?? -1, trigger: slot.trigger?.order ?? -1, legs: [slot.leg0, slot.leg1, slot.leg2].map(leg => leg?.order ?? -1), liveLegs: slot.liveLegs,
      waiting: slot.waiting,
    })),
    tasks: venue.schedule.tasks.filter(({ slot, order }) => slot === null || slot.order === order).sort((a, b) => (precedes(a, b) ? -1 : 1)).map(task => ({ ...task, slot: task.slot?.order ?? -1 })),
    trips: { ...pick(trips, tripFields), base: trips.base + trips.closed.length, held: trips.books.map(({ held }) => held), average: trips.books.map(({ average }) => average), open: trips.books.map(({ trip }) => trip) },
    sources: running.map(({ next, segment, timer }) => ({ next, segment, timer })),
    ticks: loop.nextTick, equityTime: loop.equityTime, hasEquityTimes: loop.hasEquityTimes,
    tags,
    // Nine bytes an order: what a cancel or replace of one that has ended is answered with.
    ends, arrivals, lastTime: executions.lastTime, equityRows: venue.equity.log.base + venue.equity.log.length, dividend: venue.equity.pending('dividends'), flows: { funding: venue.equity.pending('funding'), borrow: venue.equity.pending('borrow') },
    ...(venue.volumes === null ? {} : { volumes: venue.volumes.save(markets) }),
    ...(venue.fees === null ? {} : { fees: venue.fees.save() }),
    limits: venue.limits?.save() ?? null,
    lots: ledger.hasLots ? { ledger: markets.map(market => market.lots), trips: trips.books.map(({ lots }) => lots) } : null,
    ...(venue.isHedging ? { hedged: markets.map(({ hedge }) => hedge!.positions.map(({ id, position, average, lots }) => ({ id, position, average, lots, book: trips.hedged.get(id)! }))) } : {}),
    currencies: ledger.currencies && { counted: ledger.currencies.moneys.map(money => money.counted), expected: ledger.currencies.expected },
    state: venue.state === undefined ? null : { value: venue.state },
  }, 'simulator');
}

/** Takes a snapshot's place in a new simulator; returns whether the run had started. Errors: RangeError for another version. */
export function restoreVenue(bytes: Uint8Array, venue: Venue, running: readonly Running[], loop: Loop, tags: string[]): boolean {
  const saved = decodeSnapshot('simulator', bytes), { clock, pool, markets, trips, orders, fills, executions, equity } = venue;
  if (saved.version !== version) throw new RangeError(`simulator: snapshot is of version ${saved.version}, this is version ${version}`);
  if (venue.nextOrder > 0 || venue.executed > 0) throw new RangeError('simulator: restore needs a new simulator');
  if (saved.markets.length !== markets.length || saved.sources.length !== running.length) throw new RangeError('simulator: snapshot is of a run with other instruments or sources');
  clock.set(saved.clock.time, saved.clock.class);
  clock.rank = saved.clock.rank;
  clock.row = saved.clock.row;
  Object.assign(venue, { resolvedBars: 0 }, saved.venue);
  venue.ledger.money.counted = saved.cash;
  if (venue.volumes !== null && saved.volumes !== undefined) venue.volumes.restore(saved.volumes);
  if (venue.fees !== null && saved.fees !== undefined) venue.fees.restore(saved.fees);
  pool.clear();
  const slots = new Map<number, Slot>(), slotOf = (order: number): Slot | null => slots.get(order) ?? null;
  for (const one of saved.slots) {
    const slot = pool.take(one.order);
    // A snapshot of before these: every order was what it worked as.
    Object.assign(slot, pick({ form: one.kind, turn: one.side, isExit: false, holdRows: NaN, restedUntil: 0, positionId: NaN, ...one }, slotFields));
    slots.set(one.order, slot);
  }
  for (const one of saved.slots) {
    const slot = slots.get(one.order)!;
    slot.parent = slotOf(one.parent);
    slot.trigger = slotOf(one.trigger ?? -1);
    if (slot.trigger !== null) (slot.trigger.others ??= []).push(slot);
    if (one.trail) {
      slot.trail = Object.assign(new Trail(), one.trail);
      venue.hasTrails = true;
    }
    [slot.leg0, slot.leg1, slot.leg2] = one.legs.map(slotOf);
    slot.liveLegs = one.liveLegs;
    slot.waiting = one.waiting as Message[] | null;
  }
  saved.markets.forEach((one: any, k: number) => {
    const market = markets[k];
    Object.assign(market, pick({ carriedTime: never, carriedRange: new Float64Array(4).fill(NaN), ...one }, marketFields));
    market.forgetRows();
    market.live.length = 0;
    for (const order of one.live) venue.enliven(slots.get(order)!, market);
  });
  for (const task of saved.tasks) venue.schedule.push({ ...task, slot: slotOf(task.slot) } as Task);
  Object.assign(trips, pick({ funding: 0, borrow: 0, lotCount: 0, ...saved.trips }, tripFields));
  trips.books.forEach((book, rank) => {
    book.held = saved.trips.held[rank];
    book.average = saved.trips.average[rank];
    book.trip = saved.trips.open[rank] as Trip | null;
  });
  running.forEach((source, k) => {
    source.next = saved.sources[k].next;
    source.segment = saved.sources[k].segment;
    source.timer.set(saved.sources[k].timer);
  });
  loop.nextTick.set(saved.ticks);
  loop.equityTime.set(saved.equityTime);
  loop.hasEquityTimes = saved.hasEquityTimes;
  loop.due.resume(clock);
  tags.splice(0, Infinity, ...saved.tags);
  executions.endsBefore = saved.ends;
  executions.arrivalsBefore = saved.arrivals;
  executions.lastTime = saved.lastTime;
  orders.log.base = venue.nextOrder;
  fills.log.base = venue.filled;
  executions.log.base = venue.executed;
  equity.log.base = saved.equityRows;
  const { currencies } = venue.ledger;
  if (saved.lots) {
    markets.forEach((market, rank) => void (market.lots = saved.lots.ledger[rank]));
    trips.books.forEach((book, rank) => void (book.lots = saved.lots.trips[rank]));
  }
  if (venue.isHedging) restoreHedged(venue, saved.hedged);
  if (currencies !== null && saved.currencies) {
    currencies.expected = saved.currencies.expected;
    saved.currencies.counted.forEach((counted: number, place: number) => void (currencies.moneys[place].counted = counted));
  }
  if (venue.limits !== null && saved.limits) Object.assign(venue.limits, saved.limits);
  const { funding = 0, borrow = 0 } = saved.flows ?? {};
  for (const [flow, amount] of [['dividends', saved.dividend], ['funding', funding], ['borrow', borrow]] as const) if (amount) equity.add(flow, amount);
  venue.state = saved.state === null ? undefined : saved.state.value;
  return saved.hasStarted;
}

/** Positions beside each other, and what the fills say of them. Errors: RangeError for a snapshot of a run with one position an instrument. */
function restoreHedged({ markets, trips }: Venue, saved: any): void {
  if (saved === undefined) throw new RangeError('simulator: snapshot is of positionMode netting, this run is of hedging');
  markets.forEach((market, rank) => {
    for (const { id, position, average, lots, book } of saved[rank]) {
      market.hedge!.positions.push(Object.assign(new HedgedPosition(id), { position, average, lots }));
      trips.hedged.set(id, book);
    }
  });
}
