/** Tables as Parquet files: REQUIRED columns, statistics, a page index on the time column, schema and version in the footer. */
import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import type { ParquetWriter } from 'hyparquet-writer';
import { DataError, oneOf, positiveInteger } from '../errors.ts';
import { schemaVersion } from '../schemas.ts';
import { isColumn } from '../table.ts';
import type { ColumnArray, ColumnType, Schema } from '../table.ts';
import { setFooterVersion1 } from './parquet-footer-version.ts';
import { zstd } from './parquet/zstd.ts';
import { replaceFile } from './replace-file.ts';

/** Rows to write: columns, and for text columns the strings behind their codes. */
export interface WriteTable {
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly texts?: { readonly [column: string]: readonly string[] };
  /** Rows to write of each column. @defaultValue the length of the columns, which must agree */
  readonly length?: number;
}

export type ParquetEncoding = 'plain' | 'dictionary' | 'delta' | 'byteStreamSplit';

export interface WriteParquetOptions {
  /** Column types in order; columns of the schema that the table does not have are not written. */
  schema: Schema;
  /** Name of the schema in the footer, such as `quotes`. */
  record?: string;
  /** @defaultValue 250000 */
  rowGroupRows?: number;
  /** @defaultValue 'snappy' */
  compression?: 'snappy' | 'gzip' | 'zstd' | 'uncompressed';
  /**
   * Encodings by column: `delta` for integers and times, `byteStreamSplit` for floats and integers (both smaller under zstd, slower to write),
   * `dictionary` for few distinct values. @defaultValue 'plain', for text what is smaller
   */
  encodings?: { readonly [column: string]: ParquetEncoding };
  /** The column that gets a page index. @defaultValue `time` or `openTime` where there is one */
  timeColumn?: string;
  /** Further key-value metadata. */
  metadata?: { readonly [key: string]: string };
  /**
   * The version in the footer; 1 is the dialect of parquetjs and parquetjs-lite, which refuse 2 and read plain values only. It goes with the
   * compressions snappy, gzip and uncompressed. @defaultValue 2
   */
  footerVersion?: 1 | 2;
}

const elements: { readonly [T in ColumnType]: Omit<SchemaElement, 'name'> } = {
  f64: { type: 'DOUBLE' },
  f32: { type: 'FLOAT' },
  i8: { type: 'INT32', converted_type: 'INT_8' },
  u8: { type: 'INT32', converted_type: 'UINT_8' },
  i16: { type: 'INT32', converted_type: 'INT_16' },
  i32: { type: 'INT32' },
  u32: { type: 'INT32' },
  i64: { type: 'INT64' },
  u64: { type: 'INT64', converted_type: 'UINT_64' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};
const codecs = { snappy: 'SNAPPY', gzip: 'GZIP', zstd: 'ZSTD', uncompressed: 'UNCOMPRESSED' } as const;
const pageBytes = 131_072;
const encodingNames = { plain: 'PLAIN', dictionary: 'RLE_DICTIONARY', delta: 'DELTA_BINARY_PACKED', byteStreamSplit: 'BYTE_STREAM_SPLIT' } as const;

/**
 * Writes a table, or a sequence of tables of one schema, to `path`: whole, or not at all.
 *
 * A sequence is written as it comes, so memory holds one of its tables; each starts a new row group. A text code of -1 has no string and is
 * refused. Returns the number of rows. Errors: TypeError for a column of another type, RangeError for unequal lengths.
 */
export function writeParquet(
  path: string,
  table: WriteTable | Iterable<WriteTable> | AsyncIterable<WriteTable>,
  options: WriteParquetOptions,
): Promise<number> {
  const { rowGroupRows = 250_000, compression = 'snappy' } = options;
  positiveInteger('writeParquet: rowGroupRows', rowGroupRows);
  if (!(compression in codecs))
    throw new RangeError(`writeParquet: compression must be one of ${Object.keys(codecs).join(', ')}, was ${compression}`);
  if (![1, 2].includes(options.footerVersion ?? 2)) throw new RangeError(`writeParquet: footerVersion must be 1 or 2, was ${options.footerVersion}`);
  checkEncodings(options);
  if (options.footerVersion === 1 && (compression === 'zstd' || options.encodings !== undefined))
    throw new RangeError('writeParquet: files of footer version 1 are not compressed by zstd and have no encodings of choice');
  return replaceFile(path, async (temporary) => {
    let writer: ParquetWriter | undefined,
      names: string[] = [],
      rows = 0;
    const list = 'columns' in table ? [table as WriteTable] : table;
    for await (const part of list) {
      if (!writer) {
        names = Object.keys(options.schema).filter((name) => part.columns[name] !== undefined);
        if (names.length === 0) throw new TypeError('writeParquet: the table has none of the columns of the schema');
        writer = await startFile(temporary, names, options);
      }
      rows += await writePart(writer, path, names, part, options, rows);
    }
    if (!writer) throw new RangeError(`writeParquet: ${path} has no table to write`);
    // These two get their logical type only here, after the last value: with it the writer would turn times into arrays of bigints, and refuse
    // half the range of unsigned integers, whose bits are written as signed ones.
    for (const element of writer.schema) {
      if (options.schema[element.name] === 'i64') element.logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' };
      if (options.schema[element.name] === 'u32') element.converted_type = 'UINT_32';
    }
    await writer.finish();
    if (options.footerVersion === 1) await setFooterVersion1(temporary);
    return rows;
  });
}

/** Refuses an encoding that a column's type does not have, before anything is written. */
function checkEncodings({ encodings = {}, schema }: WriteParquetOptions): void {
  for (const [name, encoding] of Object.entries(encodings)) {
    const type = schema[name];
    if (type === undefined)
      throw new RangeError(`writeParquet: encodings name the column "${name}", the schema has ${Object.keys(schema).join(', ')}`);
    oneOf(`writeParquet: encoding of "${name}"`, encoding, Object.keys(encodingNames));
    const isFloat = type === 'f64' || type === 'f32',
      isRefused = (encoding === 'delta' && (isFloat || type === 'text')) || (encoding === 'byteStreamSplit' && (type === 'text' || type === 'u64'));
    if (isRefused) throw new RangeError(`writeParquet: column "${name}" of type ${type} has no encoding ${encoding}`);
  }
}

/** The writer's dictionary holds 0 and -0 as one value: a column with a -0 is written plain. */
function encodingOf(
  type: ColumnType,
  encoding: ParquetEncoding | undefined,
  column: ColumnArray,
): (typeof encodingNames)[ParquetEncoding] | undefined {
  const isFloat = type === 'f64' || type === 'f32';
  if (encoding === 'dictionary' && isFloat && (column as Float64Array).some((value) => Object.is(value, -0))) return 'PLAIN';
  return encoding === undefined && type === 'text' ? undefined : encodingNames[encoding ?? 'plain'];
}

/** The writer's package is loaded when a file is first written. */
async function startFile(
  temporary: string,
  names: readonly string[],
  { schema, record, compression = 'snappy', metadata = {} }: WriteParquetOptions,
): Promise<ParquetWriter> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const all = { ...(record === undefined ? {} : { 'zanzibar.schema': record }), 'zanzibar.version': schemaVersion, ...metadata };
  const list: SchemaElement[] = [{ name: 'root', num_children: names.length }];
  for (const name of names) list.push({ name, repetition_type: 'REQUIRED', ...elements[schema[name]] });
  return new ParquetWriter({
    writer: fileWriter(temporary),
    schema: list,
    codec: codecs[compression],
    compressors: compression === 'zstd' ? { ZSTD: (await zstd()).compress } : { GZIP: (bytes) => new Uint8Array(gzipSync(bytes)) },
    kvMetadata: Object.entries(all).map(([key, value]) => ({ key, value })),
    createdBy: 'zanzibar',
  });
}

async function writePart(
  writer: ParquetWriter,
  path: string,
  names: readonly string[],
  part: WriteTable,
  options: WriteParquetOptions,
  rowsBefore: number,
): Promise<number> {
  const { schema, rowGroupRows = 250_000 } = options,
    length = part.length ?? part.columns[names[0]].length;
  const timeColumn = options.timeColumn ?? ['time', 'openTime'].find((name) => schema[name] === 'i64');
  for (const name of names) {
    const column = part.columns[name];
    if (column === undefined || !isColumn(schema[name], column)) throw new TypeError(`writeParquet: column "${name}" is not of type ${schema[name]}`);
    if (column.length < length || (part.length === undefined && column.length !== length)) {
      throw new RangeError(`writeParquet: column "${name}" has ${column.length} rows, others have ${length}`);
    }
  }
  // Group by group, so that converted copies (text, small integers) never exceed one group.
  for (let from = 0; from < length; from += rowGroupRows) {
    const to = Math.min(from + rowGroupRows, length);
    await writer.write({
      columnData: names.map((name) => ({
        name,
        data: fileValues(schema[name], part.columns[name].subarray(from, to), part.texts?.[name], {
          file: path,
          row: rowsBefore + from,
          column: name,
        }),
        encoding: options.footerVersion === 1 ? ('PLAIN' as const) : encodingOf(schema[name], options.encodings?.[name], part.columns[name].subarray(from, to)),
        columnIndex: name === timeColumn,
        // Statistics of unsigned bits read as signed would be wrong, and readers would prune by them.
        statistics: schema[name] !== 'u32',
      })),
      rowGroupSize: rowGroupRows,
      pageSize: pageBytes,
    });
  }
  return length;
}

function fileValues(
  type: ColumnType,
  column: ColumnArray,
  texts: readonly string[] | undefined,
  place: { file: string; row: number; column: string },
): Int32Array | Float64Array | BigInt64Array | string[] {
  if (type === 'text') {
    return Array.from(column as Int32Array, (code, i) => {
      const text = texts?.[code];
      if (text === undefined) throw new DataError(`text code ${code} has no string`, { ...place, row: place.row + i });
      return text;
    });
  }
  if (type === 'u32') return new Int32Array(column.buffer, column.byteOffset, column.length);
  if (type === 'i8' || type === 'u8' || type === 'i16') return Int32Array.from(column as Int16Array);
  return column as Float64Array;
}
