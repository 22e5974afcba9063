import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsOfQuotes, quotesByHand } from '../../test/reference/order-flow-imbalance.ts';
import { barOrderFlowImbalance, orderFlowImbalance } from './order-flow-imbalance.ts';

engineLaws(test, orderFlowImbalance);
engineLaws(test, barOrderFlowImbalance, {
  sources: {
    flow(random, { openTime, closeTime }) {
      const times = Array.from(closeTime as BigInt64Array, (close, i) => Array.from({ length: random.integer(0, 4) }, () => openTime[i] + (close - openTime[i]) / BigInt(random.integer(2, 9)))).flat().sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const column = (least: number, most: number): Float64Array => Float64Array.from(times, () => (random.uniform() < 0.03 ? NaN : random.integer(least, most)));
      return { time: BigInt64Array.from(times), orderFlowImbalance: column(-20, 20), depth: column(0, 9) };
    },
  },
  inputUnits: { orderFlowImbalance: 'signed' },
});

const column = (k: number): Float64Array => Float64Array.from(quotesByHand.quotes, quote => quote[k]);
const quotes = { bid: column(0), bidSize: column(1), ask: column(2), askSize: column(3) };

test('eight quotes by hand, the five of the published example among them', () => {
  const { orderFlowImbalance: flow, depth } = orderFlowImbalance(quotes);
  expect([...flow]).toEqual(quotesByHand.flow);
  expect([...depth]).toEqual([9, 11, 9.5, 7.5, 8, 4, 0, 8]);
});

test('NaN in a row is NaN there and in the next; crossed and locked quotes are quotes', () => {
  const f = (...values: number[]): Float64Array => Float64Array.from(values);
  const run = (bid: number[], ask: number[]): number[] => [...orderFlowImbalance({ bid: f(...bid), ask: f(...ask), bidSize: f(1, 2, 3, 4), askSize: f(1, 1, 1, 1) }).orderFlowImbalance];
  expect(run([5, NaN, 5, 5], [6, 6, 6, 6])).toEqual([NaN, NaN, NaN, 1]);
  expect(run([5, 7, 6, 6], [6, 6, 6, 5])).toEqual([NaN, 2, -2, 0]);
  // The size of a bid that fell is not in the sum, and its row is NaN all the same.
  expect([...orderFlowImbalance({ bid: f(5, 4, 4), ask: f(6, 6, 6), bidSize: f(1, NaN, 3), askSize: f(1, 1, 1) }).orderFlowImbalance]).toEqual([NaN, NaN, NaN]);
});

test('bars add up what became known in them', () => {
  const time = (rows: number): bigint => BigInt(10 * rows), run = combine({ flow: [orderFlowImbalance, 'quotes'], sums: [barOrderFlowImbalance, 'bars', {}, { flow: 'flow' }] });
  const { sums } = run({ quotes: { ...quotes, time: BigInt64Array.from(quotes.bid, (_, i) => time(i)) }, bars: { closeTime: BigInt64Array.from(barsOfQuotes, ([, to]) => time(to)) } });
  expect(Array.from(sums.sum, (sum, i) => [sum, sums.normalised[i]])).toEqual(barsOfQuotes.map(([, , sum, normalised]) => [sum, normalised]));
});
