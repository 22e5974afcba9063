/** Rows of price in their order, with what traded in each. */
import type { TradeRows } from './price-rows.ts';

/**
 * A type, not an interface, so that it is a record of state values. `total` is the volume of all rows; arrays may be longer than `count`. `lowChanged` and `highChanged` are the lowest and
 * the highest row to which volume came since a value area took note of them.
 */
export type PriceLevels = {
  count: number; total: number; lowChanged: number; highChanged: number; row: Float64Array; volume: Float64Array; buyVolume: Float64Array; sellVolume: Float64Array;
};

const firstRoom = 32;

export function noLevels(): PriceLevels {
  const room = (): Float64Array => new Float64Array(firstRoom);
  return { count: 0, total: 0, lowChanged: Infinity, highChanged: -Infinity, row: room(), volume: room(), buyVolume: room(), sellVolume: room() };
}

/** Takes every row away. */
export function clearLevels(levels: PriceLevels): void {
  levels.count = levels.total = 0;
  levels.lowChanged = Infinity;
  levels.highChanged = -Infinity;
}

/** Adds to a row, whose place is `from` or later, and returns its place; arrays may be others afterwards. */
export function addToLevel(levels: PriceLevels, from: number, row: number, sold: number, unknown: number, bought: number): number {
  const volume = sold + unknown + bought, { count } = levels;
  if (row < levels.lowChanged) levels.lowChanged = row;
  if (row > levels.highChanged) levels.highChanged = row;
  // A row above all others is the rule in a footprint.
  if (count < levels.row.length && (count === 0 || row > levels.row[count - 1])) {
    levels.row[count] = row;
    levels.volume[count] = volume;
    levels.buyVolume[count] = bought;
    levels.sellVolume[count] = sold;
    levels.total += volume;
    levels.count = count + 1;
    return count;
  }
  const at = placeOf(levels, from, row);
  levels.volume[at] += volume;
  levels.buyVolume[at] += bought;
  levels.sellVolume[at] += sold;
  levels.total += volume;
  return at;
}

function placeOf(levels: PriceLevels, from: number, row: number): number {
  const { count } = levels, have = levels.row;
  // The next one as a rule.
  for (let at = from; at < from + 2 && at < count; at++) if (have[at] === row) return at;
  let low = from, high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (have[middle] < row) low = middle + 1;
    else high = middle;
  }
  if (low === count || have[low] !== row) insert(levels, low, row);
  return low;
}

function insert(levels: PriceLevels, at: number, row: number): void {
  if (levels.count === levels.row.length) {
    levels.row = grown(levels.row);
    levels.volume = grown(levels.volume);
    levels.buyVolume = grown(levels.buyVolume);
    levels.sellVolume = grown(levels.sellVolume);
  }
  const end = levels.count++, { volume, buyVolume, sellVolume } = levels;
  if (at < end) {
    levels.row.copyWithin(at + 1, at, end);
    volume.copyWithin(at + 1, at, end);
    buyVolume.copyWithin(at + 1, at, end);
    sellVolume.copyWithin(at + 1, at, end);
  }
  levels.row[at] = row;
  volume[at] = buyVolume[at] = sellVolume[at] = 0;
}

function grown(column: Float64Array): Float64Array {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}

/** Adds all rows, those of the window from the lowest on. */
export function addTradeRows(levels: PriceLevels, { origin, near, slots, rowOf, traded }: TradeRows): void {
  for (let k = 0, at = 0; k < near.length; k += 4) {
    if (near[k] + near[k + 1] + near[k + 2] > 0) at = addToLevel(levels, at, origin + k / 4, near[k], near[k + 1], near[k + 2]);
  }
  for (let slot = 0; slot < slots; slot++) addToLevel(levels, 0, rowOf[slot], traded[3 * slot], traded[3 * slot + 1], traded[3 * slot + 2]);
}
