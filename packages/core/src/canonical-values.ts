/** Questions that a digest asks of a column's values. One loop for each kind of array: a loop that has seen several takes many times as long. */
import type { ColumnArray } from './table.ts';

/** Is no value NaN or -0? These alone have other bytes than those that count. One loop for each type keeps both short. */
export function isCanonical(values: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value !== value || (value === 0 && 1 / value < 0)) return false;
  }
  return true;
}

export function isCanonicalSingle(values: Float32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value !== value || (value === 0 && 1 / value < 0)) return false;
  }
  return true;
}

/** First row in `[from, to)` that holds another value than `value` (NaN is NaN, -0 is 0), or `to`. */
export function firstOther(values: ColumnArray, value: number | bigint, from: number, to: number): number {
  let row = from;
  // One kind of array to a loop, or every look at a value takes many times as long.
  if (values instanceof Float64Array && typeof value === 'number' && value === value) return firstOtherDouble(values, value, from, to);
  if (Number.isNaN(value)) while (row < to && Number.isNaN(values[row])) row++;
  else while (row < to && values[row] === value) row++;
  return row;
}

function firstOtherDouble(values: Float64Array, value: number, from: number, to: number): number {
  let row = from;
  while (row < to && values[row] === value) row++;
  return row;
}
