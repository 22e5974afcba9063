/**
 * A ladder: the prices at which something happens next to the slots of a ring, those under the price on side 0, those above it on side 1, sorted by nearness,
 * so that a bar looks only at what it reaches. One array, which is a field of an engine's state: two counts, then pairs of price and slot, the nearest last.
 * Prices of side 1 are turned over, so that one rule serves both.
 */
export function newLadder(cap: number): Float64Array {
  return new Float64Array(2 + 4 * cap);
}

/** The first of the pairs of a side. Places are made whole by `| 0` and `>> 1`: a count out of this array is a double, and what it indexes would be slow. */
function foot(ladder: Float64Array, side: number): number {
  return side === 0 ? 2 : 1 + (ladder.length >> 1);
}

/** The nearest price of a side, turned over on side 1; -Infinity where there is none. */
export function nearestRung(ladder: Float64Array, side: number): number {
  const count = ladder[side] | 0;
  return count === 0 ? -Infinity : ladder[foot(ladder, side) + 2 * count - 2];
}

/** A slot waits for a price, turned over on side 1; one that waits for NaN is never reached. */
export function insertRung(ladder: Float64Array, side: number, price: number, slot: number): void {
  if (price !== price) return;
  const first = foot(ladder, side), count = ladder[side] | 0;
  let at = first + 2 * count;
  for (; at > first && ladder[at - 2] > price; at -= 2) {
    ladder[at] = ladder[at - 2];
    ladder[at + 1] = ladder[at - 1];
  }
  ladder[at] = price;
  ladder[at + 1] = slot;
  ladder[side] = count + 1;
}

/** A slot waits no more. */
export function removeRung(ladder: Float64Array, side: number, slot: number): void {
  const first = foot(ladder, side), count = ladder[side] | 0, end = first + 2 * count;
  let at = first;
  while (at < end && ladder[at + 1] !== slot) at += 2;
  if (at === end) return;
  ladder[side] = count - 1;
  for (at += 2; at < end; at++) ladder[at - 2] = ladder[at];
}

/**
 * Takes off the slots of a side that `price`, turned over on side 1, reaches (beyond which it is, where `isStrict`), appends them to the `count` hits and
 * returns how many there are then.
 */
export function takeRungs(ladder: Float64Array, side: number, price: number, isStrict: boolean, hits: Int32Array, count: number): number {
  const first = foot(ladder, side);
  let at = first + 2 * (ladder[side] | 0) - 2, found = count;
  for (; at >= first; at -= 2) {
    if (!(isStrict ? price < ladder[at] : price <= ladder[at])) break;
    hits[found++] = ladder[at + 1];
  }
  ladder[side] = (at + 2 - first) >> 1;
  return found;
}

/** The slot that waits for the price closest to `price`, turned over on side 1, at most `reach` off, of equally close ones the oldest; -1 is none. */
export function closestRung(ladder: Float64Array, side: number, price: number, reach: number, oldest: number): number {
  const first = foot(ladder, side), end = first + 2 * (ladder[side] | 0);
  let at = end - 2, found = -1, least = reach;
  while (at >= first && ladder[at] > price) at -= 2;
  for (let k = at + 2; k < end && ladder[k] - price <= least; k += 2) {
    if (found < 0 || ladder[k] - price < least || isOlder(ladder[k + 1], found, oldest)) found = ladder[k + 1];
    least = ladder[k] - price;
  }
  for (let k = at; k >= first && price - ladder[k] <= least; k -= 2) {
    if (found < 0 || price - ladder[k] < least || isOlder(ladder[k + 1], found, oldest)) found = ladder[k + 1];
    least = price - ladder[k];
  }
  return found;
}

/** Puts hits in the order of age of a ring whose oldest slot this is. */
export function sortByAge(hits: Int32Array, count: number, oldest: number): void {
  for (let n = 1; n < count; n++) {
    const slot = hits[n];
    let k = n;
    for (; k > 0 && isOlder(slot, hits[k - 1], oldest); k--) hits[k] = hits[k - 1];
    hits[k] = slot;
  }
}

function isOlder(a: number, b: number, oldest: number): boolean {
  return a >= oldest === b >= oldest ? a < b : a >= oldest;
}
