/**
 * The index's drawdown form: the largest fall (or rise) from a price to a later one within each block of rows, beside their minima and maxima.
 *
 * Built when the first order that trails comes, and kept with the index, so that runs over the same rows share it.
 */
import type { FirstPassage } from './first-passage.ts';

/** By level of the index, the largest fall within each block, or the largest rise. */
export interface Swings {
  readonly falls: Float64Array[];
  readonly rises: Float64Array[];
}

export function swingsOf(index: FirstPassage): Swings {
  return (index.swings ??= buildSwings(index));
}

function buildSwings(index: FirstPassage): Swings {
  const { column, levels, length } = index, falls: Float64Array[] = [], rises: Float64Array[] = [];
  if (levels.length === 0) return { falls, rises };
  let fall = new Float64Array(levels[0].min.length), rise = new Float64Array(fall.length);
  for (let block = 0, row = 0; block < fall.length; block++) {
    const stop = Math.min(row + 64, length);
    let low = Infinity, high = -Infinity, down = 0, up = 0;
    for (; row < stop; row++) {
      const price = column[row];
      if (price !== price || !index.exists(row)) continue;
      if (price > high) high = price;
      if (price < low) low = price;
      if (high - price > down) down = high - price;
      if (price - low > up) up = price - low;
    }
    fall[block] = down;
    rise[block] = up;
  }
  falls.push(fall);
  rises.push(rise);
  for (let level = 1; level < levels.length; level++) {
    const { min, max } = levels[level - 1], count = levels[level].min.length, widerFall = new Float64Array(count), widerRise = new Float64Array(count);
    for (let block = 0; block < count; block++) {
      const stop = Math.min(64 * block + 64, min.length);
      let low = Infinity, high = -Infinity, down = 0, up = 0;
      for (let k = 64 * block; k < stop; k++) {
        if (min[k] > max[k]) continue;
        down = Math.max(down, fall[k], high - min[k]);
        up = Math.max(up, rise[k], max[k] - low);
        if (max[k] > high) high = max[k];
        if (min[k] < low) low = min[k];
      }
      widerFall[block] = down;
      widerRise[block] = up;
    }
    falls.push((fall = widerFall));
    rises.push((rise = widerRise));
  }
  return { falls, rises };
}
