/** Our tables as Arrow tables, over the same memory. */
import type { Data, DataType, Table } from 'apache-arrow';
import { DataError } from '../errors.ts';
import { schemaVersion } from '../schemas.ts';
import { isColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import { apacheArrow } from './apache-arrow.ts';
import type { Arrow } from './apache-arrow.ts';
import type { ColumnTable } from './column-table.ts';

export interface ToArrowOptions {
  /** Name of the schema, such as `quotes`, kept in the metadata. */
  record?: string;
  /** Further key-value metadata. */
  metadata?: { readonly [key: string]: string };
}

/** What of a table is converted: `texts` where it has text columns, `length` where its columns are longer. */
export type ToArrowTable = Pick<ColumnTable, 'schema' | 'columns'> & Partial<Pick<ColumnTable, 'texts' | 'length'>>;

/**
 * The table as an Arrow table of one record batch: every vector is a view of its column; only text codes with rows of no text are copied.
 *
 * Types: times and other int64 columns are timestamps in UTC nanoseconds, the numbers what they are, text a dictionary of strings with int32 codes.
 * NaN stays NaN, a value and no null; only a text code of -1 is null. Columns that the table does not have are left out. Errors: TypeError for a
 * column of another type, RangeError for one that is too short, DataError for a text code without a string, Error where apache-arrow is not
 * installed. Example: `(await toArrow(result.tables.fills)).getChild('price')`.
 */
export async function toArrow(table: ToArrowTable, options: ToArrowOptions = {}): Promise<Table> {
  const arrow = await apacheArrow(),
    names = Object.keys(table.schema).filter((name) => table.columns[name] !== undefined);
  if (names.length === 0) throw new TypeError('toArrow: the table has none of the columns of its schema');
  const length = table.length ?? table.columns[names[0]].length;
  const parts = names.map((name) => columnData(arrow, name, table.schema[name], table.columns[name], length, table.texts?.[name] ?? []));
  const fields = names.map((name, i) => new arrow.Field(name, parts[i].type, table.schema[name] === 'text'));
  const metadata = {
    ...(options.record === undefined ? {} : { 'zanzibar.schema': options.record }),
    'zanzibar.version': schemaVersion,
    ...options.metadata,
  };
  const schema = new arrow.Schema(fields, new Map(Object.entries(metadata)));
  return new arrow.Table(schema, [new arrow.RecordBatch(schema, arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children: parts }))]);
}

function columnData(arrow: Arrow, name: string, type: ColumnType, column: ColumnArray, length: number, texts: readonly string[]): Data {
  if (!isColumn(type, column)) throw new TypeError(`toArrow: column "${name}" is not of type ${type}`);
  if (column.length < length) throw new RangeError(`toArrow: column "${name}" has ${column.length} rows, the table ${length}`);
  const data = column.length === length ? column : column.subarray(0, length);
  if (type === 'text') return textData(arrow, name, data as Int32Array, texts);
  // Typed as one of the kinds only: the constructor decides by the type that it is given.
  return arrow.makeData({ type: arrowType(arrow, type) as never, length, nullCount: 0, data: data as never });
}

function arrowType(arrow: Arrow, type: Exclude<ColumnType, 'text'>): DataType {
  switch (type) {
    case 'f64':
      return new arrow.Float64();
    case 'f32':
      return new arrow.Float32();
    case 'i8':
      return new arrow.Int8();
    case 'u8':
      return new arrow.Uint8();
    case 'i16':
      return new arrow.Int16();
    case 'i32':
      return new arrow.Int32();
    case 'u32':
      return new arrow.Uint32();
    case 'u64':
      return new arrow.Uint64();
    case 'i64':
      return new arrow.Timestamp(arrow.TimeUnit.NANOSECOND, 'UTC');
  }
}

/**
 * Codes over the strings, shared where every row has a text; else a copy with 0 in place of -1, since polars reads the codes of nulls too, and the
 * bits of validity.
 */
function textData(arrow: Arrow, name: string, codes: Int32Array, texts: readonly string[]): Data {
  let nullCount = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] >= texts.length) throw new DataError(`text code ${codes[i]} has no string`, { row: i, column: name });
    if (codes[i] < 0) nullCount++;
  }
  const dictionary = arrow.vectorFromArray(texts.length === 0 ? [''] : [...texts], new arrow.Utf8());
  const type = new arrow.Dictionary(dictionary.type, new arrow.Int32());
  if (nullCount === 0) return arrow.makeData({ type, length: codes.length, nullCount, data: codes, dictionary });
  const data = codes.slice(),
    nullBitmap = new Uint8Array(((codes.length + 63) >> 6) << 3).fill(255);
  for (let i = 0; i < data.length; i++) {
    if (data[i] >= 0) continue;
    data[i] = 0;
    nullBitmap[i >> 3] &= ~(1 << (i & 7));
  }
  return arrow.makeData({ type, length: codes.length, nullCount, nullBitmap, data, dictionary });
}
