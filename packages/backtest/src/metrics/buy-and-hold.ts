/**
 * Buy and hold: what holding the instruments over the run, in equal parts and without costs, would have returned.
 *
 * Definition  mean of last / first - 1 over the instruments, from the first price of the run to the last.  Units  fraction.
 * NaN         without an instrument or for a first price that is not above 0.  Example  first 100, last 105 -> 0.05
 */
import { mean } from '@zanzibar/core';

export interface HeldInstrument {
  readonly first: number;
  readonly last: number;
}

export function buyAndHoldReturn(instruments: readonly HeldInstrument[]): number {
  return mean(Float64Array.from(instruments, ({ first, last }) => (first > 0 ? last / first - 1 : NaN)));
}
