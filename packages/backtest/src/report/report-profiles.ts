/** Volume profiles and footprints of the engines on a source, found by the columns of their tables. */
import { eventKinds } from '@zanzibar/core';
import type { EventKind } from '@zanzibar/core';
import { numbersOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import type { ReportCells, ReportDevelopingProfile, ReportNakedControl, ReportProfile } from './candle-model.ts';

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

/** What ends the life of a naked point of control. */
const nakedEnds: ReadonlySet<EventKind> = new Set<EventKind>(['touched', 'expired', 'segmentEnd']);

/** Points of control while price has not come back to them; one that the very bar touches which makes it final never is naked. */
export function reportNakedControls(result: Result, source: string): ReportNakedControl[] {
  const controls: ReportNakedControl[] = [];
  for (const [node, { source: driver, appended: { events } }] of Object.entries(result.engines)) {
    if (driver !== source || events === undefined || !('ref' in events.schema && 'kind' in events.schema)) continue;
    const id = numbersOf(events, 'id'), kind = numbersOf(events, 'kind'), known = numbersOf(events, 'knownRow'), level = numbersOf(events, 'level0'), ref = numbersOf(events, 'ref'), ends = new Map<number, number>();
    for (let i = 0; i < events.length; i++) if (nakedEnds.has(eventKinds[kind[i]]) && !ends.has(ref[i])) ends.set(ref[i], i);
    for (let i = 0; i < events.length; i++) {
      const end = ends.get(id[i]);
      if (eventKinds[kind[i]] !== 'pointOfControl' || (end !== undefined && known[end] === known[i])) continue;
      controls.push({ node, fromRow: known[i], toRow: end === undefined ? null : known[end], level: level[i], end: end === undefined ? '' : eventKinds[kind[end]] });
    }
  }
  return controls;
}

/** Profiles as they grew on the candles of `rows`: one entry for each candle at which something changed. A footprint's columns have the same names, but its profile is the candle's. */
export function reportDeveloping(result: Result, source: string, rows: readonly number[]): ReportDevelopingProfile[] {
  const found: ReportDevelopingProfile[] = [];
  for (const [node, { source: driver, aligned, appended: { events, levels } }] of Object.entries(result.engines)) {
    if (driver !== source || events === undefined || levels === undefined || aligned === undefined || !('pointOfControl' in aligned.schema && 'valueAreaLow' in aligned.schema && 'valueAreaHigh' in aligned.schema)) continue;
    const columns = ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'].map(name => numbersOf(aligned, name)), kind = numbersOf(events, 'kind'), known = numbersOf(events, 'knownRow');
    const begins = Array.from(known).filter((_, i) => eventKinds[kind[i]] === 'pointOfControl'), out = { node, row: [] as number[], fromRow: [] as number[], control: [] as (number | null)[], low: [] as (number | null)[], high: [] as (number | null)[] };
    let last = [NaN, NaN, NaN, NaN], next = 0, fromRow = 0;
    for (const row of rows) {
      for (; next < begins.length && begins[next] <= row; next++) fromRow = begins[next];
      const now = [fromRow, ...columns.map(column => column[row])];
      if (now.every((value, k) => Object.is(value, last[k]))) continue;
      const [control, low, high] = now.slice(1).map(value => (Number.isNaN(value) ? null : value));
      out.row.push(row);
      out.fromRow.push(fromRow);
      out.control.push(control);
      out.low.push(low);
      out.high.push(high);
      last = now;
    }
    found.push(out);
  }
  return found;
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
