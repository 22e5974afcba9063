/** Fair value gaps and what happens to them, by looking at every row anew, from their definitions; shares no code with the engines. */

type Columns = { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly atr: Float64Array };
export interface ScannedGap { readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly lower: number; readonly upper: number }
export interface GapFilters { readonly minimumSize: number; readonly minimumRanges: number; readonly middleBar: string; readonly bodyFactor: number }

export function gapsByScan({ open, high, low, close, atr }: Columns, { minimumSize, minimumRanges, middleBar, bodyFactor }: GapFilters): ScannedGap[] {
  const found: ScannedGap[] = [];
  for (let third = 2; third < high.length; third++) {
    const first = third - 2, middle = third - 1;
    const direction = low[third] > high[first] ? 1 : high[third] < low[first] ? -1 : 0;
    if (direction === 0) continue;
    const [lower, upper] = direction > 0 ? [high[first], low[third]] : [high[third], low[first]], size = upper - lower;
    const bodies = Array.from({ length: third }, (_, row) => Math.abs((close[row] - open[row]) / open[row]));
    const mean = bodies.reduce((sum, body) => sum + body, 0) / bodies.length;
    const goesWith = Math.sign(close[middle] - open[middle]) === direction;
    const goesBeyond = goesWith && (direction > 0 ? close[middle] > high[first] : close[middle] < low[first]);
    const isWide = size >= minimumSize && (minimumRanges === 0 || size >= minimumRanges * atr[third]);
    const isSo = middleBar === 'any' || (middleBar === 'direction' ? goesWith : goesBeyond), isStrong = bodyFactor === 0 || bodies[middle] > bodyFactor * mean;
    if (isWide && isSo && isStrong) found.push({ direction, originRow: middle, knownRow: third, lower, upper });
  }
  return found;
}

/** Rows after `row` in which `is` holds; the first of them, NaN if none. */
function firstAfter(row: number, count: number, is: (row: number) => boolean): number {
  for (let later = row + 1; later < count; later++) if (is(later)) return later;
  return NaN;
}

/** The first row at which price reaches the gap's middle. */
export function middleRow({ high, low }: Columns, { direction, knownRow, lower, upper }: ScannedGap): number {
  const middle = (lower + upper) / 2;
  return firstAfter(knownRow, high.length, row => (direction > 0 ? low[row] <= middle : high[row] >= middle));
}

/** How much of the newest gap of `direction` that is known at `row` is taken back by then. */
export function fillAt({ high, low }: Columns, gaps: readonly ScannedGap[], direction: number, row: number): number {
  const newest = gaps.filter(gap => gap.direction === direction && gap.knownRow <= row).at(-1);
  if (newest === undefined) return NaN;
  const { knownRow, lower, upper } = newest, since = (column: Float64Array): number[] => [...column.subarray(knownRow + 1, row + 1)];
  const taken = direction > 0 ? upper - Math.min(upper, ...since(low)) : Math.max(lower, ...since(high)) - lower;
  return Math.min(1, taken / (upper - lower));
}

export interface ScannedLife { readonly turned: number; readonly touched: number; readonly midTouched: number; readonly violated: number }

/** The rows at which a gap turns, and what its zone meets from the other side. */
export function inversionOf({ high, low, close }: Columns, { direction, knownRow, lower, upper }: ScannedGap): ScannedLife {
  const count = high.length, turned = firstAfter(knownRow, count, row => (direction > 0 ? close[row] < lower : close[row] > upper));
  if (Number.isNaN(turned)) return { turned, touched: NaN, midTouched: NaN, violated: NaN };
  const middle = (lower + upper) / 2, before = (row: number, end: number): number => (row <= end || Number.isNaN(end) ? row : NaN);
  const violated = firstAfter(turned, count, row => (direction > 0 ? close[row] > upper : close[row] < lower));
  const touched = firstAfter(turned, count, row => (direction > 0 ? high[row] >= lower : low[row] <= upper));
  const midTouched = firstAfter(turned, count, row => (direction > 0 ? high[row] >= middle : low[row] <= middle));
  return { turned, touched: before(touched, violated), midTouched: before(midTouched, violated), violated };
}

/** Runs of gaps of one direction in neighbouring bars, at least two: for each gap but the first of a run the union so far. */
export function joinedByScan(gaps: readonly ScannedGap[]): (ScannedGap & { readonly count: number })[] {
  return gaps.flatMap((gap, k) => {
    let first = k;
    while (first > 0 && gaps[first - 1].direction === gap.direction && gaps[first - 1].originRow === gaps[first].originRow - 1) first--;
    if (first === k) return [];
    const run = gaps.slice(first, k + 1);
    return [{ ...gap, originRow: run[0].originRow, lower: Math.min(...run.map(({ lower }) => lower)), upper: Math.max(...run.map(({ upper }) => upper)), count: run.length }];
  });
}
