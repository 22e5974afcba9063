/** High and low volume nodes: peaks and valleys of a profile smoothed over three rows. */
import type { PriceLevels } from './price-levels.ts';

/** Calls `found` for each node in order of price: +1 a peak, -1 a valley, its row (the lower middle of a plateau) and its smoothed volume. */
export function volumeNodes(levels: PriceLevels, prominence: number, found: (side: number, row: number, volume: number) => void): void {
  const { row, smoothed } = smooth(levels), { length } = smoothed;
  for (let from = 1; from < length - 1; ) {
    const level = smoothed[from];
    let to = from;
    while (to + 1 < length && smoothed[to + 1] === level) to++;
    if (to < length - 1) {
      const before = smoothed[from - 1], after = smoothed[to + 1], side = before < level && after < level ? 1 : before > level && after > level ? -1 : 0;
      if (side !== 0 && prominenceOf(smoothed, from, to, side) >= prominence) found(side, Math.floor((row[2 * from] + row[2 * to + 1]) / 2), level);
    }
    from = to + 1;
  }
}

/**
 * Means of three rows from the last empty one below to the first empty one above; a stretch of equal empty rows is one element.
 *
 * `row` holds the first and the last row of each element.
 */
function smooth({ count, row, volume }: PriceLevels): { row: number[]; smoothed: number[] } {
  const rows: number[] = [], smoothed: number[] = [];
  const add = (first: number, last: number, mean: number): void => {
    rows.push(first, last);
    smoothed.push(mean);
  };
  if (count === 0) return { row: rows, smoothed };
  add(row[0] - 2, row[0] - 2, 0);
  for (let k = 0, next = row[0] - 1; k < count; ) {
    // Up to one row beyond the last one of this run of rows that are at most two apart.
    let last = k;
    while (last + 1 < count && row[last + 1] - row[last] <= 3) last++;
    for (let at = k; next <= row[last] + 1; next++) {
      while (at < last && row[at] < next - 1) at++;
      let sum = 0;
      for (let j = at; j <= last && row[j] <= next + 1; j++) if (row[j] >= next - 1) sum += volume[j];
      add(next, next, sum / 3);
    }
    k = last + 1;
    const upTo = k < count ? row[k] - 2 : row[last] + 2;
    if (next <= upTo) add(next, upTo, 0);
    next = upTo + 1;
  }
  return { row: rows, smoothed };
}

/** How far a peak (valley) stands over the higher of the two lowest points that part it from higher ground, or from the end. */
function prominenceOf(smoothed: readonly number[], from: number, to: number, side: number): number {
  const level = smoothed[from] * side;
  let left = level, right = level;
  for (let k = from - 1; k >= 0 && smoothed[k] * side <= level; k--) left = Math.min(left, smoothed[k] * side);
  for (let k = to + 1; k < smoothed.length && smoothed[k] * side <= level; k++) right = Math.min(right, smoothed[k] * side);
  return level - Math.max(left, right);
}
