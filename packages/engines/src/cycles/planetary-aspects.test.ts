/** Oracles: published instants (packages/engines/test/papers/planets.ts), a scan of every angle (packages/engines/test/reference/planetary-aspects.ts), and the roots that `aspectDays` finds by bisection. */
import { expect, test } from 'vitest';
import { eventCode, eventKinds, parseTime, randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsFrom, randomDays } from '../../test/days.ts';
import { greatConjunction, moonQuarters } from '../../test/papers/planets.ts';
import { aspectsByScan } from '../../test/reference/planetary-aspects.ts';
import { aspectDays, planetaryEphemeris, planets, type Planet } from './ephemeris.ts';
import { planetaryAspects } from './planetary-aspects.ts';
import { planetaryLongitudes } from './planetary-longitudes.ts';

const ephemeris = await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') });

engineLaws(test, planetaryAspects, {
  options: random => ({ ephemeris, bodies: ['Sun', 'Moon', planets[random.integer(2, 9)]] as const, angles: [0, [60, 90, 120][random.integer(0, 2)], 180], orb: random.integer(1, 3), moonOrb: random.integer(2, 8) }),
  data: (random, rows) => randomDays(parseTime('2024-01-02'), random, rows, 30),
  runs: 12,
});

test('hourly bars tell new and full moons in the bar that closes after the published minute', () => {
  const bars = barsFrom(parseTime('2024-01-01T01:00:00Z'), 24 * 150, 1), { events, aspects } = planetaryAspects(bars, { ephemeris, bodies: ['Sun', 'Moon'], angles: [0] });
  const exact = [...events.kind.keys()].filter(k => events.kind[k] === eventCode.aspectExact);
  const news = moonQuarters.filter(([quarter, time]) => quarter === 0 && time.startsWith('2024'));
  expect(exact.length).toBe(news.length);
  news.forEach(([, time], n) => {
    const late = bars.closeTime[events.knownRow[exact[n]]] - parseTime(time);
    expect([time, late >= 0n && late <= 3_600_000_000_000n]).toEqual([time, true]);
    expect([aspects.first[exact[n]], aspects.second[exact[n]], aspects.row[exact[n]]]).toEqual([0, 1, events.knownRow[exact[n]]]);
  });
});

test('windows open, pass and close around every root of the pair, and the roots are those of the bisection', () => {
  const bars = barsFrom(parseTime('2024-01-01'), 4 * 350, 6), { events, aspects, active, nearest } = planetaryAspects(bars, { ephemeris, bodies: ['Mercury', 'Venus'], angles: [0, 60], orb: 2 });
  for (const angle of [0, 60, -60]) {
    const days = [...aspectDays(ephemeris, 'Mercury', 'Venus', angle)].filter(day => day > Number(bars.closeTime[0]) / 8.64e13 && day < Number(bars.closeTime[bars.closeTime.length - 1]) / 8.64e13);
    const told = [...events.kind.keys()].filter(k => events.kind[k] === eventCode.aspectExact && aspects.angle[k] === angle);
    expect(told.length).toBe(days.length);
    days.forEach((day, n) => expect(Math.ceil((day - Number(bars.closeTime[0]) / 8.64e13) * 4)).toBe(events.knownRow[told[n]]));
  }
  let open = 0;
  events.kind.forEach((kind, k) => {
    if (kind === eventCode.aspectOpened) open++;
    if (kind === eventCode.aspectClosed) expect(events.kind[events.ref[k]]).toBe(eventCode.aspectOpened);
    if (kind === eventCode.aspectClosed) open--;
  });
  expect(open).toBe(active[active.length - 1]);
  expect(nearest.every((degrees, row) => degrees <= 2 === active[row] > 0)).toBe(true);
});

test('events and distances are those of a scan of every angle in every row, with rows minutes to weeks apart', () => {
  const random = randomStream(3, 'aspects'), bodies: readonly Planet[] = ['Sun', 'Moon', 'Mercury', 'Mars', 'Saturn'];
  let told = 0;
  for (const hours of [0.05, 1, 6, 24, 24 * 8]) {
    const rows = Math.min(2000, Math.floor((24 * 350) / hours)), bars = barsFrom(parseTime('2024-01-03'), rows, 1), angles = [random.integer(1, 179), 90, 180];
    let time = parseTime('2024-01-03');
    bars.closeTime.forEach((_, i) => (bars.closeTime[i] = time += BigInt(Math.round((hours * (0.5 + random.uniform()) * 3600e9) / 1.5))));
    const where = planetaryLongitudes(bars, { ephemeris }), column = (body: Planet): Float64Array => where[body.toLowerCase() as 'sun'], pairs = bodies.flatMap((a, i) => bodies.slice(i + 1).map(b => [a, b] as const));
    const { events, aspects, nearest } = planetaryAspects(bars, { ephemeris, bodies, angles });
    const scan = aspectsByScan(pairs.map(([a]) => column(a)), pairs.map(([, b]) => column(b)), [angles[0], -angles[0], 90, -90, 180], pairs.map(pair => (pair.includes('Moon') ? 3 : 1)));
    const own = [...events.kind.keys()].map(k => ({
      kind: eventKinds[events.kind[k]], row: events.knownRow[k], angle: aspects.angle[k], ref: events.ref[k],
      pair: pairs.findIndex(([a, b]) => planets[aspects.first[k]] === a && planets[aspects.second[k]] === b),
    }));
    expect(own).toEqual(scan.said);
    expect(nearest.every((degrees, row) => Math.abs(degrees - scan.nearest[row]) < 1e-9)).toBe(true);
    told += own.length;
  }
  expect(told).toBeGreaterThan(300);
});

test('Jupiter and Saturn meet on the published day of 2020', async () => {
  const middle = parseTime(greatConjunction), own = await planetaryEphemeris({ from: middle - 864_000_000_000_000n, to: middle + 864_000_000_000_000n });
  const bars = barsFrom(middle - 432_000_000_000_000n, 240, 1), { events } = planetaryAspects(bars, { ephemeris: own, bodies: ['Jupiter', 'Saturn'], angles: [0] });
  const k = [...events.kind].indexOf(eventCode.aspectExact), off = bars.closeTime[events.knownRow[k]] - middle;
  expect(off > -1_800_000_000_000n && off <= 3_600_000_000_000n).toBe(true);
});

test('outside the ephemeris nothing opens; options out of range are refused by name', () => {
  const bars = barsFrom(parseTime('2026-01-01'), 5, 24), { events, nearest } = planetaryAspects(bars, { ephemeris });
  expect([events.length, ...nearest]).toEqual([0, NaN, NaN, NaN, NaN, NaN]);
  expect(() => planetaryAspects(bars, { ephemeris, orb: 0 })).toThrow(new RangeError('planetaryAspects: orb must be a positive number, was 0'));
  expect(() => planetaryAspects(bars, { ephemeris, angles: [200] })).toThrow(new RangeError('planetaryAspects: angles must be 0 to 180, was 200'));
  expect(() => planetaryAspects(bars, { ephemeris, bodies: ['Sun'] })).toThrow(new RangeError('planetaryAspects: bodies must be at least two, was Sun'));
  expect(() => planetaryAspects(bars)).toThrow(new TypeError('planetaryAspects: ephemeris is missing, planetaryEphemeris makes one'));
});
