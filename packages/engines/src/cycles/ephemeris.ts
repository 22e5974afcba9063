/**
 * Longitudes of the Sun, the Moon and the planets for a span of days, through the optional package astronomy-engine.
 *
 * Definition  apparent geocentric longitude on the true ecliptic of date at 00:00 UTC of every day, with aberration and light time; every day is computed once in a
 *             process, rounded to a millionth of a degree: the package goes through sines of `Math`, whose last bits differ between engines of JavaScript.
 *             Between days Lagrange's polynomial through the six nearest: for the Moon within 0.02 arc minutes of the package itself
 * Units       days since 1970-01-01 and degrees; longitudes are unrolled: they grow past 360
 * Errors      Error with the line that installs the package, where it is missing; RangeError for a span that ends before it begins
 * Source      astronomy-engine 2.1.19 (VSOP87 and NOVAS C 3.1, shortened to 1 arc minute). Where a planet stands is known in advance: no look-ahead
 * Example     await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') })
 */
import { dayOf } from '@zanzibar/core';
import { astronomyEngine, type Astronomy } from './astronomy-package.ts';

export type Planet = 'Sun' | 'Moon' | 'Mercury' | 'Venus' | 'Mars' | 'Jupiter' | 'Saturn' | 'Uranus' | 'Neptune' | 'Pluto';
export const planets: readonly Planet[] = ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune', 'Pluto'];

export interface Ephemeris {
  /** Day of the first longitude, counted from 1970-01-01. */
  readonly firstDay: number;
  /** Days, of which the first two and the last three only lead the polynomial. */
  readonly dayCount: number;
  /** Planet by planet in the order of `planets`, day by day. */
  readonly longitudes: Float64Array;
}

export interface EphemerisSpan {
  readonly from: bigint;
  readonly to: bigint;
}

/** Longitudes of a day, by its number. */
const days: Map<number, Float64Array> = new Map();

export async function planetaryEphemeris({ from, to }: EphemerisSpan): Promise<Ephemeris> {
  if (to < from) throw new RangeError(`planetaryEphemeris: to must not be before from, was ${to} before ${from}`);
  const astronomy = await astronomyEngine(), firstDay = dayOf(from) - 2, dayCount = dayOf(to) + 3 - firstDay + 1, longitudes = new Float64Array(planets.length * dayCount);
  for (let k = 0; k < dayCount; k++) {
    let day = days.get(firstDay + k);
    if (day === undefined) days.set(firstDay + k, (day = longitudesOf(astronomy, firstDay + k)));
    for (let p = 0; p < planets.length; p++) {
      const at = p * dayCount + k;
      // The way from the day before, in less than half a circle: the Moon, the fastest, makes 15 degrees.
      longitudes[at] = k === 0 ? day[p] : longitudes[at - 1] + wrapDegrees(day[p] - longitudes[at - 1]);
    }
  }
  return { firstDay, dayCount, longitudes };
}

/** Days from 1970-01-01 to 2000-01-01 12:00, where the package counts from. */
const epoch = 10_957.5;

function longitudesOf({ Body, Ecliptic, EclipticGeoMoon, GeoVector, MakeTime, SunPosition }: Astronomy, day: number): Float64Array {
  const time = MakeTime(day - epoch);
  const degrees = (planet: Planet): number => (planet === 'Sun' ? SunPosition(time).elon : planet === 'Moon' ? EclipticGeoMoon(time).lon : Ecliptic(GeoVector(Body[planet], time, true)).elon);
  return Float64Array.from(planets, planet => Math.round(degrees(planet) * 1e6) / 1e6);
}

/** An angle as -180 up to 180 degrees. */
export function wrapDegrees(degrees: number): number {
  return degrees - 360 * Math.floor((degrees + 180) / 360);
}

/**
 * The day of an ephemeris that a day and fraction since 1970-01-01 falls on, and into `weights` what each of the six days around counts then, the same for all planets;
 * NaN outside the ephemeris.
 */
export function dayWeights({ firstDay, dayCount }: Ephemeris, day: number, weights: Float64Array): number {
  const offset = day - firstDay, k = Math.floor(offset), x = offset - k;
  if (!(k >= 2 && k + 3 < dayCount)) return NaN;
  const a = x + 2, b = x + 1, c = x - 1, d = x - 2, e = x - 3, ab = a * b, de = d * e, xc = x * c;
  weights[0] = (-b * xc * de) / 120;
  weights[1] = (a * xc * de) / 24;
  weights[2] = (-ab * c * de) / 12;
  weights[3] = (ab * x * de) / 12;
  weights[4] = (-ab * xc * e) / 24;
  weights[5] = (ab * xc * d) / 120;
  return k;
}

/** Unrolled longitude of a planet (its place in `planets`) by what `dayWeights` gave. */
export function weightedLongitude({ dayCount, longitudes }: Ephemeris, planet: number, k: number, weights: Float64Array): number {
  if (k !== k) return NaN;
  const at = planet * dayCount + k;
  return longitudes[at - 2] * weights[0] + longitudes[at - 1] * weights[1] + longitudes[at] * weights[2] + longitudes[at + 1] * weights[3] + longitudes[at + 2] * weights[4] + longitudes[at + 3] * weights[5];
}

/** Unrolled longitude of a planet (its place in `planets`) at a day and fraction since 1970-01-01; NaN outside the ephemeris. */
export function longitudeAt(input: Ephemeris, planet: number, day: number): number {
  return weightedLongitude(input, planet, dayWeights(input, day, ownWeights), ownWeights);
}

const ownWeights: Float64Array = new Float64Array(6);

/** Degrees a day, over a minute to either side. */
export function speedAt(ephemeris: Ephemeris, planet: number, day: number): number {
  const minute = 1 / 1440;
  return (longitudeAt(ephemeris, planet, day + minute) - longitudeAt(ephemeris, planet, day - minute)) / (2 * minute);
}

/** Days at which `angle` (a continuous function of the day but for its wrap at 180) passes 0: daily brackets, then bisection to a second. */
export function zeroDays(ephemeris: Ephemeris, angle: (day: number) => number): Float64Array {
  const found: number[] = [], last = ephemeris.firstDay + ephemeris.dayCount - 4;
  for (let day = ephemeris.firstDay + 2; day < last; day++) {
    let low = day, high = day + 1;
    const before = angle(low), after = angle(high);
    if (!(before < 0 !== after < 0 && Math.abs(before) + Math.abs(after) < 180)) continue;
    while (high - low > 1 / 86_400) {
      const middle = (low + high) / 2;
      if (angle(middle) < 0 === before < 0) low = middle;
      else high = middle;
    }
    found.push((low + high) / 2);
  }
  return Float64Array.from(found);
}

/** Days at which `first` is `angle` degrees ahead of `second`. */
export function aspectDays(ephemeris: Ephemeris, first: Planet, second: Planet, angle: number): Float64Array {
  const a = planets.indexOf(first), b = planets.indexOf(second);
  return zeroDays(ephemeris, day => wrapDegrees(longitudeAt(ephemeris, a, day) - longitudeAt(ephemeris, b, day) - angle));
}

/** Days at which a body passes a longitude: the Sun at 0, 90, 180 and 270 degrees makes the equinoxes and solstices. */
export function longitudeDays(ephemeris: Ephemeris, planet: Planet, degrees: number): Float64Array {
  const index = planets.indexOf(planet);
  return zeroDays(ephemeris, day => wrapDegrees(longitudeAt(ephemeris, index, day) - degrees));
}

/** Days at which a planet turns, retrograde or direct. */
export function stationDays(ephemeris: Ephemeris, planet: Planet): Float64Array {
  const index = planets.indexOf(planet), last = ephemeris.firstDay + ephemeris.dayCount - 4;
  // A minute past the edge there is no longitude to take the speed from.
  return zeroDays(ephemeris, day => speedAt(ephemeris, index, Math.min(Math.max(day, ephemeris.firstDay + 2 + 1 / 1440), last - 1 / 1440)));
}

/** Days since 1970-01-01 of row i of a time column, by the halves of its numbers. */
export function dayOfRow(halves: Int32Array, i: number): number {
  return (halves[2 * i + 1] * 4_294_967_296 + (halves[2 * i] >>> 0)) / 86_400_000_000_000;
}

/** What engines check of their option. */
export function needEphemeris(engine: string, ephemeris: Ephemeris | null): Ephemeris {
  if (ephemeris === null) throw new TypeError(`${engine}: ephemeris is missing, planetaryEphemeris makes one`);
  return ephemeris;
}
