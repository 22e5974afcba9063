/**
 * The worst drawdowns: the falls from a peak of equity to its recovery, the deepest first.
 *
 * Definition  a drawdown begins at a peak (the start counts as one), ends at the first row at or above it, and is as deep as 1 - lowest / peak. They do not
 *             overlap; the last may not have ended. Equal depths stand in order of time.
 * Units       depth a fraction of the peak; rows (the start is row -1)
 * Example     start 100, equity 110 99 121 115 -> 0.1 from row 0 over 1 to 2, 0.0496 from row 2 over 3, not recovered
 */
import type { Drawdown } from './drawdown.ts';

export function worstDrawdowns(start: number, equity: ArrayLike<number>, count: number): Drawdown[] {
  const found: Drawdown[] = [];
  let peak = start, peakRow = -1, depth = 0, troughRow = -1;
  const close = (recoveryRow: number): void => {
    if (depth > 0) found.push({ depth, peakRow, troughRow, recoveryRow });
    depth = 0;
    troughRow = -1;
  };
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] >= peak) {
      close(i);
      peak = equity[i];
      peakRow = i;
      continue;
    }
    const fall = peak > 0 ? 1 - equity[i] / peak : NaN;
    if (fall > depth) {
      depth = fall;
      troughRow = i;
    }
  }
  close(-1);
  return found.sort((a, b) => b.depth - a.depth || a.peakRow - b.peakRow).slice(0, count);
}
