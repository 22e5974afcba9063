/** The zones behind points of interest, and the points: which zones merge, what they weigh, and when a point is over. */
import { appendEvent, eventCode, type EventTable } from '@zanzibar/core';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from '../structure/ladder.ts';
import { insertSpan, partner, removeSpan, type InterestSpans } from './interest-spans.ts';

/** Fields of the engine's state: rings of zones and places of points, the half below `cap` for support, the other for resistance. Lists name 1 + a zone, 0 ends them. */
export interface InterestState extends InterestSpans {
  oldest: Int32Array;
  /** Of zones: 1 + place of the point, 0 is free; table and key that life-cycle events name; the span that came; what it weighs; the point's next zone; the next of the same hash. */
  point: Int32Array;
  table: Uint8Array;
  key: Float64Array;
  zoneLower: Float64Array;
  zoneUpper: Float64Array;
  weight: Float64Array;
  next: Int32Array;
  chain: Int32Array;
  /** First zone of each hash of table and key. */
  buckets: Int32Array;
  /** Of points: first zone, the others follow by place; no place of a side below the one here is free. */
  first: Int32Array;
  free: Int32Array;
  /** Of points: 1 while the point is untouched and looked for under the price, -1 above it, 0 after; where a bar may touch one, and those that a bar may. */
  fresh: Int8Array;
  ladder: Float64Array;
  hits: Int32Array;
  /** A bar above the one and below the other touches no point; where what set them is over, a look in vain sets them anew. */
  freshBelow: number;
  freshAbove: number;
  score: Float64Array;
}

export function newInterest(cap: number): { [F in keyof InterestState]: InterestState[F] } {
  const size = 2 * cap, column = (): Float64Array => new Float64Array(size), places = (): Int32Array => new Int32Array(size);
  return {
    oldest: Int32Array.of(0, cap), point: places(), table: new Uint8Array(size), key: column(), zoneLower: column(), zoneUpper: column(), weight: column(), next: places(), chain: places(),
    buckets: new Int32Array(2 << (31 - Math.clz32(size))), first: places(), free: Int32Array.of(0, cap), id: column(), kind: column(), score: column(),
    fresh: new Int8Array(size), ladder: newLadder(size), hits: places(), freshBelow: -Infinity, freshAbove: Infinity, lower: column().fill(NaN), upper: column().fill(NaN),
    sortedCount: new Int32Array(2), cursor: new Int32Array(2), sorted: new Float64Array(4 * size),
  };
}

/** Where the zones that share a hash begin: the upper bits of a product by an odd number near 2^32 over the golden ratio. */
function bucketOf(buckets: Int32Array, of: number, name: number): number {
  return Math.imul(name * 8 + of, 0x9e3779b1) >>> (Math.clz32(buckets.length) + 1);
}

/** The zone of a table that a life-cycle event names; -1 is none. */
export function findZone({ buckets, chain, table, key }: InterestState, of: number, name: number): number {
  let z = buckets[bucketOf(buckets, of, name)] - 1;
  while (z >= 0 && (key[z] !== name || table[z] !== of)) z = chain[z] - 1;
  return z;
}

/** The place that the next zone of a side takes, that of the oldest, which ends if it stood. */
export function nextZone(events: EventTable, state: InterestState, ring: number, row: number): number {
  const { oldest, point } = state, cap = point.length >> 1, z = oldest[ring];
  if (point[z] > 0) closeZone(events, state, z, row);
  oldest[ring] = z + 1 === (ring + 1) * cap ? ring * cap : z + 1;
  return z;
}

/** Takes a zone in whose table, key, span and weight stand in their place, and merges it with a point or begins one. */
export function openZone(events: EventTable, state: InterestState, z: number, kind: number, row: number, overlap: number, tolerance: number): void {
  const { first, next, chain, buckets, fresh } = state, cap = first.length >> 1, ring = z < cap ? 0 : 1, lower = state.zoneLower[z], upper = state.zoneUpper[z];
  const found = partner(state, ring, lower, upper, overlap, tolerance), isNew = found < 0, p = isNew ? freePlace(state, ring) : found;
  if (isNew) {
    state.lower[p] = lower;
    state.upper[p] = upper;
    state.kind[p] = kind;
    state.id[p] = NaN;
    insertSpan(state, p);
    // As a rule price is on this side of the span; where it is not this costs a look in vain.
    awaitTouch(state, p, ring === 0 ? 1 : -1);
  } else if (lower < state.lower[p] || upper > state.upper[p]) {
    removeSpan(state, p);
    state.lower[p] = Math.min(state.lower[p], lower);
    state.upper[p] = Math.max(state.upper[p], upper);
    insertSpan(state, p);
    awaitTouch(state, p, fresh[p]);
  }
  const bucket = bucketOf(buckets, state.table[z], state.key[z]);
  chain[z] = buckets[bucket];
  buckets[bucket] = z + 1;
  state.point[z] = p + 1;
  // By place: sums of weights round alike whatever the order in which zones came and went.
  if (first[p] === 0 || first[p] > z) {
    next[z] = first[p];
    first[p] = z + 1;
  } else {
    let before = first[p] - 1;
    while (next[before] !== 0 && next[before] <= z) before = next[before] - 1;
    next[z] = next[before];
    next[before] = z + 1;
  }
  weigh(state, p);
  const id = tellPoint(events, state, isNew ? eventCode.pointOfInterest : eventCode.joined, p, row);
  if (isNew) state.id[p] = id;
}

function freePlace({ first, free }: InterestState, ring: number): number {
  let p = free[ring];
  while (first[p] > 0) p++;
  free[ring] = p + 1;
  return p;
}

/** A zone is over; with its last zone the point is. */
export function closeZone(events: EventTable, state: InterestState, z: number, row: number): void {
  const { first, next, chain, buckets, free } = state, p = state.point[z] - 1, bucket = bucketOf(buckets, state.table[z], state.key[z]), ring = z < first.length >> 1 ? 0 : 1;
  if (buckets[bucket] === z + 1) buckets[bucket] = chain[z];
  else unlink(chain, buckets[bucket] - 1, z);
  if (first[p] === z + 1) first[p] = next[z];
  else unlink(next, first[p] - 1, z);
  state.point[z] = 0;
  weigh(state, p);
  if (first[p] > 0) return;
  tellPoint(events, state, eventCode.expired, p, row);
  removeSpan(state, p);
  awaitTouch(state, p, 0);
  state.lower[p] = state.upper[p] = NaN;
  if (p < free[ring]) free[ring] = p;
}

function unlink(following: Int32Array, from: number, z: number): void {
  let before = from;
  while (following[before] !== z + 1) before = following[before] - 1;
  following[before] = following[z];
}

export function weigh({ first, next, weight, score }: InterestState, p: number): void {
  let sum = 0;
  for (let z = first[p] - 1; z >= 0; z = next[z] - 1) sum += weight[z];
  score[p] = sum;
}

/** Looks for the first touch of a point under the price (1), above it (-1), or no more (0). */
function awaitTouch(state: InterestState, p: number, side: number): void {
  const { fresh, ladder } = state;
  if (fresh[p] !== 0) removeRung(ladder, fresh[p] > 0 ? 0 : 1, p);
  fresh[p] = side;
  if (side === 0) return;
  if (side > 0) {
    insertRung(ladder, 0, state.upper[p], p);
    if (state.upper[p] > state.freshBelow) state.freshBelow = state.upper[p];
  } else {
    insertRung(ladder, 1, -state.lower[p], p);
    if (state.lower[p] < state.freshAbove) state.freshAbove = state.lower[p];
  }
}

/** What a bar touches for the first time; a point that it is beyond without a touch is looked for on the other side from then on. */
export function touchPoints(events: EventTable, state: InterestState, high: number, low: number, row: number): void {
  const { fresh, ladder, hits } = state, reached = takeRungs(ladder, 0, low, false, hits, 0), count = takeRungs(ladder, 1, -high, false, hits, reached);
  sortByAge(hits, count, 0);
  for (let k = 0; k < count; k++) {
    const p = hits[k], side = fresh[p], isTouched = high >= state.lower[p] && low <= state.upper[p];
    fresh[p] = 0;
    if (isTouched) tellPoint(events, state, eventCode.touched, p, row);
    if (!isTouched) awaitTouch(state, p, 0 - side);
  }
  state.freshBelow = nearestRung(ladder, 0);
  state.freshAbove = -nearestRung(ladder, 1);
}

export function tellPoint(events: EventTable, { lower, upper, id, score }: InterestState, kind: number, p: number, row: number): number {
  return appendEvent(events, kind, p < lower.length >> 1 ? 1 : -1, row, row, id[p], lower[p], upper[p], score[p]);
}
