import type { SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';

type Financing = NonNullable<TradedInstrument['financing']>;
type DatedNumber = NonNullable<Financing['swap']>['long'];

export interface ReferenceCharge {
  readonly time: bigint;
  readonly kind: 'funding' | 'borrow' | 'swap';
  /** What a unit pays, long and short; a negative number is received. */
  readonly long: number;
  readonly short: number;
}

/** Every charge of the run by `fills.md` C11 to C14. */
export function chargesOf({ from, to, instruments }: SimulatorSetup, instrument: number, { funding, borrow, swap }: Financing): ReferenceCharge[] {
  const charges: ReferenceCharge[] = [], { sessionEnd } = instruments[instrument], day = 86_400_000_000_000n;
  if (funding) {
    const { time, rate, every, charge = 'row', offset = 0 } = funding, due: bigint[] = [];
    if (charge === 'row') due.push(...time);
    else for (let at = BigInt(offset) + (from / BigInt(every) - 2n) * BigInt(every); at < to; at += BigInt(every)) due.push(at);
    for (const at of due) {
      const value = asOf({ time, value: rate }, at);
      charges.push({ time: at, kind: 'funding', long: value, short: -value });
    }
  }
  if (borrow) for (let at = (from / day) * day + BigInt(borrow.at ?? 0); at < to; at += day) charges.push({ time: at, kind: 'borrow', long: 0, short: asOf(borrow.rate, at) / (borrow.dayCount ?? 360) });
  if (swap) {
    for (let at = sessionEnd(from - 1n); at < to; at = sessionEnd(at)) {
      const name = new Date(Number((at - 1n) / 1_000_000n)).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }).toLowerCase(), nights = name === (swap.tripleDay ?? 'wednesday') ? 3 : 1;
      charges.push({ time: at, kind: 'swap', long: -asOf(swap.long, at) * nights, short: -asOf(swap.short, at) * nights });
    }
  }
  return charges.filter(({ time }) => time >= from && time < to);
}

function asOf(given: DatedNumber, time: bigint): number {
  if (typeof given === 'number') return given;
  let value = NaN;
  for (let i = 0; i < given.time.length; i++) if (given.time[i] <= time) value = given.value[i];
  return value;
}
