/** The volume profile once more, from its definition alone: every row of the range in a dense list, each bar from scratch. Small numbers and whole ticks only. */
export interface PlainProfile {
  readonly volumes: ReadonlyMap<number, number>;
  readonly pointOfControl: number;
  readonly low: number;
  readonly high: number;
}

export type PlainTrade = readonly [tick: number, size: number];

/** Rows of `rowTicks` ticks; edges and point of control are row numbers. */
export function plainProfile(trades: readonly PlainTrade[], rowTicks: number, share: number, growth: 'single' | 'pair'): PlainProfile | undefined {
  const volumes = new Map<number, number>();
  for (const [tick, size] of trades) volumes.set(Math.floor(tick / rowTicks), (volumes.get(Math.floor(tick / rowTicks)) ?? 0) + size);
  if (volumes.size === 0) return undefined;
  const bottom = Math.min(...volumes.keys()), top = Math.max(...volumes.keys()), middle = (bottom + top) / 2;
  const dense = Array.from({ length: top - bottom + 1 }, (_, k) => volumes.get(bottom + k) ?? 0), most = Math.max(...dense);
  const candidates = dense.flatMap((volume, k) => (volume === most ? [bottom + k] : []));
  const nearest = Math.min(...candidates.map(row => Math.abs(row - middle))), pointOfControl = candidates.find(row => Math.abs(row - middle) === nearest)!;
  const target = share * dense.reduce((sum, volume) => sum + volume, 0), width = growth === 'pair' ? 2 : 1;
  let low = pointOfControl, high = pointOfControl, inside = most;
  const sum = (from: number, to: number): number => dense.slice(Math.max(0, from - bottom), Math.max(0, to - bottom + 1)).reduce((total, volume) => total + volume, 0);
  while (inside < target) {
    const up = high < top ? sum(high + 1, high + width) : -1, down = low > bottom ? sum(low - width, low - 1) : -1;
    if (up >= down) {
      high = Math.min(top, high + width);
      inside += up;
    } else {
      low = Math.max(bottom, low - width);
      inside += down;
    }
  }
  return { volumes, pointOfControl, low, high };
}

/** A day of trades by hand, then a second one, tick 1: [bar, price, size, side]. */
export const twoSessions: {
  readonly trades: readonly (readonly [bar: number, price: number, size: number, side: number])[];
  readonly anchor: readonly number[];
  readonly developing: readonly (readonly [pointOfControl: number, low: number, high: number])[];
  readonly events: readonly (readonly [kind: string, originRow: number, knownRow: number, ref: number, level0: number, level1: number, value: number])[];
  readonly levels: readonly (readonly [knownRow: number, ref: number, price: number, volume: number, buyVolume: number, sellVolume: number])[];
} = {
  trades: [
    [0, 10, 1, 1], [0, 11, 4, -1], [1, 12, 3, 1], [1, 14, 2, 0],
    [2, 20, 5, 1], [3, 12, 1, -1], [3, 11, 2, -1],
  ],
  anchor: [0, 0, 1, 0],
  // Of 5 two thirds are 4 at 11, of 10 they are 4 + 3; the second day holds 5 of 5, then 5 of 8 and 2 + 1 over the empty rows: 1 at 12 comes before 2 at 11, since it is met first.
  developing: [[11, 11, 11], [11, 11, 12], [20, 20, 20], [20, 12, 20]],
  events: [
    ['pointOfControl', 0, 2, NaN, 11, NaN, 4],
    ['valueArea', 0, 2, 0, 11, 12, 7],
    ['highVolumeNode', 0, 2, 0, 11, NaN, 8 / 3],
    ['touched', 3, 3, 0, 11, NaN, NaN],
  ],
  levels: [[2, 0, 10, 1, 1, 0], [2, 0, 11, 4, 0, 4], [2, 0, 12, 3, 3, 0], [2, 0, 14, 2, 0, 0]],
};
