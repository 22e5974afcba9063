/** Numbers of Arrow as columns: views where the memory is as we hold it, exact conversions elsewhere. */
import type { Data, Decimal, Vector } from 'apache-arrow';
import { DataError } from '../errors.ts';
import type { DataPlace } from '../errors.ts';
import { isColumn, newColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import { timeHalves } from '../time.ts';
import type { Arrow } from './apache-arrow.ts';

export interface ArrowValues {
  readonly type: ColumnType;
  /** Nanoseconds per stored unit; 1 for what is no time. */
  readonly unit: number;
  /** Stands for a null; without it a null among integers is an error. */
  readonly nullValue: number | bigint | undefined;
  readonly place: DataPlace;
}

const bounds: { readonly [type: string]: readonly [number | bigint, number | bigint] } = {
  i8: [-128, 127], u8: [0, 255], i16: [-32_768, 32_767], i32: [-2_147_483_648, 2_147_483_647], u32: [0, 4_294_967_295],
  i64: [-(1n << 63n), (1n << 63n) - 1n], u64: [0n, (1n << 64n) - 1n],
};

/** The column of these chunks. Errors: DataError with the row of a null, or of a value that its type does not hold. */
export function arrowValues(arrow: Arrow, chunks: readonly Data[], length: number, how: ArrowValues): ColumnArray {
  const { type, unit, place } = how,
    [only] = chunks;
  const isNatural = (chunk: Data): boolean => unit === 1 && isColumn(type, chunk.values) && chunk.typeId !== arrow.Type.Dictionary;
  if (chunks.length === 1 && isNatural(only) && only.nullCount === 0) return (only.values as Float64Array).subarray(0, length);
  const column = newColumn(type, length);
  let at = 0;
  for (const chunk of chunks) {
    if (isNatural(chunk)) (column as Float64Array).set((chunk.values as Float64Array).subarray(0, chunk.length), at);
    else if (unit > 1 && column instanceof BigInt64Array && (chunk.values as unknown) instanceof BigInt64Array)
      scaleTimes(chunk, unit, column, at, place);
    else convert(arrow, chunk, how, column, at);
    if (chunk.nullCount > 0) putNulls(chunk, how, column, at);
    at += chunk.length;
  }
  return column;
}

/** Times of another unit: value x unit in pairs of 32-bit halves, exact and without a BigInt per row. */
function scaleTimes(chunk: Data, unit: number, column: BigInt64Array, at: number, place: DataPlace): void {
  const stored = chunk.values as BigInt64Array,
    from = timeHalves(stored),
    to = timeHalves(column),
    // Beyond this the product may leave int64, and the double may have lost digits: rare enough for exact integers.
    most = 9.2e18 / unit,
    hasNulls = chunk.nullCount > 0;
  for (let i = 0; i < chunk.length; i++) {
    const value = from[2 * i + 1] * 4_294_967_296 + (from[2 * i] >>> 0);
    if (!(value < most && value > -most && value < 9_007_199_254_740_992 && value > -9_007_199_254_740_992)) {
      if (hasNulls && !chunk.getValid(i)) continue;
      column[at + i] = exactTime(stored[i], unit, { ...place, row: at + i });
      continue;
    }
    // value = q * 2^20 + r, so that both products are exact in doubles.
    const q = Math.floor(value / 1_048_576),
      product = q * unit,
      upper = Math.floor(product / 4096),
      lower = (product - upper * 4096) * 1_048_576 + (value - q * 1_048_576) * unit,
      carry = Math.floor(lower / 4_294_967_296);
    to[2 * (at + i)] = lower - carry * 4_294_967_296;
    to[2 * (at + i) + 1] = upper + carry;
  }
}

function exactTime(value: number | bigint, unit: number, place: DataPlace): bigint {
  const exact = BigInt(value) * BigInt(unit);
  if (exact < bounds.i64[0] || exact > bounds.i64[1]) throw new DataError(`${value} is a time outside the years 1677 to 2262 of int64 nanoseconds`, place);
  return exact;
}

/** Value by value: other widths, flags, decimals, half floats, dictionaries of numbers. */
function convert(arrow: Arrow, chunk: Data, { type, unit, place }: ArrowValues, column: ColumnArray, at: number): void {
  const isPlain = ArrayBuffer.isView(chunk.values) && chunk.typeId === arrow.Type.Int,
    get = isPlain ? (i: number) => chunk.values[i] as number | bigint : valueGetter(arrow, chunk);
  const isWide = type === 'i64' || type === 'u64',
    isFloat = type === 'f64' || type === 'f32',
    [least, most] = bounds[type] ?? [0, 0];
  for (let i = 0; i < chunk.length; i++) {
    if (chunk.nullCount > 0 && !chunk.getValid(i)) continue;
    const value = get(i);
    let exact: number | bigint;
    if (isFloat) {
      exact = Number(value);
      if (typeof value === 'bigint' && BigInt(exact) !== value) throw new DataError(`${value} has no exact double`, { ...place, row: at + i });
    } else if (unit > 1) exact = exactTime(value, unit, { ...place, row: at + i });
    else {
      if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new DataError(`${value} is no exact integer`, { ...place, row: at + i });
      exact = isWide ? BigInt(value) : Number(value);
      if (exact < least || exact > most) throw new DataError(`${value} does not fit into ${type}`, { ...place, row: at + i });
    }
    (column as Float64Array)[at + i] = exact as number;
  }
}

/** A reader of stored numbers; Arrow's own getters make dates of times and words of decimals. */
function valueGetter(arrow: Arrow, chunk: Data): (i: number) => number | bigint {
  const { Type } = arrow;
  if (chunk.typeId === Type.Decimal) return decimalGetter(chunk);
  if (chunk.typeId === Type.Dictionary) {
    const parts = chunk.dictionary!.data,
      getters = parts.map((part) => valueGetter(arrow, part));
    return (i) => {
      let code = Number(chunk.values[i]),
        part = 0;
      while (part < parts.length && code >= parts[part].length) code -= parts[part++].length;
      return part < parts.length && code >= 0 ? getters[part](code) : NaN;
    };
  }
  if (chunk.typeId === Type.Bool || (chunk.typeId === Type.Float && chunk.values instanceof Uint16Array)) {
    const vector = new arrow.Vector([chunk]) as Vector;
    return (i) => Number(vector.get(i));
  }
  return (i) => chunk.values[i] as number | bigint;
}

/** The double nearest to a decimal of 128 bits. */
function decimalGetter(chunk: Data): (i: number) => number {
  const words = chunk.values as Uint32Array,
    { scale } = chunk.type as Decimal;
  return (i) => {
    let value = 0n;
    for (let word = 3; word >= 0; word--) value = (value << 32n) | BigInt(words[4 * i + word]);
    return Number(`${BigInt.asIntN(128, value)}e${-scale}`);
  };
}

function putNulls(chunk: Data, { type, nullValue, place }: ArrowValues, column: ColumnArray, at: number): void {
  const isWide = type === 'i64' || type === 'u64',
    stands = nullValue === undefined ? (type === 'f64' || type === 'f32' ? NaN : undefined) : isWide ? BigInt(nullValue) : Number(nullValue);
  for (let i = 0; i < chunk.length; i++) {
    if (chunk.getValid(i)) continue;
    if (stands === undefined) throw new DataError('is null, and integers and times have no value that means null', { ...place, row: at + i });
    (column as Float64Array)[at + i] = stands as number;
  }
}
