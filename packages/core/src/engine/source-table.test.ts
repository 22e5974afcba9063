/** What a pipeline takes of the columns that it is given. Oracle: the columns themselves. */
import { expect, test } from 'vitest';
import { GrowingTable } from '../table.ts';
import { combine } from './combine.ts';
import { defineEngine } from './define-engine.ts';
import { tableOf } from './source-table.ts';

const bars = new GrowingTable({ time: 'i64', close: 'f64' }), ask = Float64Array.of(11, 12, 13, 14);
for (const [i, close] of [10, 11, 12].entries()) bars.push({ time: BigInt(i), close });

test('a table that was spread out keeps the columns that were added to it, and takes those that were replaced', () => {
  const { schema, columns, length } = tableOf('bars', { ...bars, ask, close: Float64Array.of(20, 21, 22) });
  expect([schema, length]).toEqual([{ time: 'i64', close: 'f64', ask: 'f64' }, 3]);
  expect([columns.ask, columns.close]).toEqual([ask, Float64Array.of(20, 21, 22)]);
});

test('engines read an added column, and one that is too short is refused by name', () => {
  const spread = defineEngine({
    name: 'spread', input: { close: 'f64', ask: 'f64' }, reads: {}, aligned: { width: 'f64' }, defaults: {}, init: () => ({}),
    advance(_, { close, ask: above }, { width }, from, to) {
      for (let i = from; i < to; i++) width[i] = above[i] - close[i];
    },
  });
  expect(Array.from(combine({ s: [spread, 'bars'] })({ bars: { ...bars, ask } }).s.width)).toEqual([1, 1, 1]);
  expect(() => tableOf('bars', { ...bars, ask: Float64Array.of(1, 2) })).toThrow('combine: column "ask" of "bars" has 2 rows, others 3');
});
