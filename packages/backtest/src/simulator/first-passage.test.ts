/** Oracle: scanning every row. */
import { randomStream } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { indexPrices, indexQuotes, type FirstPassage } from './first-passage.ts';

function scan(index: FirstPassage, from: number, end: number, low: number, high: number, exists: (row: number) => boolean): number {
  for (let row = from; row < end; row++) if (exists(row) && (index.column[row] <= low || index.column[row] >= high)) return row;
  return end;
}

function walk(seed: number, length: number): { readonly bid: Float64Array; readonly ask: Float64Array } {
  const random = randomStream(seed, 'walk'), bid = new Float64Array(length), ask = new Float64Array(length);
  let price = 1000;
  for (let row = 0; row < length; row++) {
    price += random.integer(-2, 2);
    bid[row] = random.uniform() < 0.02 ? NaN : price;
    ask[row] = random.uniform() < 0.02 ? NaN : random.uniform() < 0.1 ? price - 5 : price + random.integer(0, 3);
  }
  return { bid, ask };
}

describe('first passage', () => {
  test.each([1, 63, 64, 127, 128, 129, 4096, 4097, 50_000])('over %i rows it is the row that scanning finds, for either level, both and neither', length => {
    const { bid, ask } = walk(length, length), quotes = indexQuotes(bid, ask), prices = indexPrices(bid), random = randomStream(length, 'queries');
    let found = 0;
    for (let k = 0; k < 3000; k++) {
      const from = random.integer(0, length - 1), end = random.integer(0, 3) === 0 ? random.integer(from, length) : length, at = Number.isNaN(bid[from]) ? 1000 : bid[from], reach = [3, 20, 200][k % 3];
      const low = random.integer(0, 4) === 0 ? -Infinity : at - random.integer(0, reach), high = random.integer(0, 4) === 0 ? Infinity : at + random.integer(0, reach);
      for (const index of [quotes.bid, quotes.ask]) {
        const row = index.first(from, end, low, high);
        expect(row).toBe(scan(index, from, end, low, high, i => ask[i] >= bid[i]));
        if (row < end) found++;
      }
      expect(prices.first(from, end, low, high)).toBe(scan(prices, from, end, low, high, () => true));
    }
    expect(found).toBeGreaterThan(length < 100 ? 0 : 500);
  });

  test('crossed quotes and NaN rows are in no block and no answer', () => {
    const bid = new Float64Array(1000).fill(10), ask = new Float64Array(1000).fill(11);
    bid[500] = 20;
    ask[700] = NaN;
    bid[700] = 30;
    bid[900] = 15;
    ask[900] = 15;
    const index = indexQuotes(bid, ask).bid;
    expect(index.first(0, 1000, -Infinity, 12)).toBe(900);
    expect(index.levels[0].max[7]).toBe(10);
  });

  test('a level that is met exactly is met', () => {
    const index = indexPrices(Float64Array.from({ length: 300 }, (_, row) => row));
    expect([index.first(0, 300, -1, 250), index.first(0, 300, 0, 250), index.first(100, 300, 99.5, 299)]).toEqual([250, 0, 299]);
  });

  test('extremes over any rows are those of scanning, and infinite over none', () => {
    const { bid, ask } = walk(3, 20_000), index = indexQuotes(bid, ask).ask, out = new Float64Array(2), random = randomStream(3, 'ranges');
    for (let k = 0; k < 500; k++) {
      const from = random.integer(0, 19_999), to = random.integer(from, 20_000), rows = Array.from({ length: to - from }, (_, i) => from + i).filter(row => ask[row] >= bid[row]);
      index.extremes(from, to, out);
      expect([...out]).toEqual([rows.reduce((low, row) => Math.min(low, ask[row]), Infinity), rows.reduce((high, row) => Math.max(high, ask[row]), -Infinity)]);
    }
  });
});
