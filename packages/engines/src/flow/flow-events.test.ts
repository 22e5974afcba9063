/** Oracle: scans of all trades, cells and swings (packages/engines/test/reference/trades-by-scan.ts) on random ones with equal times, equal volumes, holes and cuts. */
import { describe, expect, test } from 'vitest';
import { combine, randomStream, timeBars, type RandomStream } from '@zanzibar/core';
import { roughTexture, randomMarket } from '@zanzibar/core/testing';
import { eventRows } from '../../test/event-rows.ts';
import { absorptionsByScan, clustersByScan, divergencesByScan, exhaustionsByScan, tradeThroughsByScan, type ScannedTrades } from '../../test/reference/trades-by-scan.ts';
import { swings } from '../structure/swings.ts';
import { absorption } from './absorption.ts';
import { deltaDivergence } from './delta-divergence.ts';
import { exhaustion } from './exhaustion.ts';
import { footprint } from './footprint.ts';
import { tradeThroughs } from './trade-throughs.ts';
import { volumeClusters } from './volume-clusters.ts';

const second = 1_000_000_000n, compared = { tradeThrough: 0, absorption: 0, cluster: 0, exhaustion: 0, divergence: 0 };

/** Trades in ticks of a quarter, many at one time and price; every 90th is none, and segments of some 150. */
function tradesOf(random: RandomStream, count: number): ScannedTrades & { readonly [column: string]: any } {
  let time = 1_700_000_000n * second, ticks = 400, segment = 0;
  const rows = Array.from({ length: count }, () => {
    if (random.uniform() < 0.5) time += second * BigInt(random.integer(0, 3));
    if (random.uniform() < 1 / 150) segment++;
    ticks += random.uniform() < 0.5 ? random.integer(-1, 1) : 0;
    const broken = random.uniform() < 1 / 90 ? random.integer(1, 3) : 0;
    return { time, price: broken === 1 ? NaN : ticks / 4, size: broken === 2 ? NaN : broken === 3 ? 0 : random.integer(1, 6), side: random.integer(-1, 1), segment };
  });
  return {
    time: BigInt64Array.from(rows, row => row.time), price: Float64Array.from(rows, row => row.price), size: Float64Array.from(rows, row => row.size), side: Int8Array.from(rows, row => row.side),
    segment: Int32Array.from(rows, row => row.segment),
  };
}

describe.each(Array.from({ length: 10 }, (_, seed) => seed))('random trades %i', (seed) => {
  const random = randomStream(seed, 'flow events'), trades = tradesOf(random, 1200);

  test('tradeThroughs are the runs of a scan', () => {
    const levels = 1 + (seed % 2), ours = eventRows(tradeThroughs(trades as any, { levels }).events).map(([, way, first, known, , low, high, volume]) => [way, first, known, low, high, volume]);
    const theirs = tradeThroughsByScan(trades, levels);
    compared.tradeThrough += theirs.length;
    expect(ours).toEqual(theirs);
  });

  test('absorption is that of the windows of a scan', () => {
    const options = { tick: 0.25, window: Number(second) * (1 + (seed % 4)), bandTicks: seed % 3, lookback: 1 + seed, quantile: [0, 0.5, 0.8, 1][seed % 4] };
    const ours = eventRows(absorption(trades as any, options).events).map(([, way, first, known, , low, high, volume]) => [way, first, known, low, high, volume]), theirs = absorptionsByScan(trades, options);
    compared.absorption += theirs.length;
    expect(ours).toEqual(theirs);
  });

  test('volumeClusters and exhaustion are those of a scan of every bar\'s cells', () => {
    const multiple = [0.5, 1, 1.5, 2][seed % 4], minimumVolume = seed % 3, rows = 2 + (seed % 2), share = [0.2, 0.5, 1][seed % 3], confirm = seed % 2 === 0 ? 'flip' as const : 'close' as const;
    const { bars: { bars }, prints, clusters, dried } = combine({
      bars: [timeBars, 'trades', { interval: 12_000_000_000, price: 'trade' }], prints: [footprint, 'bars.bars', { tick: 0.25 }, { trades: 'trades' }],
      clusters: [volumeClusters, 'bars.bars', { tick: 0.25, multiple, minimumVolume }, { cells: 'prints.cells' }], dried: [exhaustion, 'bars.bars', { tick: 0.25, rows, share, confirm }, { cells: 'prints.cells' }],
    })({ trades: trades as any }) as any;
    const { cells: table } = prints, cells = Array.from({ length: table.length }, (_, k) => ({ row: table.knownRow[k], price: table.price[k], volume: table.volume[k], bought: table.buyVolume[k], sold: table.sellVolume[k] }));
    expect(bars.length).toBeGreaterThan(30);
    const found = clustersByScan(cells, bars.length, 0.25, multiple, minimumVolume), tired = exhaustionsByScan(cells, bars.segment, 0.25, rows, share, confirm);
    compared.cluster += found.length;
    compared.exhaustion += tired.length;
    expect(eventRows(clusters.events).map(([, way, , row, , low, high, volume]) => [way, row, low, high, volume])).toEqual(found);
    expect(eventRows(dried.events).map(([, way, bar, row, , price, , volume]) => [way, bar, row, price, volume])).toEqual(tired);
  });

  test('deltaDivergence is that of a scan of every pair of swings', () => {
    const bars = randomMarket({ close: 'f64' }, random, 600, { ...roughTexture, ticksPerUnit: 8 }) as any, lookback = 3 + 4 * (seed % 4);
    const given = {
      ...bars, anchor: Int8Array.from({ length: 600 }, () => (random.uniform() < 0.02 ? 1 : 0)), cumulativeDelta: Float64Array.from({ length: 600 }, () => (random.uniform() < 0.05 ? NaN : random.integer(-9, 9))),
    };
    const { s: { events: told }, it: { events } } = combine({ s: [swings, 'bars', { left: 1 + (seed % 3), right: 1 + (seed % 2) }], it: [deltaDivergence, 'bars', { lookback }, { swings: 's.events' }] })({ bars: given });
    const all = Array.from({ length: told.length }, (_, k) => ({ id: told.id[k], direction: told.direction[k], originRow: told.originRow[k], knownRow: told.knownRow[k], level: told.level0[k] }));
    const theirs = divergencesByScan(all, given.cumulativeDelta, given.segment, given.anchor, lookback);
    compared.divergence += theirs.length;
    expect(eventRows(events).map(([, way, origin, known, ref, low, high, value]) => [way, origin, known, ref, low, high, value])).toEqual(theirs);
  });
});

test('there was enough to compare', () => {
  expect(Object.entries(compared).filter(([, count]) => count < 30)).toEqual([]);
});
