/** The ticks of which bars were made, as the simulator reads them. */
import { DataError, formatTime } from '@zanzibar/core';
import { checkOnGrid } from '../simulator/market-index.ts';
import type { InsideTicks } from '../simulator/setup.ts';
import type { MarketInput } from './market-input.ts';

/** Errors: TypeError for a column that is missing, RangeError where the market is no bars, DataError for times that go back and prices off the grid. */
export function insideTicks({ instrument: { id, tick }, kind, ticks }: MarketInput): InsideTicks | undefined {
  if (ticks === undefined) return undefined;
  if (kind !== 'bars') throw new RangeError(`ticks of ${id}: they decide inside bars, its market is ${kind}`);
  const { columns } = ticks, { time } = columns;
  if (!(time instanceof BigInt64Array)) throw new TypeError(`ticks of ${id} need a time column (BigInt64Array, UTC nanoseconds)`);
  const { length = time.length } = columns as { readonly length?: number };
  for (let row = 1; row < length; row++) {
    if (time[row] < time[row - 1]) throw new DataError(`ticks of ${id}: time ${formatTime(time[row])} is before ${formatTime(time[row - 1])}, the row before`, { row, column: 'time' });
  }
  const column = (name: string): Float64Array => {
    const values = columns[name] as ArrayLike<number> | undefined;
    if (values === undefined || values.length < length) throw new TypeError(`ticks of ${id}: ${ticks.kind} need a column ${name} of ${length} rows, ${values === undefined ? 'there is none' : `it has ${values.length}`}`);
    const doubles = values instanceof Float64Array ? values.subarray(0, length) : Float64Array.from(values).subarray(0, length);
    checkOnGrid({ id: `ticks of ${id}`, tick }, doubles, name, 0, length);
    return doubles;
  };
  const buy = column(ticks.kind === 'quotes' ? 'ask' : 'price'), sell = ticks.kind === 'quotes' ? column('bid') : buy;
  return { time: time.subarray(0, length), buy, sell };
}
