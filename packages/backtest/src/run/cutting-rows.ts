/** Bars of a time that a cut ended early are known with the row that begins the next segment; which row that is. */
import type { GrowingTable } from '@zanzibar/core';

/** Of the bars from `first` on, the market's absolute row that cut each short, NaN for those that the clock closed; undefined where no bar was cut. */
export function cuttingRows({ columns, length }: GrowingTable, first: number, ticks: GrowingTable): Float64Array | undefined {
  // The pipeline's hidden column is NaN where the clock proves a bar.
  const root = columns['@root'] as Float64Array, segment = columns.segment as Int32Array, toRow = columns.toRow as Float64Array, ofTicks = ticks.columns.segment as Int32Array | undefined;
  let rows: Float64Array | undefined;
  for (let k = first; k < length; k++) {
    if (ofTicks === undefined || root[k] !== root[k]) continue;
    let row = Math.max(toRow[k] - ticks.base, 0);
    while (row < ticks.length && ofTicks[row] === segment[k]) row++;
    (rows ??= new Float64Array(length - first).fill(NaN))[k - first] = ticks.base + row;
  }
  return rows;
}
