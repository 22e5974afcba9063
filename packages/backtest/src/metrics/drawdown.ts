/**
 * Drawdown: how far equity lies below its highest value so far.
 *
 * Definition  d[i] = 1 - equity[i] / max(start, equity[0..i]); the start counts as a peak. The maximum is the first largest d. Its duration runs from the peak to
 *             the first row that reaches the peak again, or to the last row if none does.
 * Units       fraction of the peak, at least 0; rows (the start is row -1).
 * NaN         in every row while the peak is not above 0.
 * Example     start 100, equity 110 99 121 -> 0 0.1 0
 */
export interface Drawdown {
  /** The largest drawdown, a fraction of the peak. */
  readonly depth: number;
  /** Row of the peak before it, -1 is the start. */
  readonly peakRow: number;
  readonly troughRow: number;
  /** First row at or above the peak again, -1 if there is none. */
  readonly recoveryRow: number;
}

/** Drawdown in every row. */
export function drawdowns(start: number, equity: ArrayLike<number>): Float64Array {
  const out = new Float64Array(equity.length);
  let peak = start;
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] > peak) peak = equity[i];
    out[i] = peak > 0 ? 1 - equity[i] / peak : NaN;
  }
  return out;
}

/** The deepest drawdown; depth 0 with troughRow -1 when equity never fell. */
export function maximumDrawdown(start: number, equity: ArrayLike<number>): Drawdown {
  let peak = start, lowest = start, peakRow = -1, depth = 0, deepestPeak = -1, troughRow = -1, recoveryRow = -1;
  const { length } = equity;
  for (let i = 0; i < length; i++) {
    i = nextOutside(equity, i, lowest, peak);
    if (i === length) break;
    const now = equity[i];
    if (now < lowest) {
      // Only a new low since the peak can be deeper than what was seen.
      lowest = now;
      const fall = peak > 0 ? 1 - now / peak : NaN;
      if (!(fall > depth)) continue;
      depth = fall;
      deepestPeak = peakRow;
      troughRow = i;
      recoveryRow = -1;
      continue;
    }
    // The peak before the deepest drawdown is still the highest until it is reached again.
    if (troughRow >= 0 && recoveryRow < 0) recoveryRow = i;
    if (now === peak) continue;
    peak = now;
    lowest = now;
    peakRow = i;
  }
  return { depth, peakRow: deepestPeak, troughRow, recoveryRow };
}

/** The first row from `i` on that is below `low` or at least `high`. In a function of its own, the loop keeps nothing else in registers. */
function nextOutside(values: ArrayLike<number>, i: number, low: number, high: number): number {
  const { length } = values;
  for (; i < length; i++) {
    const value = values[i];
    if (value < low || value >= high) return i;
  }
  return length;
}

/**
 * The longest time under water, in rows: from a peak to the first row at or above it again, or to the end.
 *
 * It need not belong to the deepest drawdown. `time` in any unit, `startTime` that of the start; without them rows are counted.
 */
export function longestDrawdown(start: number, equity: ArrayLike<number>, time?: ArrayLike<number>, startTime: number = 0): number {
  const at = (row: number): number => (time === undefined ? row : row < 0 ? startTime : time[row]);
  let peak = start, peakRow = -1, longest = 0, isUnder = false;
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] >= peak) {
      if (isUnder) longest = Math.max(longest, at(i) - at(peakRow));
      peak = equity[i];
      peakRow = i;
      isUnder = false;
    } else isUnder = true;
  }
  return isUnder ? Math.max(longest, at(equity.length - 1) - at(peakRow)) : longest;
}
