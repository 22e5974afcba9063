import { expect, test } from 'vitest';
import { combine, eventCode } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { divergencesByHand } from '../../test/reference/delta.ts';
import { swings } from '../structure/swings.ts';
import { delta } from './delta.ts';
import { deltaDivergence } from './delta-divergence.ts';

engineLaws(test, deltaDivergence, {
  options: random => ({ lookback: random.integer(4, 40) }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
  inputUnits: { cumulativeDelta: 'signed' },
});

const swingTable = (): any => {
  const { swings: rows } = divergencesByHand, column = (k: number): Float64Array => Float64Array.from(rows, row => row[k]);
  return { id: Float64Array.from(rows, (_, k) => k), kind: Int16Array.from(rows, () => eventCode.swing), direction: Int8Array.from(rows, row => row[0]), originRow: column(1), knownRow: column(2), level0: column(3) };
};
const found = (anchor?: Int8Array, lookback?: number): number[][] => {
  const { events } = deltaDivergence({ cumulativeDelta: Float64Array.from(divergencesByHand.cumulativeDelta), anchor }, { lookback }, { swings: swingTable() });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k], events.value[k]]);
};

test('highs and lows of a session by hand', () => expect(found()).toEqual(divergencesByHand.expected));

test('a total that began anew is not compared with the one before', () => {
  expect(found(Int8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0))).toEqual(divergencesByHand.expected.slice(1));
});

test('a swing older than the lookback is none', () => expect(found(undefined, 1)).toEqual([]));

test('it reads the delta of bars by wiring', () => {
  const run = combine({
    delta: [delta, 'bars'], swings: [swings, 'bars', { left: 1, right: 1 }],
    divergence: [deltaDivergence, 'bars', {}, { cumulativeDelta: 'delta/cumulativeDelta', swings: 'swings.events' }],
  });
  const high = Float64Array.of(1, 5, 2, 6, 3), ones = new Float64Array(5).fill(9);
  const { divergence } = run({ bars: { high, low: high, volume: ones, buyVolume: Float64Array.of(3, 3, 0, 1, 0), sellVolume: Float64Array.of(0, 0, 4, 0, 0) } });
  expect([divergence.events.length, divergence.events.direction[0], divergence.events.value[0]]).toEqual([1, -1, -3]);
});

test('options out of range are refused by name', () => expect(() => found(undefined, 0)).toThrow(new RangeError('deltaDivergence: lookback must be a positive integer, was 0')));
