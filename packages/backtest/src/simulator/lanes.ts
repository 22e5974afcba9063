/**
 * Shortcuts through stretches in which nothing is scheduled: one instrument, one source of bars, no reports. They call the same machine as the general loop
 * without asking what comes next, and leave as soon as anything is scheduled.
 */
import type { Calls, Running } from './calls.ts';
import { decideBars } from './decide-bars.ts';
import { isBarMet, makeEnvelope } from './envelope.ts';
import type { Loop } from './loop.ts';
import type { Market } from './market.ts';
import { matchTick } from './match.ts';
import type { Venue } from './venue.ts';

export class Lanes {
  readonly venue: Venue;
  readonly calls: Calls;
  readonly running: readonly Running[];
  readonly loop: Loop;
  private readonly isPossible: boolean;
  private isOpen = false;

  constructor(venue: Venue, calls: Calls, running: readonly Running[], loop: Loop) {
    const { setup } = venue;
    this.venue = venue;
    this.calls = calls;
    this.running = running;
    this.loop = loop;
    this.isPossible = setup.lanes !== false && venue.markets.length === 1 && running.length === 1 && running[0].source.kind === 'bar' && running[0].source.instrument === 0 &&
      !setup.reports && setup.equitySource === 0 && loop.due.isEmpty && !venue.limits?.isWatching && venue.ledger.currencies === null && !venue.isHedging;
  }

  /** Looks whether the rows that were loaded allow a lane. */
  load(): void {
    this.isOpen = false;
    if (!this.isPossible) return;
    const [{ rows, segment }] = this.running, [market] = this.venue.markets, { length } = rows;
    if (rows.segment !== undefined && length > 0 && (rows.segment[0] !== rows.segment[length - 1] || (segment === segment && rows.segment[0] !== segment))) return;
    if (!market.isBars) {
      this.isOpen = rows.toRow !== undefined && rows.provedBy === undefined;
      return;
    }
    const { closeTime } = market;
    if (rows.toRow !== undefined || !market.index?.isSequential || rows.base !== market.base || length !== market.length) return;
    if (rows.time !== closeTime) for (let i = 0; i < length; i++) if (rows.time[i] !== closeTime[i]) return;
    this.isOpen = true;
  }

  /** As far as a lane goes without passing `until`. */
  run(until: BigInt64Array, lastClass: number): void {
    const { venue, running } = this;
    if (!this.isOpen || venue.schedule.first !== undefined) return;
    const [source] = running, { rows } = source, at = source.next - rows.base, end = this.end(source, until);
    if (at >= end || rows.time[at] < venue.setup.from) return;
    if (rows.segment !== undefined) source.segment = rows.segment[at];
    if (venue.markets[0].isBars) this.runBars(venue.markets[0], source, at, end);
    else this.runTicks(venue.markets[0], source, at, end, until, lastClass);
  }

  /** One past the last row that is called and not after `until`. */
  private end({ rows }: Running, until: BigInt64Array): number {
    const { to } = this.venue.setup, isLast = until[0] >= to;
    let low = 0, high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.time[middle] < until[0] || (!isLast && rows.time[middle] === until[0])) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private runBars(market: Market, source: Running, from: number, end: number): void {
    const { venue, calls, loop } = this, { clock, schedule } = venue, { call } = calls, { base, closeTime } = market;
    if (market.opened !== market.closed || market.closed !== base + from) return;
    calls.prepare(source.source);
    calls.isDeciding = false;
    call.notBefore = 0;
    clock.times = closeTime;
    clock.class = 1;
    market.isMarkOpen = false;
    if (market.isDirty) makeEnvelope(market);
    let i = from;
    while (i < end) {
      if (isBarMet(market, i)) {
        market.closed = base + i;
        this.meetBar(market, i);
        // A fill may have scheduled the hour of a time leg: the general loop goes on from within this bar.
        if (schedule.tasks.length > 0) {
          source.next = base + i;
          return call.none();
        }
        clock.times = closeTime;
        clock.class = 1;
        market.isMarkOpen = false;
      }
      i = decideBars(venue, calls, market, source.source.now, i, end);
      if (venue.queued > 0) {
        market.opened = base + i;
        market.cursor = base + i;
        source.next = base + i;
        if (call.groups !== null) call.groups = null;
        market.known = base + i;
        loop.drain();
        market.known = -1;
        calls.prepare(source.source);
        clock.times = closeTime;
        clock.at = i - 1;
        clock.class = 1;
        if (market.isDirty) makeEnvelope(market);
      }
      if (schedule.tasks.length > 0) break;
    }
    market.opened = base + i;
    if (market.cursor < base + i) market.cursor = base + i;
    source.next = base + i;
    call.none();
  }

  /** A bar at which something may happen: its open, then the rest of it. */
  private meetBar(market: Market, i: number): void {
    const { venue, loop } = this, { clock } = venue, row = market.base + i;
    clock.times = market.time;
    clock.at = i;
    clock.class = 5;
    clock.rank = 0;
    clock.row = row;
    loop.open(market, row);
    venue.sweep();
    if (venue.schedule.tasks.length > 0) return;
    clock.times = market.closeTime;
    clock.class = 1;
    loop.rest(market, row);
    venue.sweep();
    makeEnvelope(market);
  }

  private runTicks(market: Market, source: Running, from: number, end: number, until: BigInt64Array, lastClass: number): void {
    const { venue, calls, loop } = this, { clock, schedule, equity, ledger, markets } = venue, { decide } = venue.setup, { call, account, actions } = calls, { state } = venue;
    const { base, time, hits } = market, { rows } = source, { now } = source.source, toRows = rows.toRow!, firstRow = rows.base;
    calls.prepare(source.source);
    let i = from;
    while (i < end) {
      const toRow = toRows[i], last = toRow - 1 - base, isOfRow = last >= 0 && last < market.length && time[last] >= rows.time[i];
      if (isOfRow && (time[last] > until[0] || (time[last] === until[0] && lastClass < 5))) break;
      let passed = toRow;
      clock.times = rows.time;
      clock.at = i;
      clock.class = 1;
      if (!isOfRow) {
        if (market.cursor < toRow) market.cursor = toRow;
        passed = market.unprocessed(clock);
      }
      for (let row = hits.top(0); row < passed; row = hits.top(0)) {
        clock.times = time;
        clock.at = row - base;
        clock.class = 5;
        clock.rank = 0;
        clock.row = row;
        matchTick(venue, market, row);
        venue.sweep();
        if (schedule.tasks.length > 0) {
          // The rows up to the decision were looked ahead to; they have not passed yet.
          market.cursor = row + 1;
          source.next = firstRow + i;
          return call.none();
        }
      }
      if (isOfRow) {
        clock.times = time;
        clock.at = last;
        clock.class = 5;
        clock.rank = 0;
        clock.row = toRow - 1;
      } else {
        clock.times = rows.time;
        clock.at = i;
        clock.class = 1;
      }
      market.known = passed;
      equity.write(clock, market.position === 0 ? ledger.money.value : ledger.equity(markets, clock), ledger.money.value);
      now.row = i;
      call.row = firstRow + i;
      call.notBefore = toRow;
      calls.isDeciding = true;
      decide(state, now, account, actions);
      calls.isDeciding = false;
      i++;
      if (venue.queued > 0) {
        source.next = firstRow + i;
        if (call.groups !== null) call.groups = null;
        loop.drain();
        calls.prepare(source.source);
      }
      market.known = -1;
      if (schedule.tasks.length > 0) break;
    }
    source.next = firstRow + i;
    call.none();
  }
}
