/**
 * The simulator: one order machine over quotes, trades and bars, run group by group of rows.
 *
 * `load(group)`, `run(until)`, again, then `finish()`; how rows are cut into groups never changes an order. Everything that happens has a key and happens in
 * its order (`fills.md`); stretches in which nothing is scheduled go through shortcuts (`lanes.ts`) that call the same machine.
 */
import { fillAtMark } from './fill.ts';
import { firstTimer } from './first-timer.ts';
import { Calls, type Running } from './calls.ts';
import { ExecutionTail } from './execution-tail.ts';
import { conservation } from '../ledger/conservation.ts';
import { roundTripsTable } from '../ledger/round-trips-table.ts';
import { Lanes } from './lanes.ts';
import { Loop } from './loop.ts';
import { accepted, cancelled, isEnd, submitted } from './order.ts';
import { equityTable, executionsTable, fillsTable, ordersTable, positionsTable, type RecordedSeries } from './output.ts';
import { event } from './records.ts';
import { search } from './search.ts';
import type { DecisionRows, Group, SimulatorSetup } from './setup.ts';
import type { SimulatorOutput } from './simulator-output.ts';
import { restoreVenue, snapshotVenue } from './snapshot.ts';
import { reason, Venue } from './venue.ts';
import { warningsOf } from './warnings.ts';

const noRows: DecisionRows = { base: 0, length: 0, time: new BigInt64Array(0) };

export class Simulator {
  readonly setup: SimulatorSetup;
  readonly output: SimulatorOutput;
  private readonly venue: Venue;
  private readonly calls: Calls;
  private readonly running: Running[];
  private readonly loop: Loop;
  private readonly lanes: Lanes;
  private readonly until: BigInt64Array = new BigInt64Array(1);
  private readonly recorded: { [name: string]: { time: bigint[]; value: number[] } } = {};
  private readonly marks: { time: bigint[]; value: number[] } = { time: [], value: [] };
  private isShared = false;
  /** Was what will be needed of the present rows taken from them since they were run over? */
  private hasLeft = false;
  private hasStarted = false;
  private hasFinished = false;

  constructor(setup: SimulatorSetup) {
    checkSetup(setup);
    this.setup = setup;
    const venue = (this.venue = new Venue(setup));
    const keep = (series: { time: bigint[]; value: number[] }, value: number): void => {
      series.time.push(venue.clock.time);
      series.value.push(value);
    };
    this.calls = new Calls(venue, (name, value) => keep((this.recorded[name] ??= { time: [], value: [] }), value), level => keep(this.marks, level));
    this.running = setup.sources.map((source, place) => ({ source, place, rows: noRows, next: 0, segment: NaN, timer: firstTimer(setup, place) }));
    this.loop = new Loop(venue, this.calls, this.running);
    this.lanes = new Lanes(venue, this.calls, this.running, this.loop);
    if (setup.equitySource < 0 && setup.instruments.length > 0) {
      this.loop.equityTime[0] = setup.instruments[0].sessionEnd(setup.from);
      this.loop.hasEquityTimes = this.loop.equityTime[0] > setup.from;
    }
    this.output = this.makeOutput();
  }

  /** The next rows of every instrument and source. Rows that were loaded before must have been run over. */
  load(group: Group): void {
    const { venue, running, setup } = this;
    if (group.markets.length !== setup.instruments.length) throw new RangeError(`simulator: a group needs the rows of ${setup.instruments.length} instruments, had ${group.markets.length}`);
    if (group.decisions.length !== setup.sources.length) throw new RangeError(`simulator: a group needs the rows of ${setup.sources.length} sources, had ${group.decisions.length}`);
    if (this.until[0] === setup.to) return; // Nothing but the end is left to come.
    if (!this.hasLeft) this.leaveRows();
    this.hasLeft = false;
    for (const market of venue.markets) {
      const { rank } = market;
      if (market.length > 0 && market.time[market.length - 1] > this.until[0]) throw new RangeError(`simulator: rows of ${market.facts.id} were loaded and not run over`);
      venue.volumes?.load(market, group.markets[rank]);
      market.load(group.markets[rank]);
      if (this.loop.nextTick[rank] < market.base) this.loop.nextTick[rank] = market.base;
      if (market.isBars) continue;
      market.hits.clear();
      for (const slot of market.live) slot.next = Infinity;
      for (const slot of market.live) if (slot.next === Infinity) search(venue, market, slot);
    }
    for (const source of running) {
      source.rows = group.decisions[source.place];
      if (source.next < source.rows.base) source.next = source.rows.base;
    }
    this.isShared = group.markets.every(rows => rows.index !== undefined);
    this.lanes.load();
  }

  /** Everything up to `until`: the clock at that time, and what has been loaded of it. */
  run(until: bigint): void {
    const { setup } = this, end = until < setup.to ? until : setup.to;
    this.hasLeft = false;
    this.guarded(() => {
      if (!this.hasStarted) {
        this.until[0] = end < setup.from ? end : setup.from;
        while (this.loop.step(this.until, end < setup.from ? 5 : -1));
        if (end < setup.from) return this.stand(end, 5);
        this.hasStarted = true;
        this.venue.clock.set(setup.from, -1);
        this.calls.event('start', undefined);
        this.loop.drain();
      }
      this.until[0] = end;
      const lastClass = end === setup.to ? 1 : this.lastClass();
      do this.lanes.run(this.until, lastClass);
      while (this.loop.step(this.until, lastClass));
      this.stand(end, lastClass);
    });
    if (!this.isShared) this.leaveRows();
  }

  /** The clock stands at the frontier, behind everything of its key. */
  private stand(time: bigint, timeClass: number): void {
    const { clock } = this.venue;
    clock.set(time, timeClass);
    clock.rank = Infinity;
  }

  /** Takes from the present rows what will be needed after them. Rows that are shared stay until the next ones come. */
  private leaveRows(): void {
    const { venue } = this;
    venue.trips.settle(venue);
    venue.equity.keepTimes();
    for (const market of venue.markets) market.keepStanding(venue.clock);
    this.hasLeft = true;
  }

  /** At the frontier's own time: the clock, and keys up to the latest row of that time that has been loaded. */
  private lastClass(): number {
    const until = this.until[0];
    let last = 1;
    for (const { time, length, isBars } of this.venue.markets) if (!isBars && length > 0 && time[length - 1] === until) last = 5;
    for (const { rows, source } of this.running) {
      const own = source.kind === 'timer' ? 2 : source.kind === 'custom' ? 3 : 1;
      if (rows.length > 0 && rows.time[rows.length - 1] === until && own > last) last = own;
    }
    return last;
  }

  /** The end (`fills.md` 37, 65 and 67). */
  finish(): void {
    if (this.hasFinished) return;
    const { setup, venue, calls } = this;
    this.run(setup.to);
    this.hasFinished = true;
    this.guarded(() => {
      venue.clock.set(setup.to, 1);
      calls.call.isStop = true;
      calls.event('stop', undefined);
      venue.queued = 0;
      for (const slot of venue.pool.ascending()) {
        if (isEnd(slot.state)) continue;
        venue.move(slot, cancelled);
        venue.execute(slot, event.cancel, reason.endOfData);
      }
      if (setup.options.atEnd === 'close') this.closePositions();
      venue.writeEquity();
    });
  }

  private closePositions(): void {
    const { venue } = this;
    venue.firstClosing = venue.nextOrder;
    for (const market of venue.markets) {
      for (const holding of market.holdings.slice()) {
        const { position } = holding;
        if (position === 0) continue;
        const slot = this.calls.actions.ownOrder(market, position > 0 ? -1 : 1, Math.abs(position), 'endOfData', holding);
        venue.move(slot, submitted);
        venue.execute(slot, event.submit, reason.none);
        venue.move(slot, accepted);
        venue.execute(slot, event.accept, reason.none);
        fillAtMark(venue, market, slot, position);
      }
    }
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw this.calls.failure(error);
    }
  }

  /** What must be known to go on, as canonical bytes; the tables written so far are not part of it. */
  snapshot(): Uint8Array {
    return snapshotVenue(this.venue, this.running, this.loop, this.calls.actions.tags, this.hasStarted);
  }

  /** Goes on from a snapshot: tables begin at the row that was next. */
  restore(bytes: Uint8Array): void {
    this.hasLeft = false;
    this.hasStarted = restoreVenue(bytes, this.venue, this.running, this.loop, this.calls.actions.tags);
  }

  /** Executions one by one; after a restore those that come behind the snapshot. */
  executionTail(): ExecutionTail {
    return new ExecutionTail(this.venue);
  }

  private makeOutput(): SimulatorOutput {
    const { venue } = this, hasTicks = this.setup.instruments.some(({ ticks }) => ticks !== undefined), tags = this.calls.actions.tags, series = ({ time, value }: { time: bigint[]; value: number[] }): RecordedSeries => ({ time: BigInt64Array.from(time), value: Float64Array.from(value) }), { recorded, marks } = this;
    return {
      get orders() { return ordersTable(venue, tags); },
      get executions() { return executionsTable(venue); },
      get fills() { return fillsTable(venue); },
      get roundTrips() { return roundTripsTable(venue, tags); },
      get equity() { return equityTable(venue); }, get positions() { return positionsTable(venue); },
      get recorded() { return Object.fromEntries(Object.entries(recorded).map(([name, values]) => [name, series(values)])); },
      get marks() { return series(marks); },
      get counters() { return { ambiguousBars: venue.ambiguousBars, ...(hasTicks ? { resolvedBars: venue.resolvedBars } : {}), throughOnArrival: venue.throughOnArrival, orders: venue.nextOrder, fills: venue.filled, executions: venue.executed }; },
      get warnings() { return warningsOf(venue).map(({ message }) => message); }, get warningCodes() { return warningsOf(venue).map(({ code }) => code); },
      get startCash() { return venue.ledger.money.amount(venue.ledger.start); }, get cash() { return venue.ledger.cash(venue.clock); },
      get equityNow() { return venue.ledger.equity(venue.markets, venue.clock); }, get conservation() { return conservation(venue); },
    };
  }
}

function checkSetup({ instruments, sources, from, to }: SimulatorSetup): void {
  if (!(from < to)) throw new RangeError(`simulator: from must be before to, were ${from} and ${to}`);
  for (let k = 1; k < instruments.length; k++) {
    if (!(instruments[k - 1].id < instruments[k].id)) throw new RangeError(`simulator: instruments must be sorted by id, ${instruments[k].id} follows ${instruments[k - 1].id}`);
  }
  for (const { name, instrument } of sources) {
    if (!(Number.isInteger(instrument) && instrument >= -1 && instrument < instruments.length)) throw new RangeError(`simulator: source ${name} names no instrument, was ${instrument}`);
  }
}
