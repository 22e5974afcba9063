import { describe, expect, test } from 'vitest';
import { combine } from '../engine/combine.ts';
import { tickBars } from './tick-bars.ts';

const ticks = {
  time: BigInt64Array.of(1n, 9n, 10n, 10n, 12n, 13n, 20n),
  price: Float64Array.of(5, 7, NaN, 6, 4, 8, 9),
  size: Float64Array.of(1, 2, 9, 4, 8, 16, 32),
  side: Int8Array.of(1, -1, 1, 0, 1, 1, 1),
};
const names = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'buyVolume', 'sellVolume', 'tickCount', 'fromRow', 'toRow'];

function rows(bars: any): number[][] {
  return Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));
}

describe('tick bars', () => {
  test('hold equally many ticks, not counting rows without a price (worked by hand)', () => {
    expect(rows(tickBars(ticks, { count: 2, price: 'trade' }).bars)).toEqual([
      [1, 9, 5, 7, 5, 7, 3, 1, 2, 2, 0, 2],
      [10, 12, 6, 6, 4, 4, 12, 8, 0, 2, 3, 5],
      [13, 20, 8, 9, 8, 9, 48, 48, 0, 2, 5, 7],
    ]);
  });

  test('of one tick repeat the ticks', () => {
    expect(rows(tickBars(ticks, { count: 1, price: 'trade' }).bars).map((row) => [row[0], row[5], row[10]])).toEqual([
      [1, 5, 0],
      [9, 7, 1],
      [10, 6, 3],
      [12, 4, 4],
      [13, 8, 5],
      [20, 9, 6],
    ]);
  });

  test('begin anew with a segment; an unfinished one is not written', () => {
    const { bars } = tickBars({ ...ticks, segment: Int32Array.of(0, 1, 1, 1, 1, 1, 1) }, { count: 3, price: 'trade' });
    expect(rows(bars).map((row) => [row[0], row[1], row[9], row[10], row[11]])).toEqual([[9, 12, 3, 1, 5]]);
    expect(Array.from(bars.segment)).toEqual([1]);
  });

  test('are the same row by row', () => {
    const live = combine({ it: [tickBars, 'ticks', { count: 2, price: 'trade' }] }).stream(),
      seen: number[][] = [];
    for (let i = 0; i < ticks.time.length; i++) {
      live.feed('ticks', { time: ticks.time[i], price: ticks.price[i], size: ticks.size[i], side: ticks.side[i] });
      live.advance(ticks.time[i]);
      seen.push(...rows((live.output as any).it.bars));
    }
    expect(seen).toEqual(rows(tickBars(ticks, { count: 2, price: 'trade' }).bars));
  });

  test('refuse a count that is none', () => {
    expect(() => tickBars.resolve({ count: 1.5 })).toThrow('tickBars: count must be a positive integer, was 1.5');
  });
});
