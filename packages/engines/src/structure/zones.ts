/** A ring of the zones that an engine follows, and what a bar does to them. */
import { appendEvent, eventCode, type EventTable } from '@zanzibar/core';
import { insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from './ladder.ts';

/** Fields of an engine's state. `oldest` is the place that the next zone takes; side 0 is free, +1 is entered from above, -1 from below. */
export type Zones = {
  oldest: number;
  /** A low at or under `below` or a high at or over `above` may change something; so may a row after `due`. */
  below: number;
  above: number;
  due: number;
  id: Float64Array;
  side: Int8Array;
  /** 0 fresh, 1 touched, 2 touched to the middle. */
  stage: Uint8Array;
  lower: Float64Array;
  upper: Float64Array;
  /** The last row on which it can still be told of. */
  lastRow: Float64Array;
  /** Where the next thing happens to each zone, and the zones to which something happens at a row. */
  ladder: Float64Array;
  hits: Int32Array;
};

/** To be spread last in a state: on Node 20 an object that begins with a spread gets a shape of its own each time, and the compiled kernel is thrown away for it. */
export function newZones(cap: number): Zones {
  return {
    oldest: 0, below: -Infinity, above: Infinity, due: Infinity,
    id: new Float64Array(cap), side: new Int8Array(cap), stage: new Uint8Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap),
    lastRow: new Float64Array(cap).fill(Infinity), ladder: newLadder(cap), hits: new Int32Array(cap),
  };
}

/** Takes a zone in, in the place of the oldest, which is `expired` if it still stood, and returns that place. Its life begins with the next bar. */
export function openZone(events: EventTable, zones: Zones, side: number, lower: number, upper: number, row: number, maximumAge: number): number {
  const z = zones.oldest;
  if (zones.side[z] !== 0) {
    tellZone(events, zones, eventCode.expired, z, row);
    removeRung(zones.ladder, zones.side[z] > 0 ? 0 : 1, z);
  }
  zones.oldest = z + 1 === zones.side.length ? 0 : z + 1;
  zones.side[z] = side;
  zones.stage[z] = 0;
  zones.lower[z] = lower;
  zones.upper[z] = upper;
  zones.lastRow[z] = row + maximumAge;
  awaitPrice(zones, z, side > 0 ? upper : lower);
  if (zones.lastRow[z] < zones.due) zones.due = zones.lastRow[z];
  return z;
}

/** The next thing happens to a zone when a bar reaches this price. */
function awaitPrice(zones: Zones, z: number, price: number): void {
  const { ladder } = zones;
  if (zones.side[z] > 0) {
    insertRung(ladder, 0, price, z);
    zones.below = nearestRung(ladder, 0);
  } else {
    insertRung(ladder, 1, -price, z);
    zones.above = -nearestRung(ladder, 1);
  }
}

/**
 * What a bar does to the zones, the oldest first: `expired` past its age, `touched` at the near edge, `midTouched` at the middle, `violated`, which ends it,
 * when `floor` (its close or its low; `ceiling` from below) is beyond the far edge, with the figure of `values` for that zone.
 */
export function followZones(events: EventTable, zones: Zones, high: number, low: number, floor: number, ceiling: number, row: number, values?: Uint8Array): void {
  const { ladder, hits, side, stage, lastRow } = zones;
  let count = low <= zones.below ? takeRungs(ladder, 0, low, false, hits, 0) : 0;
  if (high >= zones.above) count = takeRungs(ladder, 1, -high, false, hits, count);
  if (row > zones.due) count = takeDue(zones, count, row);
  sortByAge(hits, count, zones.oldest);
  zones.below = nearestRung(ladder, 0);
  zones.above = -nearestRung(ladder, 1);
  for (let k = 0; k < count; k++) {
    const z = hits[k], isUp = side[z] > 0, lower = zones.lower[z], upper = zones.upper[z], middle = (lower + upper) / 2;
    const isExpired = row > lastRow[z], isMiddle = isUp ? low <= middle : high >= middle;
    if (isExpired) tellZone(events, zones, eventCode.expired, z, row);
    else {
      if (stage[z] === 0) tellZone(events, zones, eventCode.touched, z, row);
      if (isMiddle && stage[z] < 2) tellZone(events, zones, eventCode.midTouched, z, row);
      stage[z] = isMiddle || stage[z] === 2 ? 2 : 1;
    }
    const isViolated = !isExpired && (isUp ? floor < lower : ceiling > upper);
    if (isViolated) tellZone(events, zones, eventCode.violated, z, row, values === undefined ? NaN : values[z]);
    if (isExpired || isViolated) {
      side[z] = 0;
      lastRow[z] = Infinity;
    } else awaitPrice(zones, z, stage[z] === 1 ? middle : isUp ? lower : upper);
  }
}

/** Appends the zones past their age to those that the bar reaches. */
function takeDue(zones: Zones, reached: number, row: number): number {
  const { ladder, hits, side, lastRow } = zones;
  let count = reached;
  zones.due = Infinity;
  for (let z = 0; z < lastRow.length; z++) {
    if (row > lastRow[z]) {
      let k = 0;
      while (k < reached && hits[k] !== z) k++;
      if (k < reached) continue;
      removeRung(ladder, side[z] > 0 ? 0 : 1, z);
      hits[count++] = z;
    } else if (lastRow[z] < zones.due) zones.due = lastRow[z];
  }
  return count;
}

export function tellZone(events: EventTable, { id, side, lower, upper }: Zones, kind: number, z: number, row: number, value: number = NaN): void {
  appendEvent(events, kind, side[z], row, row, id[z], lower[z], upper[z], value);
}

/** The segment ends at `row`, and with it every zone. */
export function endZones(events: EventTable, zones: Zones, row: number): void {
  const { side, oldest } = zones, cap = side.length;
  for (let k = 0; k < cap; k++) {
    const z = oldest + k < cap ? oldest + k : oldest + k - cap;
    if (side[z] !== 0) tellZone(events, zones, eventCode.segmentEnd, z, row);
  }
}
