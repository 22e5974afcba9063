import { appendEvent, defineEngine, eventCode, eventSchema, positiveNumber, timeHalves, type Engine, type EventTable, type Table } from '@zanzibar/core';
import { dayOfRow, dayWeights, needEphemeris, planets, weightedLongitude, wrapDegrees, type Ephemeris, type Planet } from './ephemeris.ts';

/** What each event is of: row k belongs to the event with id k. */
export const aspectSchema = { row: 'f64', first: 'i8', second: 'i8', angle: 'f64', distance: 'f64' } as const;

/**
 * Planetary aspects: windows in which two bodies stand near 0, 60, 90, 120 or 180 degrees of longitude apart. Timing only, without direction: no evidence is claimed
 * that markets heed them; an information coefficient and a deflated Sharpe ratio are the judges, with the number of angles and orbs that were tried.
 *
 * Definition  for each pair of `bodies` (in the order of the list) and angle, on either side: distance = first - second - angle as -180 to 180 degrees at closeTime.
 *             `aspectOpened` in the first row with |distance| <= orb (moonOrb with the Moon), `aspectExact` in the first row after the distance passed 0, once opened or
 *             not, `aspectClosed` in the first row beyond the orb; ref of the latter two the one that opened it. value is the angle; direction 0. Table
 *             `aspects`: for the event of the same id first and second as places in the register of planets, the signed angle and the distance.
 *             `active` counts open windows, `nearest` is the smallest |distance|. The exact second is for `aspectDays` to tell
 * Units       time in; a count and degrees out     Warm-up  0 rows     Lag  0: known when the bar closes     NaN  outside the ephemeris, where nothing opens or closes
 * Source      the five angles of Ptolemy, Tetrabiblos I.13; longitudes of astronomy-engine 2.1.19
 * Oracle      paper packages/engines/test/papers/planets.ts
 * Oracle      reference packages/engines/test/reference/planetary-aspects.ts
 * Example     Sun and Moon, daily bars of April 2024: aspectExact at angle 0 in the bar that closes on the 9th, after the new moon of the 8th, 18:21 UTC
 */
export interface PlanetaryAspectsOptions {
  /** What `planetaryEphemeris` gave; without one it throws. */
  ephemeris: Ephemeris | null;
  /** Bodies whose pairs count. @defaultValue ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn'] */
  bodies: readonly Planet[];
  /** Degrees, 0 to 180. @defaultValue [0, 60, 90, 120, 180] */
  angles: readonly number[];
  /** Degrees around an angle that make its window. @defaultValue 1 */
  orb: number;
  /** The same for pairs with the Moon. @defaultValue 3 */
  moonOrb: number;
}

export const planetaryAspects: Engine<
  PlanetaryAspectsOptions, { readonly closeTime: 'i64' }, { readonly active: 'i32'; readonly nearest: 'f64' }, { events: typeof eventSchema; aspects: typeof aspectSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'planetaryAspects',
  version: 2,
  input: { closeTime: 'i64' },
  aligned: { active: 'i32', nearest: 'f64' },
  sparse: ['nearest'],
  appended: { events: eventSchema, aspects: aspectSchema },
  kinds: ['aspectOpened', 'aspectExact', 'aspectClosed'],
  defaults: { ephemeris: null, bodies: ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn'], angles: [0, 60, 90, 120, 180], orb: 1, moonOrb: 3 } as PlanetaryAspectsOptions,
  check({ bodies, angles, orb, moonOrb }) {
    for (const body of bodies) if (!planets.includes(body)) throw new RangeError(`planetaryAspects: bodies must be of ${planets.join(', ')}, was ${body}`);
    if (bodies.length < 2) throw new RangeError(`planetaryAspects: bodies must be at least two, was ${bodies.join(', ')}`);
    for (const angle of angles) if (!(angle >= 0 && angle <= 180)) throw new RangeError(`planetaryAspects: angles must be 0 to 180, was ${angle}`);
    positiveNumber('planetaryAspects: orb', orb);
    positiveNumber('planetaryAspects: moonOrb', moonOrb);
  },
  lag: () => 0,
  units: { active: 'count', nearest: 'ratio', value: 'ratio' },
  mirror: { none: 'time only: no price is read' },
  scale: { none: 'time only: no price is read' },
  init({ ephemeris, bodies, angles }) {
    needEphemeris('planetaryAspects', ephemeris);
    // Angles to either side; 0 and 180 are their own mirror.
    const signed = angles.flatMap(angle => (angle === 0 || angle === 180 ? [angle] : [angle, -angle])), first: number[] = [], second: number[] = [];
    bodies.forEach((a, i) => bodies.slice(i + 1).forEach(b => {
      first.push(planets.indexOf(a));
      second.push(planets.indexOf(b));
    }));
    const pairs = first.length, unknown = (): Float64Array => new Float64Array(pairs).fill(NaN);
    return {
      first: Int8Array.from(first), second: Int8Array.from(second), angle: Float64Array.from(signed), used: Int8Array.from(new Set([...first, ...second])),
      longitudes: new Float64Array(planets.length), weights: new Float64Array(6), openId: new Float64Array(pairs * signed.length).fill(NaN), openCount: 0,
      // Of each pair the last difference, the differences between which nothing can happen, and the angles next to them (as places).
      differences: unknown(), low: unknown(), high: unknown(), below: new Int32Array(pairs), above: new Int32Array(pairs),
    };
  },

  advance(state, { base, closeTime }, { active, nearest, events, aspects }, from, to, { ephemeris, orb, moonOrb }) {
    const { first, second, angle, used, longitudes, weights, differences, low, high, below, above } = state, halves = timeHalves(closeTime), moon = planets.indexOf('Moon');
    for (let i = from; i < to; i++) {
      const day = dayWeights(ephemeris!, dayOfRow(halves, i), weights);
      for (let u = 0; u < used.length; u++) longitudes[used[u]] = weightedLongitude(ephemeris!, used[u], day, weights);
      let least = NaN;
      for (let pair = 0; pair < first.length; pair++) {
        const difference = wrapDegrees(longitudes[first[pair]] - longitudes[second[pair]]);
        if (!(difference > low[pair] && difference < high[pair])) {
          const wide = first[pair] === moon || second[pair] === moon ? moonOrb : orb;
          tellChanges(state, events, aspects, pair, base + i, difference, wide);
          findQuiet(state, pair, difference, wide);
        }
        differences[pair] = difference;
        const size = Math.min(Math.abs(distanceFrom(angle[below[pair]], difference)), Math.abs(distanceFrom(angle[above[pair]], difference)));
        if (!(size >= least)) least = size;
      }
      active[i] = state.openCount;
      nearest[i] = least;
    }
  },
});

type Pairs = {
  first: Int8Array; second: Int8Array; angle: Float64Array; openId: Float64Array; openCount: number;
  differences: Float64Array; low: Float64Array; high: Float64Array; below: Int32Array; above: Int32Array;
};

/** Angles lie within half a circle, so one turn more or less is all that a wrapped difference needs. */
function distanceFrom(angle: number, difference: number): number {
  const apart = difference - angle;
  return apart < -180 ? apart + 360 : apart >= 180 ? apart - 360 : apart;
}

/** Windows of one pair that open, are exact or close with this difference. */
function tellChanges(state: Pairs, events: EventTable, aspects: Table<typeof aspectSchema>, pair: number, row: number, difference: number, wide: number): void {
  const { angle, openId, differences } = state, count = angle.length;
  for (let k = 0; k < count; k++) {
    const at = pair * count + k, last = distanceFrom(angle[k], differences[pair]), distance = distanceFrom(angle[k], difference), size = Math.abs(distance);
    if (size <= wide && openId[at] !== openId[at]) {
      openId[at] = tell(events, aspects, state, eventCode.aspectOpened, pair, k, row, distance, NaN);
      state.openCount++;
    }
    if (last < 0 !== distance < 0 && Math.abs(last) + size < 180) tell(events, aspects, state, eventCode.aspectExact, pair, k, row, distance, openId[at]);
    if (size > wide && openId[at] === openId[at]) {
      tell(events, aspects, state, eventCode.aspectClosed, pair, k, row, distance, openId[at]);
      openId[at] = NaN;
      state.openCount--;
    }
  }
}

/** Differences on either side up to which this pair opens, passes and closes nothing, a rounding short of them and never half a circle long; and which angles come next. */
function findQuiet({ angle, low, high, below, above }: Pairs, pair: number, difference: number, wide: number): void {
  let down = Math.min(80, difference + 180), up = Math.min(80, 180 - difference), under = 0, over = 0, underBy = 720, overBy = 720;
  for (let k = 0; k < angle.length; k++) {
    const distance = distanceFrom(angle[k], difference);
    for (let edge = -1; edge <= 1; edge++) {
      const beyond = distance + edge * wide, back = beyond < 0 ? beyond + 360 : beyond;
      down = Math.min(down, back);
      up = Math.min(up, 360 - back);
    }
    // How far the circle goes from the angle up to the difference, and on to the angle.
    const since = distance < 0 ? distance + 360 : distance;
    if (since < underBy) {
      underBy = since;
      under = k;
    }
    if (360 - since < overBy) {
      overBy = 360 - since;
      over = k;
    }
  }
  low[pair] = difference - down + 1e-9;
  high[pair] = difference + up - 1e-9;
  below[pair] = under;
  above[pair] = over;
}

function tell(events: EventTable, aspects: Table<typeof aspectSchema>, { first, second, angle }: Pairs, kind: number, pair: number, k: number, row: number, distance: number, ref: number): number {
  const id = appendEvent(events, kind, 0, row, row, ref, NaN, NaN, Math.abs(angle[k])), at = aspects.append();
  aspects.row[at] = row;
  aspects.first[at] = first[pair];
  aspects.second[at] = second[pair];
  aspects.angle[at] = angle[k];
  aspects.distance[at] = distance;
  return id;
}
