import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { absorptionByHand, type HandTrade } from '../../test/reference/trade-events.ts';
import { absorption, type AbsorptionOptions } from './absorption.ts';

const second = 1_000_000_000;

engineLaws(test, absorption, {
  options: random => ({ tick: 1 / 64, window: random.integer(1, 60) * second, bandTicks: random.integer(0, 20), lookback: random.integer(1, 5), quantile: random.integer(0, 8) / 10 }),
});

function found(trades: readonly HandTrade[], options: Partial<AbsorptionOptions>, segment?: Int32Array): number[][] {
  const { events } = absorption({
    time: BigInt64Array.from(trades, trade => BigInt(trade[0] * second)), price: Float64Array.from(trades, trade => trade[1]), size: Float64Array.from(trades, trade => trade[2]), side: Int8Array.from(trades, trade => trade[3]), segment,
  }, { tick: 1, ...options });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k], events.level1[k], events.value[k]]);
}

test('windows by hand', () => expect(found(absorptionByHand.trades, { lookback: 2, quantile: 0.5 })).toEqual(absorptionByHand.expected));

test('the example in the header holds', () => {
  expect(found([[0, 10, 3, 1], [2, 10, 4, 1], [4, 10, 4, -1], [5, 11, 5, -1], [6, 10, 1, 1]], { lookback: 2 })).toEqual([[1, 2, 4, 10, 11, 9]]);
});

test('one window a second at one price fires where its volume is the largest of the last ones, sorted anew', () => {
  const random = randomStream(4, 'absorption'), volumes = Array.from({ length: 300 }, () => random.integer(1, 40)), lookback = 7;
  const expected = volumes.flatMap((volume, i) => (i >= lookback && i < volumes.length - 1 && volume >= Math.max(...volumes.slice(i - lookback, i)) ? [[-1, i, i + 1, 5, 5, volume]] : []));
  expect(found(volumes.map((volume, i) => [i, 5, volume, 1]), { window: second, lookback, quantile: 1 })).toEqual(expected);
});

test('bad trades are passed over; a window that a cut ends is forgotten, and so are those before', () => {
  const trades: HandTrade[] = [[0, 10, 1, 1], [2, 10, 1, 1], [4, 10, 9, 1], [5, NaN, 9, 1], [5, 99, NaN, 1], [5, 99, 0, 1], [5, 99, Infinity, 1], [6, 10, 1, 1], [8, 10, 9, 1], [10, 10, 1, 1]];
  expect(found(trades, { lookback: 2 }).map(([, first, known]) => [first, known])).toEqual([[2, 7], [8, 9]]);
  expect(found(trades, { lookback: 2 }, Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1))).toEqual([]);
});

test('options out of range are refused by name', () => {
  expect(() => found([], { tick: 0 })).toThrow(new RangeError('absorption: tick must be given and be a positive number, was 0'));
  expect(() => found([], { window: 0 })).toThrow(new RangeError('absorption: window must be a positive integer, was 0'));
  expect(() => found([], { bandTicks: -1 })).toThrow(new RangeError('absorption: bandTicks must be an integer of at least 0, was -1'));
  expect(() => found([], { lookback: 0 })).toThrow(new RangeError('absorption: lookback must be a positive integer, was 0'));
  expect(() => found([], { quantile: 95 })).toThrow(new RangeError('absorption: quantile must be from 0 to 1, was 95'));
});
