/** Values in their form into a column: exact integers, times in nanoseconds, nulls as NaN or refused. */
import type { DataPlace } from '../../errors.ts';
import { DataError } from '../../errors.ts';
import type { ColumnArray } from '../../table.ts';
import { exactValue } from '../parquet-values.ts';
import type { ColumnPlan } from '../parquet-values.ts';
import type { FormArray } from './column-form.ts';
import { decimal } from './fixed-point.ts';
import type { TextCodes } from './text-codes.ts';

const word = 4_294_967_296;
const safe = 9_007_199_254_740_991;

export interface Conversion {
  readonly plan: ColumnPlan;
  readonly values: FormArray;
  readonly count: number;
  readonly target: ColumnArray;
  /** Position in the target of the first value. */
  readonly at: number;
  /** The strings behind codes. */
  readonly texts: TextCodes | undefined;
  /** Where the i-th value stands in the file. */
  readonly place: (i: number) => DataPlace;
}

/** Converts `count` values into the target. Errors: DataError with file, row and column for a value that the target's type does not hold. */
export function convertValues(conversion: Conversion): void {
  const { plan, values, count, target, at, texts, place } = conversion,
    { type, column } = plan;
  if (column.form === 'code') {
    convertCodes(conversion);
    return;
  }
  if (column.form === 'i64' && type === 'i64' && !column.isUnsigned && column.scale === undefined && !plan.values) {
    convertTimes(conversion);
    return;
  }
  if (type === 'f64' && !plan.values) {
    convertDoubles(conversion);
    return;
  }
  const isSmall = column.form === 'i32' && !column.isUnsigned && !plan.values && plan.nanosecondsPerUnit === 1n;
  if (isSmall && (target instanceof Int8Array || target instanceof Uint8Array || target instanceof Int16Array)) {
    const small = target as Int8Array,
      integers = values as Int32Array;
    for (let i = 0; i < count; i++) {
      small[at + i] = integers[i];
      if (small[at + i] !== integers[i]) throw new DataError(`${integers[i]} does not fit into ${type}`, place(i));
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    // Typed as doubles for the assignment only: 64-bit columns get bigints from `exactValue`, the others numbers.
    (target as Float64Array)[at + i] = exactValue(plan, valueAt(conversion, i, texts), place, i) as number;
  }
}

/** The i-th value as one number. */
function valueAt({ plan, values }: Conversion, i: number, texts: TextCodes | undefined): number | bigint | string {
  const { column } = plan;
  if (column.form === 'code') return texts!.list[values[i]];
  if (column.form === 'i64') {
    const value = (BigInt(values[2 * i + 1]) << 32n) | BigInt(values[2 * i] >>> 0);
    if (column.scale !== undefined) return decimal(value, column.scale);
    return column.isUnsigned ? BigInt.asUintN(64, value) : value;
  }
  if (column.form === 'bit' && plan.values) return String(values[i] === 1);
  if (column.form !== 'i32') return values[i];
  if (column.scale !== undefined) return decimal(values[i], column.scale);
  return column.isUnsigned ? values[i] >>> 0 : values[i];
}

/** Each string is converted once, however often its code comes. */
function convertCodes(conversion: Conversion): void {
  const { plan, values, count, target, at, texts, place } = conversion;
  const known: (number | bigint | undefined)[] = [];
  for (let i = 0; i < count; i++) {
    const code = values[i];
    (target as Float64Array)[at + i] = (known[code] ??= exactValue(plan, texts!.list[code], place, i)) as number;
  }
}

/** Times in their unit into nanoseconds: (h 2^32 + l) u by 16-bit parts of l, each product below 2^53. */
function convertTimes({ plan, values, count, target, at, place }: Conversion): void {
  const unit = Number(plan.nanosecondsPerUnit),
    out = new Int32Array(target.buffer, target.byteOffset, 2 * target.length);
  for (let i = 0, o = 2 * at; i < count; i++, o += 2) {
    const low = values[2 * i],
      upper = (low >>> 16) * unit,
      sum = (low & 65_535) * unit + (upper % 65_536) * 65_536,
      carry = Math.floor(sum / word),
      high = values[2 * i + 1] * unit + Math.floor(upper / 65_536) + carry;
    if (!(high >= -2_147_483_648 && high <= 2_147_483_647)) {
      const value = (BigInt(values[2 * i + 1]) << 32n) | BigInt(low >>> 0);
      throw new DataError(`${value} is a time outside the years 1677 to 2262 of int64 nanoseconds`, place(i));
    }
    out[o] = sum - carry * word;
    out[o + 1] = high;
  }
}

function convertDoubles(conversion: Conversion): void {
  const { plan, values, count, at, place } = conversion,
    { form, scale, isUnsigned } = plan.column,
    target = conversion.target as Float64Array;
  if (form === 'i64') {
    for (let i = 0; i < count; i++) {
      const value = (isUnsigned ? values[2 * i + 1] >>> 0 : values[2 * i + 1]) * word + (values[2 * i] >>> 0);
      if (scale === undefined && value <= safe && value >= -safe) target[at + i] = value;
      else target[at + i] = exactValue(plan, valueAt(conversion, i, undefined), place, i) as number;
    }
  } else if (scale !== undefined && form === 'i32') for (let i = 0; i < count; i++) target[at + i] = decimal(values[i], scale);
  else if (isUnsigned) for (let i = 0; i < count; i++) target[at + i] = values[i] >>> 0;
  else for (let i = 0; i < count; i++) target[at + i] = values[i];
}

/**
 * Moves `present` values, which stand first among `count` rows of the target from `at` on, to the rows that are not null and fills the others.
 * Errors: DataError for a null among integers for which no value stands.
 */
export function spreadNulls(
  plan: ColumnPlan,
  target: ColumnArray,
  at: number,
  count: number,
  present: number,
  isPresent: Uint8Array,
  place: (row: number) => DataPlace,
): void {
  const { type, nullValue } = plan,
    isWide = target instanceof BigInt64Array || target instanceof BigUint64Array;
  const isText = plan.texts !== undefined,
    hasFiller = nullValue !== undefined || type === 'f64' || type === 'f32' || isText;
  if (!hasFiller) {
    let row = 0;
    while (isPresent[row] === 1) row++;
    throw new DataError('is null, and integers and times have no value that means null', place(row));
  }
  if (isWide) {
    const wide = target as BigInt64Array,
      filler = BigInt(nullValue!);
    for (let i = count - 1, from = at + present - 1; i >= 0; i--) wide[at + i] = isPresent[i] === 1 ? wide[from--] : filler;
    return;
  }
  const narrow = target as Float64Array,
    filler = isText ? -1 : nullValue === undefined ? NaN : Number(nullValue);
  for (let i = count - 1, from = at + present - 1; i >= 0; i--) narrow[at + i] = isPresent[i] === 1 ? narrow[from--] : filler;
}
