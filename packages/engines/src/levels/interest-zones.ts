/** The zones behind points of interest, and the points: which zones merge, what they weigh, and when a point is over. */
import { appendEvent, eventCode, type EventTable } from '@zanzibar/core';

/** Fields of the engine's state: rings of zones and places of points, the half below `cap` for support, the other for resistance. */
export interface InterestState {
  oldest: Int32Array;
  /** Of zones: 1 + place of the point, 0 is free; table and key that life-cycle events name; what it weighs. */
  point: Int32Array;
  table: Uint8Array;
  key: Float64Array;
  weight: Float64Array;
  /** Of points: how many zones, 0 is free; the span is NaN then. */
  count: Int32Array;
  /** The span while it is untouched, NaN after. */
  freshLower: Float64Array;
  freshUpper: Float64Array;
  id: Float64Array;
  kind: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  score: Float64Array;
}

export function newInterest(cap: number): { [F in keyof InterestState]: InterestState[F] } {
  const size = 2 * cap, column = (): Float64Array => new Float64Array(size);
  return {
    oldest: Int32Array.of(0, cap), point: new Int32Array(size), table: new Uint8Array(size), key: column(), weight: column(),
    count: new Int32Array(size), id: column(), kind: column(), score: column(),
    freshLower: column().fill(NaN), freshUpper: column().fill(NaN), lower: column().fill(NaN), upper: column().fill(NaN),
  };
}

export function sideOf(state: InterestState, place: number): number {
  return place < state.count.length / 2 ? 1 : -1;
}

/** The zone of a table that a life-cycle event names; -1 is none. */
export function findZone({ point, table, key }: InterestState, of: number, name: number): number {
  for (let z = 0; z < key.length; z++) if (key[z] === name && point[z] > 0 && table[z] === of) return z;
  return -1;
}

/** Takes a zone in, in the place of the oldest of its side, and merges it with a point or begins one. */
export function openZone(
  events: EventTable, state: InterestState, side: number, of: number, name: number, kind: number, lower: number, upper: number, weight: number, row: number, overlap: number, tolerance: number,
): void {
  const { oldest, count } = state, ring = side > 0 ? 0 : 1, cap = count.length / 2, z = oldest[ring];
  if (state.point[z] > 0) closeZone(events, state, z, row);
  oldest[ring] = z + 1 === (ring + 1) * cap ? ring * cap : z + 1;
  let p = partner(state, ring, lower, upper, overlap, tolerance);
  const isNew = p < 0;
  if (isNew) {
    p = ring * cap;
    while (count[p] > 0) p++;
    state.lower[p] = state.freshLower[p] = lower;
    state.upper[p] = state.freshUpper[p] = upper;
    state.kind[p] = kind;
    state.id[p] = NaN;
  }
  state.lower[p] = Math.min(state.lower[p], lower);
  state.upper[p] = Math.max(state.upper[p], upper);
  if (state.freshLower[p] === state.freshLower[p]) {
    state.freshLower[p] = state.lower[p];
    state.freshUpper[p] = state.upper[p];
  }
  count[p]++;
  state.point[z] = p + 1;
  state.table[z] = of;
  state.key[z] = name;
  state.weight[z] = weight;
  weigh(state, p);
  const id = tellPoint(events, state, isNew ? eventCode.pointOfInterest : eventCode.joined, p, row);
  if (isNew) state.id[p] = id;
}

/** A zone is over; with its last zone the point is. */
export function closeZone(events: EventTable, state: InterestState, z: number, row: number): void {
  const p = state.point[z] - 1;
  state.point[z] = 0;
  state.count[p]--;
  weigh(state, p);
  if (state.count[p] > 0) return;
  tellPoint(events, state, eventCode.expired, p, row);
  state.lower[p] = state.upper[p] = state.freshLower[p] = state.freshUpper[p] = NaN;
}

export function weigh({ point, weight, score }: InterestState, p: number): void {
  const cap = point.length / 2, from = p < cap ? 0 : cap;
  let sum = 0;
  for (let z = from; z < from + cap; z++) if (point[z] === p + 1) sum += weight[z];
  score[p] = sum;
}

export function tellPoint(events: EventTable, state: InterestState, kind: number, p: number, row: number): number {
  return appendEvent(events, kind, sideOf(state, p), row, row, state.id[p], state.lower[p], state.upper[p], state.score[p]);
}

/** The point that a zone merges with: the largest overlap, then the smallest distance, then the oldest; -1 is none. */
function partner({ count, lower, upper, id }: InterestState, ring: number, low: number, high: number, overlap: number, tolerance: number): number {
  const cap = count.length / 2;
  let found = -1, best = -Infinity;
  for (let p = ring * cap; p < (ring + 1) * cap; p++) {
    if (count[p] === 0) continue;
    const common = Math.min(high, upper[p]) - Math.max(low, lower[p]), union = Math.max(high, upper[p]) - Math.min(low, lower[p]);
    // Zones that share a stretch compare by it; levels and zones apart by what lies between.
    const rank = common > 0 ? (common / union >= overlap ? common / union : NaN) : -common <= tolerance ? common : NaN;
    if (rank > best || (rank === best && id[p] < id[found])) {
      best = rank;
      found = p;
    }
  }
  return found;
}
