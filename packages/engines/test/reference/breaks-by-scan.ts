/** Breaks of structure and their displacement by looking at every row anew, from their definitions; shares no code with the engines. */
import type { ScannedGap } from './gaps-by-scan.ts';
import type { ScannedSwing } from './swings-by-scan.ts';

type Columns = { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly atr: Float64Array };
export interface ScannedBreak { readonly kind: string; readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number; readonly isInitial: boolean }

/** At each row the newest known swing of each side, broken once. */
export function breaksByScan({ high, low, close }: Columns, swings: readonly ScannedSwing[], mode: 'close' | 'wick', minimumBreak: number): ScannedBreak[] {
  const found: ScannedBreak[] = [], broken = new Set<ScannedSwing>();
  for (let row = 0; row < close.length; row++) {
    const known = swings.filter(([, , knownRow]) => knownRow <= row), trend = found.at(-1)?.direction ?? 0, hits: ScannedSwing[] = [];
    for (const side of [1, -1]) {
      const newest = known.filter(([direction]) => direction === side).at(-1);
      if (newest === undefined || broken.has(newest)) continue;
      const price = mode === 'close' ? close[row] : side > 0 ? high[row] : low[row];
      if (side > 0 ? price > newest[3] + minimumBreak : price < newest[3] - minimumBreak) hits.push(newest);
    }
    // With the trend first; the trend of a row is that before it.
    hits.sort((a, b) => (trend === 0 ? 0 : b[0] * trend - a[0] * trend));
    for (const swing of hits) {
      broken.add(swing);
      found.push({ kind: trend === -swing[0] ? 'changeOfCharacter' : 'breakOfStructure', direction: swing[0], originRow: swing[1], knownRow: row, level: swing[3], isInitial: trend === 0 });
    }
    if (hits.length === 2 && trend === 0) throw new Error('the scan knows no row that breaks both sides before any trend');
  }
  return found;
}

/** The row of the lowest low (highest high) between two rows, of equals the last; the row before the second if none lies between. */
export function extremeBetween({ high, low }: Pick<Columns, 'high' | 'low'>, direction: number, after: number, before: number): number {
  let best = -1;
  for (let row = after + 1; row < before; row++) if (best < 0 || (direction > 0 ? low[row] <= low[best] : high[row] >= high[best])) best = row;
  return best < 0 ? before - 1 : best;
}

/** Changes of character with a body of `minimumBody` ranges of the bar before, or a gap whose three bars lie in the leg, which begins at most `lookback` rows back. */
export function shiftsByScan(bars: Columns, breaks: readonly ScannedBreak[], gaps: readonly ScannedGap[], minimumBody: number, lookback: number): ScannedBreak[] {
  return breaks.filter(({ kind, direction, originRow, knownRow }) => {
    if (kind !== 'changeOfCharacter') return false;
    const body = (bars.close[knownRow] - bars.open[knownRow]) * direction, legStart = extremeBetween(bars, direction, Math.max(originRow, knownRow - lookback - 1), knownRow);
    const hasGap = gaps.some(gap => gap.direction === direction && gap.originRow - 1 >= legStart && gap.knownRow <= knownRow);
    return hasGap || (body > 0 && body >= minimumBody * (bars.atr[knownRow - 1] ?? NaN));
  });
}
