/** Oracle: published instants (packages/engines/test/papers/planets.ts). */
import { expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsFrom, randomDays } from '../../test/days.ts';
import { moonQuarters } from '../../test/papers/planets.ts';
import { planetaryEphemeris } from './ephemeris.ts';
import { moonPhases } from './moon-phases.ts';

const ephemeris = await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') });

engineLaws(test, moonPhases, { options: () => ({ ephemeris }), data: (random, rows) => randomDays(parseTime('2024-01-02'), random, rows, 30), runs: 15 });

test('hourly bars tell each published quarter in the hour that it falls into or, to the minute at a border, the next', () => {
  const from = parseTime('2024-01-01T01:00:00Z'), bars = barsFrom(from, 24 * 180, 1), { events } = moonPhases(bars, { ephemeris });
  for (const [quarter, time] of moonQuarters.filter(([, at]) => at.startsWith('2024'))) {
    const k = [...events.knownRow].findIndex(row => bars.closeTime[row] >= parseTime(time));
    expect([time, events.value[k], bars.closeTime[events.knownRow[k]] - parseTime(time) <= 3_600_000_000_000n]).toEqual([time, quarter, true]);
  }
  expect([...events.value.subarray(0, 8)]).toEqual([3, 0, 1, 2, 3, 0, 1, 2]);
});

test('outside the ephemeris there is NaN and no event; without one it refuses by name', () => {
  const { phase, events } = moonPhases(barsFrom(parseTime('2025-06-01'), 30, 24), { ephemeris });
  expect([...phase].every(Number.isNaN)).toBe(true);
  expect(events.length).toBe(0);
  expect(() => moonPhases(barsFrom(0n, 1, 1))).toThrow(new TypeError('moonPhases: ephemeris is missing, planetaryEphemeris makes one'));
});
