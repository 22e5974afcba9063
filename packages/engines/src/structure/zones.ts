/** A ring of the zones that an engine follows, and what a bar does to them. */
import { appendEvent, eventCode, type EventTable } from '@zanzibar/core';

/** Fields of an engine's state. `oldest` is the place that the next zone takes; side 0 is free, +1 is entered from above, -1 from below. */
export type Zones = {
  oldest: number;
  /** A low at or under `below` or a high at or over `above` may change something; so may a row from `due` on. */
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
};

export function newZones(cap: number): Zones {
  return {
    oldest: 0, below: -Infinity, above: Infinity, due: Infinity,
    id: new Float64Array(cap), side: new Int8Array(cap), stage: new Uint8Array(cap), lower: new Float64Array(cap), upper: new Float64Array(cap), lastRow: new Float64Array(cap),
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
  zones.lastRow[z] = row + maximumAge;
  // Bounds that the one before set stay: they cost a look in vain, which sets them anew.
  if (side > 0) zones.below = Math.max(zones.below, upper);
  else zones.above = Math.min(zones.above, lower);
  zones.due = Math.min(zones.due, zones.lastRow[z]);
  return z;
}

/**
 * What a bar does to the zones, the oldest first: `expired` past its age, `touched` at the near edge, `midTouched` at the middle, `violated`, which ends it,
 * when `floor` (its close or its low; `ceiling` from below) is beyond the far edge, with the figure of `values` for that zone.
 */
export function followZones(events: EventTable, zones: Zones, high: number, low: number, floor: number, ceiling: number, row: number, values?: Uint8Array): void {
  const { side, stage, lower, upper, lastRow, oldest } = zones, cap = side.length;
  let below = -Infinity, above = Infinity, due = Infinity;
  for (let k = 0, z = oldest; k < cap; k++, z = z + 1 === cap ? 0 : z + 1) {
    if (side[z] === 0) continue;
    if (row > lastRow[z]) {
      tellZone(events, zones, eventCode.expired, z, row);
      side[z] = 0;
      continue;
    }
    const isUp = side[z] > 0, bottom = lower[z], top = upper[z], middle = (bottom + top) / 2;
    if (isUp ? low <= top : high >= bottom) {
      if (stage[z] === 0) tellZone(events, zones, eventCode.touched, z, row);
      const isMiddle = isUp ? low <= middle : high >= middle;
      if (isMiddle && stage[z] < 2) tellZone(events, zones, eventCode.midTouched, z, row);
      stage[z] = isMiddle || stage[z] === 2 ? 2 : 1;
      if (isUp ? floor < bottom : ceiling > top) {
        tellZone(events, zones, eventCode.violated, z, row, values?.[z]);
        side[z] = 0;
        continue;
      }
    }
    // Where the next thing happens to it: most bars reach no zone, and three compares tell.
    if (isUp) below = Math.max(below, stage[z] === 0 ? top : stage[z] === 1 ? middle : bottom);
    else above = Math.min(above, stage[z] === 0 ? bottom : stage[z] === 1 ? middle : top);
    due = Math.min(due, lastRow[z]);
  }
  zones.below = below;
  zones.above = above;
  zones.due = due;
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
