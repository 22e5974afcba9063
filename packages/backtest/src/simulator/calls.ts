/** Calls of the strategy: what it is shown, what its call is allowed to assume, and the error that says where it failed. */
import type { Now, NowKind, Report } from '../strategy/strategy.ts';
import { AccountView } from './account.ts';
import { ActionsView } from './actions.ts';
import { Call } from './call.ts';
import type { DecisionRows, DecisionSource } from './setup.ts';
import type { Venue } from './venue.ts';

/** What a call that belongs to no row of a source is shown. */
class OwnNow implements Now {
  kind: NowKind = 'start';
  time = 0n;
  source = '';
  instrument = '';
  row = 0;
  base = 0;
  columns: { readonly [column: string]: any } = {};
  tables: { readonly [table: string]: any } = {};
  offsets: { readonly [table: string]: Int32Array } = {};
  report: Report | undefined = undefined;
}

/** A source on its way through its rows. */
export interface Running {
  readonly source: DecisionSource;
  readonly place: number;
  rows: DecisionRows;
  /** Absolute row of the next call. */
  next: number;
  segment: number;
  /** Generated timers: the time of the next call. */
  readonly timer: BigInt64Array;
}

/** An error of the strategy's own code, with the source and row at which it came; `cause` is the error itself. */
export class StrategyError extends Error {
  override readonly name: string = 'StrategyError';
  readonly source: string;
  readonly row: number;

  constructor(strategy: string, source: string, row: number, time: bigint, cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause);
    super(`${strategy}: ${source} row ${row} (${new Date(Number(time / 1_000_000n)).toISOString()}): ${text}`, { cause });
    this.source = source;
    this.row = row;
  }
}

export class Calls {
  readonly venue: Venue;
  readonly call: Call;
  readonly account: AccountView;
  readonly actions: ActionsView;
  private readonly own: OwnNow = new OwnNow();
  /** The call under way, for messages. */
  present: Now;
  isDeciding = false;

  constructor(venue: Venue, recordValue: (name: string, value: number) => void, markLevel: (level: number) => void) {
    this.venue = venue;
    this.call = new Call(venue);
    this.account = new AccountView(venue, this.call);
    this.actions = new ActionsView(venue, this.call, recordValue, markLevel);
    this.present = this.own;
  }

  /** Calls the strategy; nothing is decided before `from`, or at or after `to` but in `stop`. */
  decide(now: Now): void {
    const { venue, call } = this, { setup, clock } = venue;
    if (!call.isStop && (clock.times[clock.at] < setup.from || clock.times[clock.at] >= setup.to)) return;
    call.groups = null;
    this.present = now;
    this.isDeciding = true;
    setup.decide(venue.state, now, this.account, this.actions);
    this.isDeciding = false;
    call.none();
  }

  /** The lanes' calls, which set the row themselves: what they have in common. */
  prepare(source: DecisionSource): void {
    const { call } = this;
    call.instrument = source.instrument;
    call.isBar = true;
    call.groups = null;
    this.present = source.now;
  }

  /** `start`, `stop`, a timer that the strategy set, or a report. */
  event(kind: NowKind, report: Report | undefined, instrument: number = -1): void {
    const { own, venue } = this;
    this.call.none();
    own.kind = own.source = kind;
    own.time = venue.clock.time;
    own.instrument = instrument < 0 ? '' : venue.markets[instrument].facts.id;
    own.row = own.base = 0;
    own.columns = own.tables = own.offsets = nothing;
    own.report = report;
    this.decide(own);
  }

  /** A row of a source. */
  row(running: Running, kind: NowKind, row: number): void {
    const { source, rows } = running, { call } = this, { now } = source, position = row - rows.base;
    now.row = position;
    call.instrument = source.instrument;
    call.row = row;
    call.isBar = source.kind === 'bar';
    call.notBefore = rows.toRow === undefined ? 0 : rows.toRow[position];
    if (kind === source.kind && source.kind !== 'timer') this.decide(now);
    else this.decide(this.like(now, kind, row - position));
  }

  /** The source's view as another kind of call. */
  private like(now: Now, kind: NowKind, base: number): Now {
    const { own } = this;
    own.kind = kind;
    own.source = now.source;
    own.instrument = now.instrument;
    own.time = this.venue.clock.time;
    own.row = now.row;
    own.base = base;
    own.columns = now.columns;
    own.tables = now.tables;
    own.offsets = now.offsets;
    own.report = undefined;
    return own;
  }

  /** The error of the call under way, with its place. */
  failure(cause: unknown): unknown {
    if (!this.isDeciding) return cause;
    this.isDeciding = false;
    const { present, venue } = this;
    for (const market of venue.markets) market.known = -1;
    return new StrategyError(venue.setup.strategyId, present.source, present.base + present.row, venue.clock.time, cause);
  }
}

const nothing: { readonly [name: string]: any } = {};
