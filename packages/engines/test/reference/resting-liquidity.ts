/** Resting liquidity from its definition, looking at every level in every row; shares no code with the engine. */
export interface RestingLevel { readonly direction: number; readonly level: number; readonly knownRow: number; /** Row from which its table has ended it. */ readonly endRow: number }
interface Bars { readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly close: ArrayLike<number>; readonly atr: ArrayLike<number> }

/** [above, below, distance] of each row. No level is over a cap here. */
export function referenceResting({ high, low, close, atr }: Bars, levels: readonly RestingLevel[]): [number, number, number][] {
  return Array.from({ length: close.length }, (_, row) => {
    const rests = levels.filter(({ direction, level, knownRow, endRow }) => {
      if (row < knownRow || row >= endRow) return false;
      for (let k = knownRow; k <= row; k++) if (direction > 0 ? high[k] > level : low[k] < level) return false;
      return true;
    });
    const highs = rests.filter(({ direction }) => direction > 0).map(({ level }) => level), lows = rests.filter(({ direction }) => direction < 0).map(({ level }) => level);
    const above = highs.length > 0 ? Math.min(...highs) : NaN, below = lows.length > 0 ? Math.max(...lows) : NaN;
    const distances = [above, below].filter(level => !Number.isNaN(level)).map(level => (level - close[row]) / atr[row]).sort((a, b) => Math.abs(a) - Math.abs(b));
    const isTie = distances.length === 2 && Math.abs(distances[0]) === Math.abs(distances[1]);
    return [above, below, distances.length === 0 || isTie || !(atr[row] > 0) ? NaN : distances[0]];
  });
}
