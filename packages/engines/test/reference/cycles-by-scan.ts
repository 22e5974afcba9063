/** Cycle engines that read swings, by looking at all swings and bars anew in every row, from the definitions; shares no code with the engines. */
export interface ScannedSwing { readonly id: number; readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number; readonly segment: number }

/** Swings known by `row` in its segment, as they were told. */
const knownBy = (swings: readonly ScannedSwing[], segment: ArrayLike<number>, row: number): ScannedSwing[] => swings.filter(swing => swing.knownRow <= row && swing.segment === segment[row]);

/** The row since which cycles are counted; NaN where there is none. */
export function cycleAnchor(swings: readonly ScannedSwing[], segment: ArrayLike<number>, anchor: ArrayLike<number>, row: number): number {
  const last = knownBy(swings, segment, row).at(-1), marked = Array.from({ length: row + 1 }, (_, k) => k).filter(k => segment[k] === segment[row] && anchor[k] !== 0).at(-1);
  return last === undefined || (marked !== undefined && marked >= last.knownRow) ? (marked ?? NaN) : last.originRow;
}

/** Cycles that a row hits: [period, distance]. */
export function cyclesHit(count: number, periods: readonly number[], tolerance: number): [number, number][] {
  return periods.flatMap((period): [number, number][] => {
    const distances = Array.from({ length: Math.ceil(Math.max(0, count) / period) + 2 }, (_, k) => Math.abs(count - (k + 1) * period)), distance = Math.min(...distances);
    return count > 0 && distance <= tolerance ? [[period, distance]] : [];
  });
}

/** [direction, the five lines] of the newest swing; NaN without a unit. */
export function anglesAt(swings: readonly ScannedSwing[], segment: ArrayLike<number>, atr: ArrayLike<number>, pricePerBar: number, row: number): number[] {
  const last = knownBy(swings, segment, row).at(-1);
  if (last === undefined) return [0, NaN, NaN, NaN, NaN, NaN];
  const unit = Number.isNaN(pricePerBar) ? (last.knownRow - last.originRow < 256 ? atr[last.originRow] : NaN) : pricePerBar, rise = -last.direction * unit * (row - last.originRow);
  return Number.isNaN(unit) ? [0, NaN, NaN, NaN, NaN, NaN] : [-last.direction, ...[0.25, 0.5, 1, 2, 4].map(slope => last.level + slope * rise)];
}

/** Levels of the newest leg that had a low below its high when a swing was told: [row that made it, direction, ratio, level]. */
export function legLevels(swings: readonly ScannedSwing[], segment: ArrayLike<number>, ratios: readonly number[], row: number): [number, number, number, number][] {
  const known = knownBy(swings, segment, row);
  for (const at of [...new Set(known.map(({ knownRow }) => knownRow))].reverse()) {
    const upTo = known.filter(({ knownRow }) => knownRow <= at), low = upTo.filter(({ direction }) => direction < 0).at(-1)?.level, high = upTo.filter(({ direction }) => direction > 0).at(-1)?.level;
    if (low !== undefined && high !== undefined && high > low) return ratios.flatMap((ratio): [number, number, number, number][] => [[at, 1, ratio, low + ratio * (high - low)], [at, -1, ratio, high - ratio * (high - low)]]);
  }
  return [];
}

/** The nearest level at or beyond a price on one side; NaN where there is none. */
export function nearestBeyond(levels: readonly number[], price: number, side: number): number {
  const beyond = levels.filter(level => (level - price) * side >= 0).sort((a, b) => (a - b) * side);
  return beyond[0] ?? NaN;
}
