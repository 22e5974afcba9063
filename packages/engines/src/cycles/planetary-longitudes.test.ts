/** Oracle: published instants (packages/engines/test/papers/planets.ts). */
import { expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsFrom, randomDays } from '../../test/days.ts';
import { seasons } from '../../test/papers/planets.ts';
import { planetaryEphemeris, wrapDegrees } from './ephemeris.ts';
import { planetaryLongitudes } from './planetary-longitudes.ts';

const ephemeris = await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') });

engineLaws(test, planetaryLongitudes, { options: () => ({ ephemeris }), data: (random, rows) => randomDays(parseTime('2024-01-02'), random, rows, 30), runs: 15 });

test('at the equinoxes and solstices of the US Naval Observatory the Sun stands at quarters of the circle', () => {
  const { sun, moon, pluto } = planetaryLongitudes({ closeTime: BigInt64Array.from(seasons, ([, time]) => parseTime(time)) }, { ephemeris });
  seasons.forEach(([degrees], k) => expect(Math.abs(wrapDegrees(sun[k] - degrees))).toBeLessThan(2 / 1440));
  expect([...moon, ...pluto].every(longitude => longitude >= 0 && longitude < 360)).toBe(true);
});

test('outside the ephemeris there is NaN; without one it refuses by name', () => {
  expect(planetaryLongitudes(barsFrom(parseTime('2025-06-01'), 1, 1), { ephemeris }).sun[0]).toBeNaN();
  expect(() => planetaryLongitudes(barsFrom(0n, 1, 1))).toThrow(new TypeError('planetaryLongitudes: ephemeris is missing, planetaryEphemeris makes one'));
});
