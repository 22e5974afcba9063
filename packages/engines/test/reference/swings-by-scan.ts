/** Swings by looking at every row anew, from their definitions; shares no code with the engines. */

export type ScannedSwing = [direction: number, originRow: number, knownRow: number, level: number];

const rowsOf = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);

/** Pivots: `left` lower bars before (of `every` tie: not higher ones), `right` not higher ones after. */
export function pivotsByScan(high: Float64Array, low: Float64Array, left: number, right: number, ties: 'first' | 'every'): ScannedSwing[] {
  const found: ScannedSwing[] = [];
  for (let pivot = left; pivot + right < high.length; pivot++) {
    const before = rowsOf(pivot - left, pivot), after = rowsOf(pivot + 1, pivot + right + 1);
    const isHigh = before.every(row => (ties === 'first' ? high[row] < high[pivot] : high[row] <= high[pivot])) && after.every(row => high[row] <= high[pivot]);
    const isLow = before.every(row => (ties === 'first' ? low[row] > low[pivot] : low[row] >= low[pivot])) && after.every(row => low[row] >= low[pivot]);
    if (isHigh) found.push([1, pivot, pivot + right, high[pivot]]);
    if (isLow) found.push([-1, pivot, pivot + right, low[pivot]]);
  }
  return found;
}

/** Ends of legs, told by the bars after them only. */
export function legsByScan(high: Float64Array, low: Float64Array, right: number): ScannedSwing[] {
  const found: ScannedSwing[] = [];
  for (let pivot = 0; pivot + right < high.length; pivot++) {
    const after = rowsOf(pivot + 1, pivot + right + 1), last = found.at(-1)?.[0];
    const tops = after.every(row => high[row] < high[pivot]), bottoms = after.every(row => low[row] > low[pivot]);
    const canBeHigh = tops && last !== 1, canBeLow = bottoms && last !== -1;
    if (canBeHigh && canBeLow) continue;
    if (canBeHigh) found.push([1, pivot, pivot + right, high[pivot]]);
    if (canBeLow) found.push([-1, pivot, pivot + right, low[pivot]]);
  }
  return found;
}

/** Extremes from which a close came back by `multiple` ranges. */
export function zigzagByScan({ high, low, close, atr }: { [column: string]: Float64Array }, multiple: number): ScannedSwing[] {
  const found: ScannedSwing[] = [];
  const highest = (rows: number[]): number => rows.reduce((best, row) => (high[row] > high[best] ? row : best), rows[0]);
  const lowest = (rows: number[]): number => rows.reduce((best, row) => (low[row] < low[best] ? row : best), rows[0]);
  for (let i = 0; i < close.length; i++) {
    const last = found.at(-1), before = found.at(-2);
    // Rows that the running leg may have its extreme in.
    const first = last === undefined ? 0 : last[1] === last[2] ? last[2] : Math.max(last[1], before?.[2] ?? -1) + 1, rows = rowsOf(first, i + 1);
    const top = highest(rows), bottom = lowest(rows);
    const isHigh = last?.[0] !== 1 && high[top] - close[i] >= multiple * atr[i], isLow = last?.[0] !== -1 && close[i] - low[bottom] >= multiple * atr[i];
    if (isHigh && !isLow) found.push([1, top, i, high[top]]);
    if (isLow && !isHigh) found.push([-1, bottom, i, low[bottom]]);
  }
  return found;
}

/** Strikes the less extreme (of equals the later) of the first two neighbours of one direction, again and again. */
export function alternationByScan<T extends readonly [direction: number, originRow: number, knownRow: number, level: number]>(swings: readonly T[]): T[] {
  const left = [...swings];
  for (;;) {
    const k = left.findIndex((swing, place) => place > 0 && swing[0] === left[place - 1][0]);
    if (k < 0) return left;
    const [direction, , , level] = left[k], isLaterBeyond = direction > 0 ? level > left[k - 1][3] : level < left[k - 1][3];
    left.splice(isLaterBeyond ? k - 1 : k, 1);
  }
}
