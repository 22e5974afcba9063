/** The venue: live orders of all instruments, the account's ledger, the logs, and the queue of what one key causes. */
import { oneOf, reasons, type Reason } from '@zanzibar/core';
import { FeeBook } from '../ledger/fee-book.ts';
import { Ledger } from '../ledger/ledger.ts';
import { RoundTrips } from '../ledger/round-trips.ts';
import type { Report } from '../strategy/strategy.ts';
import { Clock } from './clock.ts';
import { Limits } from './limits.ts';
import { requirement } from './margin.ts';
import { isPathPolicy, policyOf } from './intrabar.ts';
import { Market } from './market.ts';
import { accepted, cancelled, checkMove, held, isEnd, rejected, unknown, type Message, type Slot } from './order.ts';
import { OrderPool } from './order-pool.ts';
import { EquityLog } from './equity-log.ts';
import { ExecutionPrice } from './execution-price.ts';
import { event, ExecutionLog, FillLog, OrderLog } from './records.ts';
import { needsVolumes, RowVolumes } from './row-volumes.ts';
import { reportTask, Schedule, type Task } from './schedule.ts';
import type { IntrabarPolicy, SimulatorSetup } from './setup.ts';

/** Codes of the reasons that the venue gives. */
export const reason: { readonly [R in Reason]: number } = Object.fromEntries(reasons.map((word, code) => [word, code])) as { [R in Reason]: number };

/** What stands in the queue. */
export const ofOrder = 0, ofMessage = 1, ofTask = 2;

export class Venue {
  readonly setup: SimulatorSetup;
  /** The strategy's own. */
  state: unknown;
  readonly clock: Clock;
  readonly markets: Market[];
  readonly ledger: Ledger;
  /** Null: no fee schedule is given. */
  readonly fees: FeeBook | null;
  /** Null: takers pay spread and fixed slippage. */
  readonly pricing: ExecutionPrice | null;
  /** Null: nothing depends on what rows trade. */
  readonly volumes: RowVolumes | null;
  readonly pool: OrderPool = new OrderPool();
  readonly schedule: Schedule = new Schedule();
  readonly orders: OrderLog = new OrderLog();
  readonly fills: FillLog = new FillLog();
  readonly executions: ExecutionLog = new ExecutionLog();
  readonly equity: EquityLog = new EquityLog();
  readonly trips: RoundTrips;
  /** Null where nothing keeps the account from opening. */
  readonly limits: Limits | null;
  /** Caused by the present key: arrivals of orders (slots), messages, timers and reports, first in first out. */
  readonly queue: (Slot | Message | Task)[] = [];
  /** What each is: `ofOrder`, `ofMessage` or `ofTask`. */
  readonly queueKinds: number[] = [];
  queued = 0;
  readonly hasReports: boolean;
  /** Instruments may have several positions. */
  readonly isHedging: boolean;
  readonly isShown: boolean;
  readonly intrabar: IntrabarPolicy;
  readonly isOnPath: boolean;
  readonly seed: number;
  readonly reportLatency: number;
  /** Slots that came to rest on the row that is being matched. */
  readonly rested: Slot[] = [];
  restedCount = 0;
  nextOrder = 0;
  /** The first of the orders that close positions at the end; they need no time to arrive. */
  firstClosing: number = Infinity;
  /** Messages sent; the last one's place. */
  sent = 0;
  executed = 0;
  filled = 0;
  timers = 0;
  /** Orders of the venue's own that needed no time to arrive. */
  readonly atOnce: Set<number> = new Set();
  /** Has there been an order whose stop price follows the market? */
  hasTrails = false;
  ambiguousBars = 0;
  /** Of these, the ones that ticks decided. */
  resolvedBars = 0;
  throughOnArrival = 0;
  private readonly ended: Slot[] = [];
  private endedCount = 0;

  constructor(setup: SimulatorSetup) {
    const { instruments, options } = setup;
    this.setup = setup;
    this.state = setup.state;
    this.clock = new Clock(setup.from);
    this.markets = instruments.map((facts, rank) => new Market(rank, facts, options));
    this.ledger = new Ledger(setup, instruments.some(({ tick }) => !Number.isNaN(tick)));
    const { slippageSpreadShare, slippageBasisPoints, impact } = options.costs ?? {};
    this.pricing = (slippageSpreadShare ?? slippageBasisPoints ?? impact) === undefined ? null : new ExecutionPrice(options.costs!, instruments);
    this.volumes = needsVolumes(options) ? new RowVolumes(options.participation ?? NaN, instruments) : null;
    this.fees = options.costs?.fees === undefined ? null : new FeeBook(options.costs.fees, instruments, this.ledger.money);
    this.trips = new RoundTrips(instruments.length);
    this.limits = options.limits === undefined && options.margin === undefined ? null : new Limits(setup, this.ledger.money.value);
    this.hasReports = setup.reports;
    if (options.positionMode !== undefined) oneOf('positionMode', options.positionMode, ['netting', 'hedging']);
    this.isHedging = options.positionMode === 'hedging';
    this.isShown = options.quantity === 'shown';
    this.intrabar = policyOf(options);
    this.isOnPath = isPathPolicy(this.intrabar);
    this.seed = options.seed ?? 0;
    this.reportLatency = options.latency?.report ?? 0;
  }

  enqueue(kind: number, item: Slot | Message | Task): void {
    this.queueKinds[this.queued] = kind;
    this.queue[this.queued++] = item;
  }

  /** Writes one execution and, where the strategy listens, reports it. */
  execute(slot: Slot, what: number, why: number): void {
    this.write(slot.order, slot.instrument, what, slot.state, why);
  }

  /** The same for an order that has no slot (any more). */
  write(order: number, instrument: number, what: number, state: number, why: number): void {
    this.executions.write(order, what, state, why, this.clock);
    this.executed++;
    if (this.hasReports) this.report(order, instrument, what, state, why, 0, NaN);
  }

  /** An execution with a quantity and a price of its own: a fill, or what a replace has left to do. */
  executeAt(slot: Slot, what: number, quantity: number, price: number): void {
    this.executions.write(slot.order, what, slot.state, reason.none, this.clock);
    if (what === event.replace) this.executions.replaced.push({ quantity, price });
    this.executed++;
    if (this.hasReports) this.report(slot.order, slot.instrument, what, slot.state, reason.none, quantity, price);
  }

  private report(orderId: number, instrument: number, what: number, state: number, why: number, quantity: number, price: number): void {
    const { time } = this.clock;
    if (time >= this.setup.to) return;
    const report: Report = { orderId, event: what, state, reason: why, quantity, price, time };
    const task: Task = { kind: reportTask, time: time + BigInt(this.reportLatency), class: 3, place: 1e9 + this.executed, order: instrument, slot: null, message: null, report };
    if (this.reportLatency > 0) this.schedule.push(task);
    else this.enqueue(ofTask, task);
  }

  move(slot: Slot, state: number): void {
    checkMove(slot.order, slot.state, state);
    slot.state = state;
  }

  /** Quantity that is still to be filled. */
  remaining(slot: Slot): number {
    return slot.filled === 0 ? slot.quantity : this.markets[slot.instrument].cleanQuantity(slot.quantity - slot.filled);
  }

  /** A row of equity at the present key. */
  writeEquity(): void {
    this.equity.write(this.clock, this.ledger.equity(this.markets, this.clock), this.ledger.cash(this.clock));
    if (this.limits !== null && this.limits.initial > 0) this.equity.margins.push(requirement(this, this.limits.initial));
  }

  /** From now on market rows are matched against the order. */
  enliven(slot: Slot, market: Market): void {
    slot.livePlace = market.live.push(slot) - 1;
    market.isDirty = true;
  }

  /** Brings an order to an end; its held legs follow it. */
  finish(slot: Slot, what: number, state: number, why: number): void {
    this.move(slot, state);
    this.execute(slot, what, why);
    if (slot.filled === 0) {
      if (slot.leg0 !== null && slot.leg0.state === held) this.finish(slot.leg0, event.cancel, cancelled, reason.parentEnded);
      if (slot.leg1 !== null && slot.leg1.state === held) this.finish(slot.leg1, event.cancel, cancelled, reason.parentEnded);
      if (slot.leg2 !== null && slot.leg2.state === held) this.finish(slot.leg2, event.cancel, cancelled, reason.parentEnded);
      if (slot.others !== null) this.endOthers(slot);
    }
    this.leave(slot);
  }

  /** Orders that wait for one that has ended without a fill end with it, by id. */
  private endOthers(slot: Slot): void {
    const others = slot.others!;
    slot.others = null;
    for (const other of others) if (other.trigger === slot && other.state === held) this.finish(other, event.cancel, cancelled, reason.parentEnded);
  }

  /** An order at its end: no longer matched; its slot is given back when nothing refers to it. */
  leave(slot: Slot): void {
    const market = this.markets[slot.instrument], { live } = market, place = slot.livePlace;
    slot.next = Infinity;
    if (place >= 0) {
      const last = live.pop()!;
      if (last !== slot) {
        live[place] = last;
        last.livePlace = place;
      }
      slot.livePlace = -1;
      market.isDirty = true;
    }
    this.ended[this.endedCount++] = slot;
  }

  /** Gives back the slots of orders that ended, once nothing walks over them. */
  sweep(): void {
    if (this.endedCount > 0) this.giveBack();
  }

  private giveBack(): void {
    const { ended } = this;
    for (let k = 0; k < this.endedCount; k++) {
      const slot = ended[k], { parent } = slot;
      if (parent !== null) {
        // A leg: its entry forgets it.
        if (parent.leg0 === slot) parent.leg0 = null;
        else if (parent.leg1 === slot) parent.leg1 = null;
        else if (parent.leg2 === slot) parent.leg2 = null;
        parent.liveLegs--;
        if (parent.liveLegs === 0 && isEnd(parent.state) && !parent.isUnderWay) this.pool.give(parent);
        this.pool.give(slot);
      } else if (slot.liveLegs === 0 && !slot.isUnderWay && slot.order >= 0) this.pool.give(slot);
    }
    this.endedCount = 0;
  }

  /** A cancel or replace of an order that has no slot. */
  refuse(order: number, what: number): void {
    if (order >= 0 && order < this.nextOrder && Number.isInteger(order)) this.write(order, this.orders.instrumentOf(order), what, this.executions.endOf(order), reason.alreadyClosed);
    else this.write(order, -1, what, unknown, reason.unknownOrder);
  }

  /** Rejects an order on its arrival. */
  reject(slot: Slot, why: number): void {
    this.finish(slot, event.reject, rejected, why);
  }

  accept(slot: Slot, why: number): void {
    this.move(slot, accepted);
    this.execute(slot, event.accept, why);
  }
}
