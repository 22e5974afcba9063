/** Shortcuts through stretches in which nothing is scheduled: the same machine, called without asking what comes next (`one order machine, two lanes`). */
import type { Calls, Running } from './calls.ts';
import type { Loop } from './loop.ts';
import type { Venue } from './venue.ts';

export class Lanes {
  readonly venue: Venue;
  readonly calls: Calls;
  readonly running: readonly Running[];
  readonly loop: Loop;

  constructor(venue: Venue, calls: Calls, running: readonly Running[], loop: Loop) {
    this.venue = venue;
    this.calls = calls;
    this.running = running;
    this.loop = loop;
  }

  load(): void {}

  run(_until: BigInt64Array): void {}
}
