/** When the clock has something to do although no row comes: bars and timers that are due. */
import { floorTime } from '@zanzibar/core';
import type { Session } from '@zanzibar/backtest';

/** Boundaries of the bars and timers that a strategy listens to. */
export class DueTimes {
  private readonly steps: readonly { readonly interval: number; readonly offset: bigint }[];

  /** A market of bars is its own clock: a bar that has opened must not be passed before it is known, so nothing is due in between. */
  constructor({ built: { sources }, setup: { markets } }: Session) {
    const isBars = markets.some(({ kind }) => kind === 'bars');
    this.steps = isBars ? [] : sources.filter(({ interval }) => interval > 0).map(({ interval, source }) => ({ interval, offset: BigInt(source.kind === 'timer' ? (source.offset ?? 0) : 0) }));
  }

  /** The first boundary behind `time`; undefined where nothing is ever due. */
  after(time: bigint): bigint | undefined {
    let first: bigint | undefined;
    for (const { interval, offset } of this.steps) {
      const due = floorTime(time, interval, offset) + BigInt(interval);
      if (first === undefined || due < first) first = due;
    }
    return first;
  }
}
