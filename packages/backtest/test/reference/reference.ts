/**
 * The naive reference: every row of every instrument is walked, against every live order.
 *
 * Written from `contracts.md` and `fills.md` alone; nothing of the simulator but its types is imported.
 */
import { orderStates, codeOf, executionEvents, reasons } from '@zanzibar/core';
import type { DecisionRows, Group, MarketRows, SimulatorSetup } from '../../src/simulator/setup.ts';
import type { Account, Actions, Now, OrderRequest, Replacement, TargetRequest } from '../../src/strategy/strategy.ts';
import type { Pocket } from './account.ts';
import { chargesOf, type ReferenceCharge } from './financing.ts';
import { EventList, type Event } from './events.ts';
import { isEnd, type EquityRow, type ExecutionRow, type Misreading, type Order, type OrderRow, type Point, type ReferenceResult } from './records.ts';
import { Venue, type Bar } from './venue.ts';

type CallContext = { readonly source: number; readonly row: number; readonly toRow: number; readonly isStop: boolean };
const noSource: CallContext = { source: -1, row: 0, toRow: 0, isStop: false };

export function reference(setup: SimulatorSetup, rows: Group, misreading?: Misreading): ReferenceResult {
  return new Reference(setup, rows, misreading).run();
}

class Reference {
  private readonly setup: SimulatorSetup;
  private readonly rows: Group;
  private readonly misreading: Misreading | undefined;
  private readonly venue: Venue;
  private readonly events: EventList;
  private current: { time: bigint; class: number };
  private queue: (() => void)[] = [];
  private readonly orderRows: OrderRow[] = [];
  private readonly equityRows: EquityRow[] = [];
  private nextId = 0;
  private messages = 0;
  private timers = 0;
  private liquidatedInside = 0;
  private context: CallContext = noSource;
  /** Rests of bars, by instrument and close. */
  private readonly rests = new Map<string, () => void>();
  private groups = new Map<number, number>();
  private readonly account: Account;
  private readonly actions: Actions;

  constructor(setup: SimulatorSetup, rows: Group, misreading?: Misreading) {
    this.setup = setup;
    this.rows = rows;
    this.misreading = misreading;
    this.current = { time: setup.from, class: -1 };
    const halves = setup.instruments.map(({ market }, i) => (market === 'quotes' || (market === 'bars' && rows.markets[i].askOpen) ? 0 : setup.options.costs?.halfSpread ?? 0));
    this.venue = new Venue(setup.instruments, setup.options, halves, {
      time: () => this.current.time,
      schedule: (time, place, run) => {
        if (time < this.current.time || (time === this.current.time && this.current.class > 4)) run();
        else this.events.insert({ time, class: 4, places: [place], run });
      },
      executed: row => this.executed(row),
    }, misreading);
    this.account = this.makeAccount();
    this.actions = this.makeActions();
    this.events = new EventList([
      ...rows.markets.flatMap((market, i) => this.marketEvents(market, i)),
      ...setup.instruments.flatMap(({ financing }, i) => (financing ? chargesOf(setup, i, financing) : []).map(charge => ({ time: charge.time, class: misreading === 'chargeAfterRows' ? 6 : 0, places: [i], run: () => this.charge(i, charge) }))),
      ...rows.decisions.flatMap((decisions, s) => this.decisionEvents(decisions, s)),
      { time: setup.from, class: -1, places: [], run: () => this.call({ ...blankNow, kind: 'start', source: 'start', time: setup.from }, noSource) },
    ]);
  }

  run(): ReferenceResult {
    const { to } = this.setup;
    for (let event = this.events.first(); event && (event.time < to || (event.time === to && event.class <= 1)); event = this.events.first()) {
      this.events.drop();
      this.current = event;
      event.run();
      this.drain();
    }
    return this.end();
  }

  private drain(): void {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) next();
  }

  // What the rows are

  private marketEvents(rows: MarketRows, instrument: number): Event[] {
    const events: Event[] = [], starts = new Set<number>([rows.base, ...(rows.starts ?? [])]), { venue } = this;
    const isBars = this.setup.instruments[instrument].market === 'bars', isStrict = this.setup.instruments[instrument].market !== 'quotes' && this.setup.options.limitFill !== 'touch';
    for (let i = 0; i < rows.length; i++) {
      const row = rows.base + i, time = rows.time[i];
      const buy = isBars ? (rows.askOpen ?? rows.open!)[i] : (rows.ask ?? rows.price!)[i], sell = isBars ? rows.open![i] : (rows.bid ?? rows.price!)[i];
      const point: Point = {
        instrument, row, time, buy, sell, half: venue.half[instrument], isStrict, isStart: starts.has(row),
        volume: NaN, buySize: (rows.askSize ?? rows.size)?.[i] ?? NaN, sellSize: (rows.bidSize ?? rows.size)?.[i] ?? NaN,
      };
      const isMarket = this.misreading === 'crossedFills' || this.setup.options.crossed === 'trade' || buy >= sell;
      const exists = !Number.isNaN(buy) && !Number.isNaN(sell) && (isMarket || rows.bid === undefined);
      events.push({ time, class: 5, places: [instrument, row], run: () => this.marketRow(point, exists, isBars) });
      if (!isBars) continue;
      let isDone = false;
      const run = (): void => {
        if (!isDone) this.barRest(rows, instrument, i);
        isDone = true;
      };
      this.rests.set(`${instrument} ${rows.closeTime![i]}`, run);
      events.push({ time: rows.closeTime![i], class: 1, places: [0, instrument, row], run });
    }
    return events;
  }

  private decisionEvents(rows: DecisionRows, s: number): Event[] {
    const source = this.setup.sources[s], events: Event[] = [];
    if (source.kind === 'tick') return events;
    if (source.kind === 'timer') return this.timerEvents(s);
    for (let i = 0; i < rows.length; i++) {
      const time = rows.time[i], run = (): void => this.decision(rows, s, i);
      const cutBy = rows.provedBy?.[i] ?? NaN, last = !Number.isNaN(cutBy) ? cutBy : source.kind === 'bar' && rows.toRow ? rows.toRow[i] - 1 : -1, market = this.rows.markets[source.instrument];
      const lastTime = last >= 0 && market ? market.time[last - market.base] : undefined;
      if (lastTime !== undefined && lastTime >= time && this.setup.instruments[source.instrument].market !== 'bars') {
        events.push({ time: lastTime, class: 5, places: [source.instrument, last, 1, s], run });
      } else if (source.kind === 'bar') events.push({ time, class: 1, places: [1, s, i], run });
      else events.push({ time, class: 3, places: [0, s, i], run });
    }
    return events;
  }

  private timerEvents(s: number): Event[] {
    const { from, to, sources } = this.setup, events: Event[] = [], every = BigInt(sources[s].interval), offset = BigInt(sources[s].offset ?? 0);
    let time = ((from - offset) / every) * every + offset;
    while (time < from) time += every;
    for (let k = 0; time < to; k++, time += every) {
      const now: Now = { ...blankNow, kind: 'timer', source: sources[s].name, time, row: k }, context: CallContext = { ...noSource, source: s, row: k };
      events.push({ time, class: 2, places: [0, s, k], run: () => this.call(now, context) });
    }
    return events;
  }

  // What happens

  private marketRow(point: Point, exists: boolean, isBars: boolean): void {
    const { venue } = this, { instrument, row } = point, sent = this.messages;
    // What comes to rest while the row is matched has it as its standing row and is tested on the next one.
    venue.unprocessed[instrument] = row + 1;
    if (exists) {
      venue.lastRowTime[instrument] = point.time;
      if (!isBars) venue.standing[instrument] = point;
      venue.matchPoint(isBars ? { ...point, volume: this.misreading === 'ownVolumeAtOpen' ? (this.rows.markets[instrument].volume?.[row] ?? NaN) : venue.lastVolume[instrument] } : point);
      venue.account.marks[instrument] = { long: point.sell, short: point.buy, row };
      this.look();
    }
    this.setup.sources.forEach((source, s) => {
      const rows = this.rows.decisions[s], at = row - rows.base;
      if (source.kind === 'tick' && source.instrument === instrument && at >= 0 && at < rows.length) this.queue.push(() => this.decision(rows, s, at));
    });
    this.drain();
    if (this.misreading === 'sameTick' && exists) venue.matchPoint(point, order => order.eligible === row + 1 && order.place > sent);
  }

  private barRest(rows: MarketRows, instrument: number, i: number): void {
    const sell = { open: rows.open![i], high: rows.high![i], low: rows.low![i], close: rows.close![i] };
    const buy = rows.askOpen ? { open: rows.askOpen[i], high: rows.askHigh![i], low: rows.askLow![i], close: rows.askClose![i] } : sell;
    const bar: Bar = { row: rows.base + i, openTime: rows.time[i], closeTime: rows.closeTime![i], buy, sell, volume: rows.volume?.[i] ?? NaN };
    const { venue } = this;
    const isAsked = this.liquidatesInside(instrument, bar, false);
    venue.matchRange(instrument, bar);
    if (!isAsked) this.liquidatesInside(instrument, bar, true);
    venue.lastVolume[instrument] = bar.volume;
    venue.standing[instrument] = {
      volume: bar.volume, instrument, row: bar.row, time: bar.closeTime, buy: buy.close, sell: sell.close, buySize: NaN, sellSize: NaN, half: venue.half[instrument], isStrict: true, isStart: false,
    };
    venue.account.marks[instrument] = { long: sell.close, short: buy.close, row: bar.row };
    this.look();
  }

  /** B7, B9 and B11. */
  private look(): void {
    const { limits } = this.venue, isFirst = this.misreading === 'locksFirst';
    if (!isFirst && limits.isUnder()) this.liquidate(-1, NaN);
    if (limits.looks(this.current.time)) this.lock();
    if (isFirst && limits.isUnder()) this.liquidate(-1, NaN);
  }

  /** B8. */
  private lock(): void {
    const { limits, account } = this.venue;
    limits.withdraw(this.venue, 'locked');
    if (!limits.closesOnLock) return;
    if (account.open().length > 1) this.venue.reach('closed by a lock while several were open');
    for (const pocket of account.open()) this.closeOwn(pocket, account.mark(pocket), 'lock');
  }

  private liquidate(at: number, level: number): void {
    if (this.venue.instruments.some((_, i) => new Set(this.venue.account.open(i).map(({ quantity }) => Math.sign(quantity))).size === 2)) this.venue.reach('liquidated while both sides were held');
    if (this.misreading !== 'liquidationKeepsOrders') this.venue.limits.withdraw(this.venue, 'liquidation');
    for (const pocket of this.venue.account.open()) this.closeOwn(pocket, pocket.instrument === at ? level : this.venue.account.mark(pocket), 'liquidation');
  }

  /** B12; false: ask again after the range's orders. */
  private liquidatesInside(i: number, bar: Bar, isAfter: boolean): boolean {
    const { venue } = this, { isHedging } = venue.account, side = -Math.sign(isHedging ? venue.limits.falls(i) : venue.account.held(i)), price = venue.limits.liquidationPrice(i);
    if (Number.isNaN(price) || this.misreading === 'liquidatesAtRows') return true;
    const level = venue.account.rounding[i].against(price, side);
    if (!(side < 0 ? bar.sell.low <= level : bar.buy.high >= level)) return true;
    const isBefore = (o: Order): boolean => (o.kind === 'stop' || o.kind === 'trailingStop') && !o.isTriggered && o.side === side && (!isHedging || o.reduceOnly) && (o.insideBar === bar.row ? o.insideLook === 'range' : o.eligible <= bar.row) && (level - o.stopPrice) * side >= 0;
    if (!isAfter && venue.live(i).some(isBefore)) return false;
    this.liquidate(i, level);
    this.liquidatedInside++;
    return true;
  }

  /** B8: an order of the venue's own. */
  private closeOwn({ instrument: i, id, quantity }: Pocket, level: number, tag: 'lock' | 'liquidation'): void {
    const { venue } = this, side = -Math.sign(quantity), { row } = venue.account.marks[i], half = venue.half[i];
    const order = this.write({ side, quantity: Math.abs(quantity), tag, positionId: id }, i, Math.abs(quantity), NaN, NaN, noSource);
    order.state = 'submitted';
    venue.execute(order, 'submit');
    order.state = 'accepted';
    order.hasArrived = true;
    venue.execute(order, 'accept');
    const point: Point = { instrument: i, row, time: this.current.time, buy: level, sell: level, buySize: NaN, sellSize: NaN, volume: NaN, half, isStrict: true, isStart: false };
    venue.fill(order, venue.taker(point, side, true), 'taker', point, level, 'mark', tag === 'liquidation');
  }

  /** A charge for holding: after the rest of a bar that ends there. */
  private charge(instrument: number, { time, kind, long, short }: ReferenceCharge): void {
    this.rests.get(`${instrument} ${time}`)?.();
    this.venue.charge(instrument, kind, long, short);
  }

  private decision(rows: DecisionRows, s: number, i: number): void {
    const source = this.setup.sources[s], time = rows.time[i], { from } = this.setup;
    if (time < from) return;
    if (this.setup.equitySource === s) this.writeEquity(time);
    source.now.row = i;
    const context: CallContext = { source: s, row: rows.base + i, toRow: rows.toRow?.[i] ?? 0, isStop: false };
    if (source.kind === 'bar' && rows.segment && i > 0 && rows.segment[i] !== rows.segment[i - 1]) {
      this.call({ ...blankNow, kind: 'segmentEnd', source: source.name, instrument: source.now.instrument, time, row: i, base: rows.base }, context);
      this.drain();
    }
    source.now.row = i;
    this.call(source.now, context, time);
  }

  private writeEquity(time: bigint): void {
    this.equityRows.push({ time, equity: this.venue.account.equity(), cash: this.venue.account.cash() });
  }

  /** Nothing is decided before `from`, or at or after `to` but for `stop`. */
  private call(now: Now, context: CallContext, time: bigint = now.time): void {
    if (!context.isStop && (time < this.setup.from || time >= this.setup.to)) return;
    this.context = context;
    this.groups = new Map();
    this.setup.decide(this.setup.state, now, this.account, this.actions);
    this.context = noSource;
  }

  private executed(row: ExecutionRow): void {
    if (!this.setup.reports || this.current.time >= this.setup.to) return;
    const order = this.venue.orders.get(row.orderId), latency = this.setup.options.latency?.report ?? 0;
    const report = { ...row, event: codeOf(executionEvents, row.event), state: codeOf(orderStates, row.state), reason: codeOf(reasons, row.reason) };
    const run = (): void => {
      const now: Now = { ...blankNow, kind: 'report', source: 'report', instrument: order ? this.setup.instruments[order.instrument].id : '', time: this.current.time, report };
      this.call(now, noSource);
    };
    if (latency > 0) this.events.insert({ time: this.current.time + BigInt(latency), class: 3, places: [1, row.sequence], run });
    else this.queue.push(run);
  }

  private end(): ReferenceResult {
    const { to, options } = this.setup, { venue } = this;
    this.current = { time: to, class: 1 };
    this.call({ ...blankNow, kind: 'stop', source: 'stop', time: to }, { ...noSource, isStop: true });
    this.queue = [];
    for (const order of venue.ascending()) {
      if (isEnd(order.state)) continue;
      order.state = 'cancelled';
      venue.execute(order, 'cancel', 'endOfData');
    }
    if (options.atEnd === 'close') for (const pocket of venue.account.open()) this.closeAtMark(pocket);
    this.writeEquity(to);
    return {
      orders: this.orderRows, executions: venue.executions, fills: venue.fills, equity: this.equityRows, cash: venue.account.cash(),
      finalEquity: venue.account.equity(), positions: venue.instruments.map((_, i) => venue.account.held(i)), ambiguousBars: venue.ambiguousBars, resolvedBars: venue.resolvedBars, liquidatedInside: this.liquidatedInside, provenTrails: venue.provenTrails, steppedStops: venue.steppedStops, reached: venue.reached,
    };
  }

  private closeAtMark({ instrument, id, quantity }: Pocket): void {
    const { venue } = this, side = -Math.sign(quantity), mark = venue.account.marks[instrument], standing = venue.standing[instrument]!;
    const order = this.write({ side, quantity: Math.abs(quantity), positionId: id }, instrument, Math.abs(quantity), NaN, NaN, noSource);
    order.state = 'submitted';
    venue.execute(order, 'submit');
    order.state = 'accepted';
    order.hasArrived = true;
    venue.execute(order, 'accept');
    const price = side > 0 ? mark.short : mark.long;
    venue.fill(order, price, 'taker', { ...standing, buySize: Infinity, sellSize: Infinity }, price, 'mark');
  }

  // What the strategy may ask for

  private instrumentOf(id: string | undefined): number {
    return id === undefined ? Math.max(0, this.setup.sources[this.context.source]?.instrument ?? 0) : this.setup.instruments.findIndex(instrument => instrument.id === id);
  }

  private makeAccount(): Account {
    const { venue } = this, { account } = venue;
    return {
      get cash() { return account.cash(); },
      get equity() { return account.equity(); },
      get margin() { return venue.limits.requirement(venue.limits.margin?.initial ?? 0); },
      liquidationPrice: id => venue.limits.liquidationPrice(this.instrumentOf(id)),
      position: id => account.held(this.instrumentOf(id)),
      averagePrice: id => account.averageOf(this.instrumentOf(id)),
      positions: id => account.open(id === undefined ? undefined : this.instrumentOf(id)).map(({ id: positionId, instrument, quantity, average }) => ({ positionId, instrument: this.setup.instruments[instrument].id, side: Math.sign(quantity), quantity: Math.abs(quantity), entryPrice: average })),
      openOrders: id => venue.ascending().filter(o => !isEnd(o.state) && (id === undefined || this.setup.instruments[o.instrument].id === id)).map(o => o.id),
      order: id => {
        const order = venue.orders.get(id);
        if (!order || isEnd(order.state)) return undefined;
        const { side, kind, price, stopPrice } = order;
        return { orderId: id, instrument: this.setup.instruments[order.instrument].id, kind, side, quantity: venue.remaining(order), price, stopPrice, state: codeOf(orderStates, order.state) };
      },
    };
  }

  private makeActions(): Actions {
    const { venue } = this;
    return {
      submit: request => this.submit(request),
      market: (side, quantity) => this.submit({ side, quantity }),
      target: target => this.target(target),
      cancel: id => this.change(id, this.misreading === 'cancelIgnoresLatency' ? 0 : this.setup.options.latency?.cancel ?? 0, () => venue.cancel(venue.orders.get(id), id)),
      replace: (id, change: Replacement) => {
        const { context } = this, place = this.messages + 1;
        this.change(id, this.setup.options.latency?.replace ?? 0, () => {
          const order = venue.orders.get(id);
          venue.replace(order, id, change, place, order ? this.notBefore(context, order.instrument) : 0);
        });
      },
      timer: time => {
        if (this.context.isStop) return;
        const run = (): void => this.call({ ...blankNow, kind: 'timer', source: 'timer', time: this.current.time }, noSource);
        const { current } = this, hasPassed = time < current.time || (time === current.time && current.class > 2);
        if (hasPassed) this.queue.push(run);
        else this.events.insert({ time, class: 2, places: [1, this.timers++], run });
      },
      record: () => {},
      mark: () => {},
    };
  }

  /** First row for what a bar made of the instrument's own rows has decided. */
  private notBefore(context: CallContext, instrument: number): number {
    const source = this.setup.sources[context.source];
    return source?.kind === 'bar' && source.instrument === instrument ? context.toRow : 0;
  }

  /** A cancel or replace; one that is faster than its order waits for it. */
  private change(id: number, latency: number, run: () => void): void {
    if (this.context.isStop) return;
    this.send(latency, () => {
      const order = this.venue.orders.get(id), own = order?.parent ?? order, first = own?.state === 'held' ? own.trigger ?? own : own;
      if (first && !first.hasArrived && !isEnd(first.state)) first.waiting.push(run);
      else run();
    });
  }

  private send(latency: number, run: () => void): void {
    const place = ++this.messages;
    if (latency > 0) this.events.insert({ time: this.current.time + BigInt(latency), class: this.misreading === 'tieAfterRow' ? 6 : 4, places: [place], run });
    else this.queue.push(run);
  }

  private submit(request: OrderRequest): number {
    const i = this.instrumentOf(request.instrument), { side, kind = 'market' } = request, rounding = this.venue.account.rounding[i], { minimumQuantity } = this.setup.instruments[i];
    const { context } = this, isAuction = kind === 'onOpen' || kind === 'onClose', takesLimit = (isAuction && request.price !== undefined && !Number.isNaN(request.price)) || kind === 'limit' || kind === 'stopLimit' || kind === 'limitIfTouched' || kind === 'trailingStopLimit', isTrailing = kind === 'trailingStop' || kind === 'trailingStopLimit', isTouched = kind === 'marketIfTouched' || kind === 'limitIfTouched', takesStop = isTouched || isTrailing || kind === 'stop' || kind === 'stopLimit';
    const price = takesLimit ? rounding.limit(request.price ?? NaN, side) : NaN, stopPrice = takesStop ? (isTouched ? rounding.limit(request.stopPrice ?? NaN, side) : rounding.against(request.stopPrice ?? NaN, side)) : NaN;
    const asked = this.askedQuantity(request, i, price, stopPrice), quantity = rounding.quantityDown(asked);
    const order = this.write(request, i, quantity, price, stopPrice, context);
    const isDistance = (trail: number | undefined): boolean => trail !== undefined && trail > 0 && trail < (request.trailUnit === 'basisPoints' ? 10_000 : Infinity), isLegWrong = request.stopTrail !== undefined && !Number.isNaN(request.stopTrail) && !isDistance(request.stopTrail);
    const { stopSteps } = request, isSet = (value: number | undefined): boolean => value !== undefined && !Number.isNaN(value);
    const areStepsWrong = stopSteps !== undefined && (isSet(request.stopTrail) || stopSteps.length === 0 || ((request.stepUnit ?? 'R') === 'R' && !isSet(request.stop)) || stopSteps.some(({ profit, stop }) => !(profit > 0) || profit === Infinity || !(stop < profit) || stop === -Infinity));
    const lacksStop = isLegWrong || areStepsWrong || (isTrailing ? !isDistance(request.trail) : takesStop && Number.isNaN(stopPrice));
        const reason = context.isStop ? 'endOfData' : side !== 1 && side !== -1 ? 'zeroQuantity'
      : Number.isNaN(asked) || asked < 0 || !Number.isFinite(asked) || asked < minimumQuantity ? 'invalidQuantity'
      : quantity === 0 ? 'zeroQuantity'
      : (takesLimit && Number.isNaN(price)) || lacksStop ? 'invalidPrice'
      : request.timeInForce === 'gtd' && request.expireTime === undefined ? 'timeInForce'
      : order.trigger && isEnd(order.trigger.state) ? 'parentEnded' : 'none';
    const denial = reason === 'none' ? this.venue.closedReason(i) ?? this.venue.limits.denies(order, this.current.time) ?? 'none' : reason;
    if (denial !== 'none') {
      order.state = 'denied';
      this.venue.execute(order, 'reject', denial);
      return order.id;
    }
    const latency = this.setup.options.latency?.submit ?? 0;
    order.place = this.messages + 1;
    order.state = order.trigger ? 'held' : 'submitted';
    order.arrivalTime = this.current.time + BigInt(latency);
    this.venue.execute(order, 'submit');
    for (const leg of this.writeLegs(order, request, context)) this.venue.execute(leg, 'submit');
    if (order.trigger) {
      this.messages++;
      order.trigger.others.push(order);
      order.arrive = () => {
        if (this.venue.closedReason(i) === undefined) order.arrivalTime = this.current.time;
        this.arrive(order, context);
      };
      if (this.misreading === 'othersAtOnce') this.queue.push(() => { if (order.state === 'held') { order.state = 'submitted'; this.arrive(order, context); } });
    } else this.send(latency, () => this.arrive(order, context));
    return order.id;
  }

  private arrive(order: Order, context: CallContext): void {
    const { venue } = this, { instrument } = order, source = this.setup.sources[context.source];
    venue.arrive(order, this.notBefore(context, instrument));
    const isSameClose = this.setup.options.fillAt === 'sameClose' && source?.kind === 'bar' && source.instrument === instrument && this.setup.instruments[instrument].market === 'bars';
    const standing = venue.standing[instrument];
    if (isSameClose && order.kind === 'market' && !order.trigger && !isEnd(order.state) && standing) venue.fill(order, venue.taker(standing, order.side, true), 'taker', standing, order.side > 0 ? standing.buy : standing.sell, 'direct');
  }

  private askedQuantity(request: OrderRequest, i: number, price: number, stopPrice: number): number {
    const { sizing = { kind: 'units', units: 1 } as const } = this.setup.options, { venue } = this, { side } = request;
    const isGiven = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);
    if (request.quantity !== undefined) return request.quantity;
    let percent = request.percentOfEquity, risk = request.riskFraction;
    if (!isGiven(percent) && !isGiven(risk)) {
      if (sizing.kind === 'units') return sizing.units;
      if (sizing.kind === 'percentOfEquity') percent = sizing.fraction;
      else risk = sizing.fraction;
    }
    const standing = venue.standing[i];
    const known = !Number.isNaN(price) ? price : !Number.isNaN(stopPrice) ? stopPrice : standing ? venue.taker(standing, side) : NaN;
    if (isGiven(percent)) {
      const isLimit = !Number.isNaN(price), paid = isLimit ? price : !Number.isNaN(stopPrice) ? this.beyond(i, stopPrice, side) : standing ? venue.taker(standing, side, true) : NaN;
      return this.options.sizingFees === 'included' && this.misreading !== 'feesApart' ? this.affordable(venue.account.equity() * percent, paid, i, isLimit) : venue.account.equity() * percent / (known * venue.account.worth(i));
    }
    const stop = venue.account.rounding[i].against(request.stop ?? NaN, -side);
    return venue.account.equity() * risk! / (Math.abs(known - stop) * venue.account.worth(i));
  }

  private get options(): SimulatorSetup['options'] {
    return this.setup.options;
  }

  /** A price with half spread and slippage, against the order. */
  private beyond(i: number, price: number, side: number): number {
    const { venue } = this;
    return venue.account.rounding[i].against(price + side * (venue.half[i] + venue.slip[i]), side);
  }

  /** B2, beside C1: steps that become smaller are added as long as they can be paid. */
  private affordable(budget: number, price: number, i: number, isLimit: boolean): number {
    const { venue } = this, { id, multiplier } = this.setup.instruments[i], worth = venue.account.worth(i), time = this.current.time;
    const feeOf = (quantity: number, isTaker: boolean): number | undefined => venue.fees?.wouldOwe(id, price, quantity, multiplier, isTaker, time);
    // Asked at a price of one: there may be no price yet.
    if (venue.fees?.wouldOwe(id, 1, 1, multiplier, true, time) === undefined) return budget / this.withFee(price, i, isLimit);
    if (!(price > 0) || !(budget >= 0)) return NaN;
    const without = budget / (price * worth);
    let quantity = 0;
    for (let step = 4 * without, k = 0; k < 100; k++, step /= 2) {
      const more = quantity + step, fee = isLimit ? Math.max(feeOf(more, true)!, feeOf(more, false)!) : feeOf(more, true)!;
      if (more * price * worth + fee * worth / multiplier <= budget) quantity = more;
    }
    if (!(quantity > 1e-12 * without)) return 0;
    if (quantity > 0) venue.reach('sizingFees: a size beside fee schedules');
    return quantity;
  }

  private withFee(price: number, i: number, isLimit: boolean): number {
    const worth = this.venue.account.worth(i), { basisPoints = 0, makerBasisPoints = basisPoints, takerBasisPoints = basisPoints, perUnit = 0 } = this.options.costs ?? {};
    return price * worth * (1 + (isLimit ? Math.max(makerBasisPoints, takerBasisPoints) : takerBasisPoints) / 10000) + perUnit * worth / this.setup.instruments[i].multiplier;
  }

  private target({ instrument, weight, quantity, tag }: TargetRequest): number {
    const { venue } = this, i = this.instrumentOf(instrument), standing = venue.standing[i], { id } = this.setup.instruments[i], rounding = venue.account.rounding[i], position = venue.account.held(i);
    let wanted = quantity ?? 0;
    if (quantity === undefined && weight !== 0) {
      const buy = standing ? venue.taker(standing, 1) : NaN, sell = standing ? venue.taker(standing, -1) : NaN, side = weight! > 0 ? 1 : -1;
      const budget = weight! * venue.account.equity(), sign = weight! < 0 ? -1 : 1;
      wanted = this.options.sizingFees === 'included' ? sign * this.affordable(sign * budget, standing ? venue.taker(standing, side, true) : NaN, i, false) : budget / ((buy + sell) / 2 * venue.account.worth(i));
    }
    wanted = wanted < 0 ? -rounding.quantityDown(-wanted) : rounding.quantityDown(wanted);
    let expected = position;
    for (const order of venue.ascending()) if (order.instrument === i && order.kind === 'market' && !order.parent && !isEnd(order.state)) expected += order.side * venue.remaining(order);
    const missing = rounding.quantity(wanted - expected), side = missing < 0 ? -1 : 1;
    if (Math.abs(missing) <= 1e-9 * Math.max(Math.abs(wanted), Math.abs(expected))) return -1;
    const reduceOnly = position * side < 0 && Math.abs(missing) <= Math.abs(position);
    return this.submit({ instrument: id, side, quantity: Math.abs(missing), reduceOnly, ...(tag === undefined ? {} : { tag }) });
  }

  private writeLegs(entry: Order, request: OrderRequest, context: CallContext): Order[] {
    const rounding = this.venue.account.rounding[entry.instrument], side = -entry.side, isGiven = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);
    const write = (leg: OrderRequest, price: number, stopPrice: number, hold: number): void => {
      const order = this.write({ ...leg, side, reduceOnly: true }, entry.instrument, entry.quantity, price, stopPrice, context, entry, hold);
      Object.assign(order, { quantity: 0, state: 'held', place: entry.place, arrivalTime: entry.arrivalTime, isActive: Number.isNaN(hold) });
      entry.legs.push(order);
    };
    if (isGiven(request.stopTrail)) {
      write({ side, kind: 'trailingStop', trail: request.stopTrail, trailUnit: request.trailUnit, activationPrice: request.trailFrom }, NaN, rounding.against(request.stop ?? NaN, side), NaN);
    } else if (request.stopSteps) {
      const { stopSteps, stepUnit } = request;
      write({ side, kind: 'trailingStop', stopSteps, stepUnit }, NaN, rounding.against(request.stop ?? NaN, side), NaN);
    } else if (isGiven(request.stop)) write({ side, kind: 'stop' }, NaN, rounding.against(request.stop, side), NaN);
    if (isGiven(request.target)) write({ side, kind: 'limit' }, rounding.limit(request.target, side), NaN, NaN);
    if (isGiven(request.hold)) write({ side, kind: 'market' }, NaN, NaN, request.hold);
    if (isGiven(request.holdRows)) write({ side, kind: 'market', holdRows: request.holdRows }, NaN, NaN, NaN);
    return entry.legs;
  }

  private write(request: OrderRequest, instrument: number, quantity: number, price: number, stopPrice: number, context: CallContext, parent?: Order, hold: number = NaN): Order {
    const id = this.nextId++, { side, kind = 'market', timeInForce = 'gtc', expireTime = 0n, postOnly = false } = request, { isHedging } = this.venue.account;
    if (request.linkGroup !== undefined && !this.groups.has(request.linkGroup)) this.groups.set(request.linkGroup, id);
    const linkGroup = parent ? parent.id : request.linkGroup === undefined ? NaN : this.groups.get(request.linkGroup)!;
    const isTrailing = kind === 'trailingStop' || kind === 'trailingStopLimit', trail = isTrailing ? request.trail ?? NaN : NaN, trailUnit = isTrailing ? request.trailUnit ?? 'price' : 'price';
    const activation = isTrailing ? this.venue.account.rounding[instrument].limit(request.activationPrice ?? NaN, side) : NaN;
    const linkKind = parent ? 'bracket' : request.linkKind ?? 'none', { time } = this.current, trigger = !parent && linkKind === 'oto' && linkGroup < id ? this.venue.orders.get(linkGroup) : undefined;
    const isExit = trigger !== undefined && request.reduceOnly === true && trigger.instrument === instrument && trigger.side === -side && !isEnd(trigger.state) && !(isHedging && trigger.reduceOnly);
    const isBound = request.positionId !== undefined && !Number.isNaN(request.positionId), positionId = !isHedging ? NaN : isBound ? request.positionId! : parent ? parent.id : isExit ? trigger.id : NaN, reduceOnly = request.reduceOnly === true || (isHedging && isBound);
    const holdRows = parent ? request.holdRows ?? NaN : NaN;
    this.orderRows.push({
      orderId: id, instrument: this.setup.instruments[instrument].id, side, kind, quantity, price, stopPrice, trail, trailUnit, activationPrice: activation, timeInForce, expireTime, activateAfter: hold, activateRows: holdRows, parentId: parent?.id ?? trigger?.id ?? NaN, linkGroup, linkKind, positionId,
      reduceOnly, postOnly, decisionTime: time, decisionRow: context.row,
    });
    const order: Order = {
      id, instrument, side, kind, timeInForce, expireTime, reduceOnly, postOnly, parent, legs: [], linkKind, linkGroup, hold, state: 'created', quantity, filled: 0, price, stopPrice, trail, trailUnit, given: stopPrice, activation, extreme: NaN, place: 0, steps: parent ? request.stopSteps ?? [] : [], stepUnit: request.stepUnit ?? 'R', moves: [], holdRows, restedUntil: 0, trigger, others: [], arrive: () => {},
      isExit, positionId,
      arrivalTime: time, hasArrived: false, eligible: 0, isFresh: true, standingSatisfied: false, isTriggered: false, isActive: true, insideBar: -1, insideLook: 'none', insideLevel: NaN,
      waiting: [],
    };
    this.venue.orders.set(id, order);
    return order;
  }
}

const blankNow: Now = { kind: 'start', time: 0n, source: '', instrument: '', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined };
