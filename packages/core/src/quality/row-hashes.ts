/** Hashes of the last rows, to find one again: chains from the newest row of a bucket to older ones, in rings as long as the window. */
import type { RawTicks } from './raw-ticks.ts';

/** A type, not an interface, so that it is a record of state values. */
export type RowHashes = {
  /** By bucket, one more than the place of the newest row in it; 0 is none. */
  heads: Int32Array;
  /** By place: one more than the place of the row before in its bucket, the row, and two halves of its hash. */
  links: Int32Array;
  rows: Float64Array;
  hashes: Int32Array;
};

export function newRowHashes(window: number): RowHashes {
  let buckets = window === 0 ? 0 : 16;
  while (buckets < 2 * window) buckets *= 2;
  return { heads: new Int32Array(buckets), links: new Int32Array(window), rows: new Float64Array(window).fill(-1), hashes: new Int32Array(2 * window) };
}

/** The last row of the window with the same hash, NaN where there is none; the row itself is remembered. */
export function findRow({ heads, links, rows, hashes }: RowHashes, row: number, ticks: RawTicks, i: number): number {
  hashRow(ticks, i);
  const window = rows.length,
    first = hash[0],
    second = hash[1],
    bucket = (first ^ second) & (heads.length - 1),
    place = row % window;
  let found = NaN,
    at = heads[bucket] - 1,
    newer = row;
  // A place that was written again since belongs to another chain: its row is not older than the one that led to it.
  while (at >= 0 && rows[at] < newer && rows[at] >= row - window && rows[at] >= 0) {
    if (hashes[2 * at] === first && hashes[2 * at + 1] === second) {
      found = rows[at];
      break;
    }
    newer = rows[at];
    at = links[at] - 1;
  }
  links[place] = heads[bucket];
  heads[bucket] = place + 1;
  rows[place] = row;
  hashes[2 * place] = first;
  hashes[2 * place + 1] = second;
  return found;
}

const doubles = ['sequence', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size'] as const;
const scratch: BigInt64Array = new BigInt64Array(1);
const scratchDouble: Float64Array = new Float64Array(scratch.buffer);
const scratchHalves: Int32Array = new Int32Array(scratch.buffer);
const hash: Int32Array = new Int32Array(2);

/** Hashes the time at the venue (the time where there is none), sequence, id and all values of a row, as two numbers of 32 bits. */
function hashRow(ticks: RawTicks, i: number): void {
  hash[0] = 0x2545f491;
  hash[1] = 0x9e3779b9;
  scratch[0] = (ticks.eventTime ?? ticks.time)[i];
  mix(scratchHalves[0], scratchHalves[1]);
  for (const name of doubles) {
    const column = ticks[name];
    if (column === undefined) continue;
    // Zeros of both signs are one value, and NaN has one bit pattern.
    scratchDouble[0] = column[i] === column[i] ? column[i] + 0 : NaN;
    mix(scratchHalves[0], scratchHalves[1]);
  }
  if (ticks.side !== undefined) mix(ticks.side[i], 0);
  if (ticks.id !== undefined) {
    scratch[0] = BigInt.asIntN(64, ticks.id[i]);
    mix(scratchHalves[0], scratchHalves[1]);
  }
}

/** The finalising steps of MurmurHash3 (A. Appleby, public domain) for each lane, with another order of the two words. */
function mix(low: number, high: number): void {
  hash[0] = stir(stir(hash[0] ^ low) ^ high);
  hash[1] = stir(stir((hash[1] ^ high) + 0x7f4a7c15) ^ low);
}

function stir(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
