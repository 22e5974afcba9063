/** Volume by rows of price: only rows in which something traded exist, in order of price, so that neither a wide market nor a stray price costs room. */

/** A type, not an interface, so that it is a record of state values. `at` is the row found last: the next trade is near it. */
export type PriceRows = { count: number; at: number; row: Float64Array; volume: Float64Array; buyVolume: Float64Array; sellVolume: Float64Array };

const firstRoom = 32;

export function noRows(): PriceRows {
  const room = (): Float64Array => new Float64Array(firstRoom);
  return { count: 0, at: 0, row: room().fill(NaN), volume: room(), buyVolume: room(), sellVolume: room() };
}

/** Takes every row away. */
export function clearRows(rows: PriceRows): void {
  rows.count = 0;
  rows.at = 0;
  rows.row[0] = NaN;
}

/** The place of a row, made where there is none; arrays may be others afterwards. */
export function placeOf(rows: PriceRows, row: number): number {
  const { at, count } = rows, have = rows.row;
  if (have[at] === row) return at;
  if (at + 1 < count && have[at + 1] === row) return (rows.at = at + 1);
  if (at > 0 && have[at - 1] === row) return (rows.at = at - 1);
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (have[middle] < row) low = middle + 1;
    else high = middle;
  }
  if (low === count || have[low] !== row) insert(rows, low, row);
  return (rows.at = low);
}

function insert(rows: PriceRows, at: number, row: number): void {
  if (rows.count === rows.row.length) {
    rows.row = grown(rows.row);
    rows.volume = grown(rows.volume);
    rows.buyVolume = grown(rows.buyVolume);
    rows.sellVolume = grown(rows.sellVolume);
  }
  const end = rows.count++;
  rows.row.copyWithin(at + 1, at, end)[at] = row;
  rows.volume.copyWithin(at + 1, at, end)[at] = 0;
  rows.buyVolume.copyWithin(at + 1, at, end)[at] = 0;
  rows.sellVolume.copyWithin(at + 1, at, end)[at] = 0;
}

function grown(column: Float64Array): Float64Array {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}

/**
 * Takes trades `[from, to)` into their rows of `rowTicks` ticks, the first of which begins at tick 0: half open, so a tick belongs to one row.
 *
 * A tick is `numerator / denominator`, a price off the grid goes to the nearest one. A trade without a finite price or a positive finite size is passed over.
 */
export function takeTrades(
  rows: PriceRows, price: Float64Array, size: Float64Array, side: Int8Array, from: number, to: number, numerator: number, denominator: number, rowTicks: number,
): void {
  let { at, row, volume, buyVolume, sellVolume } = rows;
  for (let k = from; k < to; k++) {
    const p = price[k], s = size[k];
    if (!(p - p === 0 && s > 0 && s < Infinity)) continue;
    const ticks = Math.round((p * denominator) / numerator) + 0, r = rowTicks === 1 ? ticks : Math.floor(ticks / rowTicks);
    if (row[at] !== r) {
      at = placeOf(rows, r);
      ({ row, volume, buyVolume, sellVolume } = rows);
    }
    volume[at] += s;
    if (side[k] > 0) buyVolume[at] += s;
    else if (side[k] < 0) sellVolume[at] += s;
  }
}
