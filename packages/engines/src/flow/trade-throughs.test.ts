import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { tradeThroughsByHand, type HandTrade } from '../../test/reference/trade-events.ts';
import { tradeThroughs } from './trade-throughs.ts';

engineLaws(test, tradeThroughs, { options: random => ({ levels: random.integer(1, 2) }) });

function found(trades: readonly HandTrade[], levels: number, segment?: Int32Array): number[][] {
  const { events } = tradeThroughs({
    time: BigInt64Array.from(trades, trade => BigInt(trade[0])), price: Float64Array.from(trades, trade => trade[1]), size: Float64Array.from(trades, trade => trade[2]), side: Int8Array.from(trades, trade => trade[3]), segment,
  }, { levels });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k], events.level1[k], events.value[k]]);
}

test('orders by hand', () => expect(found(tradeThroughsByHand.trades, 2)).toEqual(tradeThroughsByHand.expected));

test('three prices are asked for', () => expect(found(tradeThroughsByHand.trades, 3)).toEqual(tradeThroughsByHand.expected.slice(1)));

test('a cut ends an order, at the row that proves it', () => {
  expect(found([[1, 10, 2, 1], [1, 11, 3, 1], [2, 12, 1, 1]], 2, Int32Array.of(0, 0, 1))).toEqual([[1, 0, 2, 10, 11, 5]]);
});

test('options out of range are refused by name', () => expect(() => found([], 0)).toThrow(new RangeError('tradeThroughs: levels must be a positive integer, was 0')));
