import { describe, expect, test } from 'vitest';
import { eventKinds, generateBars, generateSchematic, schematics, type SchematicOptions } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { ratesOf, schematicEvents, scoreSchematics, shuffleBlocks, type Bars } from '../../test/reference/schematic-score.ts';
import { schematicMarket } from '../../test/schematic-market.ts';
import { wyckoff } from './wyckoff.ts';

engineLaws(test, wyckoff, {
  data: schematicMarket, rows: 700, runs: 90,
  options: random => ({
    minimumTrend: 1 + random.uniform(), minimumVolume: 0.9 + random.uniform() / 2, confirmation: 1.5 + 3 * random.uniform(), minimumWidth: 3 + 2 * random.uniform(),
    timeout: random.uniform() < 0.3 ? random.integer(40, 120) : 300,
  }),
});

const find = (bars: Bars) => wyckoff(bars).events;

/** Thresholds were set on seeds 1 to 200; these were not looked at. Events count within 3 rows of their label. */
describe.each(schematics)('%s of seeds 10,001 to 10,200, noise of half a move, half of the volumes shuffled', schematic => {
  const scores = scoreSchematics(find, schematic, 10_001, 10_200, { noise: 0.5, volumeNoise: 0.5 });
  // A trend that goes on has its upthrust action under the name of a spring too, so all ten events occur on every course.
  test.each(schematicEvents)('%s: precision at least 0.8, recall at least 0.7', event => {
    const { found, events, labels } = scores[event];
    expect(labels).toBeGreaterThan(100);
    expect(found / events).toBeGreaterThanOrEqual(0.8);
    expect(found / labels).toBeGreaterThanOrEqual(0.7);
  });
});

test('without noise nearly everything is found and nearly nothing else: precision and recall at least 0.94 for every event of every schematic', () => {
  for (const schematic of schematics) {
    for (const { found, events, labels } of Object.values(scoreSchematics(find, schematic, 10_001, 10_100, {}))) {
      expect(found / events).toBeGreaterThanOrEqual(0.94);
      expect(found / labels).toBeGreaterThanOrEqual(0.94);
    }
  }
});

describe('where there is nothing to find, at most one whole structure (A to E) comes in 2,000 bars', () => {
  test('random walks, 20 of 10,000 bars', () => {
    const { rows, rates } = ratesOf(find, Array.from({ length: 20 }, (_, k) => generateBars({ seed: 10_001 + k, count: 10_000 })));
    expect(rows).toBe(200_000);
    expect(rates.climax).toBeGreaterThan(0);
    expect(2 * rates.markup).toBeLessThanOrEqual(1);
  });
  const text = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz');
  test.skipIf(text === undefined)(`EURUSD in quarters of an hour, and its blocks of 20 bars shuffled ${sharedHint}`, () => {
    const columns = csvColumns(text!), bars = { ...columns, volume: columns.tickvol } as unknown as Bars;
    expect(2 * (ratesOf(find, [bars]).rates.markup ?? 0)).toBeLessThanOrEqual(1);
    expect(2 * ratesOf(find, [1, 2, 3, 4, 5].map(seed => shuffleBlocks(bars, 20, seed))).rates.markup).toBeLessThanOrEqual(1);
  });
});
