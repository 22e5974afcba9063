import { appendEvent, defineEngine, eventCode, eventSchema, positiveNumber, timeHalves, type Engine, type EventTable, type Table } from '@zanzibar/core';
import { dayOfRow, longitudeAt, needEphemeris, planets, wrapDegrees, type Ephemeris, type Planet } from './ephemeris.ts';

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
    const signed = angles.flatMap(angle => (angle === 0 || angle === 180 ? [angle] : [angle, -angle])), first: number[] = [], second: number[] = [], angle: number[] = [], pair: number[] = [];
    let pairCount = 0;
    bodies.forEach((a, i) => bodies.slice(i + 1).forEach(b => {
      signed.forEach(degrees => {
        first.push(planets.indexOf(a));
        second.push(planets.indexOf(b));
        angle.push(degrees);
        pair.push(pairCount);
      });
      pairCount++;
    }));
    return {
      first: Int8Array.from(first), second: Int8Array.from(second), angle: Float64Array.from(angle), pair: Int32Array.from(pair), differences: new Float64Array(pairCount),
      isUsed: Uint8Array.from(planets, planet => (bodies.includes(planet) ? 1 : 0)),
      before: new Float64Array(angle.length).fill(NaN), openId: new Float64Array(angle.length).fill(NaN), longitudes: new Float64Array(planets.length), openCount: 0,
    };
  },

  advance(state, { base, closeTime }, { active, nearest, events, aspects }, from, to, { ephemeris, orb, moonOrb }) {
    const { first, second, angle, pair, differences, isUsed, before, openId, longitudes } = state, halves = timeHalves(closeTime);
    for (let i = from; i < to; i++) {
      const day = dayOfRow(halves, i), row = base + i;
      for (let p = 0; p < planets.length; p++) if (isUsed[p] === 1) longitudes[p] = longitudeAt(ephemeris!, p, day);
      for (let k = 0; k < pair.length; k++) if (k === 0 || pair[k] !== pair[k - 1]) differences[pair[k]] = wrapDegrees(longitudes[first[k]] - longitudes[second[k]]);
      let least = NaN;
      for (let k = 0; k < angle.length; k++) {
        // Angles lie within half a circle, so one turn more or less is all that a wrapped difference needs.
        const apart = differences[pair[k]] - angle[k], distance = apart < -180 ? apart + 360 : apart >= 180 ? apart - 360 : apart, size = Math.abs(distance), wide = first[k] === 1 || second[k] === 1 ? moonOrb : orb, last = before[k];
        before[k] = distance;
        if (!(size >= least)) least = size;
        if (size <= wide && openId[k] !== openId[k]) {
          openId[k] = tell(events, aspects, state, eventCode.aspectOpened, k, row, distance, NaN);
          state.openCount++;
        }
        if (last < 0 !== distance < 0 && Math.abs(last) + size < 180) tell(events, aspects, state, eventCode.aspectExact, k, row, distance, openId[k]);
        if (size > wide && openId[k] === openId[k]) {
          tell(events, aspects, state, eventCode.aspectClosed, k, row, distance, openId[k]);
          openId[k] = NaN;
          state.openCount--;
        }
      }
      active[i] = state.openCount;
      nearest[i] = least;
    }
  },
});

type Pairs = { first: Int8Array; second: Int8Array; angle: Float64Array };

function tell(events: EventTable, aspects: Table<typeof aspectSchema>, { first, second, angle }: Pairs, kind: number, k: number, row: number, distance: number, ref: number): number {
  const id = appendEvent(events, kind, 0, row, row, ref, NaN, NaN, Math.abs(angle[k])), at = aspects.append();
  aspects.row[at] = row;
  aspects.first[at] = first[k];
  aspects.second[at] = second[k];
  aspects.angle[at] = angle[k];
  aspects.distance[at] = distance;
  return id;
}
