import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { tradesWithin } from '../../test/beside.ts';
import { cellsByHand, clustersByHand } from '../../test/reference/footprint-events.ts';
import { footprint } from './footprint.ts';
import { volumeClusters } from './volume-clusters.ts';

engineLaws(test, volumeClusters, {
  options: random => ({ tick: 1 / 64, multiple: random.integer(3, 8) / 4, minimumVolume: random.integer(0, 4) }),
  tables: { cells: [footprint, 'cells', () => ({ tick: 1 / 64 })] },
  sources: { trades: tradesWithin },
});

test('bars by hand: adjacent heavy cells are one cluster', () => {
  const cells = cellsByHand.flatMap((bar, row) => bar.map(([price, bought, sold]) => [row, price, bought + sold, bought, sold])), column = (k: number): Float64Array => Float64Array.from(cells, cell => cell[k]);
  const { events } = volumeClusters({ closeTime: BigInt64Array.from(cellsByHand, (_, row) => BigInt(row)) }, { tick: 1, multiple: 1.5 }, {
    cells: { knownRow: column(0), price: column(1), volume: column(2), buyVolume: column(3), sellVolume: column(4) },
  });
  expect(Array.from({ length: events.length }, (_, k) => [events.knownRow[k], events.direction[k], events.level0[k], events.level1[k], events.value[k]])).toEqual(clustersByHand);
});

test('the example in the header holds, rows of more ticks reach to their last one', () => {
  const trades = { time: BigInt64Array.of(0n, 0n, 0n, 0n), price: Float64Array.of(10, 11, 12, 13), size: Float64Array.of(1, 8, 9, 2), side: Int8Array.of(1, 1, 1, 1) };
  const run = (rowTicks: number): number[] => {
    const { clusters: { events } } = combine({ prints: [footprint, 'bars', { tick: 1, rowTicks }, { trades: 'trades' }], clusters: [volumeClusters, 'bars', { tick: 1, rowTicks, multiple: 1 }, { cells: 'prints.cells' }] })({ bars: { closeTime: BigInt64Array.of(1n) }, trades });
    return [events.length, events.level0[0], events.level1[0], events.value[0]];
  };
  expect(run(1)).toEqual([1, 11, 12, 17]);
  expect(run(2)).toEqual([1, 12, 13, 11]);
});

test('options out of range are refused by name', () => {
  const run = (options: object): unknown => volumeClusters({}, options, { cells: { knownRow: new Float64Array(0) } });
  expect(() => run({})).toThrow(new RangeError('volumeClusters: tick must be given and be a positive number, was NaN'));
  expect(() => run({ tick: 1, multiple: 0 })).toThrow(new RangeError('volumeClusters: multiple must be a positive number, was 0'));
});
