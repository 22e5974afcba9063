/**
 * Trades of a bar by rows of price. Rows near the others lie in a window, where a trade finds its row by a subtraction; stray prices and very wide bars go to a hash table, so they cost no
 * room.
 *
 * `price-levels.ts` puts the rows in order of price.
 */

/**
 * A type, not an interface, so that it is a record of state values.
 *
 * `near` has four places for each row from `origin` on: what was sold, traded by nobody knows whom, and bought in it. `key` and `slot` are the hash table of the far ones (a key of NaN is
 * free), `rowOf` the row of each of `slots` slots, `traded` three places for each. `delta` is what was bought less what was sold, `lowest` and `highest` are the bounds of its running value.
 */
export type TradeRows = {
  origin: number; near: Float64Array; delta: number; lowest: number; highest: number; slots: number; key: Float64Array; slot: Int32Array; rowOf: Float64Array; traded: Float64Array;
};

const firstWidth = 64, largestWidth = 4096, firstRoom = 8;

export function noTradeRows(): TradeRows {
  return {
    origin: NaN, near: new Float64Array(4 * firstWidth), delta: 0, lowest: 0, highest: 0,
    slots: 0, key: new Float64Array(2 * firstRoom).fill(NaN), slot: new Int32Array(2 * firstRoom), rowOf: new Float64Array(firstRoom), traded: new Float64Array(3 * firstRoom),
  };
}

/** Takes every row away; the window stays where it is. */
export function clearTradeRows(rows: TradeRows): void {
  rows.near.fill(0);
  rows.delta = rows.lowest = rows.highest = 0;
  if (rows.slots === 0) return;
  rows.key.fill(NaN);
  rows.traded.fill(0);
  rows.slots = 0;
}

/** Rows are whole numbers, mostly neighbours; the multiplier of Fibonacci hashing spreads those that are far apart too. */
const multiplier = 0x9e3779b1;

/** The slot of a row, made where there is none; arrays may be others afterwards. */
function slotOf(rows: TradeRows, row: number): number {
  const { key } = rows, mask = key.length - 1;
  let h = Math.imul(row, multiplier) >>> Math.clz32(mask);
  while (key[h] === key[h]) {
    if (key[h] === row) return rows.slot[h];
    h = (h + 1) & mask;
  }
  if (rows.slots === rows.rowOf.length) {
    grow(rows);
    return slotOf(rows, row);
  }
  const slot = rows.slots++;
  key[h] = row;
  rows.slot[h] = slot;
  rows.rowOf[slot] = row;
  return slot;
}

function grow(rows: TradeRows): void {
  const { slots, rowOf, traded } = rows, room = 2 * slots;
  rows.rowOf = new Float64Array(room);
  rows.rowOf.set(rowOf);
  rows.traded = new Float64Array(3 * room);
  rows.traded.set(traded);
  rows.key = new Float64Array(2 * room).fill(NaN);
  rows.slot = new Int32Array(2 * room);
  rows.slots = 0;
  for (let slot = 0; slot < slots; slot++) slotOf(rows, rowOf[slot]);
}

/** Moves or widens the window so that it holds the row too; false where that is too far. */
function makeNear(rows: TradeRows, row: number): boolean {
  const { near, origin } = rows, width = near.length / 4;
  let first = 0, last = width - 1;
  while (first < width && !isTraded(near, first)) first++;
  while (last > first && !isTraded(near, last)) last--;
  const isEmpty = first === width, low = isEmpty ? row : Math.min(row, origin + first), high = isEmpty ? row : Math.max(row, origin + last), span = high - low + 1;
  // Half of it is free afterwards, a quarter on each side: it does not move often.
  let wider = width;
  while (wider < 2 * span && wider < largestWidth) wider *= 2;
  if (wider < 2 * span) return false;
  const moved = low - Math.floor((wider - span) / 2), window = new Float64Array(4 * wider);
  if (!isEmpty) window.set(near.subarray(4 * first, 4 * last + 4), 4 * (origin + first - moved));
  rows.near = window;
  rows.origin = moved;
  return true;
}

function isTraded(near: Float64Array, place: number): boolean {
  return near[4 * place] + near[4 * place + 1] + near[4 * place + 2] > 0;
}

/**
 * Takes trades `[from, to)` into their rows of `rowTicks` ticks, the first of which begins at tick 0: half open, so a tick belongs to one row.
 *
 * A tick is `numerator / denominator`, a price off the grid goes to the nearest one. A trade without a finite price or a positive finite size is passed over.
 */
export function takeTrades(
  rows: TradeRows, price: Float64Array, size: Float64Array, side: Int8Array, from: number, to: number, numerator: number, denominator: number, rowTicks: number,
): void {
  for (let k = from; k < to; ) {
    k = takeFours(rows, price, size, side, k, to, numerator, denominator, rowTicks);
    // One by one the last ones, or four of which one is not like the others.
    for (const end = Math.min(k + 4, to); k < end; k++) takeOne(rows, price[k], size[k], side[k], numerator, denominator, rowTicks);
  }
}

/**
 * Takes trades by fours as long as all four are in the window, which does not move: returns the first that was not taken.
 *
 * Four in a round, because every round looks at the arrays anew, which costs as much as a trade does.
 */
function takeFours(
  rows: TradeRows, price: Float64Array, size: Float64Array, side: Int8Array, from: number, to: number, numerator: number, denominator: number, rowTicks: number,
): number {
  const { near, origin } = rows, first = origin | 0;
  // From two ticks on and below 2^31 the whole part of half a tick above a price is its tick, and two comparisons tell that its row is in the window.
  const bottom = Math.max(2, origin * rowTicks), top = Math.min(2147483648, (origin + near.length / 4) * rowTicks);
  let { delta, lowest, highest } = rows, k = from;
  for (; k + 4 <= to; k += 4) {
    const size0 = size[k], size1 = size[k + 1], size2 = size[k + 2], size3 = size[k + 3];
    const half0 = halfAbove(price[k], numerator, denominator), half1 = halfAbove(price[k + 1], numerator, denominator);
    const half2 = halfAbove(price[k + 2], numerator, denominator), half3 = halfAbove(price[k + 3], numerator, denominator);
    if (!(half0 >= bottom && half0 < top && half1 >= bottom && half1 < top && half2 >= bottom && half2 < top && half3 >= bottom && half3 < top)) break;
    if (!(size0 > 0 && size0 < Infinity && size1 > 0 && size1 < Infinity && size2 > 0 && size2 < Infinity && size3 > 0 && size3 < Infinity)) break;
    const sign0 = signOf(side[k]), sign1 = signOf(side[k + 1]), sign2 = signOf(side[k + 2]), sign3 = signOf(side[k + 3]);
    near[cellOf(half0, rowTicks, first, sign0)] += size0;
    near[cellOf(half1, rowTicks, first, sign1)] += size1;
    near[cellOf(half2, rowTicks, first, sign2)] += size2;
    near[cellOf(half3, rowTicks, first, sign3)] += size3;
    const delta0 = delta + sign0 * size0, delta1 = delta0 + sign1 * size1, delta2 = delta1 + sign2 * size2;
    delta = delta2 + sign3 * size3;
    if (delta0 < lowest || delta1 < lowest || delta2 < lowest || delta < lowest) lowest = lowestOf(lowest, delta0, delta1, delta2, delta);
    if (delta0 > highest || delta1 > highest || delta2 > highest || delta > highest) highest = highestOf(highest, delta0, delta1, delta2, delta);
  }
  rows.delta = delta;
  rows.lowest = lowest;
  rows.highest = highest;
  return k;
}

function takeOne(rows: TradeRows, price: number, size: number, side: number, numerator: number, denominator: number, rowTicks: number): void {
  if (!(price - price === 0 && size > 0 && size < Infinity)) return;
  const row = rowOfPrice(price, numerator, denominator, rowTicks), place = row - rows.origin, sign = signOf(side);
  if ((place >= 0 && place < rows.near.length / 4) || makeNear(rows, row)) rows.near[4 * (row - rows.origin) + 1 + sign] += size;
  else {
    const slot = slotOf(rows, row);
    rows.traded[3 * slot + 1 + sign] += size;
  }
  rows.delta += sign * size;
  if (rows.delta < rows.lowest) rows.lowest = rows.delta;
  if (rows.delta > rows.highest) rows.highest = rows.delta;
}

/** Half a tick above a price, in ticks. */
function halfAbove(price: number, numerator: number, denominator: number): number {
  return (numerator === 1 ? price * denominator : (price * denominator) / numerator) + 0.5;
}

/** Place in the window of what a side traded, half a tick below `half`. */
function cellOf(half: number, rowTicks: number, first: number, sign: number): number {
  const ticks = half | 0, row = rowTicks === 1 ? ticks : (ticks / rowTicks) | 0;
  return (((row - first) << 2) + 1 + sign) | 0;
}

/** -1, 0 or 1 without a branch: sides are a coin's throw. */
function signOf(side: number): number {
  return (side >> 31) | (-side >>> 31);
}

function rowOfPrice(price: number, numerator: number, denominator: number, rowTicks: number): number {
  const scaled = numerator === 1 ? price * denominator : (price * denominator) / numerator, ticks = Math.round(scaled) + 0;
  return rowTicks === 1 ? ticks : Math.floor(ticks / rowTicks);
}

function lowestOf(lowest: number, a: number, b: number, c: number, d: number): number {
  let least = lowest;
  if (a < least) least = a;
  if (b < least) least = b;
  if (c < least) least = c;
  return d < least ? d : least;
}

function highestOf(highest: number, a: number, b: number, c: number, d: number): number {
  let most = highest;
  if (a > most) most = a;
  if (b > most) most = b;
  if (c > most) most = c;
  return d > most ? d : most;
}
