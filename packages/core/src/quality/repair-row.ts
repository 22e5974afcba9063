/** Repairs of single values from earlier rows, for rules whose policy is `repair`. */
import { roundToGrid, type Grid } from '../grid.ts';
import type { RawTicks } from './raw-ticks.ts';

export const repairedColumns = ['bid', 'ask', 'price', 'bidSize', 'askSize', 'size'] as const;
/** Columns of prices come first. */
export const priceColumnCount = 3;

/** Bits of the columns of `repairedColumns` to repair in the row inspected last; written and read within one call. */
export const wrongColumns: Uint8Array = new Uint8Array(1);
/** What the sizes of the row are multiplied by, 1 where they stay; so too. */
export const sizeFactor: Float64Array = new Float64Array(1);

/** Remembers the prices of a row without fault, by their places in `repairedColumns`. */
export function rememberGood(good: Float64Array, ticks: RawTicks, i: number): void {
  for (let k = 0; k < priceColumnCount; k++) {
    const column = ticks[repairedColumns[k]];
    if (column !== undefined) good[k] = column[i];
  }
}

/** Is there an earlier row without fault? */
export function hasGood(good: Float64Array): boolean {
  return good[0] === good[0] || good[1] === good[1] || good[2] === good[2];
}

/** Puts the stated values into the row at position k of the clean ticks: the last good price, a size of nothing, a size as large as was to be expected. */
export function repairRow(ticks: { readonly [C in (typeof repairedColumns)[number]]?: Float64Array }, k: number, good: Float64Array): void {
  for (let at = 0; at < repairedColumns.length; at++) {
    const column = ticks[repairedColumns[at]];
    if (column === undefined) continue;
    if ((wrongColumns[0] >> at) & 1) column[k] = at < priceColumnCount ? good[at] : 0;
    else if (at >= priceColumnCount) column[k] *= sizeFactor[0];
  }
}

/** Puts the prices at position k on the grid. */
export function roundRow(ticks: { readonly [C in 'bid' | 'ask' | 'price']: Float64Array }, raw: RawTicks, k: number, grid: Grid): void {
  if (raw.bid !== undefined) ticks.bid[k] = roundToGrid(grid, ticks.bid[k], 'nearest');
  if (raw.ask !== undefined) ticks.ask[k] = roundToGrid(grid, ticks.ask[k], 'nearest');
  if (raw.price !== undefined) ticks.price[k] = roundToGrid(grid, ticks.price[k], 'nearest');
}
