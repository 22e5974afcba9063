/** Planetary aspects by looking at every angle of every pair in every row, from the definition: no code shared with the engine. */
export interface AspectSaid { readonly kind: string; readonly row: number; readonly pair: number; readonly angle: number; readonly ref: number }

/** Longitudes row by row of the bodies of each pair; `angles` with their sign. */
export function aspectsByScan(first: readonly ArrayLike<number>[], second: readonly ArrayLike<number>[], angles: readonly number[], orbs: readonly number[]): { said: AspectSaid[]; nearest: number[] } {
  const said: AspectSaid[] = [], nearest: number[] = [], open = new Map<string, number>();
  for (let row = 0; row < first[0].length; row++) {
    let least = Infinity;
    first.forEach((_, pair) => {
      for (const angle of angles) {
        const at = (place: number): number => ((((first[pair][place] - second[pair][place] - angle + 180) % 360) + 360) % 360) - 180;
        const now = at(row), before = row > 0 ? at(row - 1) : NaN, key = `${pair} ${angle}`, say = (kind: string, ref: number): number => said.push({ kind, row, pair, angle, ref }) - 1;
        least = Math.min(least, Math.abs(now));
        if (Math.abs(now) <= orbs[pair] && !open.has(key)) open.set(key, say('aspectOpened', NaN));
        if (before < 0 !== now < 0 && Math.abs(before) + Math.abs(now) < 180) say('aspectExact', open.get(key) ?? NaN);
        if (Math.abs(now) > orbs[pair] && open.has(key)) {
          say('aspectClosed', open.get(key)!);
          open.delete(key);
        }
      }
    });
    nearest.push(least);
  }
  return { said, nearest };
}
