/** Volume profiles and footprints of the engines on a source, found by the columns of their tables. */
import { eventKinds } from '@zanzibar/core';
import { numbersOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import type { ReportCells, ReportProfile } from './candle-model.ts';

/** Cells that a report holds at most: a close view shows some hundred. */
const cellLimit = 40_000;

/** Finished profiles: the rows of each, from the bar at which it was final on. */
export function reportProfiles(result: Result, source: string): ReportProfile[] {
  const profiles: ReportProfile[] = [];
  for (const [node, { source: driver, appended }] of Object.entries(result.engines)) {
    const { levels, events } = appended;
    if (driver !== source || levels === undefined || events === undefined || !('ref' in levels.schema && 'volume' in levels.schema)) continue;
    const ref = numbersOf(levels, 'ref'), price = numbersOf(levels, 'price'), volume = numbersOf(levels, 'volume'), rows = new Map<number, number[]>();
    for (let k = 0; k < levels.length; k++) rows.set(ref[k], [...(rows.get(ref[k]) ?? []), k]);
    const id = numbersOf(events, 'id'), kind = numbersOf(events, 'kind'), origin = numbersOf(events, 'originRow'), known = numbersOf(events, 'knownRow');
    const level0 = numbersOf(events, 'level0'), level1 = numbersOf(events, 'level1'), to = numbersOf(events, 'ref'), areas = new Map<number, number>();
    for (let i = 0; i < events.length; i++) if (eventKinds[kind[i]] === 'valueArea') areas.set(to[i], i);
    for (let i = 0; i < events.length; i++) {
      const own = rows.get(id[i]), area = areas.get(id[i]);
      if (eventKinds[kind[i]] !== 'pointOfControl' || own === undefined || area === undefined) continue;
      const prices = own.map(k => price[k]);
      profiles.push({ node, fromRow: origin[i], row: known[i], control: level0[i], low: level0[area], high: level1[area], size: leastStep(prices), price: prices, volume: own.map(k => volume[k]) });
    }
  }
  return profiles;
}

/** The cells of a footprint on the candles that are shown, as columns; where they are too many, `rowsOf` says which of how many candles have theirs. */
export function reportCells(result: Result, source: string, rowsOf: (limit: number) => readonly number[]): ReportCells | undefined {
  const found = Object.values(result.engines).find(({ source: driver, appended: { cells } }) => driver === source && cells !== undefined && 'buyVolume' in cells.schema && 'imbalance' in cells.schema);
  if (found === undefined) return undefined;
  const cells: ResultTable = found.appended.cells, row = numbersOf(cells, 'knownRow'), price = numbersOf(cells, 'price'), buy = numbersOf(cells, 'buyVolume'), sell = numbersOf(cells, 'sellVolume'), imbalance = numbersOf(cells, 'imbalance');
  const bars = result.bars[source].table.length, isShown = new Uint8Array(bars), kept: number[] = [];
  for (const at of rowsOf(Math.floor(cellLimit / Math.max(cells.length / Math.max(bars, 1), 1)))) isShown[at] = 1;
  for (let k = cells.length - 1; k >= 0 && kept.length < cellLimit; k--) if (isShown[row[k]] === 1) kept.push(k);
  kept.reverse();
  const pick = (column: ArrayLike<number>): number[] => kept.map(k => column[k]);
  return { row: pick(row), price: pick(price), buy: pick(buy), sell: pick(sell), imbalance: pick(imbalance), size: leastStep(pick(price)) };
}

/** The smallest distance between different prices, which is the height of a row; 0 where there is one price. */
function leastStep(prices: readonly number[]): number {
  const sorted = [...new Set(prices)].sort((a, b) => a - b);
  let least = Infinity;
  for (let k = 1; k < sorted.length; k++) least = Math.min(least, sorted[k] - sorted[k - 1]);
  return least === Infinity ? 0 : least;
}
