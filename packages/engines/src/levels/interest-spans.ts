/** The spans of points of interest, those of each side by their lower ends: what is near a price or a zone is then a few steps away. */

/** Fields of the engine's state, the half below `cap` for support, the other for resistance. */
export interface InterestSpans {
  /** Of places of points: the span, NaN where it is free; kind of the first zone; id. */
  lower: Float64Array;
  upper: Float64Array;
  kind: Float64Array;
  id: Float64Array;
  /** How many points of each side are sorted, and where the last price stood among them. */
  sortedCount: Int32Array;
  cursor: Int32Array;
  /** In the order of the lower ends, four numbers each: lower end, upper end, the highest upper end up to here, place. */
  sorted: Float64Array;
}

/** The point takes its place in the order; a span that holds NaN is near nothing. */
export function insertSpan({ lower, upper, sortedCount, sorted }: InterestSpans, p: number): void {
  const cap = lower.length >> 1, ring = p < cap ? 0 : 1, first = ring === 0 ? 0 : 4 * cap, low = lower[p], high = upper[p], count = sortedCount[ring];
  if (low !== low || high !== high) return;
  let k = first + 4 * count;
  for (; k > first && sorted[k - 4] > low; k -= 4) {
    sorted[k] = sorted[k - 4];
    sorted[k + 1] = sorted[k - 3];
    sorted[k + 2] = sorted[k - 2] > high ? sorted[k - 2] : high;
    sorted[k + 3] = sorted[k - 1];
  }
  sorted[k] = low;
  sorted[k + 1] = high;
  sorted[k + 2] = k > first && sorted[k - 2] > high ? sorted[k - 2] : high;
  sorted[k + 3] = p;
  sortedCount[ring] = count + 1;
}

export function removeSpan({ lower, sortedCount, sorted }: InterestSpans, p: number): void {
  const cap = lower.length >> 1, ring = p < cap ? 0 : 1, first = ring === 0 ? 0 : 4 * cap, count = sortedCount[ring], last = first + 4 * count - 4;
  let k = first;
  while (k <= last && sorted[k + 3] !== p) k += 4;
  if (k > last) return;
  let top = k > first ? sorted[k - 2] : -Infinity;
  for (; k < last; k += 4) {
    const high = sorted[k + 5];
    if (high > top) top = high;
    sorted[k] = sorted[k + 4];
    sorted[k + 1] = high;
    sorted[k + 2] = top;
    sorted[k + 3] = sorted[k + 7];
  }
  sortedCount[ring] = count - 1;
}

/** The nearest point of a side, of equally near ones that with the lower kind, then the older; -1 is none. */
export function nearestSpan(spans: InterestSpans, ring: number, close: number): number {
  const { sortedCount, cursor, sorted } = spans, first = ring === 0 ? 0 : sorted.length >> 1, end = first + 4 * sortedCount[ring];
  if (close !== close) return -1;
  let at = first + cursor[ring], found = -1, least = Infinity;
  if (at > end) at = end;
  while (at < end && sorted[at] <= close) at += 4;
  while (at > first && sorted[at - 4] > close) at -= 4;
  cursor[ring] = at - first;
  // Those that begin at or under the price, then those above, each until the rest lies farther.
  for (let k = at - 4; k >= first && !(close - sorted[k + 2] > least); k -= 4) {
    const under = close - sorted[k + 1], distance = under > 0 ? under : 0;
    if (distance > least || (distance === least && found >= 0 && isBehind(spans, sorted[k + 3] | 0, found))) continue;
    least = distance;
    found = sorted[k + 3] | 0;
  }
  for (let k = at; k < end && !(sorted[k] - close > least); k += 4) {
    const above = sorted[k] - close, under = close - sorted[k + 1], distance = above > under ? above : under;
    if (distance > least || (distance === least && found >= 0 && isBehind(spans, sorted[k + 3] | 0, found))) continue;
    least = distance;
    found = sorted[k + 3] | 0;
  }
  return found;
}

function isBehind({ kind, id }: InterestSpans, p: number, other: number): boolean {
  return kind[p] > kind[other] || (kind[p] === kind[other] && id[p] > id[other]);
}

/** The point that a zone merges with: the largest overlap, then the smallest distance, then the oldest; -1 is none. */
export function partner({ id, sortedCount, sorted }: InterestSpans, ring: number, low: number, high: number, overlap: number, tolerance: number): number {
  const first = ring === 0 ? 0 : sorted.length >> 1;
  let at = first + 4 * sortedCount[ring], found = -1, best = -Infinity;
  while (at > first && sorted[at - 4] - high > tolerance) at -= 4;
  for (let k = at - 4; k >= first && !(low - sorted[k + 2] > tolerance); k -= 4) {
    const lower = sorted[k], upper = sorted[k + 1], common = Math.min(high, upper) - Math.max(low, lower);
    // Zones that share a stretch compare by it; levels and zones apart by what lies between.
    let rank = NaN;
    if (common > 0) {
      const share = common / (Math.max(high, upper) - Math.min(low, lower));
      if (share >= overlap) rank = share;
    } else if (-common <= tolerance) rank = common;
    if (rank > best || (rank === best && id[sorted[k + 3] | 0] < id[found])) {
      best = rank;
      found = sorted[k + 3] | 0;
    }
  }
  return found;
}
