/** A recorded market as a feed: its rows come when a clock says that it is their time. */
import { DataError } from '@zanzibar/core';
import { feedsOf, RowOrder, type PreparedRun } from '@zanzibar/backtest';
import { RowCodec } from '../journal/journal.ts';
import type { JournalFeed } from '../journal/journal-head.ts';
import type { LiveClock } from '../runner/live-clock.ts';
import { DueTimes } from '../runner/due-times.ts';
import type { LiveRunner } from '../runner/live-runner.ts';

/** Rows between two looks at the signal where nothing is waited for. */
const rowsAtOnce = 1000;

/** The rows of a run's data in the order of time, behind those that a journal holds already. */
export class RecordedFeed {
  readonly order: RowOrder;
  private codecs: readonly RowCodec[] | undefined = undefined;
  private taken = 0;

  constructor(run: PreparedRun) {
    this.order = new RowOrder(feedsOf(run.session(false), run.data));
  }

  /** Rows taken so far. */
  get done(): number {
    return this.taken;
  }

  /** Takes a row that the journal holds. Errors: DataError where the data has another one in its place. */
  skip(feeds: readonly JournalFeed[], feed: number, payload: Uint8Array, record: number): void {
    this.codecs ??= feeds.map(each => new RowCodec(each));
    const { order } = this;
    if (!order.take() || order.feed !== feed) throw new DataError(`record ${record} of the journal is a row of ${feeds[feed].name}, which the data does not have there: the data has changed; nothing was changed in the journal`, {});
    this.taken++;
    const column = this.codecs[feed].difference(payload, order.feeds[feed].columns, order.at);
    if (column !== undefined) throw new DataError(`record ${record} of the journal has another value: the data has changed; nothing was changed in the journal`, { file: feeds[feed].name, row: order.at, column });
  }

  /**
   * Pushes the rows that are left when their time has come, and the clock in between; ends early where the signal is aborted.
   *
   * @returns whether all rows have been pushed
   */
  async run(runner: LiveRunner, clock: LiveClock, signal: AbortSignal, onProgress: (done: number, total: number) => void = () => {}): Promise<boolean> {
    const { order } = this, due = new DueTimes(runner.session);
    let last = runner.reached;
    for (let next = order.nextTime; next !== undefined; next = order.nextTime) {
      if (this.taken % rowsAtOnce === 0) {
        onProgress(this.taken, order.total);
        await new Promise(resume => setImmediate(resume));
      }
      for (let time = last === undefined ? undefined : due.after(last); time !== undefined && time < next; time = due.after(time)) {
        if (clock.now() < time) await clock.wait(time, signal);
        if (signal.aborted) return false;
        runner.clock(time);
      }
      if (clock.now() < next) await clock.wait(next, signal);
      if (signal.aborted) return false;
      order.take();
      this.taken++;
      runner.row(order.feed, order.feeds[order.feed].columns, order.at, order.isHeld);
      last = next;
    }
    onProgress(this.taken, order.total);
    return true;
  }
}
