/** The general loop: whatever has the least key comes next (`fills.md` 1 to 8 and 45 to 49). */
import { activate } from './activation.ts';
import { DueActions } from './instrument-actions.ts';
import { arrive, change, expire } from './arrival.ts';
import { guardAccount, guardRange } from './guard.ts';
import { meetAuction } from './meet-auction.ts';
import type { Calls, Running } from './calls.ts';
import type { Market } from './market.ts';
import { matchOpen, matchRange, matchTick } from './match.ts';
import type { Message, Slot } from './order.ts';
import type { DecisionRows } from './setup.ts';
import { activationTask, arrivalTask, auctionTask, expiryTask, messageTask, reportTask, tickTask, timerTask, type Task } from './schedule.ts';
import { ofMessage, ofOrder, ofTask, type Venue } from './venue.ts';

const nothingNext = 0, openNext = 1, restNext = 2, tickNext = 3, rowNext = 4, timerNext = 5, taskNext = 6, equityNext = 7, actionNext = 8;
/** Decisions of one time come after the rests of all bars, tasks after the sources. */
const afterAll = 1e6;

export class Loop {
  readonly venue: Venue;
  readonly calls: Calls;
  readonly running: readonly Running[];
  /** Times at which equity is written without a source; the next one. */
  readonly equityTime: BigInt64Array = new BigInt64Array(1);
  hasEquityTimes = false;
  /** Splits, dividends and rolls still to come. */
  readonly due: DueActions;
  /** By market: are its ticks a source, so that every row counts, and the next of them. */
  readonly tickSources: Task[][];
  readonly nextTick: Float64Array;
  /** Every market row is looked at, for the account's sake. */
  private readonly isWatching: boolean;
  private readonly taskTime: BigInt64Array = new BigInt64Array(1);
  // The least key so far.
  private kind = nothingNext;
  private times: BigInt64Array;
  private at = 0;
  private class = 0;
  private place = 0;
  private row = 0;
  private market: Market | undefined;
  private source: Running | undefined;

  constructor(venue: Venue, calls: Calls, running: readonly Running[]) {
    this.venue = venue;
    this.calls = calls;
    this.running = running;
    this.times = this.taskTime;
    this.due = new DueActions(venue.setup);
    this.isWatching = venue.limits?.isWatching ?? false;
    this.nextTick = new Float64Array(venue.markets.length);
    this.tickSources = venue.markets.map(({ rank }) =>
      running.filter(({ source }) => source.kind === 'tick' && source.instrument === rank)
        .map(({ place }) => ({ kind: tickTask, time: 0n, class: 5, place, order: -1, slot: null, message: null, report: null })),
    );
  }

  private offer(kind: number, times: BigInt64Array, at: number, timeClass: number, place: number, row: number, market: Market | undefined, source: Running | undefined): void {
    if (this.kind !== nothingNext) {
      const { times: best, at: bestAt } = this;
      if (times[at] > best[bestAt]) return;
      if (times[at] === best[bestAt]) {
        if (timeClass > this.class) return;
        if (timeClass === this.class && (place > this.place || (place === this.place && row >= this.row))) return;
      }
    }
    this.kind = kind;
    this.times = times;
    this.at = at;
    this.class = timeClass;
    this.place = place;
    this.row = row;
    this.market = market;
    this.source = source;
  }

  /** Does what has the least key, unless that is beyond (until, lastClass); false when nothing was left to do. */
  step(until: BigInt64Array, lastClass: number): boolean {
    const { venue, running } = this, { schedule } = venue;
    this.kind = nothingNext;
    for (const market of venue.markets) this.offerMarket(market);
    for (const source of running) this.offerSource(source);
    const task = schedule.first;
    if (task !== undefined) {
      this.taskTime[0] = task.time;
      this.offer(taskNext, this.taskTime, 0, task.class, task.place, 0, undefined, undefined);
    }
    if (!this.due.isEmpty) this.offer(actionNext, this.due.time, 0, 0, -1, 0, undefined, undefined);
    if (this.hasEquityTimes) this.offer(equityNext, this.equityTime, 0, 0, 0, 0, undefined, undefined);
    if (this.kind === nothingNext || this.times[this.at] > until[0] || (this.times[this.at] === until[0] && this.class > lastClass)) return false;
    this.act();
    this.drain();
    return true;
  }

  private offerMarket(market: Market): void {
    const { base, length, rank } = market, end = base + length;
    if (market.isBars) {
      if (market.closed < market.opened && market.closed < end) this.offer(restNext, market.closeTime, market.closed - base, 1, rank, market.closed, market, undefined);
      if (market.opened < end) this.offer(openNext, market.time, market.opened - base, 5, rank, market.opened, market, undefined);
      return;
    }
    const row = this.isWatching || this.tickSources[rank].length > 0 ? this.nextTick[rank] : market.hits.top(rank);
    if (row < end) this.offer(tickNext, market.time, row - base, 5, rank, row, market, undefined);
  }

  private offerSource(source: Running): void {
    const { rows, next, place } = source, { kind, instrument } = source.source, at = next - rows.base;
    if (kind === 'timer' && source.timer.length > 0) this.offer(timerNext, source.timer, 0, 2, place, 0, undefined, source);
    else if (kind === 'tick' || at >= rows.length) return;
    else if (kind === 'bar') {
      const last = lastRowOf(rows, at), market = this.venue.markets[instrument];
      // A bar that a row closes, its own last or one that cuts: after that row.
      if (last >= 0 && market !== undefined && !market.isBars && last >= market.base && last < market.base + market.length && market.time[last - market.base] >= rows.time[at]) {
        this.offer(rowNext, market.time, last - market.base, 5, instrument, last + 0.5 + place / (2 * afterAll), market, source);
      } else this.offer(rowNext, rows.time, at, 1, afterAll + place, 0, undefined, source);
    } else this.offer(rowNext, rows.time, at, kind === 'timer' ? 2 : 3, place, 0, undefined, source);
  }

  private act(): void {
    const { venue, kind, market, source } = this, { clock } = venue;
    if (kind === taskNext) return this.task(venue.schedule.shift(), false);
    if (kind === actionNext) return this.due.act(venue, this.calls, this.meetRest);
    clock.times = this.times;
    clock.at = this.at;
    clock.class = this.class;
    if (this.class === 5) {
      clock.rank = market!.rank;
      clock.row = Math.floor(this.row);
    }
    if (kind === openNext) this.open(market!, this.row);
    else if (kind === restNext) this.rest(market!, this.row);
    else if (kind === tickNext) this.tick(market!, this.row);
    else if (kind === timerNext) this.timer(source!);
    else if (kind === equityNext) this.writeSessionEquity();
    else this.decision(source!);
  }

  /** A bar's open. */
  open(market: Market, row: number): void {
    market.opened = row + 1;
    if (!market.exists(row - market.base)) return;
    if (market.live.length > 0) {
      matchOpen(this.venue, market, row);
      market.isDirty = true;
    }
    market.markRow = row;
    market.isMarkOpen = true;
    if (this.isWatching) guardAccount(this.venue, this.calls.actions);
  }

  /** The rest of a bar. */
  rest(market: Market, row: number): void {
    const isAsked = !this.isWatching || guardRange(this.venue, this.calls.actions, market, row, false);
    if (market.live.length > 0) {
      matchRange(this.venue, market, row);
      market.isDirty = true;
    }
    if (!isAsked) guardRange(this.venue, this.calls.actions, market, row, true);
    market.closed = row + 1;
    market.markRow = row;
    market.isMarkOpen = false;
    if (this.isWatching) guardAccount(this.venue, this.calls.actions);
  }

  private readonly meetRest = (market: Market, row: number): void => this.rest(market, row);

  private tick(market: Market, row: number): void {
    const { rank } = market, calls = this.tickSources[rank];
    if (market.hits.top(rank) === row) matchTick(this.venue, market, row);
    if (this.isWatching && market.exists(row - market.base)) guardAccount(this.venue, this.calls.actions);
    if (calls.length === 0 && !this.isWatching) return;
    this.nextTick[rank] = row + 1;
    for (const call of calls) this.venue.enqueue(ofTask, call);
  }

  private timer(source: Running): void {
    const { setup, clock } = this.venue, time = source.timer[0];
    clock.set(time, 2);
    source.timer[0] = time + BigInt(source.source.interval);
    if (time >= setup.from && time < setup.to) this.calls.row(source, 'timer', source.next);
    source.next++;
  }

  private writeSessionEquity(): void {
    const { venue } = this, time = this.equityTime[0], next = venue.markets[0].facts.sessionEnd(time);
    venue.clock.set(time, 0);
    venue.writeEquity();
    this.equityTime[0] = next;
    if (next <= time) this.hasEquityTimes = false;
  }

  /** The next row of a source, once the clock stands at it. */
  decision(source: Running): void {
    const { venue, calls } = this, { rows, next } = source, at = next - rows.base, { segment } = rows;
    source.next = next + 1;
    const isCut = segment !== undefined && source.segment === source.segment && segment[at] !== source.segment;
    if (segment !== undefined) source.segment = segment[at];
    if (rows.time[at] < venue.setup.from) return;
    if (venue.setup.equitySource === source.place) venue.writeEquity();
    if (isCut && source.source.kind === 'bar') {
      calls.row(source, 'segmentEnd', next);
      this.drain();
    }
    calls.row(source, source.source.kind, next);
  }

  /** What the present key has caused, first in first out. */
  drain(): void {
    const { venue } = this, { queue, queueKinds } = venue;
    venue.sweep();
    for (let k = 0; k < venue.queued; k++) {
      const kind = queueKinds[k];
      if (kind === ofOrder) arrive(venue, queue[k] as Slot);
      else if (kind === ofMessage) change(venue, queue[k] as Message);
      else this.task(queue[k] as Task, true);
      venue.sweep();
    }
    venue.queued = 0;
  }

  private task(task: Task, isQueued: boolean): void {
    const { venue, calls } = this;
    if (!isQueued) venue.clock.set(task.time, task.class);
    if (task.kind === timerTask) calls.event('timer', undefined);
    else if (task.kind === reportTask) calls.event('report', task.report!, task.order);
    else if (task.kind === arrivalTask) arrive(venue, task.slot!);
    else if (task.kind === messageTask) change(venue, task.message!);
    else if (task.kind === activationTask) activate(venue, task);
    else if (task.kind === expiryTask) expire(venue, task);
    else if (task.kind === auctionTask) meetAuction(venue, task);
    else {
      const source = this.running[task.place], { rows } = source, row = venue.clock.row;
      source.next = row + 1;
      if (row < rows.base || row >= rows.base + rows.length || rows.time[row - rows.base] < venue.setup.from) return;
      if (venue.setup.equitySource === source.place) venue.writeEquity();
      calls.row(source, 'tick', row);
    }
  }
}

/** The market's row that a bar waits for: the one that cut it short, else its own last; -1 where it is not made of rows of the market. */
function lastRowOf({ toRow, provedBy }: DecisionRows, at: number): number {
  if (provedBy !== undefined && provedBy[at] === provedBy[at]) return provedBy[at];
  return toRow === undefined ? -1 : toRow[at] - 1;
}
