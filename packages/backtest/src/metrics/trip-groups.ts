/**
 * Round trips by what they have in common: entry tag, exit reason, symbol, weekday, hour, session or side, each group with the figures of its trips.
 *
 * Definition  weekday, hour (both UTC) and session are those of the entry; a trip without a tag belongs to the group ''. Figures are those of the files of
 *             their names over the group's net. Weekdays start with Monday, hours with 0, exit reasons are in the order of their register; others stand in
 *             order of first appearance
 * Units       net and averageTrade in account currency, hitRate a fraction, profitFactor none, held in nanoseconds
 * NaN         profitFactor where nothing was lost. No group is left out for its size: `count` stands beside every figure
 * Example     trips of net 2, -1 long and 3 short, by side -> long: 2 trips, net 1, hit rate 0.5; short: 1 trip, net 3, hit rate 1
 */
import { compensatedSum, dayOf, dayStart, exitReasons, weekday } from '@zanzibar/core';
import { averageTrade } from './average-trade.ts';
import { hitRate } from './hit-rate.ts';
import { sessionLabel } from './market-session.ts';
import { profitFactor } from './profit-factor.ts';
import { numbersOf, textOf, timesOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';

export const tripGroupings = ['tag', 'exitReason', 'symbol', 'weekday', 'hour', 'session', 'side'] as const;
export type TripGrouping = (typeof tripGroupings)[number];

export interface TripGroup {
  readonly key: string;
  readonly count: number;
  readonly net: number;
  readonly averageTrade: number;
  readonly hitRate: number;
  readonly profitFactor: number;
  /** Mean time from entry to exit, nanoseconds. */
  readonly held: number;
}

export const weekdays: readonly string[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hours: readonly string[] = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
const orders: { readonly [G in TripGrouping]?: readonly string[] } = { exitReason: exitReasons, weekday: weekdays, hour: hours, side: ['long', 'short'] };

/** What trip `row` is called under a grouping. */
export function tripKey(roundTrips: ResultTable, grouping: TripGrouping): (row: number) => string {
  const time = timesOf(roundTrips, 'entryTime'), side = numbersOf(roundTrips, 'side'), reason = numbersOf(roundTrips, 'exitReason');
  switch (grouping) {
    case 'tag':
      return row => textOf(roundTrips, 'entryTag', row);
    case 'exitReason':
      return row => exitReasons[reason[row]];
    case 'symbol':
      return row => textOf(roundTrips, 'instrument', row);
    case 'weekday':
      return row => weekdays[(weekday(dayOf(time[row])) + 6) % 7];
    case 'hour':
      return row => hours[Number((time[row] - dayStart(dayOf(time[row]))) / 3_600_000_000_000n)];
    case 'session':
      return row => sessionLabel(time[row]);
    case 'side':
      return row => (side[row] > 0 ? 'long' : 'short');
  }
}

export function tripGroups(roundTrips: ResultTable, grouping: TripGrouping): TripGroup[] {
  const net = numbersOf(roundTrips, 'net'), entry = timesOf(roundTrips, 'entryTime'), exit = timesOf(roundTrips, 'exitTime'), keyOf = tripKey(roundTrips, grouping);
  const rows = new Map<string, number[]>(), order = orders[grouping];
  for (let row = 0; row < roundTrips.length; row++) {
    const key = keyOf(row), known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  const keys = order === undefined ? [...rows.keys()] : order.filter(key => rows.has(key));
  return keys.map((key): TripGroup => {
    const of = rows.get(key)!, own = Float64Array.from(of, row => net[row]), held = Float64Array.from(of, row => Number(exit[row] - entry[row]));
    return { key, count: of.length, net: compensatedSum(own), averageTrade: averageTrade(own), hitRate: hitRate(own), profitFactor: profitFactor(own), held: averageTrade(held) };
  });
}
