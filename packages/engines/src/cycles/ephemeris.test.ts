/** Oracles: published instants and positions (packages/engines/test/papers/planets.ts) of the US Naval Observatory and JPL Horizons. */
import { expect, test } from 'vitest';
import * as astronomy from 'astronomy-engine';
import { parseTime } from '@zanzibar/core';
import { greatConjunction, mercuryStations, moonQuarters, positions, seasons } from '../../test/papers/planets.ts';
import { aspectDays, longitudeAt, longitudeDays, planetaryEphemeris, planets, stationDays, wrapDegrees, type Planet } from './ephemeris.ts';

const day = (time: string): number => Number(parseTime(time) / 1_000_000n) / 86_400_000, around = (time: string, days: number): { from: bigint; to: bigint } => {
  const middle = parseTime(time), reach = BigInt(days) * 86_400_000_000_000n;
  return { from: middle - reach, to: middle + reach };
};
const year = await planetaryEphemeris({ from: parseTime('2023-11-25'), to: parseTime('2025-01-05') }), minutes = 1 / 1440;

test('moon phases are those of the US Naval Observatory within two minutes', async () => {
  for (const [quarter, time] of moonQuarters) {
    const days = aspectDays(await planetaryEphemeris(around(time, 3)), 'Moon', 'Sun', 90 * quarter);
    expect([time, days.length, Math.abs(days[0] - day(time)) < 2 * minutes]).toEqual([time, 1, true]);
  }
});

test('equinoxes and solstices are those of the US Naval Observatory within two minutes', () => {
  for (const [degrees, time] of seasons) {
    const days = longitudeDays(year, 'Sun', degrees);
    expect([time, days.some(found => Math.abs(found - day(time)) < 2 * minutes)]).toEqual([time, true]);
  }
});

test.each(Object.entries(positions))('%s stands where JPL Horizons sees it, within an arc minute', async (planet, rows) => {
  const radians = Math.PI / 180, tilt = 23.4392911 * radians, at = await planetaryEphemeris({ from: parseTime(rows[0][0]), to: parseTime(rows[rows.length - 1][0]) });
  for (const [date, rightAscension, declination] of rows) {
    const a = rightAscension * radians, d = declination * radians, longitude = Math.atan2(Math.sin(a) * Math.cos(tilt) + Math.tan(d) * Math.sin(tilt), Math.cos(a)) / radians;
    // To the equinox of date: precession of 50.29 arc seconds a year since J2000.
    const precession = (50.2882 / 3600) * ((day(date) - 10_957.5) / 365.25);
    expect([date, Math.abs(wrapDegrees(longitudeAt(at, planets.indexOf(planet as Planet), day(date)) - longitude - precession)) < 1 / 60]).toEqual([date, true]);
  }
});

test('Mercury turns on the published days, Jupiter and Saturn meet at the published minute', async () => {
  expect([...stationDays(year, 'Mercury')].map(at => new Date(at * 86_400_000).toISOString().slice(0, 10)).filter(date => date.startsWith('2024'))).toEqual(mercuryStations);
  const meeting = aspectDays(await planetaryEphemeris(around(greatConjunction, 10)), 'Jupiter', 'Saturn', 0);
  expect([meeting.length, Math.abs(meeting[0] - day(greatConjunction)) < 20 * minutes]).toEqual([1, true]);
});

test('between days the polynomial equals astronomy-engine within 0.02 arc minutes, for every body', () => {
  const { Body, Ecliptic, EclipticGeoMoon, GeoVector, MakeTime, SunPosition } = astronomy;
  const exact = (planet: Planet, at: number): number => {
    const time = MakeTime(at - 10_957.5);
    return planet === 'Sun' ? SunPosition(time).elon : planet === 'Moon' ? EclipticGeoMoon(time).lon : Ecliptic(GeoVector(Body[planet], time, true)).elon;
  };
  planets.forEach((planet, p) => {
    for (let at = day('2024-01-01') + 0.17; at < day('2024-12-30'); at += 7.31) expect([planet, Math.abs(wrapDegrees(longitudeAt(year, p, at) - exact(planet, at))) < 0.02 / 60]).toEqual([planet, true]);
  });
});

test('outside the span there is nothing; a span that ends before it begins is refused', async () => {
  expect([longitudeAt(year, 0, day('2023-11-24')), longitudeAt(year, 0, day('2025-01-07'))]).toEqual([NaN, NaN]);
  await expect(planetaryEphemeris({ from: 1n, to: 0n })).rejects.toThrow(new RangeError('planetaryEphemeris: to must not be before from, was 0 before 1'));
});
