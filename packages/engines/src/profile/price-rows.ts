/**
 * Trades by rows of price: each finds its row by a hash table and adds to it, so a wide market and a stray price cost no room.
 *
 * `levels.ts` puts the rows in order of price.
 */

/**
 * A type, not an interface, so that it is a record of state values.
 *
 * `key` and `slot` are the hash table (a key of NaN is free), `rowOf` the row of each of `slots` slots, `traded` what was sold, traded by nobody knows whom, and bought in it. `order` is
 * room to sort the slots in.
 */
export type TradeRows = { slots: number; key: Float64Array; slot: Int32Array; rowOf: Float64Array; traded: Float64Array; order: Int32Array };

const firstRoom = 32;

export function noTradeRows(): TradeRows {
  return { slots: 0, key: new Float64Array(2 * firstRoom).fill(NaN), slot: new Int32Array(2 * firstRoom), rowOf: new Float64Array(firstRoom), traded: new Float64Array(3 * firstRoom), order: new Int32Array(firstRoom) };
}

/** Takes every row away. */
export function clearTradeRows(rows: TradeRows): void {
  rows.key.fill(NaN);
  rows.traded.fill(0, 0, 3 * rows.slots);
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
  rows.order = new Int32Array(room);
  rows.key = new Float64Array(2 * room).fill(NaN);
  rows.slot = new Int32Array(2 * room);
  rows.slots = 0;
  for (let slot = 0; slot < slots; slot++) slotOf(rows, rowOf[slot]);
}

/**
 * Takes trades `[from, to)` into their rows of `rowTicks` ticks, the first of which begins at tick 0: half open, so a tick belongs to one row.
 *
 * A tick is `numerator / denominator`, a price off the grid goes to the nearest one. A trade without a finite price or a positive finite size is passed over.
 */
export function takeTrades(
  rows: TradeRows, price: Float64Array, size: Float64Array, side: Int8Array, from: number, to: number, numerator: number, denominator: number, rowTicks: number,
): void {
  let { key, slot, traded } = rows, mask = key.length - 1, shift = Math.clz32(mask);
  for (let k = from; k < to; k++) {
    const p = price[k], s = size[k];
    if (!(p - p === 0 && s > 0 && s < Infinity)) continue;
    const scaled = numerator === 1 ? p * denominator : (p * denominator) / numerator, ticks = Math.round(scaled) + 0, row = rowTicks === 1 ? ticks : Math.floor(ticks / rowTicks);
    let h = Math.imul(row, multiplier) >>> shift;
    while (key[h] !== row && key[h] === key[h]) h = (h + 1) & mask;
    if (key[h] !== row) {
      const made = slotOf(rows, row);
      ({ key, slot, traded } = rows);
      mask = key.length - 1;
      shift = Math.clz32(mask);
      traded[3 * made + 1 + Math.sign(side[k])] += s;
      continue;
    }
    // Sold, unknown or bought, without a branch: sides are a coin's throw.
    traded[3 * slot[h] + 1 + ((side[k] >> 31) | (-side[k] >>> 31))] += s;
  }
}
