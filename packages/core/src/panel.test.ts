import { expect, test } from 'vitest';
import { panelOf } from './panel.ts';
import { randomStream } from './random.ts';

test('a panel has the union of all times, and is valid where a series has a number (worked by hand)', () => {
  const { ids, length, time, columns, valid } = panelOf([{ id: 'A.X', time: BigInt64Array.of(1n, 3n), values: [10, NaN] }, { id: 'B.X', time: BigInt64Array.of(2n, 3n), values: [20, 30] }]);
  expect([ids, length, [...time]]).toEqual([['A.X', 'B.X'], 3, [1n, 2n, 3n]]);
  expect(columns.map((column) => [...column])).toEqual([[10, NaN, NaN], [NaN, 20, 30]]);
  expect(valid.map((mask) => [...mask])).toEqual([[1, 0, 0], [0, 1, 1]]);
});

test('each value stands at its own time and nowhere else (brute force over random series)', () => {
  const random = randomStream(5, 'panel');
  for (let trial = 0; trial < 30; trial++) {
    const series = ['A', 'B', 'C'].map((id) => {
      const time = BigInt64Array.from(Array.from({ length: 30 }, (_, i) => BigInt(i)).filter(() => random.uniform() < 0.6));
      return { id, time, values: Float64Array.from(time, () => random.normal()) };
    });
    const { time, columns, valid, length } = panelOf(series);
    expect(length).toBe(new Set(series.flatMap((one) => [...one.time])).size);
    for (let row = 0; row < length; row++) series.forEach((one, k) => {
      const at = one.time.indexOf(time[row]);
      expect([columns[k][row], valid[k][row]]).toEqual(at < 0 ? [NaN, 0] : [one.values[at], 1]);
    });
  }
});

test('what cannot be aligned is refused by id', () => {
  expect(() => panelOf([{ id: 'A', time: BigInt64Array.of(1n), values: [] }])).toThrow('panel: A must have a time for each value, had 1 and 0');
  expect(() => panelOf([{ id: 'A', time: BigInt64Array.of(2n, 2n), values: [1, 2] }])).toThrow('panel: A: times must ascend, row 1 is not after the one before');
  expect(() => panelOf([{ id: 'A', time: BigInt64Array.of(1n), values: [1] }, { id: 'A', time: BigInt64Array.of(1n), values: [1] }])).toThrow('panel: A is there twice');
});
