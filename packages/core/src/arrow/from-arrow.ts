/** Arrow tables as ours. */
import type { Data, Decimal, Table } from 'apache-arrow';
import { DataError } from '../errors.ts';
import type { DataPlace } from '../errors.ts';
import { schemaVersion } from '../schemas.ts';
import type { ColumnArray, ColumnType, Schema } from '../table.ts';
import { apacheArrow } from './apache-arrow.ts';
import type { Arrow } from './apache-arrow.ts';
import { arrowColumn } from './arrow-types.ts';
import { arrowTexts, numbersOfTexts } from './arrow-texts.ts';
import { arrowValues } from './arrow-values.ts';
import type { ColumnTable } from './column-table.ts';

export interface FromArrowOptions {
  /** The columns to take under which name: `{ time: 'timestamp', size: 'amount' }`. @defaultValue all that a column type holds, under their own names */
  columns?: { readonly [column: string]: string };
  /** Types to read columns as, usually a record's schema. @defaultValue the types of the table */
  schema?: Schema;
  /** Unit of times that the table keeps as bare integers. @defaultValue 'ns' */
  timeUnit?: 's' | 'ms' | 'us' | 'ns';
  /** What stands for null in integer columns, by name in our table. */
  nulls?: { readonly [column: string]: number | bigint };
  /** Numbers for texts, by name in our table: `{ side: { buy: 1, sell: -1 } }`. */
  values?: { readonly [column: string]: { readonly [text: string]: number } };
  /** What messages call the table, usually its file. */
  name?: string;
}

/** A table that came from Arrow. */
export interface ArrowColumns extends ColumnTable {
  /** Key-value metadata of the Arrow schema. */
  readonly metadata: { readonly [key: string]: string };
  /** Rows of the record batches, one after the other. */
  readonly batchRows: readonly number[];
}

const perUnit = { s: 1_000_000_000, ms: 1_000_000, us: 1_000, ns: 1 } as const;

/**
 * The columns of an Arrow table.
 *
 * A column of one batch without nulls whose type is ours (doubles, integers, timestamps in nanoseconds, int32 codes of a dictionary) is a view of
 * Arrow's memory; everything else is copied. Times of any unit and dates become int64 UTC nanoseconds (a time without a zone is taken as UTC),
 * booleans 0 and 1, decimals the nearest doubles, strings and dictionaries codes. Null is NaN in a float column and code -1 in a text column; among
 * integers, times and flags it is an error unless `nulls` names a value for it. Errors: DataError with name, row and column; RangeError for a
 * column that the table does not have; Error where apache-arrow is not installed.
 */
export async function fromArrow(table: Table, options: FromArrowOptions = {}): Promise<ArrowColumns> {
  const arrow = await apacheArrow(),
    { name: file, timeUnit = 'ns' } = options;
  const metadata = Object.fromEntries(table.schema.metadata);
  refuseOtherVersion(file, metadata);
  if (!(timeUnit in perUnit)) throw new RangeError(`fromArrow: timeUnit must be one of ${Object.keys(perUnit).join(', ')}, was ${timeUnit}`);
  const fields = table.schema.fields.map((field) => field.name),
    wanted = options.columns ?? Object.fromEntries(fields.map((name) => [name, name]));
  const columns: { [column: string]: ColumnArray } = {},
    texts: { [column: string]: readonly string[] } = {},
    schema: { [column: string]: ColumnType } = {};
  const length = table.numRows,
    batchRows = table.batches.map((batch) => batch.numRows);
  for (const [name, source] of Object.entries(wanted)) {
    const at = fields.indexOf(source);
    if (at < 0) throw new RangeError(`${file ?? 'fromArrow'}: there is no column "${source}", it has ${fields.join(', ')}`);
    const place = { file, column: source },
      column = arrowColumn(arrow, table.schema.fields[at].type);
    if (typeof column === 'string') {
      // A column that nobody asked for by name may be of any kind; one that was asked for must be readable.
      if (options.columns) throw new DataError(`${column}, which no column type holds`, place);
      continue;
    }
    const values = options.values?.[name],
      nullValue = options.nulls?.[name],
      type = options.schema?.[name] ?? (values ? 'i8' : column.type);
    if (column.type !== 'text' && type === 'text') throw new DataError(`holds ${column.type}, and ${name} is text`, place);
    if (column.type === 'text' && type !== 'text' && type !== 'u64' && !values)
      throw new DataError(`holds text, and ${name} is ${type}: give numbers for its texts in values`, place);
    const isTime = type === 'i64' && (name === 'time' || name.endsWith('Time')),
      unit = isTime && !column.isLogicalTime ? perUnit[timeUnit] : column.nanosecondsPerUnit;
    schema[name] = type;
    try {
      const chunks = wholeChunks(arrow, table.getChildAt(at)!.data, length, place);
      if (column.type !== 'text') columns[name] = arrowValues(arrow, chunks, length, { type, unit, nullValue, place });
      else {
        const found = arrowTexts(arrow, chunks, length, place);
        if (type === 'text') [columns[name], texts[name]] = [found.codes, found.list];
        else columns[name] = numbersOfTexts(found, { type, values, nullValue, place });
      }
    } catch (error) {
      // What else fails is Arrow's own reading of memory that is not what it says.
      throw error instanceof DataError ? error : new DataError(`is damaged: ${(error as Error).message}`, place);
    }
  }
  return { schema, columns, texts, length, metadata, batchRows };
}

/** The parts of a column. A damaged file may state more rows than its buffers hold: loops over them would not end. */
function wholeChunks(arrow: Arrow, chunks: readonly Data[], length: number, place: DataPlace): readonly Data[] {
  const { Type } = arrow;
  let rows = 0;
  for (const chunk of chunks) {
    rows += chunk.length;
    const { typeId, values, valueOffsets, length: stated, offset, nullCount, nullBitmap } = chunk,
      stored = (values as { length: number } | undefined)?.length ?? 0;
    let held = stored;
    if (typeId === Type.Bool) held = stored * 8 - offset;
    else if (typeId === Type.Decimal) held = stored / ((chunk.type as Decimal).bitWidth / 32);
    else if (typeId === Type.Utf8View) held = stored / 16;
    else if (typeId === Type.Utf8 || typeId === Type.LargeUtf8) held = valueOffsets.length - 1;
    if (chunk.dictionary) wholeChunks(arrow, chunk.dictionary.data, chunk.dictionary.length, place);
    if (stated > 0 && (held < stated || (nullCount > 0 && nullBitmap.length * 8 < stated))) throw new DataError(`states ${stated} rows, its buffers hold fewer`, place);
  }
  if (rows !== length) throw new DataError(`has ${rows} rows, the table ${length}`, place);
  return chunks;
}

function refuseOtherVersion(file: string | undefined, metadata: { readonly [key: string]: string }): void {
  const version = metadata['zanzibar.version'];
  if (version === undefined || version.split('.')[0] === schemaVersion.split('.')[0]) return;
  throw new DataError(`holds schema "${metadata['zanzibar.schema'] ?? 'unnamed'}" version ${version}; this reader knows version ${schemaVersion}`, { file });
}
