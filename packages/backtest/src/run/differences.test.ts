import { expect, test } from 'vitest';
import { describeDifference, firstDifference } from './differences.ts';

// Oracle: tables written by hand.
const schema = { time: 'i64', price: 'f64', tag: 'text' } as const;
function table(prices: number[], tags: string[]) {
  const texts = [...new Set(tags)].reverse();
  return { schema, columns: { time: BigInt64Array.from(prices, (_, i) => BigInt(i)), price: Float64Array.from(prices), tag: Int32Array.from(tags, tag => texts.indexOf(tag)) }, texts: { tag: texts }, length: prices.length };
}

test('equal tables have no difference: NaN equals NaN, -0 equals 0, texts count by value and not by code', () => {
  const other = table([0, NaN, 3], ['a', 'b', 'b']);
  other.texts.tag.reverse();
  other.columns.tag = other.columns.tag.map(code => 1 - code);
  expect(firstDifference('fills', table([-0, NaN, 3], ['a', 'b', 'b']), other)).toBeUndefined();
});

test('the first row that differs in any column is named with both values', () => {
  const difference = firstDifference('fills', table([1, 2, 3], ['a', 'b', 'c']), table([1, 2, 4], ['a', 'x', 'c']));
  expect(difference).toEqual({ stage: 'fills', row: 1, column: 'tag', expected: 'b', actual: 'x', time: 1n });
});

test('a missing row is a difference, unless only earlier rows are asked for', () => {
  expect(firstDifference('fills', table([1, 2], ['a', 'b']), table([1], ['a']))).toEqual({ stage: 'fills', row: 1, column: '', expected: 'a row', actual: 'no row', time: 1n });
  expect(firstDifference('fills', table([1, 2], ['a', 'b']), table([1], ['a']), 1)).toBeUndefined();
});

test('a difference is told with the time of its row, times as times', () => {
  const difference = firstDifference('fills', table([1, 2], ['a', 'b']), table([1, 3], ['a', 'b']))!;
  expect(describeDifference(difference)).toBe('fills, row 1 (1970-01-01T00:00:00.000000001Z), column "price": 2 became 3');
  const late = table([1, 2], ['a', 'b']);
  late.columns.time[1] = 1_000_000_000n;
  expect(describeDifference(firstDifference('fills', table([1, 2], ['a', 'b']), late)!)).toBe('fills, row 1 (1970-01-01T00:00:00.000000001Z), column "time": 1970-01-01T00:00:00.000000001Z became 1970-01-01T00:00:01Z');
});
