/** Decoded Parquet values into columns: exact integers, times in nanoseconds, text as codes, nulls as NaN or refused. */
import type { DecodedArray } from 'hyparquet';
import { DataError } from '../errors.ts';
import type { DataPlace } from '../errors.ts';
import type { ColumnArray, ColumnType } from '../table.ts';

/** The strings of a text column and their codes, shared by all row groups of a file. */
export interface TextCodes {
  readonly list: string[];
  readonly codes: Map<string, number>;
}

/** How the values of one column of a file become a column. */
export interface ColumnPlan {
  /** Name in the table. */
  readonly name: string;
  /** Name in the file. */
  readonly source: string;
  readonly type: ColumnType;
  readonly nanosecondsPerUnit: bigint;
  /** True where the array that the decoder gives can be copied as it is. */
  readonly isNatural: boolean;
  /** Stands for a null; without it a null among integers is an error. */
  readonly nullValue: number | bigint | undefined;
  /** Numbers that stand for the texts of the file (`{ buy: 1, sell: -1 }`). */
  readonly values: { readonly [text: string]: number } | undefined;
  readonly texts: TextCodes | undefined;
  readonly noise: 'f64' | 'f32';
}

const bounds: { readonly [type: string]: readonly [number | bigint, number | bigint] } = {
  i8: [-128, 127],
  u8: [0, 255],
  i16: [-32_768, 32_767],
  i32: [-2_147_483_648, 2_147_483_647],
  u32: [0, 4_294_967_295],
  i64: [-(1n << 63n), (1n << 63n) - 1n],
  u64: [0n, (1n << 64n) - 1n],
};

/** Copies `values[start, end)` into `target` from `at` on; `firstRow` is the row of the file at `start`. Errors: DataError with file, row and column. */
export function copyValues(
  plan: ColumnPlan,
  values: DecodedArray,
  start: number,
  end: number,
  target: ColumnArray,
  at: number,
  file: string,
  firstRow: number,
): void {
  if (plan.isNatural && ArrayBuffer.isView(values) && !plan.texts) {
    (target as Float64Array).set((values as Float64Array).subarray(start, end), at);
    return;
  }
  for (let i = start; i < end; i++) {
    const value: unknown = values[i];
    // Typed as doubles for the assignment only: 64-bit columns get bigints from `exactValue`, the others numbers.
    (target as Float64Array)[at++] = (
      plan.texts ? codeOf(plan.texts, value) : exactValue(plan, value, { file, row: firstRow + i - start, column: plan.source })
    ) as number;
  }
}

function exactValue(plan: ColumnPlan, value: unknown, place: DataPlace): number | bigint {
  const { type } = plan,
    isWide = type === 'i64' || type === 'u64';
  if (value === null || value === undefined) {
    if (plan.nullValue !== undefined) return isWide ? BigInt(plan.nullValue) : Number(plan.nullValue);
    if (type === 'f64' || type === 'f32') return NaN;
    throw new DataError('is null, and integers and times have no value that means null', place);
  }
  if (plan.values) {
    const known = plan.values[String(value)];
    if (known === undefined) throw new DataError(`"${String(value)}" is none of ${Object.keys(plan.values).join(', ')}`, place);
    return known;
  }
  if (typeof value === 'boolean') return Number(value);
  if (type === 'u64' && typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value) || BigInt(value) >= 1n << 64n) throw new DataError(`"${value}" is no number of 64 bits`, place);
    return BigInt(value);
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new DataError(`"${String(value)}" is no number`, place);
  if (type === 'f64' || type === 'f32') {
    if (typeof value === 'bigint' && BigInt(Number(value)) !== value) throw new DataError(`${value} has no exact double`, place);
    return Number(value);
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new DataError(`${value} is no exact integer`, place);
  const [least, most] = bounds[type],
    exact = isWide ? BigInt(value) * plan.nanosecondsPerUnit : Number(value);
  if (exact < least || exact > most) {
    const what = plan.nanosecondsPerUnit === 1n ? `does not fit into ${type}` : 'is a time outside the years 1677 to 2262 of int64 nanoseconds';
    throw new DataError(`${value} ${what}`, place);
  }
  return exact;
}

function codeOf(texts: TextCodes, value: unknown): number {
  if (value === null || value === undefined) return -1;
  const text = String(value);
  let code = texts.codes.get(text);
  if (code === undefined) {
    code = texts.list.push(text) - 1;
    texts.codes.set(text, code);
  }
  return code;
}
