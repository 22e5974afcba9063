/** A ring of the zones that an engine follows, and what a bar does to them. */
import { appendEvent, eventCode, type EventTable } from '@zanzibar/core';

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
  /** Where the next thing happens to a zone, out of reach on its other side. */
  nextBelow: Float64Array;
  nextAbove: Float64Array;
  /** The last row on which it can still be told of. */
  lastRow: Float64Array;
};

export function newZones(cap: number): Zones {
  return {
    oldest: 0, below: -Infinity, above: Infinity, due: Infinity,
    id: new Float64Array(cap), side: new Int8Array(cap), stage: new Uint8Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap),
    nextBelow: new Float64Array(cap).fill(-Infinity), nextAbove: new Float64Array(cap).fill(Infinity), lastRow: new Float64Array(cap).fill(Infinity),
  };
}

/** Takes a zone in, in the place of the oldest, which is `expired` if it still stood, and returns that place. Its life begins with the next bar. */
export function openZone(events: EventTable, zones: Zones, side: number, lower: number, upper: number, row: number, maximumAge: number): number {
  const z = zones.oldest;
  if (zones.side[z] !== 0) tellZone(events, zones, eventCode.expired, z, row);
  zones.oldest = z + 1 === zones.side.length ? 0 : z + 1;
  zones.side[z] = side;
  zones.stage[z] = 0;
  zones.lower[z] = lower;
  zones.upper[z] = upper;
  zones.nextBelow[z] = side > 0 ? upper : -Infinity;
  zones.nextAbove[z] = side > 0 ? Infinity : lower;
  zones.lastRow[z] = row + maximumAge;
  // Bounds that the one before set stay: they cost a look in vain, which sets them anew.
  zones.below = Math.max(zones.below, zones.nextBelow[z]);
  zones.above = Math.min(zones.above, zones.nextAbove[z]);
  zones.due = Math.min(zones.due, zones.lastRow[z]);
  return z;
}

/**
 * What a bar does to the zones, the oldest first: `expired` past its age, `touched` at the near edge, `midTouched` at the middle, `violated`, which ends it,
 * when `floor` (its close or its low; `ceiling` from below) is beyond the far edge, with the figure of `values` for that zone.
 */
export function followZones(events: EventTable, zones: Zones, high: number, low: number, floor: number, ceiling: number, row: number, values?: Uint8Array): void {
  const { nextBelow, nextAbove, lastRow, oldest } = zones, cap = lastRow.length, isLow = low <= zones.below, isHigh = high >= zones.above, isDue = row > zones.due;
  let below = -Infinity, above = Infinity, due = Infinity;
  for (let k = 0, z = oldest; k < cap; k++, z = z + 1 === cap ? 0 : z + 1) {
    // As a rule one side is looked at: whether a zone's bound is the nearest is as good as random, and such a branch costs more than all else here.
    if ((isLow && low <= nextBelow[z]) || (isHigh && high >= nextAbove[z]) || (isDue && row > lastRow[z])) reach(events, zones, z, high, low, floor, ceiling, row, values);
    if (isLow && nextBelow[z] > below) below = nextBelow[z];
    if (isHigh && nextAbove[z] < above) above = nextAbove[z];
    if (isDue && lastRow[z] < due) due = lastRow[z];
  }
  if (isLow) zones.below = below;
  if (isHigh) zones.above = above;
  if (isDue) zones.due = due;
}

function reach(events: EventTable, zones: Zones, z: number, high: number, low: number, floor: number, ceiling: number, row: number, values: Uint8Array | undefined): void {
  const { side, stage, nextBelow, nextAbove, lastRow } = zones, isUp = side[z] > 0, lower = zones.lower[z], upper = zones.upper[z], middle = (lower + upper) / 2;
  const isExpired = row > lastRow[z], isMiddle = isUp ? low <= middle : high >= middle;
  if (isExpired) tellZone(events, zones, eventCode.expired, z, row);
  else {
    if (stage[z] === 0) tellZone(events, zones, eventCode.touched, z, row);
    if (isMiddle && stage[z] < 2) tellZone(events, zones, eventCode.midTouched, z, row);
    stage[z] = isMiddle || stage[z] === 2 ? 2 : 1;
  }
  const isViolated = !isExpired && (isUp ? floor < lower : ceiling > upper), isOver = isExpired || isViolated;
  if (isViolated) tellZone(events, zones, eventCode.violated, z, row, values?.[z]);
  if (isOver) {
    side[z] = 0;
    lastRow[z] = Infinity;
  }
  nextBelow[z] = isOver || !isUp ? -Infinity : stage[z] === 1 ? middle : lower;
  nextAbove[z] = isOver || isUp ? Infinity : stage[z] === 1 ? middle : upper;
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
