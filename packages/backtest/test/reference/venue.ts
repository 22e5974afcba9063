import { randomStream } from '@zanzibar/core';
import type { ExecutionEvent, ExitReason, Liquidity, OrderKind, OrderState, Reason } from '@zanzibar/core';
import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Replacement } from '../../src/strategy/strategy.ts';
import { ReferenceAccount } from './account.ts';
import { ReferenceExecution } from './execution.ts';
import { ReferenceFees } from './fees.ts';
import { ReferenceLimits } from './limits.ts';
import { isEnd, type ExecutionRow, type Misreading, type Order, type Point, type PositionFill } from './records.ts';

/** The last row of an instrument, or the four prices of a bar's range. */
export interface Bar {
  readonly row: number;
  readonly openTime: bigint;
  readonly closeTime: bigint;
  readonly buy: { readonly open: number; readonly high: number; readonly low: number; readonly close: number };
  readonly sell: { readonly open: number; readonly high: number; readonly low: number; readonly close: number };
  readonly volume: number;
}

export interface Surroundings {
  /** Time of the key that is being processed. */
  time(): bigint;
  /** At (time, 4, place); at once if that has passed. */
  schedule(time: bigint, place: number, run: () => void): void;
  executed(row: ExecutionRow): void;
}

/** Orders and fills exactly as `fills.md` says them, one order and one row after the other. */
export class Venue {
  readonly instruments: readonly TradedInstrument[];
  readonly options: SimulationOptions;
  readonly account: ReferenceAccount;
  readonly limits: ReferenceLimits;
  readonly orders = new Map<number, Order>();
  readonly executions: ExecutionRow[] = [];
  readonly fills: PositionFill[] = [];
  /** Standing row of each instrument (bars: last close known), and the first row not yet processed. */
  readonly standing: (Point | undefined)[];
  readonly unprocessed: number[];
  /** When the last existing row was met; of bars, when it opened. */
  readonly lastRowTime: (bigint | undefined)[];
  ambiguousBars = 0;
  provenTrails = 0;
  readonly steppedStops = new Map<string, number>();
  /** Bars: volume of the last one that has closed. */
  readonly lastVolume: number[];
  resolvedBars = 0;
  readonly half: number[];
  readonly slip: number[];
  /** How often rules of costs were reached. */
  readonly reached = new Map<string, number>();
  private readonly execution: ReferenceExecution;
  readonly fees: ReferenceFees | undefined;
  private readonly around: Surroundings;
  private readonly misreading: Misreading | undefined;

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions, halves: number[], around: Surroundings, misreading: Misreading | undefined) {
    this.instruments = instruments;
    this.options = options;
    this.account = new ReferenceAccount(instruments, options, () => around.time(), misreading);
    this.limits = new ReferenceLimits(instruments, options, this.account, around.time(), misreading);
    this.standing = instruments.map(() => undefined);
    this.unprocessed = instruments.map(() => 0);
    this.lastRowTime = instruments.map(() => undefined);
    this.lastVolume = instruments.map(() => NaN);
    this.execution = new ReferenceExecution(instruments, options, rule => this.reach(rule), misreading === 'impactOnLimits');
    this.half = halves;
    this.slip = instruments.map(({ tick }) => (options.costs?.slippage ?? 0) * (Number.isNaN(tick) ? 1 : tick));
    this.fees = options.costs?.fees && new ReferenceFees(options.costs.fees, rule => this.reach(rule));
    this.around = around;
    this.misreading = misreading;
  }

  reach(rule: string): void {
    this.reached.set(rule, (this.reached.get(rule) ?? 0) + 1);
  }

  execute(order: Order, event: ExecutionEvent, reason: Reason = 'none', quantity = 0, price = NaN, liquidity: Liquidity = 'none'): void {
    const row: ExecutionRow = {
      sequence: this.executions.length, time: this.around.time(), arrivalTime: order.arrivalTime, orderId: order.id, event, state: order.state, reason, quantity, price, liquidity,
    };
    this.executions.push(row);
    this.around.executed(row);
  }

  /** What a taker pays on a point. */
  taker(point: Point, side: number, withSlippage = false): number {
    const raw = side > 0 ? point.buy : point.sell;
    return this.account.rounding[point.instrument].against(raw + side * (point.half + (withSlippage ? this.slip[point.instrument] : 0)), side);
  }

  live(instrument: number): Order[] {
    const working = [...this.orders.values()].filter(o => o.instrument === instrument && o.hasArrived && !isEnd(o.state) && o.state !== 'held' && o.isActive);
    return working.sort((a, b) => a.id - b.id);
  }

  // Arrivals

  arrive(order: Order, notBefore: number): void {
    const waiting = order.waiting;
    order.waiting = [];
    if (!isEnd(order.state)) {
      const closed = this.closedReason(order.instrument);
      if (closed !== undefined && order.state === 'held') this.finish(order, 'cancel', 'cancelled', closed);
      else if (closed !== undefined) this.finish(order, 'reject', 'rejected', closed);
      else {
        order.state = 'accepted';
        this.execute(order, 'accept');
        this.stand(order, notBefore);
        this.limitLife(order);
        for (const leg of order.legs) leg.hasArrived = true;
      }
    }
    order.hasArrived = true;
    for (const message of waiting) message();
  }

  /** Rests from the next row on, with the standing row as it is now. */
  private stand(order: Order, notBefore: number): void {
    const { instrument } = order, standing = this.standing[instrument];
    order.hasArrived = true;
    order.isFresh = true;
    order.insideBar = -1;
    order.eligible = Math.max(this.unprocessed[instrument], notBefore, order.restedUntil);
    order.standingSatisfied = standing !== undefined && isWithin(this.taker(standing, order.side), order.price, order.side);
    if (this.misreading === 'staleStanding') order.standingSatisfied = standing !== undefined;
  }

  /** A life that has passed ends directly after the arrival, before anything that waited for it. */
  private limitLife(order: Order): void {
    if (isForAuction(order.kind)) return this.awaitAuction(order);
    if ((order.timeInForce !== 'day' && order.timeInForce !== 'gtd') || this.misreading === 'dayNeverEnds') return;
    const place = order.place, end = order.timeInForce === 'day' ? this.instruments[order.instrument].sessionEnd(this.around.time()) : order.expireTime;
    this.around.schedule(end, place, () => {
      if (order.place === place && !isEnd(order.state)) this.finish(order, 'expire', 'expired', 'timeInForce');
    });
  }

  /** An open waits for the first row of a session, a close for the end of one. */
  private awaitAuction(order: Order): void {
    const { instrument, place } = order, { sessionEnd } = this.instruments[instrument], now = this.around.time(), end = sessionEnd(now), last = this.lastRowTime[instrument];
    const isFirst = last === undefined || sessionEnd(last) !== end || this.misreading === 'openAnyRow';
    order.isActive = order.kind === 'onOpen' && isFirst;
    if (order.isActive) return;
    if (end <= now) return this.finish(order, 'expire', 'expired', 'timeInForce');
    this.around.schedule(end, place, () => {
      if (order.place !== place || isEnd(order.state)) return;
      if (order.kind === 'onClose') return this.close(order);
      order.isActive = true;
      order.eligible = Math.max(order.eligible, this.unprocessed[instrument]);
    });
  }

  private close(order: Order): void {
    const standing = this.standing[order.instrument], { side } = order;
    if (standing && (standing.row >= order.eligible || this.misreading === 'staleClose')) {
      const isLimited = !Number.isNaN(order.price), price = this.taker(standing, side, !isLimited), level = side > 0 ? standing.buy : standing.sell;
      if (!isLimited || isWithin(price, order.price, side)) {
        if (this.fill(order, price, 'taker', { ...standing, buySize: Infinity, sellSize: Infinity }, level, 'auction')) return;
      }
    }
    this.finish(order, 'expire', 'expired', 'timeInForce');
  }

  cancel(order: Order | undefined, id: number): void {
    if (!order) return this.refuse('cancelReject', id);
    if (isEnd(order.state)) return this.execute(order, 'cancelReject', 'alreadyClosed');
    this.finish(order, 'cancel', 'cancelled', 'requested');
  }

  replace(order: Order | undefined, id: number, change: Replacement, place: number, notBefore: number): void {
    if (!order) return this.refuse('replaceReject', id);
    if (isEnd(order.state)) return this.execute(order, 'replaceReject', 'alreadyClosed');
    const rounding = this.account.rounding[order.instrument], isGiven = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);
    if (isGiven(change.quantity) && !order.parent) {
      const quantity = rounding.quantityDown(change.quantity);
      if (quantity <= order.filled) return this.finish(order, 'cancel', 'cancelled', 'requested');
      order.quantity = quantity;
    }
    if (isGiven(change.price) && (hasLimitPrice(order.kind) || (isForAuction(order.kind) && !Number.isNaN(order.price)))) order.price = rounding.limit(change.price, order.side);
    if (isGiven(change.stopPrice) && hasStopPrice(order.kind)) order.stopPrice = isTouched(order.kind) ? rounding.limit(change.stopPrice, order.side) : rounding.against(change.stopPrice, order.side);
    if (isTrailing(order.kind)) {
      if (isGiven(change.stopPrice)) order.given = rounding.against(change.stopPrice, order.side);
      if (isGiven(change.trail) && change.trail > 0 && change.trail < (order.trailUnit === 'basisPoints' ? 10_000 : Infinity)) order.trail = change.trail;
      if (this.misreading === 'trailForgetsExtreme') order.extreme = NaN;
      this.tighten(order);
    }
    if (order.state !== 'held') {
      order.place = place;
      order.arrivalTime = this.around.time();
      this.stand(order, notBefore);
    }
    this.execute(order, 'replace', 'none', this.remaining(order), hasStopPrice(order.kind) && !hasLimitPrice(order.kind) ? order.stopPrice : order.kind === 'market' ? NaN : order.price);
    if (order.state !== 'held') this.limitLife(order);
  }

  private refuse(event: ExecutionEvent, orderId: number): void {
    const time = this.around.time();
    const row: ExecutionRow = { sequence: this.executions.length, time, arrivalTime: time, orderId, event, state: 'unknown', reason: 'unknownOrder', quantity: 0, price: NaN, liquidity: 'none' };
    this.executions.push(row);
    this.around.executed(row);
  }

  remaining(order: Order): number {
    return this.account.rounding[order.instrument].quantity(order.quantity - order.filled);
  }

  /** Brings an order to an end; held legs follow it. */
  finish(order: Order, event: ExecutionEvent, state: OrderState, reason: Reason): void {
    order.state = state;
    this.execute(order, event, reason);
    if (this.misreading === 'legsSurviveParent') return;
    for (const leg of order.legs) if (leg.state === 'held' && order.filled === 0) this.finish(leg, 'cancel', 'cancelled', 'parentEnded');
    for (const other of order.others) if (other.state === 'held' && order.filled === 0) this.finish(other, 'cancel', 'cancelled', 'parentEnded');
  }

  // Matching

  matchPoint(point: Point, only?: (order: Order) => boolean): void {
    for (const order of this.live(point.instrument).filter(o => (only ? only(o) : o.eligible <= point.row))) {
      if (!isEnd(order.state)) this.meetPoint(order, point);
    }
  }

  private meetPoint(order: Order, point: Point): void {
    const isFirst = order.isFresh, { side } = order, raw = side > 0 ? point.buy : point.sell;
    order.isFresh = false;
    if (isMarket(order) || (becomesMarket(order.kind) && order.isTriggered)) this.fill(order, this.taker(point, side, true), 'taker', point, raw);
    else if (order.kind === 'limit' || order.kind === 'onOpen' || order.isTriggered) this.meetLimit(order, point, isFirst);
    else if (isTouched(order.kind) && this.misreading !== 'touchedAsStop' ? (order.stopPrice - raw) * side >= 0 : this.misreading === 'strictStop' ? (raw - order.stopPrice) * side > 0 : (raw - order.stopPrice) * side >= 0) {
      order.isTriggered = true;
      if (becomesMarket(order.kind)) {
        const price = this.misreading === 'stopAtItsPrice' ? order.stopPrice : this.taker(point, side, true);
        if (!this.fill(order, price, 'taker', point, raw)) this.trigger(order);
      } else {
        this.trigger(order);
        const price = this.taker(point, side);
        if (isWithin(price, order.price, side)) this.fill(order, price, 'taker', point, raw);
        else if (this.misreading === 'triggerRowRetried') Object.assign(order, { isFresh: true, standingSatisfied: true });
      }
    } else if (isTrailing(order.kind)) this.takeIn(order, raw);
    if (!isFirst || isEnd(order.state)) return;
    if (isForAuction(order.kind) || order.timeInForce === 'ioc') return this.finish(order, 'cancel', 'cancelled', 'immediateOrCancel');
    if (order.timeInForce === 'fok') this.finish(order, 'cancel', 'cancelled', 'fillOrKill');
  }

  /** A price that a trailing order was tested against begins the trail, or raises it. */
  private takeIn(order: Order, price: number): void {
    const { side, activation } = order, hasReached = Number.isNaN(activation) || (price - activation) * side <= 0 || this.misreading === 'activationIgnored';
    if (Number.isNaN(order.extreme)) {
      if (!Number.isNaN(price) && hasReached) order.extreme = price;
    } else if (side > 0) order.extreme = price < order.extreme ? price : order.extreme;
    else order.extreme = price > order.extreme ? price : order.extreme;
    this.tighten(order);
  }

  /** The stop price by the best price seen, or the one that was asked for, whichever is nearer to the market. */
  private tighten(order: Order): void {
    const { side, extreme, trail, given, instrument } = order, { tick } = this.instruments[instrument];
    const distance = order.trailUnit === 'price' ? trail : order.trailUnit === 'ticks' ? trail * (Number.isNaN(tick) ? 1 : tick) : Math.abs(extreme) * trail / 10_000;
    const level = this.account.rounding[instrument].against(extreme + side * distance, side);
    if (order.steps.length > 0) {
      const reached = order.moves.filter(({ at }) => (at - extreme) * side >= 0).map(({ to }) => to), all = Number.isNaN(given) ? reached : [given, ...reached];
      order.stopPrice = all.length === 0 ? NaN : side > 0 ? Math.min(...all) : Math.max(...all);
      return;
    }
    const isGivenNearer = this.misreading === 'trailLoosens' ? Number.isNaN(level) : Number.isNaN(level) || (level - given) * side >= 0;
    order.stopPrice = isGivenNearer ? given : level;
  }

  private trigger(order: Order): void {
    if (isEnd(order.state)) return;
    order.state = 'triggered';
    this.execute(order, 'trigger');
  }

  private meetLimit(order: Order, point: Point, isFirst: boolean): void {
    const { side, price: limit } = order, raw = side > 0 ? point.buy : point.sell, taker = this.taker(point, side), isSatisfied = isWithin(taker, limit, side);
    if (isFirst && (isForAuction(order.kind) || order.timeInForce === 'ioc' || order.timeInForce === 'fok')) {
      if (isSatisfied) this.fill(order, taker, 'taker', point, raw);
      return;
    }
    if (isFirst && isSatisfied && order.standingSatisfied) {
      if (order.postOnly) this.finish(order, 'reject', 'rejected', 'wouldTake');
      else this.fill(order, taker, 'taker', point, raw);
      return;
    }
    if (!(point.isStrict ? (limit - raw) * side > 0 : (limit - raw) * side >= 0)) return;
    const isBetter = isWithin(taker, limit, side) && ((point.isStart && this.misreading !== 'sessionGapsIgnored') || this.misreading === 'betterPrice');
    this.fill(order, isBetter ? taker : limit, this.misreading === 'restingTakes' ? 'taker' : 'maker', point, limit);
  }

  /** The rest of a bar after its open. */
  matchRange(instrument: number, bar: Bar): void {
    const { options, half } = this, price = this.account.rounding[instrument], isStrict = options.limitFill !== 'touch';
    const point = (time: bigint): Point => ({ instrument, row: bar.row, time, buy: bar.buy.close, sell: bar.sell.close, volume: bar.volume, buySize: NaN, sellSize: NaN, half: half[instrument], isStrict, isStart: false });
    const look = point(bar.closeTime);
    const range = (side: number): { high: number; low: number; close: number } => (side > 0 ? bar.buy : bar.sell);
    const mayMeet = (o: Order): boolean => (o.insideBar === bar.row ? o.insideLook === 'range' : o.eligible <= bar.row);
    const isWaitingStop = (o: Order): boolean => (o.kind === 'stop' || o.kind === 'stopLimit' || isTrailing(o.kind)) && !o.isTriggered;
    const stopReached = (o: Order): boolean => (o.side > 0 ? range(1).high >= o.stopPrice : range(-1).low <= o.stopPrice);
    const limitReached = (o: Order): boolean => {
      const distance = o.side > 0 ? o.price - range(1).low : range(-1).high - o.price;
      return isStrict ? distance > 0 : distance >= 0;
    };
    const stopPaid = (o: Order): number => price.against(o.stopPrice + o.side * (half[instrument] + this.slip[instrument]), o.side);

    const present = this.live(instrument).filter(mayMeet);
    const isPairReached = (o: Order): boolean => (o.kind === 'stop' || o.kind === 'trailingStop') && !o.isTriggered && o.parent !== undefined && stopReached(o) && present.some(p => p.parent === o.parent && p.kind === 'limit' && limitReached(p));
    if (present.some(isPairReached)) this.ambiguousBars++;

    const triggered = (o: Order): void => {
      o.isTriggered = true;
      o.isFresh = false;
      if (becomesMarket(o.kind)) {
        if (!this.fill(o, stopPaid(o), 'taker', look, o.stopPrice, 'range')) this.trigger(o);
      } else {
        this.trigger(o);
        const paid = price.against(o.stopPrice + o.side * half[instrument], o.side);
        if (isWithin(paid, o.price, o.side)) this.fill(o, paid, 'taker', look, o.stopPrice, 'range');
        else o.eligible = bar.row + 1;
      }
    };
    if (this.misreading === 'trailRaisedFirst') for (const o of this.live(instrument)) if (isTrailing(o.kind) && mayMeet(o)) this.takeIn(o, o.side > 0 ? range(1).low : range(-1).high);
    const stops = (only?: Order): void => {
      for (const o of this.live(instrument).filter(mayMeet)) if ((only === undefined || o === only) && !isEnd(o.state) && isWaitingStop(o) && stopReached(o)) triggered(o);
    };
    const touchReached = (o: Order): boolean => (o.side > 0 ? range(1).low <= o.stopPrice : range(-1).high >= o.stopPrice);
    const limits = (only?: Order): void => {
      for (const o of this.live(instrument).filter(mayMeet)) {
        if (only !== undefined && o !== only) continue;
        if (isEnd(o.state) || isWaitingStop(o) || o.kind === 'market' || o.kind === 'stop') continue;
        if (isTouched(o.kind) && !o.isTriggered) {
          if (touchReached(o)) triggered(o);
          continue;
        }
        if (becomesMarket(o.kind) || !limitReached(o)) continue;
        this.fill(o, o.price, 'maker', look, o.price, 'range');
      }
    };
    const reached = present.filter(o => o.kind !== 'market' && (isWaitingStop(o) ? stopReached(o) : isWaitingTouch(o) ? touchReached(o) : !becomesMarket(o.kind) && limitReached(o)));
    const walked = (present.some(isPairReached) ? this.orderOfTicks(instrument, bar, reached, isWaitingStop, isStrict) : undefined) ?? this.orderOfPath(instrument, bar, reached, isWaitingStop);
    if (walked !== undefined) for (const o of walked) { stops(o); limits(o); }
    else if (options.intrabar === 'optimistic') { limits(); stops(); } else { stops(); limits(); }
    for (const o of this.live(instrument).filter(p => p.insideBar === bar.row && p.insideLook === 'close')) {
      if (isEnd(o.state)) continue;
      const { close } = range(o.side), isStop = becomesMarket(o.kind), level = isStop ? o.stopPrice : o.price, isWhole = this.misreading === 'wholeEntryBar';
      if (isWhole && isStop && stopReached(o)) this.fill(o, stopPaid(o), 'taker', look, o.stopPrice, 'range');
      if (o.kind === 'market' || isEnd(o.state) || level < Math.min(close, o.insideLevel) || level > Math.max(close, o.insideLevel)) continue;
      if (isStop && (close - level) * o.side >= 0) {
        const isFilled = this.fill(o, stopPaid(o), 'taker', look, level, 'range');
        if (this.options.participation !== undefined && !isEnd(o.state)) {
          o.isTriggered = true;
          this.reach('participation: rest of a stop met at the close');
          if (!isFilled) this.trigger(o);
        }
      } else if (o.kind === 'limit' && (isStrict ? (level - close) * o.side > 0 : (level - close) * o.side >= 0)) this.fill(o, level, 'maker', look, level, 'range');
    }
    for (const o of this.live(instrument).filter(p => isTrailing(p.kind) && !p.isTriggered && (p.insideBar === bar.row || p.eligible <= bar.row))) {
      if (isEnd(o.state)) continue;
      const { high, low, close } = range(o.side);
      if (o.insideBar === bar.row && o.insideLook === 'close') { this.takeIn(o, close); continue; }
      this.takeIn(o, o.side > 0 ? low : high);
      if (!Number.isNaN(o.extreme) && (close - o.stopPrice) * o.side >= 0) { this.provenTrails++; triggered(o); }
    }
  }

  /** I1 to I3: the orders that the path of the policy meets, in its order. */
  private orderOfPath(instrument: number, bar: Bar, reached: readonly Order[], isWaitingStop: (o: Order) => boolean): readonly Order[] | undefined {
    const { intrabar = 'pessimistic', seed = 0 } = this.options, { open, high, low, close } = bar.sell;
    if (intrabar === 'pessimistic' || intrabar === 'optimistic') return undefined;
    const toHigh = high - open, toLow = open - low;
    const coin = (): boolean => randomStream(seed, `intrabar ${this.instruments[instrument].id} ${bar.openTime}`).uniform() < 0.5;
    const isUpFirst = { openHighLowClose: true, openLowHighClose: false, nearestExtremeFirst: toHigh < toLow, barDirection: close < open, random: coin() }[intrabar];
    const isUp = (o: Order): boolean => (isWaitingStop(o) ? o.side > 0 : o.side < 0), level = (o: Order): number => (isWaitingStop(o) || isWaitingTouch(o) ? o.stopPrice : o.price);
    const ahead = (o: Order): number => (level(o) - (o.side > 0 ? bar.buy : bar.sell).open) * (isUp(o) ? 1 : -1);
    const way = (up: boolean): Order[] => reached.filter(o => isUp(o) === up && ahead(o) >= 0).sort((a, b) => ahead(a) - ahead(b) || a.id - b.id);
    return [...reached.filter(o => ahead(o) < 0), ...way(isUpFirst), ...way(!isUpFirst)];
  }

  /** I4: the orders by the first tick in the bar that reaches each. */
  private orderOfTicks(instrument: number, bar: Bar, reached: readonly Order[], isWaitingStop: (o: Order) => boolean, isStrict: boolean): readonly Order[] | undefined {
    const { ticks } = this.instruments[instrument];
    if (ticks === undefined) return undefined;
    const { time, buy, sell } = ticks, rows = Array.from(time, (_, i) => i).filter(i => time[i] >= bar.openTime && time[i] < bar.closeTime && buy[i] >= sell[i]);
    const meets = (o: Order) => (i: number): boolean => {
      const price = o.side > 0 ? buy[i] : sell[i];
      if (isWaitingStop(o)) return o.side > 0 ? price >= o.stopPrice : price <= o.stopPrice;
      if (isWaitingTouch(o)) return o.side > 0 ? price <= o.stopPrice : price >= o.stopPrice;
      return o.side > 0 ? (isStrict ? price < o.price : price <= o.price) : isStrict ? price > o.price : price >= o.price;
    };
    const first = new Map(reached.map(o => [o, rows.find(meets(o)) ?? Infinity]));
    if (reached.some(o => o.parent && reached.some(p => p !== o && p.parent === o.parent && first.get(p) === first.get(o)))) return undefined;
    this.resolvedBars++;
    return [...reached].sort((a, b) => (first.get(a) === first.get(b) ? a.id - b.id : first.get(a)! - first.get(b)!));
  }

  // Fills and what the venue does with them

  /** B16. */
  closedReason(instrument: number): 'instrumentExpired' | 'instrumentHalted' | undefined {
    const { expires, halts = [] } = this.instruments[instrument], now = this.around.time();
    if (expires !== undefined && (this.misreading === 'expiryLater' ? now > expires : now >= expires)) return 'instrumentExpired';
    return halts.some(({ from, to }) => now >= from && now < to) ? 'instrumentHalted' : undefined;
  }

  /** Fills what can be filled at this price; false when nothing was, for want of size. `level` is what the market met, before spread. */
  fill(order: Order, givenPrice: number, liquidity: 'maker' | 'taker', point: Point, level: number, look: 'point' | 'range' | 'direct' | 'mark' | 'auction' = 'point', isLiquidation = false): boolean {
    const { instrument, side } = order, { account } = this, rounding = account.rounding[instrument], pocket = account.pocketOf(order), before = pocket.quantity;
    const extraFee = (filled: number): number => {
      if (!isLiquidation) return 0;
      const money = account.moneyOf(instrument), extra = money.round(givenPrice * filled * this.instruments[instrument].multiplier * (this.limits.margin!.liquidationBasisPoints ?? 0) / 10000);
      money.add(-extra);
      return extra;
    };
    let quantity = this.remaining(order);
    const closed = look === 'mark' ? undefined : this.closedReason(instrument);
    if (closed === 'instrumentHalted' && this.misreading !== 'haltCancels') return false;
    if (closed !== undefined) { this.finish(order, 'cancel', 'cancelled', closed); return true; }
    if (this.options.quantity === 'shown' && look !== 'mark' && look !== 'auction') {
      const shown = rounding.quantityDown(side > 0 ? point.buySize : point.sellSize);
      if (!(shown > 0)) return false;
      quantity = Math.min(quantity, shown);
    }
    if (look !== 'mark' && look !== 'auction') {
      quantity = this.execution.allowed(point, side, quantity, order.quantity, rounding);
      if (!(quantity > 0)) return false;
    }
    const kept = look === 'mark' ? undefined : this.limits.keeps(order, quantity, givenPrice, this.around.time());
    const whole = Math.min(this.remaining(order), order.reduceOnly || kept !== undefined ? Math.max(0, -before * side) : Infinity);
    if (order.timeInForce === 'fok' && !isForAuction(order.kind) && this.misreading !== 'killFillsPartly' && quantity < whole) return false;
    if (order.reduceOnly || kept !== undefined) {
      if (before * side >= 0 || (kept !== undefined && this.misreading === 'keptEndsWhole')) { this.finish(order, 'cancel', 'cancelled', kept ?? 'nothingToReduce'); return true; }
      quantity = Math.min(quantity, Math.abs(before));
    }
    if (order.steps.length > 0 && order.stopPrice !== order.given) this.steppedStops.set(order.stepUnit, (this.steppedStops.get(order.stepUnit) ?? 0) + 1);
    let price = givenPrice;
    if (look !== 'mark' && look !== 'auction') {
      this.execution.took(point, quantity, rounding);
      if (liquidity === 'taker') price = this.execution.price(order, price, level, point, this.slip[instrument], quantity, this.around.time(), rounding);
    }
    const { id, multiplier } = this.instruments[instrument], isTaker = liquidity === 'taker', money = account.moneyOf(instrument);
    const scheduled = this.fees?.charge(id, this.misreading === 'minimumPerFill' ? this.fills.length : order.id, price, quantity, multiplier, isTaker, this.around.time(), amount => money.round(amount));
    const fee = money.round(account.book(pocket, side, quantity, price, isTaker, scheduled) + extraFee(quantity));
    order.filled = rounding.quantity(order.filled + quantity);
    order.state = this.remaining(order) === 0 ? 'filled' : 'partiallyFilled';
    this.fills.push({
      fillId: this.fills.length, orderId: order.id, instrument: this.instruments[instrument].id, side, time: this.around.time(), row: point.row, price, quantity, liquidity, fee, positionId: pocket.id, exit: isLiquidation ? 'liquidation' : exitOf(order),
    });
    this.execute(order, 'fill', 'none', quantity, price, liquidity);

    for (const leg of order.legs) this.raise(leg, quantity, price, point, level, look);
    for (const other of order.others) if (other.state === 'held') other.arrive();
    for (const sibling of order.parent?.legs ?? []) {
      if (sibling === order || isEnd(sibling.state) || this.misreading === 'siblingSurvives') continue;
      sibling.quantity = rounding.quantity(sibling.quantity - quantity);
      if (this.remaining(sibling) <= 0) this.finish(sibling, 'cancel', 'cancelled', 'sibling');
    }
    if (order.linkKind === 'oco') {
      for (const other of this.ascending()) {
        if (other !== order && other.linkKind === 'oco' && other.linkGroup === order.linkGroup && !isEnd(other.state)) this.finish(other, 'cancel', 'cancelled', 'sibling');
      }
    }
    if (before * side < 0 && pocket.quantity === 0 && account.isHedging) this.endBound(pocket.id, instrument);
    if (before * side < 0 && pocket.quantity * before <= 0 && !account.isHedging) {
      for (const leg of this.ascending()) {
        if (!(leg.parent || leg.isExit) || leg.instrument !== instrument || leg.side !== -Math.sign(before) || leg.state === 'held' || !leg.hasArrived || isEnd(leg.state)) continue;
        this.finish(leg, 'cancel', 'cancelled', 'positionClosed');
        if (leg.parent) this.endEntry(leg.parent);
      }
    }
    if (before * side < 0 && pocket.quantity * before <= 0) this.limits.closed(instrument, this.around.time(), isLiquidation || account.closedNet[instrument] < 0);
    if (order.parent) this.endEntry(order.parent);
    return true;
  }

  /** `long` and `short`: what a unit pays, of its price or (swap) in money. */
  charge(instrument: number, kind: 'funding' | 'borrow' | 'swap', long: number, short: number): void {
    const { account } = this, { multiplier } = this.instruments[instrument], money = account.moneyOf(instrument);
    const sum = account.held(instrument);
    for (const pocket of this.misreading === 'chargeOnSum' ? (sum === 0 ? [] : [{ ...account.open(instrument)[0], quantity: sum }]) : account.open(instrument)) {
      const { quantity } = pocket;
      this.reach(`financing: ${kind} of a ${quantity > 0 ? 'long' : 'short'} position`);
      money.add(-money.round((kind === 'swap' ? 1 : account.mark(pocket)) * quantity * multiplier * (quantity > 0 ? long : -short)));
    }
  }

  /** H4. */
  private endBound(positionId: number, instrument: number): void {
    if (this.misreading !== 'boundStay') for (const order of this.ascending()) {
      if (order.positionId !== positionId || order.instrument !== instrument || order.state === 'held' || !order.hasArrived || isEnd(order.state)) continue;
      this.finish(order, 'cancel', 'cancelled', 'positionClosed');
    }
    if (this.misreading !== 'openerStays') this.endEntry(this.orders.get(positionId)!);
  }

  private endEntry(entry: Order): void {
    if (!isEnd(entry.state)) this.finish(entry, 'cancel', 'cancelled', 'sibling');
  }

  ascending(): Order[] {
    return [...this.orders.values()].sort((a, b) => a.id - b.id);
  }

  /** The entry of this leg has filled by `quantity`. */
  private raise(leg: Order, quantity: number, price: number, point: Point, level: number, look: 'point' | 'range' | 'direct' | 'mark' | 'auction'): void {
    if (isEnd(leg.state)) return;
    const { side, instrument } = leg, rounding = this.account.rounding[instrument];
    if (leg.state !== 'held') { leg.quantity = rounding.quantity(leg.quantity + quantity); return; }
    const isBars = this.instruments[instrument].market === 'bars', isRange = look === 'range', raw = isRange ? level : side > 0 ? point.buy : point.sell;
    const taker = rounding.against(raw + side * point.half, side);
    leg.quantity = quantity;
    leg.state = 'accepted';
    leg.arrivalTime = this.around.time();
    leg.isFresh = true;
    leg.standingSatisfied = !isBars && isWithin(taker, leg.price, side);
    leg.eligible = point.row + 1;
    if (!Number.isNaN(leg.holdRows)) leg.eligible = leg.restedUntil = point.row + leg.holdRows;
    const tick = this.instruments[instrument].tick, unit = leg.stepUnit === 'R' ? Math.abs(price - leg.given) : leg.stepUnit === 'price' || Number.isNaN(tick) ? 1 : tick, from = this.misreading === 'stepsFromStop' ? leg.given : price;
    leg.moves = leg.steps.map(step => ({ at: rounding.limit(from - side * step.profit * unit, side), to: rounding.against(from - side * step.stop * unit, side) }));
    if (isBars && look !== 'direct' && look !== 'auction') {
      leg.insideBar = point.row;
      leg.insideLook = isRange ? 'close' : 'range';
      leg.insideLevel = level;
    }
    const isThrough = becomesMarket(leg.kind) ? (raw - leg.stopPrice) * side >= 0 : leg.kind === 'limit' && isWithin(taker, leg.price, side);
    if (isThrough && this.misreading === 'throughLegsRejected') return this.finish(leg, 'reject', 'rejected', 'wouldTake');
    this.execute(leg, 'accept', isThrough ? 'throughOnArrival' : 'none');
    if (leg.kind !== 'market') return;
    const activate = (): void => { leg.isActive = true; leg.eligible = Math.max(leg.eligible, this.unprocessed[instrument]); };
    if (leg.hold > 0) this.around.schedule(this.around.time() + BigInt(leg.hold), leg.place, activate);
    else activate();
  }
}

const hasLimitPrice = (kind: OrderKind): boolean => kind === 'limit' || kind === 'stopLimit' || kind === 'trailingStopLimit' || kind === 'limitIfTouched';
const hasStopPrice = (kind: OrderKind): boolean => kind === 'stop' || kind === 'stopLimit' || isTouched(kind) || isTrailing(kind);
const isTrailing = (kind: OrderKind): boolean => kind === 'trailingStop' || kind === 'trailingStopLimit';
const isForAuction = (kind: OrderKind): boolean => kind === 'onOpen' || kind === 'onClose';
/** Filled at whatever price, where it is tested. */
const isMarket = ({ kind, price }: Order): boolean => kind === 'market' || (isForAuction(kind) && Number.isNaN(price));
const isTouched = (kind: OrderKind): boolean => kind === 'marketIfTouched' || kind === 'limitIfTouched';
/** What it is from its trigger on. */
const becomesMarket = (kind: OrderKind): boolean => kind === 'stop' || kind === 'marketIfTouched' || kind === 'trailingStop';

/** A touched order that the market has not come to yet. */
const isWaitingTouch = ({ kind, isTriggered }: Order): boolean => isTouched(kind) && !isTriggered;

/** 73: an order that leaves as a leg does, by its kind. */
function exitOf({ kind, price, parent, isExit, positionId }: Order): ExitReason {
  if (!parent && !isExit && Number.isNaN(positionId)) return 'order';
  if (isTrailing(kind)) return 'trailingStop';
  if (kind === 'limit' || isTouched(kind) || (isForAuction(kind) && !Number.isNaN(price))) return 'target';
  return kind === 'stop' || kind === 'stopLimit' ? 'stop' : parent ? 'time' : 'order';
}

/** A price no worse than the limit. */
function isWithin(price: number, limit: number, side: number): boolean {
  return (limit - price) * side >= 0;
}
