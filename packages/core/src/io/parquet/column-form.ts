/** How the values of a Parquet column stand in memory once its encoding is undone. */

/** Doubles, floats, 32-bit integers, 32-bit halves of 64-bit integers, bytes of 0 and 1, and codes of strings. */
export type Form = 'f64' | 'f32' | 'i32' | 'i64' | 'bit' | 'code';

export type FormArray = Float64Array | Float32Array | Int32Array | Uint8Array;

export interface ColumnForm {
  readonly form: Form;
  readonly physical: 'DOUBLE' | 'FLOAT' | 'INT32' | 'INT64' | 'INT96' | 'BOOLEAN' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY';
  /** Bytes of a fixed-length byte array, 0 for others. */
  readonly length: number;
  readonly isUnsigned: boolean;
  /** Decimals behind the point of what is stored as an integer; undefined for what is no decimal. */
  readonly scale: number | undefined;
  /** Byte arrays that hold integers least significant byte first. */
  readonly isLittleEndian: boolean;
  readonly isHalfFloat: boolean;
  /** May values be null? */
  readonly isOptional: boolean;
}

/** A new array of a form, with two elements for each 64-bit integer. */
export function newForm(form: Form, count: number): FormArray {
  if (form === 'f64') return new Float64Array(count);
  if (form === 'f32') return new Float32Array(count);
  if (form === 'bit') return new Uint8Array(count);
  return new Int32Array(form === 'i64' ? 2 * count : count);
}
