import type { RandomStream } from '../random.ts';

/** Seconds until the next event of a Poisson process with a mean of `perDay` in 86,400 seconds; infinity where there are none. */
export function waitingTime(stream: RandomStream, perDay: number): number {
  const units = stream.exponential();
  return perDay > 0 ? (units * 86_400) / perDay : Infinity;
}
