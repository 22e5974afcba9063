/**
 * Currencies other than the account's: a balance each, converted at the rate as of a moment (`fills.md` B13 to B15).
 *
 * Units  rates are account currency per unit; a rate holds from its time on, before everything else of that time
 */
import { DataError, formatTime } from '@zanzibar/core';
import type { Clock } from '../simulator/clock.ts';
import type { Rates } from '../simulator/account-options.ts';
import type { SimulatorSetup } from '../simulator/setup.ts';
import { Money } from './money.ts';

export class Currencies {
  readonly names: readonly string[];
  readonly moneys: readonly Money[];
  /** By instrument its currency's place, -1 for the account's. */
  readonly places: readonly number[];
  /** What the fills and dividends of a currency add up to, in units, recomputed. */
  expected: number[];
  private readonly rates: readonly Rates[];
  private readonly cursors: Int32Array;

  constructor({ instruments, options, from }: SimulatorSetup, account: string, unit: number) {
    const { rates = {} } = options;
    this.names = [...new Set(instruments.map(({ currency = '' }) => currency).filter(currency => currency !== '' && currency !== account))].sort();
    this.places = instruments.map(({ currency = '' }) => this.names.indexOf(currency));
    this.rates = this.names.map(name => {
      if (rates[name] === undefined) {
        throw new RangeError(`${instruments.find(({ currency }) => currency === name)!.id} pays in ${name}, the account is in ${account}: rates between currencies are missing, give \`rates.${name}\``);
      }
      return checkedRates(name, rates[name], from);
    });
    this.moneys = this.names.map(() => new Money(unit, 0));
    this.expected = this.names.map(() => 0);
    this.cursors = new Int32Array(this.names.length);
  }

  /** Rate of a currency's place at the present time, 1 for the account's. */
  rate(place: number, { times, at }: Clock): number {
    if (place < 0) return 1;
    const { time, rate } = this.rates[place], { cursors } = this, now = times[at];
    let k = cursors[place];
    while (k + 1 < time.length && time[k + 1] <= now) k++;
    cursors[place] = k;
    return rate[k];
  }

  /** Rate of an instrument's currency as of any time. */
  rateAt(rank: number, moment: bigint): number {
    const place = this.places[rank];
    return place < 0 ? 1 : rateAsOf(this.rates[place], moment);
  }
}

/** The rate of the last row at or before a time; before the first row that of the first. */
export function rateAsOf({ time, rate }: Rates, moment: bigint): number {
  let low = 0, high = time.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time[middle] <= moment) low = middle;
    else high = middle - 1;
  }
  return rate[low];
}

function checkedRates(name: string, rates: Rates, from: bigint): Rates {
  const { time, rate } = rates;
  if (time.length === 0 || time.length !== rate.length) throw new DataError(`rates of ${name}: time and rate must be of one length and not empty, have ${time.length} and ${rate.length}`);
  if (time[0] > from) throw new DataError(`rates of ${name}: begin at ${formatTime(time[0])}, after the run, which begins at ${formatTime(from)}`, { row: 0, column: 'time' });
  for (let row = 0; row < time.length; row++) {
    if (!(rate[row] > 0 && rate[row] < Infinity)) throw new DataError(`rates of ${name}: must be positive numbers, was ${rate[row]} at ${formatTime(time[row])}`, { row, column: 'rate' });
    if (row > 0 && time[row] < time[row - 1]) throw new DataError(`rates of ${name}: times must not decrease, ${formatTime(time[row])} follows ${formatTime(time[row - 1])}`, { row, column: 'time' });
  }
  return rates;
}
