/** Values of a Parquet file as values of a column: which are copied, and what one value becomes. */
import { DataError } from '../errors.ts';
import type { DataPlace } from '../errors.ts';
import type { ColumnType } from '../table.ts';
import type { ColumnForm } from './parquet/column-form.ts';
import type { TextCodes } from './parquet/text-codes.ts';

/** How the values of one column of a file become a column. */
export interface ColumnPlan {
  /** Name in the table. */
  readonly name: string;
  /** Name in the file. */
  readonly source: string;
  readonly type: ColumnType;
  /** What the file holds. */
  readonly column: ColumnForm;
  readonly nanosecondsPerUnit: bigint;
  /** Stands for a null; without it a null among integers is an error. */
  readonly nullValue: number | bigint | undefined;
  /** Numbers that stand for the texts of the file (`{ buy: 1, sell: -1 }`). */
  readonly values: { readonly [text: string]: number } | undefined;
  readonly texts: TextCodes | undefined;
  readonly noise: 'f64' | 'f32';
}

const naturalTypes: { readonly [form: string]: readonly ColumnType[] } = {
  f64: ['f64'],
  f32: ['f32'],
  i32: ['i32', 'u32'],
  i64: ['i64', 'u64'],
  bit: ['i8', 'u8'],
  code: ['text'],
};

/** Do the values of the file lie in the column as they do in the file? */
export function isNatural({ column, type, values, nanosecondsPerUnit }: ColumnPlan): boolean {
  if (values !== undefined || nanosecondsPerUnit !== 1n || !naturalTypes[column.form].includes(type)) return false;
  if (column.form === 'f64' || column.form === 'f32' || column.form === 'bit' || column.form === 'code') return true;
  return column.scale === undefined && column.isUnsigned === type.startsWith('u');
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

/** One value as the column's type holds it. Errors: DataError with the place of the `i`-th value where it does not. */
export function exactValue(plan: ColumnPlan, value: number | bigint | string, placeOf: (i: number) => DataPlace, i: number): number | bigint {
  const { type } = plan,
    isWide = type === 'i64' || type === 'u64';
  if (plan.values) {
    const known = Object.hasOwn(plan.values, String(value)) ? plan.values[String(value)] : undefined;
    if (known === undefined) throw new DataError(`"${String(value)}" is none of ${Object.keys(plan.values).join(', ')}`, placeOf(i));
    return known;
  }
  if (type === 'u64' && typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value) || BigInt(value) >= 1n << 64n) throw new DataError(`"${value}" is no number of 64 bits`, placeOf(i));
    return BigInt(value);
  }
  if (typeof value === 'string') throw new DataError(`"${value}" is no number`, placeOf(i));
  if (type === 'f64' || type === 'f32') {
    if (typeof value === 'bigint' && BigInt(Number(value)) !== value) throw new DataError(`${value} has no exact double`, placeOf(i));
    return Number(value);
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new DataError(`${value} is no exact integer`, placeOf(i));
  const [least, most] = bounds[type],
    exact = isWide ? BigInt(value) * plan.nanosecondsPerUnit : Number(value);
  if (exact < least || exact > most) {
    const what = plan.nanosecondsPerUnit === 1n ? `does not fit into ${type}` : 'is a time outside the years 1677 to 2262 of int64 nanoseconds';
    throw new DataError(`${value} ${what}`, placeOf(i));
  }
  return exact;
}
