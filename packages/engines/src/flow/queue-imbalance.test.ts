import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { relativeDifference } from '../../test/oracles.ts';
import { quotesByHand } from '../../test/reference/order-flow-imbalance.ts';
import { queueImbalance, weightedMid } from './queue-imbalance.ts';

engineLaws(test, queueImbalance);
engineLaws(test, weightedMid);

const f = (...values: number[]): Float64Array => Float64Array.from(values);

test('the examples in the headers hold', () => {
  expect([...queueImbalance({ bidSize: f(10, 3, 0), askSize: f(6, 9, 0) }).queueImbalance]).toEqual([0.25, -0.5, NaN]);
  expect([...weightedMid({ bid: f(100), ask: f(101), bidSize: f(6), askSize: f(2) }).weightedMid]).toEqual([100.75]);
});

test('eight quotes by hand', () => {
  const column = (k: number): Float64Array => Float64Array.from(quotesByHand.quotes, quote => quote[k]), quotes = { bid: column(0), bidSize: column(1), ask: column(2), askSize: column(3) };
  expect([...queueImbalance(quotes).queueImbalance]).toEqual(quotesByHand.queue);
  expect(relativeDifference(weightedMid(quotes).weightedMid, quotesByHand.mid)).toBeLessThan(1e-15);
});

test('NaN stays in its row; a one-sided book leans all the way; huge sizes and negative prices are as good as any', () => {
  expect([...queueImbalance({ bidSize: f(NaN, 5, 1), askSize: f(1, 0, NaN) }).queueImbalance]).toEqual([NaN, 1, NaN]);
  expect([...weightedMid({ bid: f(NaN, -3, -3), ask: f(2, -1, -1), bidSize: f(1, 0, 1e300), askSize: f(1, 4, 1e300) }).weightedMid]).toEqual([NaN, -3, -2]);
});
