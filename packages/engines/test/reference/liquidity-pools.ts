/** Liquidity pools written from their definition with objects and plain searches; shares no code with the engine. */
export interface ReferenceSwing { readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number }
export interface ReferencePoolEvent { kind: string; direction: number; originRow: number; knownRow: number; pool: number; lowest: number; highest: number; mean: number }

interface Level { direction: number; members: { row: number; level: number }[]; pool: number }

export function referencePools(
  bars: { readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly atr: ArrayLike<number> },
  swings: readonly ReferenceSwing[],
  { tolerance, atrMultiple, separation, cap }: { tolerance: number; atrMultiple: number; separation: number; cap: number },
): ReferencePoolEvent[] {
  const events: ReferencePoolEvent[] = [];
  // Every level ever begun, in order; the last `cap` of a side are followed, dead ones included.
  const sides: { readonly [direction: number]: (Level | undefined)[] } = { 1: [], [-1]: [] };
  let pools = 0;
  const prices = (level: Level): number[] => level.members.map(member => member.level);
  const edge = (level: Level): number => (level.direction > 0 ? Math.max(...prices(level)) : Math.min(...prices(level)));
  const write = (kind: string, level: Level, originRow: number, knownRow: number): void => {
    const all = prices(level);
    events.push({ kind, direction: level.direction, originRow, knownRow, pool: level.pool, lowest: Math.min(...all), highest: Math.max(...all), mean: all.reduce((sum, price) => sum + price, 0) / all.length });
  };
  for (let row = 0; row < bars.high.length; row++) {
    const reach = atrMultiple > 0 ? tolerance + atrMultiple * bars.atr[row] : tolerance;
    for (const begun of [sides[1], sides[-1]]) begun.forEach((level, k) => {
      if (!level) return;
      const beyond = level.direction > 0 ? bars.high[row] - edge(level) : edge(level) - bars.low[row];
      const isOver = level.members.length > 1 ? beyond > 0 : beyond > Math.max(0, reach);
      if (!isOver) return;
      if (level.members.length > 1) write('violated', level, row, row);
      begun[k] = undefined;
    });
    for (const swing of swings.filter(({ knownRow }) => knownRow === row)) {
      const begun = sides[swing.direction], near = begun.filter(level => level !== undefined && Math.abs(edge(level) - swing.level) <= reach) as Level[];
      near.sort((a, b) => Math.abs(edge(a) - swing.level) - Math.abs(edge(b) - swing.level));
      if (near.length === 0) {
        const old = begun.length - cap;
        if (old >= 0 && begun[old] && begun[old].members.length > 1) write('expired', begun[old], row, row);
        if (old >= 0) begun[old] = undefined;
        begun.push({ direction: swing.direction, members: [{ row: swing.originRow, level: swing.level }], pool: NaN });
        continue;
      }
      const [level] = near, newest = level.members[level.members.length - 1].row;
      if (swing.originRow - newest < separation) continue;
      level.members.push({ row: swing.originRow, level: swing.level });
      if (level.members.length > 2) write('joined', level, swing.originRow, row);
      else {
        level.pool = pools++;
        write('liquidityPool', level, level.members[0].row, row);
      }
    }
  }
  return events;
}
