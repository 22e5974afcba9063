/** Sweeps and runs written from their definition, level by level over the whole file; shares no code with the engine. */
export interface ReferenceLevel { readonly id: number; readonly direction: number; readonly level: number; readonly knownRow: number; readonly endRow: number }
export interface ReferenceSweep {
  kind: string; direction: number; originRow: number; knownRow: number; level: number; lower: number; upper: number; depth: number; rowsOutside: number; volumeRatio: number; delta: number;
}
export interface ReferenceBars {
  readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly close: ArrayLike<number>; readonly atr: ArrayLike<number>;
  readonly volume: ArrayLike<number>; readonly buyVolume: ArrayLike<number>; readonly sellVolume: ArrayLike<number>;
}

/** `endRow` is the row at which a level that is not taken ceases, Infinity is never; with the `cap`-th newer level of its side any level is followed no more. */
export function referenceSweeps(bars: ReferenceBars, levels: readonly ReferenceLevel[], options: { within: number; maximumDepth: number; minimumDepth: number; volumePeriod: number; cap: number }): ReferenceSweep[] {
  const found: ReferenceSweep[] = [];
  for (const [index, { id, direction, level, knownRow, endRow }] of levels.entries()) {
    const dropRow = levels.slice(index + 1).filter(newer => newer.direction === direction)[options.cap - 1]?.knownRow ?? Infinity, count = Math.min(bars.high.length, dropRow);
    const reach = (row: number): number => direction * ((direction > 0 ? bars.high[row] : bars.low[row]) - level);
    let first = knownRow;
    while (first < Math.min(count, endRow) && !(reach(first) > 0 && reach(first) >= options.minimumDepth)) first++;
    if (first >= Math.min(count, endRow)) continue;
    let best = first;
    for (let row = first; row < count; row++) {
      if (reach(row) > reach(best)) best = row;
      const depth = reach(best) / bars.atr[first], isBack = direction * (bars.close[row] - level) < 0, isDeep = depth > options.maximumDepth;
      if (!isDeep && !isBack && row < first + options.within) continue;
      const isRun = isDeep || !isBack, extreme = level + direction * reach(best);
      const mean = (from: number, to: number): number => {
        let sum = 0;
        for (let k = from; k < to; k++) sum += bars.volume[k];
        return sum / (to - from);
      };
      found.push({
        kind: isRun ? 'liquidityRun' : 'liquiditySweep', direction: isRun ? direction : 0 - direction, originRow: first, knownRow: row, level: id,
        lower: Math.min(level, extreme), upper: Math.max(level, extreme), depth, rowsOutside: row - first,
        volumeRatio: first < options.volumePeriod || mean(first - options.volumePeriod, first) === 0 ? NaN : mean(first, row + 1) / mean(first - options.volumePeriod, first), delta: bars.buyVolume[best] - bars.sellVolume[best],
      });
      break;
    }
  }
  return found.sort((a, b) => a.knownRow - b.knownRow || a.level - b.level);
}
