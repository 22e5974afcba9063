/** The one shape everything is made of: named typed arrays, a length, and the absolute row of position 0. */
import { noteReplacement } from './array-replacements.ts';

interface ColumnArrays {
  f64: Float64Array;
  f32: Float32Array;
  i8: Int8Array;
  u8: Uint8Array;
  i16: Int16Array;
  i32: Int32Array;
  u32: Uint32Array;
  /** Time: UTC nanoseconds. */
  i64: BigInt64Array;
  u64: BigUint64Array;
  /** Codes into a list of strings in order of first appearance, -1 is none. */
  text: Int32Array;
}

export type ColumnType = keyof ColumnArrays;
export type ColumnArray = ColumnArrays[ColumnType];
/** Column names and their types, in order. */
export type Schema = { readonly [column: string]: ColumnType };
export type Schemas = { readonly [table: string]: Schema };
/** A schema of double-precision columns only. */
export type F64<Names extends string> = { readonly [N in Names]: 'f64' };
export type Columns<S extends Schema> = { readonly [N in keyof S]: ColumnArrays[S[N]] };
/** Columns of which any may be absent: all its values are then its default. */
export type SomeColumns<S extends Schema> = { readonly [N in keyof S]?: ColumnArrays[S[N]] };
export type Row<S extends Schema> = { readonly [N in keyof S]: S[N] extends 'i64' | 'u64' ? bigint : number };
/** What kernels see: `events.append()` gives the position to fill, `events.kind[position] = ...` fills it. */
export type Table<S extends Schema> = Columns<S> & { readonly length: number; readonly base: number; append(): number };

const constructors: { readonly [T in ColumnType]: new (length: number) => ColumnArrays[T] } = {
  f64: Float64Array, f32: Float32Array, i8: Int8Array, u8: Uint8Array, i16: Int16Array, i32: Int32Array, u32: Uint32Array,
  i64: BigInt64Array, u64: BigUint64Array, text: Int32Array,
};

/** A new column, every value its type's zero. */
export function newColumn<T extends ColumnType>(type: T, length: number): ColumnArrays[T] {
  return new constructors[type](length);
}

/** Does this array hold columns of this type? */
export function isColumn(type: ColumnType, value: unknown): boolean {
  return value instanceof constructors[type];
}

/** The column type that an array stands for; undefined where it is no column. */
export function columnTypeOf(value: unknown): ColumnType | undefined {
  return (Object.keys(constructors) as ColumnType[]).find(type => isColumn(type, value));
}

const reserved = ['length', 'base', 'append', 'schema', 'columns', 'capacity', 'texts', 'replaced'];

/** Throws where a schema uses a name that a table needs for itself. */
export function checkSchema(what: string, schema: Schema): void {
  for (const name in schema) if (reserved.includes(name)) throw new TypeError(`${what}: "${name}" is no column name`);
}

/**
 * A table that grows at its end and may forget rows at its start; what drivers hold.
 *
 * The arrays stand as properties under their column names. Ids are `base + position`: old rows can be dropped, and no id is ever reused.
 */
export class GrowingTable {
  readonly schema: Schema;
  columns: Record<string, ColumnArray> = {};
  /** For every text column the strings behind its codes. */
  texts: Record<string, string[]> = {};
  length = 0;
  base = 0;
  capacity = -1;
  /** How often arrays were replaced: who holds on to them looks here. */
  replaced = 0;

  /** An empty table, or a view of existing columns (nothing is copied until it grows). */
  constructor(schema: Schema, columns?: { readonly [column: string]: ColumnArray }, length?: number) {
    checkSchema('table', schema);
    this.schema = schema;
    for (const name in schema) if (schema[name] === 'text') this.texts[name] = [];
    if (columns) {
      for (const name in schema) if (columns[name]) this.columns[name] = columns[name];
      Object.assign(this, this.columns);
      this.length = this.capacity = length ?? Math.max(0, ...Object.values(this.columns).map(column => column.length));
    } else this.reserve(0);
  }

  append(): number {
    if (this.length === this.capacity) this.reserve(this.length + 1);
    return this.length++;
  }

  push(row: { readonly [column: string]: number | bigint }): void {
    const position = this.append();
    for (const name in this.columns) (this.columns[name] as Float64Array)[position] = row[name] as number;
  }

  /** Room for `rows` rows. Growing replaces the arrays: kernels read `events.kind` after `append`, never before. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    const isNew = this.capacity < 0;
    this.capacity = Math.max(rows, 2 * this.capacity, isNew ? 0 : 8);
    for (const name in this.schema) {
      const old = this.columns[name];
      if (!isNew && !old) continue;
      const grown = newColumn(this.schema[name], this.capacity);
      if (old) (grown as Float64Array).set(old.subarray(0, this.length) as Float64Array);
      this.columns[name] = grown;
    }
    noteReplacement(this);
    Object.assign(this, this.columns);
  }

  /** Takes columns away: all their values are then their default. */
  drop(names: readonly string[]): void {
    noteReplacement(this);
    // Not by `delete`: it makes every access to an object slow from then on, and tables are what every row goes through.
    this.columns = Object.fromEntries(Object.entries(this.columns).filter(([name]) => !names.includes(name)));
    for (const name of names) if (Object.hasOwn(this, name)) (this as unknown as Record<string, unknown>)[name] = undefined;
  }

  /** Forgets the rows before absolute row `row`. */
  dropBefore(row: number): void {
    const count = Math.max(0, Math.min(row - this.base, this.length));
    if (count > 0 && count < this.length) for (const name in this.columns) this.columns[name].copyWithin(0, count, this.length);
    this.length -= count;
    this.base = Math.max(this.base, row);
  }

  /** Gives columns their exact length, so that they can be handed out. */
  shrink(): void {
    for (const name in this.columns) this.columns[name] = this.columns[name].subarray(0, this.length);
    this.capacity = this.length;
    noteReplacement(this);
    Object.assign(this, this.columns);
  }

  /** The code of `text` in column `name`, given on its first appearance. */
  code(name: string, text: string): number {
    const list = this.texts[name], at = list.indexOf(text);
    return at >= 0 ? at : list.push(text) - 1;
  }
}
