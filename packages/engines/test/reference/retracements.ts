/** Retracements row by row from the definition: looks the leg up anew at each row; shares no code with the engine. */
export interface ReferenceSwing { readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number }

export function referenceRetracement(bars: { readonly high: ArrayLike<number>; readonly low: ArrayLike<number> }, swings: readonly ReferenceSwing[], row: number): { direction: number; current: number; deepest: number } {
  const none = { direction: 0, current: NaN, deepest: NaN }, known = swings.filter(({ knownRow }) => knownRow <= row);
  if (known.length === 0) return none;
  const origin = Math.max(...known.map(({ originRow }) => originRow)), last = known.filter(({ originRow }) => originRow === origin);
  if (last.length > 1) return none;
  const [{ direction: side, level, knownRow }] = last, isUp = side < 0;
  const at = (end: number): number => {
    const reached = Array.from({ length: end - origin }, (_, k) => (isUp ? bars.high[origin + 1 + k] : bars.low[origin + 1 + k])).filter(price => !Number.isNaN(price));
    const extreme = isUp ? Math.max(...reached) : Math.min(...reached), length = Math.abs(extreme - level);
    if (reached.length === 0 || (isUp ? extreme <= level : extreme >= level)) return NaN;
    return (100 * (isUp ? extreme - bars.low[end] : bars.high[end] - extreme)) / length;
  };
  const all = Array.from({ length: row - knownRow + 1 }, (_, k) => at(knownRow + k)).filter(value => !Number.isNaN(value));
  return { direction: isUp ? 1 : -1, current: at(row), deepest: all.length > 0 ? Math.max(...all) : NaN };
}
