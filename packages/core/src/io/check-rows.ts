/** What every reader refuses: times that run backwards, prices and sizes that are none. */
import { DataError } from '../errors.ts';
import { isPriceColumn } from './table-file.ts';
import type { TableSlice } from './table-file.ts';
import { checkTimeOrder } from './time-order.ts';

export interface CheckRows {
  file: string;
  record: string;
  table: TableSlice;
  /** Prices that are accepted: above 0, any finite one, or also none at all (NaN). */
  prices: 'positive' | 'signed' | 'any';
  /** Row of the file of a position, where it is not `table.base` + position. */
  rowOf?: (position: number) => number;
}

/** Above this, doubles no longer hold every whole number: no price or size is that large. */
const largest = 9_007_199_254_740_992;
const sizes: ReadonlySet<string> = new Set(['size', 'bidSize', 'askSize', 'volume', 'buyVolume', 'sellVolume', 'tickCount']);

/**
 * Verifies the rows of a table of ticks or bars: times never decrease (bars: open times rise), prices are of the accepted kind and below 2^53,
 * sizes are at least 0 (NaN is an unknown size). Errors: DataError with file, row and column.
 */
export function checkRows({ file, record, table, prices, rowOf = (i) => table.base + i }: CheckRows): void {
  const timeColumn = record === 'bars' ? 'openTime' : 'time',
    time = table.columns[timeColumn] as BigInt64Array | undefined;
  if (time) {
    try {
      checkTimeOrder({ time, file, column: timeColumn, firstRow: 0, isStrict: record === 'bars' });
    } catch (error) {
      // Its row is a position here; files with the newest row first count the other way.
      const { place, message } = error as DataError;
      throw new DataError(message.slice(message.indexOf(': ') + 2), { ...place, row: rowOf(place.row!) });
    }
  }
  for (const name in table.columns) {
    const column = table.columns[name],
      isPrice = isPriceColumn(name);
    if (!(column instanceof Float64Array) || !(isPrice || sizes.has(name))) continue;
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (isPrice ? isPriceOf(prices, value) : Number.isNaN(value) || (value >= 0 && value <= largest)) continue;
      throw new DataError(complaint(isPrice, prices, value), { file, row: rowOf(i), column: name });
    }
  }
}

function isPriceOf(prices: CheckRows['prices'], value: number): boolean {
  if (Number.isNaN(value)) return prices === 'any';
  return Math.abs(value) <= largest && (value > 0 || prices !== 'positive');
}

function complaint(isPrice: boolean, prices: CheckRows['prices'], value: number): string {
  const what = isPrice ? 'price' : 'size';
  if (Number.isNaN(value)) return `the ${what} is missing`;
  if (Math.abs(value) > largest) return `${value} is too large for a ${what} (2^53 is the limit)`;
  return isPrice && prices === 'positive' ? `${value} is no price: it must be above 0 (prices: 'signed' accepts it)` : `${value} is negative`;
}
