/** Premium and discount row by row from the definition: looks all swings up anew at each row; shares no code with the engine. */
export interface ReferenceSwing { readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number }

export function referencePosition(
  bars: { readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly close: ArrayLike<number> }, swings: readonly ReferenceSwing[], row: number, isTrailing: boolean,
): { low: number; high: number; percent: number; lastSide: number } {
  const known = swings.filter(({ knownRow }) => knownRow <= row), high = known.filter(({ direction }) => direction > 0).at(-1), low = known.filter(({ direction }) => direction < 0).at(-1);
  let top = high?.level ?? NaN, bottom = low?.level ?? NaN;
  for (let r = 0; r <= (isTrailing ? row : -1); r++) {
    if (high && r >= high.knownRow && bars.high[r] > top) top = bars.high[r];
    if (low && r >= low.knownRow && bars.low[r] < bottom) bottom = bars.low[r];
  }
  return { low: bottom, high: top, percent: top > bottom ? ((bars.close[row] - bottom) / (top - bottom)) * 100 : NaN, lastSide: high && low ? Math.sign(high.originRow - low.originRow) : 0 };
}
