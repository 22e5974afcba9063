/** Oracle: published days (packages/engines/test/papers/planets.ts). */
import { expect, test } from 'vitest';
import { eventKinds, formatTime, parseTime } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsFrom, randomDays } from '../../test/days.ts';
import { mercuryStations } from '../../test/papers/planets.ts';
import { planetaryEphemeris } from './ephemeris.ts';
import { retrogradeWindows } from './retrograde-windows.ts';

const ephemeris = await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') });

engineLaws(test, retrogradeWindows, {
  options: random => ({ ephemeris, planet: (['Mercury', 'Mercury', 'Mercury', 'Jupiter'] as const)[random.integer(0, 3)] }),
  data: (random, rows) => randomDays(parseTime('2024-01-02'), random, rows, 60),
  runs: 30,
});

test('daily bars tell the published turns of Mercury in the bar that closes after them', () => {
  const bars = barsFrom(parseTime('2024-01-01'), 360, 24), { events, isRetrograde, speed } = retrogradeWindows(bars, { ephemeris });
  const told = [...events.knownRow].map(row => formatTime(bars.closeTime[row - 1]).slice(0, 10));
  expect(told).toEqual(mercuryStations);
  expect([...events.kind].map(kind => eventKinds[kind])).toEqual(mercuryStations.map((_, k) => (k % 2 === 0 ? 'retrogradeEnded' : 'retrogradeStarted')));
  expect([...events.ref]).toEqual([NaN, NaN, 1, NaN, 3, NaN, 5]);
  expect(isRetrograde.every((flag, row) => flag === (speed[row] < 0 ? 1 : 0))).toBe(true);
});

test('the Sun never turns; unknown planets and a missing ephemeris are refused by name', () => {
  const bars = barsFrom(parseTime('2024-01-01'), 360, 24);
  expect(retrogradeWindows(bars, { ephemeris, planet: 'Sun' }).events.length).toBe(0);
  expect(() => retrogradeWindows(bars, { ephemeris, planet: 'Vulcan' as never })).toThrow('retrogradeWindows: planet must be one of Sun, Moon');
  expect(() => retrogradeWindows(bars)).toThrow(new TypeError('retrogradeWindows: ephemeris is missing, planetaryEphemeris makes one'));
});
