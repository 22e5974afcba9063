/** Events of trades and of bars' cells by looking at all of them anew, from the definitions; shares no code with the engines. Lines of numbers, as the events are told. */
export interface ScannedTrades { readonly time: ArrayLike<bigint>; readonly price: ArrayLike<number>; readonly size: ArrayLike<number>; readonly side: ArrayLike<number>; readonly segment: ArrayLike<number> }

const isTrade = ({ price, size }: ScannedTrades, row: number): boolean => Number.isFinite(price[row]) && Number.isFinite(size[row]) && size[row] > 0;

/** Runs of one time, side and course, and the row after: direction, first, known, lowest, highest, volume. */
export function tradeThroughsByScan(trades: ScannedTrades, levels: number): number[][] {
  const { time, price, size, side, segment } = trades, found: number[][] = [];
  for (let first = 0; first < price.length; ) {
    let next = first + 1;
    const way = isTrade(trades, first) ? side[first] : 0;
    if (way !== 0) while (next < price.length && segment[next] === segment[first] && isTrade(trades, next) && side[next] === way && time[next] === time[first] && (price[next] - price[next - 1]) * way >= 0) next++;
    const run = Array.from({ length: next - first }, (_, k) => first + k), prices = run.map(row => price[row]);
    if (way !== 0 && next < price.length && new Set(prices).size >= levels) found.push([way, first, next, Math.min(...prices), Math.max(...prices), run.reduce((sum, row) => sum + size[row], 0)]);
    first = next;
  }
  return found;
}

/** Linear between the two nearest of the sorted values. */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) * share, low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** Windows of trades: direction, first, known, lowest, highest, volume. */
export function absorptionsByScan(trades: ScannedTrades, { tick, window, bandTicks, lookback, quantile }: { tick: number; window: number; bandTicks: number; lookback: number; quantile: number }): number[][] {
  const { time, price, size, side, segment } = trades, found: number[][] = [];
  let rows = Array.from({ length: price.length }, (_, row) => row).filter(row => isTrade(trades, row));
  while (rows.length > 0) {
    const of = segment[rows[0]];
    let left = rows.filter(row => segment[row] === of);
    rows = rows.filter(row => segment[row] !== of);
    const before: number[] = [];
    while (left.length > 0) {
      const until = time[left[0]] + BigInt(window), outside = left.findIndex(row => time[row] >= until), inside = outside < 0 ? left : left.slice(0, outside), closing = outside < 0 ? -1 : left[outside];
      left = outside < 0 ? [] : left.slice(outside);
      if (closing < 0) break;
      const total = (way: number): number => inside.filter(row => side[row] === way).reduce((sum, row) => sum + size[row], 0), bought = total(1), sold = total(-1), most = Math.max(bought, sold);
      const prices = inside.map(row => price[row]), low = Math.min(...prices), high = Math.max(...prices), isStill = Math.round((high - low) / tick) <= bandTicks;
      const holds = bought > sold ? price[closing] <= high : price[closing] >= low;
      if (isStill && bought !== sold && before.length >= lookback && most >= quantileOf(before.slice(-lookback), quantile) && holds) found.push([bought > sold ? -1 : 1, inside[0], closing, low, high, most]);
      before.push(most);
    }
  }
  return found;
}

export interface ScannedCell { readonly row: number; readonly price: number; readonly volume: number; readonly bought: number; readonly sold: number }

/** Clusters of a bar's cells: direction, row, lowest, highest, volume. */
export function clustersByScan(cells: readonly ScannedCell[], bars: number, tick: number, multiple: number, minimumVolume: number): number[][] {
  return Array.from({ length: bars }, (_, row) => {
    const own = cells.filter(cell => cell.row === row), mean = own.reduce((sum, { volume }) => sum + volume, 0) / own.length, heavy = own.filter(({ volume }) => volume >= multiple * mean && volume >= minimumVolume);
    const clusters: ScannedCell[][] = [];
    for (const cell of heavy) {
      const last = clusters.at(-1)?.at(-1);
      if (last && Math.round((cell.price - last.price) / tick) === 1) clusters.at(-1)!.push(cell);
      else clusters.push([cell]);
    }
    return clusters.map(cluster => {
      const sum = (of: (cell: ScannedCell) => number): number => cluster.reduce((total, cell) => total + of(cell), 0);
      return [Math.sign(sum(({ bought, sold }) => bought - sold)), row, cluster[0].price, cluster[cluster.length - 1].price, sum(({ volume }) => volume)];
    });
  }).flat();
}

/** Exhaustions: direction, the bar, the row that knows it, price, volume. `segment` is the bars'. */
export function exhaustionsByScan(cells: readonly ScannedCell[], segment: ArrayLike<number>, tick: number, rows: number, share: number, confirm: 'flip' | 'close'): number[][] {
  const found: number[][] = [];
  const of = (bar: number): ScannedCell[] => cells.filter(cell => cell.row === bar), delta = (bar: number): number => of(bar).reduce((sum, { bought, sold }) => sum + (bought - sold), 0);
  const driesUp = (bar: number, way: number): ScannedCell | undefined => {
    const own = of(bar), outward = way > 0 ? own : [...own].reverse(), last = outward.slice(-rows), amount = ({ bought, sold }: ScannedCell): number => (way > 0 ? bought : sold);
    if (last.length < rows) return undefined;
    const falls = last.every((cell, k) => k === 0 || (amount(cell) < amount(last[k - 1]) && Math.round(((cell.price - last[k - 1].price) * way) / tick) === 1));
    return falls && amount(last[rows - 1]) <= share * Math.max(...own.map(({ volume }) => volume)) ? last[rows - 1] : undefined;
  };
  for (let bar = 0; bar < segment.length; bar++) {
    for (const way of [1, -1]) {
      const at = confirm === 'close' ? bar : bar - 1, cell = at < 0 || segment[at] !== segment[bar] ? undefined : driesUp(at, way);
      const isKnown = cell !== undefined && (confirm === 'close' || (delta(at) * way > 0 && delta(bar) * way < 0));
      if (isKnown) found.push([-way, at, bar, cell.price, way > 0 ? cell.bought : cell.sold]);
    }
  }
  return found;
}

/** Divergences: direction, later swing's row, row that knows it, id, both prices, later total less the earlier one. */
export function divergencesByScan(
  swings: readonly { readonly id: number; readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly level: number }[],
  totals: ArrayLike<number>, segment: ArrayLike<number>, anchor: ArrayLike<number>, lookback: number,
): number[][] {
  // The last row at or before `row` at which the total began anew.
  const startOf = (row: number): number => (row === 0 || segment[row] !== segment[row - 1] || anchor[row] !== 0 ? row : startOf(row - 1));
  const valid = swings.filter(({ originRow, knownRow }) => originRow >= startOf(knownRow) && knownRow - originRow < lookback && !Number.isNaN(totals[originRow]));
  return valid.flatMap((swing, k) => {
    const before = valid.slice(0, k).filter(({ direction }) => direction === swing.direction).at(-1);
    if (before === undefined || before.originRow < startOf(swing.knownRow)) return [];
    const beyond = (swing.level - before.level) * swing.direction > 0, change = totals[swing.originRow] - totals[before.originRow];
    return beyond && change * swing.direction < 0 ? [[-swing.direction, swing.originRow, swing.knownRow, swing.id, Math.min(swing.level, before.level), Math.max(swing.level, before.level), change]] : [];
  });
}
