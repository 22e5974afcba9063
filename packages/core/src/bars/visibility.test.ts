import { expect, test } from 'vitest';
import { combine } from '../engine/combine.ts';
import { defineEngine } from '../engine/define-engine.ts';
import { barSchema } from '../schemas.ts';
import { barsOfBars } from './bars-of-bars.ts';
import { timeBars } from './time-bars.ts';

/** How many larger bars are visible at each smaller one. */
const seen = defineEngine({
  name: 'seen',
  input: {},
  reads: { larger: barSchema },
  aligned: { seen: 'f64' },
  defaults: {},
  init: () => ({ total: 0 }),
  advance(state, { offsets }, { seen: out }, from, to) {
    for (let i = from; i < to; i++) {
      state.total += offsets.larger[i + 1] - offsets.larger[i];
      out[i] = state.total;
    }
  },
});

test('a larger bar whose last minute is empty is visible to minutes from its end on, in one block and row by row', () => {
  const graph = combine({
    m1: [timeBars, 'ticks', { interval: 10, price: 'trade' }],
    m5: [barsOfBars, 'm1.bars', { interval: 50 }],
    seen: [seen, 'm1.bars', undefined, { larger: 'm5.bars' }],
  });
  const time = BigInt64Array.of(1n, 11n, 31n, 61n, 71n),
    price = Float64Array.of(1, 2, 3, 4, 5),
    live = graph.stream(),
    rows: number[] = [];
  expect(Array.from((graph({ ticks: { time, price } }, 80n) as any).seen.seen)).toEqual([0, 0, 0, 1, 1]);
  for (let i = 0; i < time.length; i++) {
    live.feed('ticks', { time: time[i], price: price[i] });
    live.advance(i + 1 < time.length ? time[i + 1] : 80n);
    const { seen: column, length } = (live.output as any).seen;
    for (let k = 0; k < length; k++) rows.push(column[k]);
  }
  expect(rows).toEqual([0, 0, 0, 1, 1]);
});
