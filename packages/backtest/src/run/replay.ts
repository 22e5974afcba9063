/** Feeds a run's rows into a session: whole, in groups, or row by row; every way gives the same orders. */
import { clockClass, marketClass, reportClass, type SourceColumns } from '@zanzibar/core';
import { firstAtOrAfter } from '../simulator/first-at-or-after.ts';
import type { MarketInput } from './market-input.ts';
import type { Session } from './session.ts';

export { firstAtOrAfter };

/** Rows of an instrument or of a source of one's own that lie in the run, and when each becomes known. */
export interface Feed {
  /** Id of the instrument, or name of the source. */
  readonly name: string;
  readonly kind: 'quotes' | 'trades' | 'bars' | 'custom';
  readonly columns: SourceColumns;
  readonly known: BigInt64Array;
  readonly class: number;
  readonly end: number;
  at: number;
  push(from: number, to: number): void;
}

/** What a run is fed with: its instruments in order of their ids, then its sources of columns of their own. */
export function feedsOf(session: Session, data: readonly MarketInput[]): Feed[] {
  const { to } = session.setup;
  const feeds: Feed[] = data.map(({ columns, kind, instrument }, market) => {
    const isBars = kind === 'bars', known = (isBars ? columns.closeTime : columns.time) as BigInt64Array;
    const end = firstAtOrAfter(known, isBars ? to + 1n : to, columns.length ?? known.length);
    return { name: instrument.id, kind, columns, known, class: isBars ? clockClass : marketClass, end, at: 0, push: (from, until) => session.push(market, columns, from, until) };
  });
  for (const { name, source } of session.built.sources) {
    if (source.kind !== 'custom') continue;
    const { columns } = source, known = columns.time;
    feeds.push({ name, kind: 'custom', columns, known, class: reportClass, end: firstAtOrAfter(known, to), at: 0, push: (from, until) => session.pushCustom(name, columns, from, until) });
  }
  return feeds;
}

/** Rows done and rows in all. */
export type Progress = readonly [done: number, total: number];

/**
 * Replays in groups of about `groupRows` rows of the busiest instrument (Infinity: one group) and yields after each.
 *
 * A group ends before a time, never inside one, so that rows of equal time of several instruments stay together.
 */
export function* replayGroups(session: Session, data: readonly MarketInput[], groupRows: number): Generator<Progress> {
  const feeds = feedsOf(session, data), total = feeds.reduce((sum, feed) => sum + feed.end, 0);
  for (;;) {
    let frontier: bigint | undefined;
    for (const { at, end, known } of feeds) if (end - at > groupRows && (frontier === undefined || known[at + groupRows] < frontier)) frontier = known[at + groupRows];
    const hasProgress = frontier === undefined || feeds.some(({ at, end, known }) => at < end && known[at] < frontier!);
    const limit = frontier === undefined ? undefined : barEnd(feeds, hasProgress ? frontier : frontier + 1n);
    endGroup(session, feeds, limit);
    yield [feeds.reduce((sum, feed) => sum + feed.at, 0), total];
    if (limit === undefined) return;
  }
}

/** Pushes what the feeds have before `limit` (undefined: all of it) and runs the session up to there, or to its end. */
export function endGroup(session: Session, feeds: readonly Feed[], limit: bigint | undefined): void {
  for (const feed of feeds) {
    const to = limit === undefined ? feed.end : firstAtOrAfter(feed.known, limit, feed.end, feed.at);
    if (to > feed.at) feed.push(feed.at, to);
    feed.at = to;
  }
  if (limit === undefined) session.finish();
  else session.advance(limit - 1n);
}

/** With bars as a market a group ends where one closes: a bar that has opened but is not known yet must not be passed by the clock. */
function barEnd(feeds: readonly Feed[], limit: bigint): bigint {
  let last: bigint | undefined, next: bigint | undefined;
  for (const { class: order, known, at, end } of feeds) {
    if (order !== clockClass || at >= end) continue;
    const to = firstAtOrAfter(known, limit, end, at);
    if (to > at && (last === undefined || known[to - 1] > last)) last = known[to - 1];
    if (next === undefined || known[at] < next) next = known[at];
  }
  return next === undefined ? limit : (last ?? next) + 1n;
}

/** The rows of several feeds in the order of time, one at a time. */
export class RowOrder {
  readonly feeds: readonly Feed[];
  readonly total: number;
  /** The row taken last: its feed and position there. */
  feed: number = -1;
  at: number = -1;
  /** Another bar of its time is still to come, before which the clock must not run. */
  isHeld: boolean = false;
  private next: number;

  constructor(feeds: readonly Feed[]) {
    this.feeds = feeds;
    this.total = feeds.reduce((sum, { end, at }) => sum + end - at, 0);
    this.next = this.first();
  }

  /** When the next row is known, undefined behind the last. */
  get nextTime(): bigint | undefined {
    if (this.next < 0) return undefined;
    const { known, at } = this.feeds[this.next];
    return known[at];
  }

  /** Takes the next row; false behind the last. */
  take(): boolean {
    if (this.next < 0) return false;
    const feed = this.feeds[this.next], time = feed.known[feed.at];
    this.feed = this.next;
    this.at = feed.at++;
    this.isHeld = false;
    for (const other of this.feeds) if (other.class === clockClass && other.at < other.end && other.known[other.at] === time) this.isHeld = true;
    this.next = this.first();
    return true;
  }

  private first(): number {
    const { feeds } = this;
    let first = -1;
    for (let k = 0; k < feeds.length; k++) if (feeds[k].at < feeds[k].end && (first < 0 || precedes(feeds[k], feeds[first]))) first = k;
    return first;
  }
}

/**
 * Replays one row at a time, in the order of time: what a live run does. After a restored snapshot it goes on behind the first `done` rows.
 *
 * Ends after each row's frontier, so a caller may stop, take a snapshot and resume at any yield.
 */
export function* replayRows(session: Session, data: readonly MarketInput[], done = 0): Generator<Progress> {
  const order = new RowOrder(feedsOf(session, data)), { feeds, total } = order;
  for (let n = 1; order.take(); n++) {
    if (n <= done) continue;
    const { feed, at } = order, { known } = feeds[feed];
    feeds[feed].push(at, at + 1);
    if (!order.isHeld) session.advance(known[at]);
    yield [n, total];
  }
  session.finish();
}

function precedes(a: Feed, b: Feed): boolean {
  const time = a.known[a.at], other = b.known[b.at];
  return time === other ? a.class < b.class : time < other;
}
