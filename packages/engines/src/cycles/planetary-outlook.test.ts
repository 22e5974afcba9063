/** Oracle: the published scores by sorting all aspects (packages/engines/test/reference/planetary-outlook.ts). */
import { expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsFrom, randomDays } from '../../test/days.ts';
import { outlookOf } from '../../test/reference/planetary-outlook.ts';
import { planetaryEphemeris } from './ephemeris.ts';
import { planetaryLongitudes } from './planetary-longitudes.ts';
import { planetaryOutlook } from './planetary-outlook.ts';
import { retrogradeWindows } from './retrograde-windows.ts';

const ephemeris = await planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-12-31') });

engineLaws(test, planetaryOutlook, { options: random => ({ ephemeris, orb: random.integer(2, 6) }), data: (random, rows) => randomDays(parseTime('2024-01-02'), random, rows, 30), runs: 15 });

test.each([2, 6])('with an orb of %i degrees the scores are those of the published program on the same longitudes', orb => {
  const bars = barsFrom(parseTime('2024-01-01'), 360, 24), { sun, moon, mercury, venus, mars, jupiter, saturn } = planetaryLongitudes(bars, { ephemeris });
  const own = planetaryOutlook(bars, { ephemeris, orb }), { isRetrograde } = retrogradeWindows(bars, { ephemeris }), confidences = new Set<number>();
  for (let row = 0; row < 360; row++) {
    const expected = outlookOf({ Sun: sun[row], Moon: moon[row], Mercury: mercury[row], Venus: venus[row], Mars: mars[row], Jupiter: jupiter[row], Saturn: saturn[row] }, orb, isRetrograde[row] === 1);
    for (const score of ['bullish', 'bearish', 'volatility', 'confidence'] as const) expect([row, score, Math.abs(own[score][row] - expected[score]) < 1e-9]).toEqual([row, score, true]);
    expect(own.reversalWindow[row]).toBe(Math.abs(moon[row] % 90) < 3 ? 1 : 0);
    confidences.add(own.confidence[row]);
  }
  expect(confidences.size).toBeGreaterThan(2);
});

test('outside the ephemeris there is NaN; an orb of 0 and a missing ephemeris are refused by name', () => {
  const far = planetaryOutlook(barsFrom(parseTime('2026-01-01'), 1, 1), { ephemeris });
  expect([far.bullish[0], far.confidence[0], far.reversalWindow[0]]).toEqual([NaN, NaN, 0]);
  expect(() => planetaryOutlook(barsFrom(0n, 1, 1), { ephemeris, orb: 0 })).toThrow(new RangeError('planetaryOutlook: orb must be a positive number, was 0'));
  expect(() => planetaryOutlook(barsFrom(0n, 1, 1))).toThrow(new TypeError('planetaryOutlook: ephemeris is missing, planetaryEphemeris makes one'));
});
