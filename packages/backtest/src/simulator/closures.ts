/** When an instrument cannot be traded: after it has expired, and in halts (`fills.md` B16). */
import { formatTime, reasons } from '@zanzibar/core';
import type { Halt } from './account-options.ts';
import type { TradedInstrument } from './setup.ts';

const expired: number = reasons.indexOf('instrumentExpired'), halted: number = reasons.indexOf('instrumentHalted');

export class Closures {
  private readonly expires: bigint | undefined;
  private readonly halts: readonly Halt[];

  constructor({ id, expires, halts = [] }: TradedInstrument) {
    for (const { from, to } of halts) if (!(from < to)) throw new RangeError(`${id}: a halt must end after it begins, was [${formatTime(from)}, ${formatTime(to)})`);
    this.expires = expires;
    this.halts = halts;
  }

  /** Why nothing can be traded at this time, 0 if it can. */
  reason(time: bigint): number {
    if (this.expires !== undefined && time >= this.expires) return expired;
    for (const { from, to } of this.halts) if (time >= from && time < to) return halted;
    return 0;
  }

  isExpired(time: bigint): boolean {
    return this.expires !== undefined && time >= this.expires;
  }
}
