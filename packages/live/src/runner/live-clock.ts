/** Clocks: what a live runner is told the time by. */

export interface LiveClock {
  /** UTC nanoseconds. */
  now(): bigint;
  /** Resolves at `time`, or earlier when the signal is aborted. */
  wait(time: bigint, signal: AbortSignal): Promise<void>;
}

/** A clock by which everything has long been due: as fast as the machine can. */
export class UnpacedClock implements LiveClock {
  now(): bigint {
    return 1n << 62n;
  }

  wait(): Promise<void> {
    return Promise.resolve();
  }
}

/** Longest sleep, so that an interrupt is not kept waiting. Milliseconds. */
const longestSleep = 50;

/** Market time that runs `pace` times as fast as the wall's, from `start` on, which is now. */
export class PacedClock implements LiveClock {
  readonly pace: number;
  private readonly start: bigint;
  private readonly begun: number;
  private readonly milliseconds: () => number;

  /** `milliseconds` reads a clock that only runs forward. */
  constructor(pace: number, start: bigint, milliseconds: () => number = () => performance.now()) {
    if (!(Number.isFinite(pace) && pace > 0)) throw new RangeError(`clock: pace must be a positive number, was ${pace}`);
    this.pace = pace;
    this.start = start;
    this.milliseconds = milliseconds;
    this.begun = milliseconds();
  }

  now(): bigint {
    return this.start + BigInt(Math.round((this.milliseconds() - this.begun) * this.pace * 1e6));
  }

  async wait(time: bigint, signal: AbortSignal): Promise<void> {
    for (let left = this.left(time); left > 0 && !signal.aborted; left = this.left(time)) {
      await new Promise(resume => setTimeout(resume, Math.min(left, longestSleep)));
    }
  }

  private left(time: bigint): number {
    return Number(time - this.now()) / (this.pace * 1e6);
  }
}

/** The clock of a pace: `1x`, `10x`, `0.5x` or `max`. Errors: RangeError for another word. */
export function clockOf(pace: string, start: bigint): LiveClock {
  if (pace === 'max') return new UnpacedClock();
  const factor = /^(\d+(?:\.\d+)?)x$/.exec(pace)?.[1];
  if (factor === undefined || !(Number(factor) > 0)) throw new RangeError(`pace must be 1x, 10x, 0.5x or the like, or max, was ${pace}`);
  return new PacedClock(Number(factor), start);
}
