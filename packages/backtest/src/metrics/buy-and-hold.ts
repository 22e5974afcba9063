/**
 * Buy and hold: what holding the instruments over the run, in equal parts and without costs, would have returned.
 *
 * Definition  mean of growth x last / first - 1 over the instruments, from the first price of the run to the last; growth is that of the rate of its currency, from the
 *             start of the run to its end.  Units  fraction.
 * NaN         without an instrument or for a first price that is not above 0.  Example  first 100, last 105 -> 0.05
 */
import { mean } from '@zanzibar/core';

export interface HeldInstrument {
  readonly first: number;
  readonly last: number;
  /** Account currency for one that prices are in, at the end of the run over that at its start. @defaultValue 1 */
  readonly rateGrowth?: number;
}

export function buyAndHoldReturn(instruments: readonly HeldInstrument[]): number {
  return mean(Float64Array.from(instruments, ({ first, last, rateGrowth = 1 }) => (first > 0 ? (last / first) * rateGrowth - 1 : NaN)));
}
