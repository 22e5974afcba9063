/** Oracle: the worked numbers of the published design (packages/engines/test/papers/five-pillars.ts). */
import { describe, expect, test } from 'vitest';
import { combine, generateBars, type SourceColumns } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { engineGraph, neededOptions } from '../../test/engine-graph.ts';
import { boosts, example, exampleBase, printedTotal, thresholds, weights } from '../../test/papers/five-pillars.ts';
import { fivePillarScore } from './five-pillar-score.ts';

engineLaws(test, fivePillarScore, { options: random => ({ buy: random.integer(5, 9) / 10, sell: random.integer(1, 4) / 10, qmoWeight: random.integer(1, 9) / 64 }) });

const columns = (row: { readonly [pillar: string]: number }): { [pillar: string]: Float64Array } => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Float64Array.of(value)]));
const scored = (row: { readonly [pillar: string]: number }): [total: number, signal: number] => {
  const { total, signal } = fivePillarScore(columns({ qmo: NaN, ...row }));
  return [total[0], signal[0]];
};

test('defaults are those of the design', () => {
  const { qmoWeight, imoWeight, gannWeight, astroWeight, cycleWeight, icebergBoost, gannBoost, cap, buy, sell } = fivePillarScore.resolve();
  expect({ qmo: qmoWeight, imo: imoWeight, gann: gannWeight, astro: astroWeight, cycle: cycleWeight }).toEqual(weights);
  expect([icebergBoost, gannBoost, cap, buy, sell]).toEqual([boosts.iceberg, boosts.gann, 1, thresholds.buy, thresholds.sell]);
});

describe('the listed defects stand', () => {
  test('1: scores have no sign, so strong bearish evidence in every pillar is a buy', () => {
    const bearish = { qmo: 0.9, imo: 0.9, gann: 0.9, astro: 0.9, cycle: 0.9 };
    expect(scored(bearish)[1]).toBe(1);
  });
  test('2: nothing known at all is a sell', () => {
    expect(scored({})).toEqual([0, -1]);
    expect(scored({ qmo: NaN, imo: NaN, gann: NaN, astro: NaN, cycle: NaN })).toEqual([0, -1]);
  });
  test('3: boosts only push up: with both no sell is left, with icebergs a sell needs a base below .10 and a buy one above .60 only', () => {
    expect(scored({ icebergZones: 1, gannConfluence: 3 })).toEqual([0.25, 0]);
    expect([scored({ icebergZones: 1, qmo: 0.36 })[1], scored({ icebergZones: 1, qmo: 0.44 })[1]]).toEqual([-1, 0]);
    expect([scored({ icebergZones: 1, qmo: 1, imo: 1, gann: 0.45 })[1], scored({ icebergZones: 1, qmo: 1, imo: 1, gann: 0.6 })[1]]).toEqual([0, 1]);
    expect(scored({ qmo: 1, imo: 1, gann: 0.6 })[1]).toBe(0);
  });
  test("4: the cap hides how far it overflows: the design's own example is 1.0315, capped to 1, while its sample answer prints .83", () => {
    expect(scored(example)[0]).toBeCloseTo(exampleBase, 12);
    expect(scored({ ...example, icebergZones: 3, gannConfluence: 3 })[0]).toBe(1);
    const { total } = fivePillarScore(columns({ ...example, icebergZones: 3, gannConfluence: 3 }), { cap: 2 });
    expect(total[0]).toBeCloseTo(1.0315, 12);
    expect(total[0]).not.toBeCloseTo(printedTotal, 1);
  });
  test('5: boosts count icebergs and Gann a second time: the same evidence once in the pillar, once beside it', () => {
    expect(scored({ imo: 0.6, icebergZones: 1 })[0]).toBeCloseTo(0.6 * 0.25 + 0.15, 12);
    expect(scored({ gann: 0.6, gannConfluence: 3 })[0]).toBeCloseTo(0.6 * 0.2 + 0.1, 12);
    expect(scored({ gann: 0.6, gannConfluence: 2 })[0]).toBeCloseTo(0.6 * 0.2, 12);
  });
  test('6: weights of absent pillars are lost: full marks in Gann, astro and cycle with their boost stay below a buy', () => {
    const [total, signal] = scored({ gann: 1, astro: 1, cycle: 1, gannConfluence: 5 });
    expect(total).toBeCloseTo(0.6, 12);
    expect(signal).toBe(0);
  });
});

test('in one graph the count of gannConfluence is wired to the boost: three families add it, two do not', () => {
  const graph = engineGraph(['fivePillarScore'], { ...neededOptions, fivePillarScore: { cap: 2 }, gannConfluence: { tolerance: 1 } });
  expect(graph.fivePillarScore[3]).toMatchObject({ gannFamilyCount: 'gannConfluence/confluence' });
  const bars = generateBars({ seed: 5, count: 3000, from: '2024-01-01', deviation: 0.0006 }), buyVolume = bars.volume.map(volume => Math.round(volume / 3)), sellVolume = bars.volume.map((volume, i) => volume - buyVolume[i]);
  const trades = { time: bars.closeTime, price: bars.close, size: bars.volume, side: new Int8Array(3000) };
  const output = combine(graph)({ bars: { ...bars, buyVolume, sellVolume } as unknown as SourceColumns, trades }) as any;
  const { gannConfluence: { confluence }, analysisPacket: { qmo, imo, gann, astro, cycle }, fivePillarScore: { total } } = output, seen = new Set<boolean>();
  const known = (value: number): number => (value === value ? value : 0);
  for (let row = 0; row < 3000; row++) {
    const base = known(qmo[row]) * 0.25 + known(imo[row]) * 0.25 + known(gann[row]) * 0.2 + known(astro[row]) * 0.15 + known(cycle[row]) * 0.15, isBoosted = confluence[row] > 2;
    expect(Math.abs(total[row] - base - (isBoosted ? 0.1 : 0))).toBeLessThan(1e-12);
    seen.add(isBoosted);
  }
  expect(seen.size).toBe(2);
});

test('the thresholds themselves are holds', () => {
  expect([scored({ qmo: 1, imo: 1, gann: 1.25 })[1], scored({ qmo: 1 })[1]]).toEqual([0, 0]);
});

test('options out of range are refused by name', () => {
  expect(() => fivePillarScore(columns({ qmo: 1 }), { qmoWeight: -1 })).toThrow(new RangeError('fivePillarScore: qmoWeight must be a number of at least 0, was -1'));
  expect(() => fivePillarScore(columns({ qmo: 1 }), { sell: 0.9 })).toThrow(new RangeError('fivePillarScore: sell must be at most buy, was 0.9'));
});
