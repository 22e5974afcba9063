/** Point of control and value area of volume by rows of price. */
import type { PriceLevels } from './price-levels.ts';

export const areaGrowths = ['single', 'pair'] as const;
/** `single` adds the neighbouring row with more volume; `pair` compares the sums of the two rows above and the two below, and adds both rows. */
export type AreaGrowth = (typeof areaGrowths)[number];

/**
 * How the last area grew from the point of control in row `grownFrom`: after every 64 rows the next one below, the next one above, and what it held.
 *
 * Only rows from there to there had a say, so as long as none of them gets volume the next area grows the same way, and begins where the last of these is.
 */
export type AreaGrown = { grownFrom: number; marks: number; marked: Float64Array };

const rowsPerMark = 64, largestMarks = 64;

export function noAreaGrown(): AreaGrown {
  return { grownFrom: NaN, marks: 0, marked: new Float64Array(3 * largestMarks) };
}

/** The place of the row with most volume; of equals the one nearest to the middle of the range, of equally near ones the lower. NaN where there is no row. */
export function pointOfControl({ count, row, volume }: PriceLevels): number {
  const middle = (row[0] + row[count - 1]) / 2;
  let best = NaN, most = 0, distance = 0;
  for (let k = 0; k < count; k++) {
    // Most rows have less: four of them at a look.
    while (k + 4 <= count && volume[k] < most && volume[k + 1] < most && volume[k + 2] < most && volume[k + 3] < most) k += 4;
    if (k === count) break;
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
 * Rows without volume between others are neighbours like any; of equal neighbours the upper goes first. `grown` is of the area of these rows before.
 */
export function valueArea(levels: PriceLevels, control: number, share: number, growth: AreaGrowth, edges: Float64Array, grown?: AreaGrown): void {
  const { count, total, row, volume } = levels, target = share * total, width = growth === 'pair' ? 2 : 1;
  if (growth === 'single' && row[count - 1] - row[0] === count - 1) return unbrokenArea(levels, control, target, edges, grown);
  // The area's edges, the nearest rows beyond them that have volume, and what it holds.
  let low = row[control], high = low, below = control - 1, above = control + 1, sum = volume[control];
  while (sum < target && (above < count || below >= 0)) {
    const up = above < count ? sumAbove(row, volume, above, count, high + width) : -1, down = below >= 0 ? sumBelow(row, volume, below, low - width) : -1;
    if (up >= down) {
      // Empty rows on both sides: up over all of them at once.
      if (up === 0 && row[above] > high + width) high += width * Math.floor((row[above] - high - 1) / width);
      else high = Math.min(high + width, row[count - 1]);
      while (above < count && row[above] <= high) above++;
      sum += up;
    } else {
      if (down === 0 && row[below] < low - width) low -= width * Math.floor((low - row[below] - 1) / width);
      else low = Math.max(low - width, row[0]);
      while (below >= 0 && row[below] >= low) below--;
      sum += down;
    }
  }
  edges[0] = low;
  edges[1] = high;
}

/** The same where no row between the lowest and the highest is empty: the next ones are those beside it. */
function unbrokenArea(levels: PriceLevels, control: number, target: number, edges: Float64Array, grown: AreaGrown | undefined): void {
  const { count, row, volume } = levels, lowest = row[0];
  let below = control - 1, above = control + 1, sum = volume[control];
  if (grown !== undefined && keepMarks(levels, grown, row[control], target) > 0) {
    const at = 3 * grown.marks - 3;
    below = grown.marked[at] - lowest;
    above = grown.marked[at + 1] - lowest;
    sum = grown.marked[at + 2];
  }
  while (sum < target && below >= 0 && above < count) {
    const end = above - below + rowsPerMark;
    // Which of two neighbours is larger is a coin's throw, so it is reckoned with, not branched on.
    while (sum < target && below >= 0 && above < count && above - below < end) {
      const isUp = Number(volume[above] >= volume[below]);
      sum += volume[below + Math.imul(isUp, above - below)];
      above += isUp;
      below += isUp - 1;
    }
    if (grown !== undefined && grown.marks < largestMarks && above - below === end) {
      const at = 3 * grown.marks++;
      grown.marked[at] = lowest + below;
      grown.marked[at + 1] = lowest + above;
      grown.marked[at + 2] = sum;
    }
  }
  for (; sum < target && above < count; above++) sum += volume[above];
  for (; sum < target && below >= 0; below--) sum += volume[below];
  edges[0] = row[below + 1];
  edges[1] = row[above - 1];
}

/** How many marks still stand for an area from row `grownFrom` on that shall hold `target`. */
function keepMarks(levels: PriceLevels, grown: AreaGrown, grownFrom: number, target: number): number {
  const { marked } = grown, { lowChanged, highChanged } = levels;
  if (grownFrom !== grown.grownFrom) grown.marks = 0;
  for (; grown.marks > 0; grown.marks--) {
    const at = 3 * grown.marks - 3;
    if (marked[at + 2] < target && (highChanged < marked[at] || lowChanged > marked[at + 1])) break;
  }
  grown.grownFrom = grownFrom;
  levels.lowChanged = Infinity;
  levels.highChanged = -Infinity;
  return grown.marks;
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
