/**
 * First passage: the first row of a price column at or beyond either of two levels, without walking the rows between.
 *
 * Minima and maxima over blocks of 64 rows, of 64 blocks, and so on rule blocks out; the row itself decides. Rows that do not exist for orders
 * (NaN, crossed quotes) are in no block. Built once per group of rows and shared by every run over it.
 */

import type { Swings } from './drawdowns.ts';

/** Rows below this are scanned: no levels are built. */
const smallest = 128;

interface Level {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export class FirstPassage {
  readonly column: Float64Array;
  /** Rows where this pair is crossed or has a NaN side do not exist; null: only NaN rows of the column itself do not. */
  readonly bid: Float64Array | null;
  readonly ask: Float64Array | null;
  readonly length: number;
  readonly levels: Level[];
  /** The drawdown form, once an order that trails has asked for it. */
  swings: Swings | null = null;

  constructor(column: Float64Array, length: number, levels: Level[], bid: Float64Array | null, ask: Float64Array | null) {
    this.column = column;
    this.length = length;
    this.levels = levels;
    this.bid = bid;
    this.ask = ask;
  }

  /** Does this row exist for orders? */
  exists(row: number): boolean {
    return this.bid === null ? this.column[row] === this.column[row] : this.ask![row] >= this.bid[row];
  }

  /** The first row of `[from, end)` with a price at or below `low` or at or above `high`; `end` if there is none. An infinite level asks nothing. */
  first(from: number, end: number, low: number, high: number): number {
    const { levels, column } = this, top = levels.length;
    let at = from, level = 0;
    if (top > 0 && (at & 63) !== 0) {
      const block = at >> 6, own = levels[0];
      if (own.min[block] > low && own.max[block] < high) {
        at = block + 1;
        level = 1;
      }
    }
    for (;;) {
      if (level === 0) {
        const stop = top > 0 ? Math.min((at | 63) + 1, end) : end;
        for (; at < stop; at++) {
          const price = column[at];
          if ((price <= low || price >= high) && this.exists(at)) return at;
        }
        if (at >= end) return end;
        at >>= 6;
        level = 1;
      }
      while ((at & 63) === 0 && level < top) {
        at >>= 6;
        level++;
      }
      const { min, max } = levels[level - 1];
      if (at >= min.length) return end;
      if (min[at] > low && max[at] < high) {
        at++;
        continue;
      }
      // A block that holds a hit: down to the first block of 64 rows in it that does.
      while (level > 1) {
        at <<= 6;
        level--;
        const inner = levels[level - 1];
        while (inner.min[at] > low && inner.max[at] < high) at++;
      }
      at <<= 6;
      level = 0;
      if (at >= end) return end;
    }
  }

  /** Smallest and largest existing price of rows `[from, to)` into `out[0]` and `out[1]`; infinities where there is none. */
  extremes(from: number, to: number, out: Float64Array): void {
    let lowest = Infinity, highest = -Infinity, at = from;
    const blocks = this.levels.length > 0 ? this.levels[0] : undefined;
    while (at < to) {
      if (blocks && (at & 63) === 0 && at + 64 <= to) {
        const block = at >> 6, upper = this.levels[1];
        if (upper && (block & 63) === 0 && at + 4096 <= to) {
          const place = block >> 6;
          if (upper.min[place] < lowest) lowest = upper.min[place];
          if (upper.max[place] > highest) highest = upper.max[place];
          at += 4096;
          continue;
        }
        if (blocks.min[block] < lowest) lowest = blocks.min[block];
        if (blocks.max[block] > highest) highest = blocks.max[block];
        at += 64;
        continue;
      }
      const price = this.column[at];
      if ((price < lowest || price > highest) && this.exists(at)) {
        if (price < lowest) lowest = price;
        if (price > highest) highest = price;
      }
      at++;
    }
    out[0] = lowest;
    out[1] = highest;
  }
}

/** The index of trades, or of one price column whose only rows that do not exist are NaN. */
export function indexPrices(column: Float64Array, length: number = column.length): FirstPassage {
  const levels: Level[] = [];
  if (length >= smallest) {
    const level = newLevel(length), { min, max } = level;
    for (let block = 0, row = 0; block < min.length; block++) {
      const stop = Math.min(row + 64, length);
      let low = Infinity, high = -Infinity;
      for (; row < stop; row++) {
        const price = column[row];
        if (price < low) low = price;
        if (price > high) high = price;
      }
      min[block] = low;
      max[block] = high;
    }
    buildUpwards(levels, level);
  }
  return new FirstPassage(column, length, levels, null, null);
}

/** The indices of both sides of quotes; quotes with bid > ask or a NaN side are left out. */
export function indexQuotes(bid: Float64Array, ask: Float64Array, length: number = bid.length): { readonly bid: FirstPassage; readonly ask: FirstPassage } {
  const bidLevels: Level[] = [], askLevels: Level[] = [];
  if (length >= smallest) {
    const bidLevel = newLevel(length), askLevel = newLevel(length);
    for (let block = 0, row = 0; block < bidLevel.min.length; block++) {
      const stop = Math.min(row + 64, length);
      let bidLow = Infinity, bidHigh = -Infinity, askLow = Infinity, askHigh = -Infinity;
      for (; row < stop; row++) {
        const b = bid[row], a = ask[row];
        if (a >= b) {
          if (b < bidLow) bidLow = b;
          if (b > bidHigh) bidHigh = b;
          if (a < askLow) askLow = a;
          if (a > askHigh) askHigh = a;
        }
      }
      bidLevel.min[block] = bidLow;
      bidLevel.max[block] = bidHigh;
      askLevel.min[block] = askLow;
      askLevel.max[block] = askHigh;
    }
    buildUpwards(bidLevels, bidLevel);
    buildUpwards(askLevels, askLevel);
  }
  return { bid: new FirstPassage(bid, length, bidLevels, bid, ask), ask: new FirstPassage(ask, length, askLevels, bid, ask) };
}

function newLevel(rows: number): Level {
  const blocks = Math.ceil(rows / 64);
  return { min: new Float64Array(blocks), max: new Float64Array(blocks) };
}

function buildUpwards(levels: Level[], first: Level): void {
  let level = first;
  levels.push(level);
  while (level.min.length > 64) {
    const next = newLevel(level.min.length);
    for (let block = 0; block < next.min.length; block++) {
      const stop = Math.min(64 * block + 64, level.min.length);
      let low = Infinity, high = -Infinity;
      for (let k = 64 * block; k < stop; k++) {
        if (level.min[k] < low) low = level.min[k];
        if (level.max[k] > high) high = level.max[k];
      }
      next.min[block] = low;
      next.max[block] = high;
    }
    levels.push(next);
    level = next;
  }
}
