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
  /** In the order of the lower ends: places, lower ends, and the highest upper end up to there. */
  sorted: Int32Array;
  sortedLower: Float64Array;
  highest: Float64Array;
}

/** The point takes its place in the order; a span that holds NaN is near nothing. */
export function insertSpan(spans: InterestSpans, p: number): void {
  const { lower, upper, sortedCount, sorted, sortedLower } = spans, cap = lower.length >> 1, ring = p < cap ? 0 : 1, first = ring * cap, low = lower[p];
  if (low !== low || upper[p] !== upper[p]) return;
  let k = first + sortedCount[ring];
  for (; k > first && sortedLower[k - 1] > low; k--) {
    sorted[k] = sorted[k - 1];
    sortedLower[k] = sortedLower[k - 1];
  }
  sorted[k] = p;
  sortedLower[k] = low;
  sortedCount[ring]++;
  raise(spans, first, k, first + sortedCount[ring]);
}

export function removeSpan(spans: InterestSpans, p: number): void {
  const { sortedCount, sorted, sortedLower } = spans, cap = sorted.length >> 1, ring = p < cap ? 0 : 1, first = ring * cap, end = first + sortedCount[ring];
  let at = first;
  while (at < end && sorted[at] !== p) at++;
  if (at === end) return;
  for (let k = at + 1; k < end; k++) {
    sorted[k - 1] = sorted[k];
    sortedLower[k - 1] = sortedLower[k];
  }
  sortedCount[ring]--;
  raise(spans, first, at, end - 1);
}

/** The highest upper ends anew, from a place on. */
function raise({ upper, sorted, highest }: InterestSpans, first: number, from: number, end: number): void {
  let top = from > first ? highest[from - 1] : -Infinity;
  for (let k = from; k < end; k++) {
    const value = upper[sorted[k]];
    if (value > top) top = value;
    highest[k] = top;
  }
}

/** The nearest point of a side, of equally near ones that with the lower kind, then the older; -1 is none. */
export function nearestSpan({ upper, kind, id, sortedCount, cursor, sorted, sortedLower, highest }: InterestSpans, ring: number, close: number): number {
  if (close !== close) return -1;
  const first = ring === 0 ? 0 : sorted.length >> 1, end = first + sortedCount[ring];
  let at = Math.min(cursor[ring] + first, end), found = -1, least = Infinity;
  while (at < end && sortedLower[at] <= close) at++;
  while (at > first && sortedLower[at - 1] > close) at--;
  cursor[ring] = at - first;
  // Those that begin at or under the price, then those above, each until the rest lies farther.
  for (let k = at - 1; k >= first && !(close - highest[k] > least); k--) {
    const p = sorted[k], under = close - upper[p], distance = under > 0 ? under : 0;
    if (distance > least || (distance === least && found >= 0 && (kind[p] > kind[found] || (kind[p] === kind[found] && id[p] > id[found])))) continue;
    least = distance;
    found = p;
  }
  for (let k = at; k < end && !(sortedLower[k] - close > least); k++) {
    const p = sorted[k], distance = Math.max(sortedLower[k] - close, close - upper[p]);
    if (distance > least || (distance === least && found >= 0 && (kind[p] > kind[found] || (kind[p] === kind[found] && id[p] > id[found])))) continue;
    least = distance;
    found = p;
  }
  return found;
}

/** The point that a zone merges with: the largest overlap, then the smallest distance, then the oldest; -1 is none. */
export function partner({ lower, upper, id, sortedCount, sorted, sortedLower, highest }: InterestSpans, ring: number, low: number, high: number, overlap: number, tolerance: number): number {
  const first = ring === 0 ? 0 : sorted.length >> 1, end = first + sortedCount[ring];
  let at = end, found = -1, best = -Infinity;
  while (at > first && sortedLower[at - 1] - high > tolerance) at--;
  for (let k = at - 1; k >= first && !(low - highest[k] > tolerance); k--) {
    const p = sorted[k], common = Math.min(high, upper[p]) - Math.max(low, lower[p]);
    // Zones that share a stretch compare by it; levels and zones apart by what lies between.
    let rank = NaN;
    if (common > 0) {
      const share = common / (Math.max(high, upper[p]) - Math.min(low, lower[p]));
      if (share >= overlap) rank = share;
    } else if (-common <= tolerance) rank = common;
    if (rank > best || (rank === best && id[p] < id[found])) {
      best = rank;
      found = p;
    }
  }
  return found;
}
