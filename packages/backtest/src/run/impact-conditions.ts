/**
 * Daily volume and volatility as they were known at each time: what the square root law wants.
 *
 * Definition  a day is a UTC day with rows; its volume the sum over its trades or bars, its price the last of them. `volume` is the mean of the last `days` days, `volatility` the sample
 *             deviation of their log returns, each from the midnight that ends the last of them on: the day that is under way is in neither
 * Shapes      a row a day; volume begins behind the first `days` days, volatility a day later
 * Units       volume in units of quantity, volatility as a share of price, both a day
 * Errors      TypeError for quotes, whose sizes were not traded; RangeError for days that are no integer of at least 2; DataError for a volume that is NaN or negative, with its row
 *
 * @example
 * const impact = { [id]: { kind: 'squareRoot', coefficient: 1, ...impactConditions(data) } };
 */
import { DataError, dayOf, dayStart, formatTime, logarithm, mean, standardDeviation } from '@zanzibar/core';
import type { DatedColumn } from '../ledger/as-of.ts';
import type { MarketInput } from './market-input.ts';

export interface ImpactConditions {
  readonly volume: DatedColumn;
  readonly volatility: DatedColumn;
}

export function impactConditions({ instrument: { id }, kind, columns }: MarketInput, options: { readonly days?: number } = {}): ImpactConditions {
  const { days = 20 } = options, isBars = kind === 'bars';
  if (!(Number.isInteger(days) && days >= 2)) throw new RangeError(`impactConditions: days must be an integer of at least 2, was ${days}`);
  const name = isBars ? 'volume' : 'size', traded = columns[name] as Float64Array | undefined, price = (isBars ? columns.close : columns.price) as Float64Array;
  if (kind === 'quotes' || traded === undefined) throw new TypeError(`impactConditions: ${id} needs ${kind === 'quotes' ? 'trades or bars, for quotes have no traded volume' : `the column "${name}"`}`);
  const time = (isBars ? columns.closeTime : columns.time) as BigInt64Array, ends: number[] = [], volumes: number[] = [], closes: number[] = [];
  for (let row = 0; row < (columns.length ?? time.length); row++) {
    const day = dayOf(isBars ? time[row] - 1n : time[row]), last = ends.length - 1;
    if (!(traded[row] >= 0)) throw new DataError(`${id} at ${formatTime(time[row])}: must be a number of at least 0, was ${traded[row]}`, { row, column: name });
    if (last >= 0 && ends[last] === day) volumes[last] += traded[row];
    else {
      ends.push(day);
      volumes.push(traded[row]);
      closes.push(NaN);
    }
    closes[closes.length - 1] = price[row];
  }
  const returns = closes.slice(1).map((close, k) => logarithm(close / closes[k]));
  const known = (first: number, value: (day: number) => number): DatedColumn => {
    const list = ends.slice(first);
    return { time: BigInt64Array.from(list, day => dayStart(day + 1)), value: Float64Array.from(list, (_, k) => value(first + k)) };
  };
  return {
    volume: known(days - 1, day => mean(volumes.slice(day - days + 1, day + 1))),
    volatility: known(days, day => standardDeviation(returns.slice(day - days, day))),
  };
}
