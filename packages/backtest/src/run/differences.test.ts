import { expect, test } from 'vitest';
import { firstDifference } from './differences.ts';

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
  expect(difference).toEqual({ stage: 'fills', row: 1, column: 'tag', expected: 'b', actual: 'x' });
});

test('a missing row is a difference, unless only earlier rows are asked for', () => {
  expect(firstDifference('fills', table([1, 2], ['a', 'b']), table([1], ['a']))).toEqual({ stage: 'fills', row: 1, column: '', expected: 'a row', actual: 'no row' });
  expect(firstDifference('fills', table([1, 2], ['a', 'b']), table([1], ['a']), 1)).toBeUndefined();
});
