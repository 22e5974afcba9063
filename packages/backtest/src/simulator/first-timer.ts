/** When a source of timers begins. */
import type { SimulatorSetup } from './setup.ts';

/** The first call of a source of timers at or after `from`; no element where its rows are given. */
export function firstTimer({ sources, from }: SimulatorSetup, place: number): BigInt64Array {
  const { kind, interval, offset = 0 } = sources[place];
  if (kind !== 'timer' || !(interval > 0)) return new BigInt64Array(0);
  const every = BigInt(interval), shift = BigInt(offset), past = (((from - shift) % every) + every) % every;
  return BigInt64Array.of(past === 0n ? from : from + every - past);
}
