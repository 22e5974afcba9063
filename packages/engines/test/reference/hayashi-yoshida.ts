/** The Hayashi-Yoshida sums from their definition: every pair of intervals is tried. Shares nothing with the engine. */
export interface Tick {
  readonly time: number;
  readonly price: number;
}

interface Interval { readonly from: number; readonly to: number; readonly move: number }

/** Intervals between ticks; of ticks of one time the last counts. */
function intervals(ticks: readonly Tick[]): Interval[] {
  const byTime = new Map<number, number>();
  for (const { time, price } of ticks) if (!Number.isNaN(price)) byTime.set(time, price);
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return times.slice(1).map((to, k) => ({ from: times[k], to, move: byTime.get(to)! - byTime.get(times[k])! }));
}

/** Correlation over the newest `period` intervals of the first (all where it is not given), NaN with fewer. */
export function bruteForceHayashiYoshida(first: readonly Tick[], second: readonly Tick[], period?: number): number {
  const all = intervals(first), own = period === undefined ? all : all.slice(-period);
  if (own.length === 0 || own.length < (period ?? 1)) return NaN;
  const others = intervals(second).filter(({ to }) => period === undefined || to > own[0].from);
  let cross = 0;
  for (const a of own) for (const b of others) if (a.to > b.from && b.to > a.from) cross += a.move * b.move;
  const size = Math.sqrt(own.reduce((sum, { move }) => sum + move * move, 0) * others.reduce((sum, { move }) => sum + move * move, 0));
  return size > 0 ? cross / size : NaN;
}
