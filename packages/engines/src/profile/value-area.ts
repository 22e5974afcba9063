/** Point of control and value area of volume by rows of price. */
import type { PriceLevels } from './price-levels.ts';

export const areaGrowths = ['single', 'pair'] as const;
/** `single` adds the neighbouring row with more volume; `pair` compares the sums of the two rows above and the two below, and adds both rows. */
export type AreaGrowth = (typeof areaGrowths)[number];

/** The place of the row with most volume; of equals the one nearest to the middle of the range, of equally near ones the lower. NaN where there is no row. */
export function pointOfControl({ count, row, volume }: PriceLevels): number {
  const middle = (row[0] + row[count - 1]) / 2;
  let best = NaN, most = 0, distance = 0;
  for (let k = 0; k < count; k++) {
    if (volume[k] < most || (volume[k] === most && Math.abs(row[k] - middle) >= distance)) continue;
    best = k;
    most = volume[k];
    distance = Math.abs(row[k] - middle);
  }
  return best;
}

/**
 * Writes the lowest and the highest row of the value area into `edges`: it grows from the point of control until it holds `share` of the volume.
 *
 * Rows without volume between others are neighbours like any; of equal neighbours the upper goes first.
 */
export function valueArea({ count, total, row, volume }: PriceLevels, control: number, share: number, growth: AreaGrowth, edges: Float64Array): void {
  const target = share * total, width = growth === 'pair' ? 2 : 1;
  // The area's edges, the nearest rows beyond them that have volume, and what it holds.
  let low = row[control], high = low, below = control - 1, above = control + 1, sum = volume[control];
  while (sum < target && (above < count || below >= 0)) {
    const up = above < count ? sumAbove(row, volume, above, count, high + width) : -1, down = below >= 0 ? sumBelow(row, volume, below, low - width) : -1;
    if (up >= down) {
      // Empty rows on both sides: up over all of them at once.
      if (up === 0) high += width * Math.floor((row[above] - high - 1) / width);
      else high = Math.min(high + width, row[count - 1]);
      while (above < count && row[above] <= high) above++;
      sum += up;
    } else {
      if (down === 0) low -= width * Math.floor((low - row[below] - 1) / width);
      else low = Math.max(low - width, row[0]);
      while (below >= 0 && row[below] >= low) below--;
      sum += down;
    }
  }
  edges[0] = low;
  edges[1] = high;
}

function sumAbove(row: Float64Array, volume: Float64Array, from: number, count: number, last: number): number {
  let sum = 0;
  for (let k = from; k < count && row[k] <= last; k++) sum += volume[k];
  return sum;
}

function sumBelow(row: Float64Array, volume: Float64Array, from: number, last: number): number {
  let sum = 0;
  for (let k = from; k >= 0 && row[k] >= last; k--) sum += volume[k];
  return sum;
}
