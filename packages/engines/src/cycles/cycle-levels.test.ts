/** Oracle: scans of all swings and bars in every row (packages/engines/test/reference/cycles-by-scan.ts), on markets with ties, holes and cuts. */
import { describe, expect, test } from 'vitest';
import { combine, randomStream } from '@zanzibar/core';
import { roughTexture } from '@zanzibar/core/testing';
import { barsWithRanges, eventRows } from '../../test/event-rows.ts';
import { anglesAt, cycleAnchor, cyclesHit, legLevels, nearestBeyond, type ScannedSwing } from '../../test/reference/cycles-by-scan.ts';
import { swings } from '../structure/swings.ts';
import { barCycles } from './bar-cycles.ts';
import { gannAngles } from './gann-angles.ts';
import { percentLevels } from './percent-levels.ts';
import { squareOfNineLevel, squareOfNineLevels } from './square-of-nine.ts';

const rows = 400;

describe.each(Array.from({ length: 8 }, (_, seed) => seed))('market %i', (seed) => {
  const random = randomStream(seed, 'cycle levels'), bars = barsWithRanges(random, rows, { ...roughTexture, isHoled: seed % 2 > 0, isCut: seed % 3 > 0, ticksPerUnit: 64 }) as any;
  const given = { ...bars, anchor: Int8Array.from({ length: rows }, () => (seed % 4 === 0 && random.uniform() < 0.03 ? 1 : 0)) }, segment: Int32Array = bars.segment ?? new Int32Array(rows);
  const periods = [2 + seed, 7, 21], tolerance = seed % 3, pricePerBar = seed % 2 > 0 ? NaN : 0.125, ratios = [0.5, 1, 1.25];
  const { s, cycles, angles, legs, square } = combine({
    s: [swings, 'bars', { left: 2, right: 1 + (seed % 4) }], cycles: [barCycles, 'bars', { periods, tolerance }, { swings: 's.events' }], angles: [gannAngles, 'bars', { pricePerBar }, { swings: 's.events' }],
    legs: [percentLevels, 'bars', { ratios }, { swings: 's.events' }], square: [squareOfNineLevels, 'bars', { step: 45, count: 3 }, { swings: 's.events' }],
  })({ bars: given });
  const { events: e } = s, told: ScannedSwing[] = Array.from({ length: e.length }, (_, k) => ({ id: e.id[k], direction: e.direction[k], originRow: e.originRow[k], knownRow: e.knownRow[k], level: e.level0[k], segment: e.segment[k] }));
  const every = <T>(of: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => of(row));

  test('barCycles count from the newest swing or mark', () => {
    const anchors = every(row => cycleAnchor(told, segment, given.anchor, row)), hits = every(row => cyclesHit(row - anchors[row], periods, tolerance));
    expect(told.length).toBeGreaterThan(20);
    expect([...cycles.age]).toEqual(every(row => row - anchors[row]));
    expect(every(row => [cycles.hits[row], cycles.exact[row]])).toEqual(hits.map(found => [found.length, found.filter(([, distance]) => distance === 0).length]));
    expect(eventRows(cycles.events).map(([, , origin, row, , , , period]) => [origin, row, period])).toEqual(hits.flatMap((found, row) => found.map(([period]) => [anchors[row], row, period])));
  });

  test('gannAngles rise and fall from the newest swing', () => {
    const lines = every(row => [angles.direction[row], angles.oneByFour[row], angles.oneByTwo[row], angles.oneByOne[row], angles.twoByOne[row], angles.fourByOne[row]]);
    expect(lines).toEqual(every(row => anglesAt(told, segment, bars.atr, pricePerBar, row)));
  });

  test('percentLevels are those of the newest leg, and each is hit once from the side on which it lies', () => {
    const levels = every(row => legLevels(told, segment, ratios, row)), hits: number[][] = [];
    let done = new Set<string>(), before = NaN;
    for (let row = 0; row < rows; row++) {
      if (row > 0 && segment[row] !== segment[row - 1]) before = NaN;
      for (const [at, direction, ratio, level] of levels[row]) {
        const key = `${at} ${direction} ${ratio}`, isHit = direction > 0 ? level > before && bars.high[row] >= level : level < before && bars.low[row] <= level;
        if (!isHit || done.has(key)) continue;
        done = done.add(key);
        hits.push([direction, row, level, ratio]);
      }
      if (!Number.isNaN(bars.close[row])) before = bars.close[row];
    }
    expect(hits.length).toBeGreaterThan(5);
    expect(eventRows(legs.events).map(([, direction, , row, , level, , ratio]) => [direction, row, level, ratio])).toEqual(hits);
    expect(every(row => [legs.above[row], legs.below[row]])).toEqual(every(row => [1, -1].map(side => nearestBeyond(levels[row].map(([, , , level]) => level), bars.close[row], side))));
  });

  test('squareOfNineLevels around the newest swing, the nearest on each side', () => {
    const levels = every(row => {
      const last = told.filter(swing => swing.knownRow <= row && swing.segment === segment[row]).at(-1);
      return last === undefined ? [] : [45, 90, 135, -45, -90, -135].map(degrees => squareOfNineLevel(last.level, degrees)).filter(level => !Number.isNaN(level));
    });
    expect(every(row => [square.above[row], square.below[row]])).toEqual(every(row => [1, -1].map(side => nearestBeyond(levels[row], bars.close[row], side))));
  });
});
