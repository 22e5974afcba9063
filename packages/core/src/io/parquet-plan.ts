/** From the footer of a Parquet file and the caller's options: which columns are read how, and what the row groups cover. */
import type { FileMetaData, SchemaElement } from 'hyparquet';
import { DataError } from '../errors.ts';
import type { ColumnType, Schema } from '../table.ts';
import { parquetColumn } from './parquet-types.ts';
import type { ParquetColumn } from './parquet-types.ts';
import { TextCodes } from './parquet/text-codes.ts';
import type { ColumnPlan } from './parquet-values.ts';
import type { OnGrid, RowGroup } from './table-file.ts';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export interface ParquetOptions {
  /** The columns to offer under which name: `{ time: 'timestamp', size: 'amount' }`. @defaultValue all, under their own names */
  columns?: { readonly [column: string]: string };
  /** Types to read columns as, usually a record's schema. @defaultValue the types of the file */
  schema?: Schema;
  /** The column that orders the rows, by its name in the table. @defaultValue `time` or `openTime` where there is one */
  timeColumn?: string;
  /** Unit of times that the file keeps as bare integers. @defaultValue 'ns' */
  timeUnit?: TimeUnit;
  /** What stands for null in integer columns, by name in the table. */
  nulls?: { readonly [column: string]: number | bigint };
  /** Numbers for texts, by name in the table: `{ side: { buy: 1, sell: -1 } }`. */
  values?: { readonly [column: string]: { readonly [text: string]: number } };
  /**
   * Decimals behind the point of integers in byte arrays of fixed length, least significant byte first, by name in the table: `{ bid: 16 }` for the
   * prices of NautilusTrader.
   */
  decimals?: { readonly [column: string]: number };
  /** Puts prices on the instrument's grid. @defaultValue prices stay as they are */
  onGrid?: OnGrid;
  /** `any` does not verify that times never decrease. @defaultValue 'time' */
  order?: 'time' | 'any';
}

const perUnit: { readonly [U in TimeUnit]: bigint } = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n };

/** How the columns that the options ask for are read, the schema that they make, and the one that orders the rows. */
export function columnPlans(
  file: string,
  footer: FileMetaData,
  options: ParquetOptions,
): { plans: Map<string, ColumnPlan>; schema: Schema; timeColumn: string | undefined } {
  const elements = topLevel(footer.schema);
  const wanted = options.columns ?? Object.fromEntries([...elements.keys()].map((name) => [name, name]));
  const plans = new Map<string, ColumnPlan>(),
    schema: Record<string, ColumnType> = {};
  for (const [name, source] of Object.entries(wanted)) {
    const element = elements.get(source);
    if (!element) throw new RangeError(`${file}: there is no column "${source}", it has ${[...elements.keys()].join(', ')}`);
    const column = parquetColumn(element, options.decimals?.[name]);
    if (typeof column === 'string') {
      // A column that nobody asked for by name may be of any kind; one that was asked for must be readable.
      if (options.columns) throw new DataError(`${column}, which no column type holds`, { file, column: source });
      continue;
    }
    plans.set(name, columnPlan(file, name, column, options));
    schema[name] = plans.get(name)!.type;
  }
  const timeColumn = options.timeColumn ?? ['time', 'openTime'].find((name) => schema[name] === 'i64');
  if (timeColumn !== undefined && schema[timeColumn] !== 'i64')
    throw new RangeError(`${file}: time column "${timeColumn}" is ${schema[timeColumn] ? `of type ${schema[timeColumn]}` : 'not there'}`);
  return { plans, schema, timeColumn };
}

function columnPlan(file: string, name: string, column: ParquetColumn, options: ParquetOptions): ColumnPlan {
  const values = options.values?.[name],
    type = options.schema?.[name] ?? (values ? 'i8' : column.type);
  if (column.type === 'text' && type !== 'text' && type !== 'u64' && !values)
    throw new DataError(`holds text, and ${name} is ${type}: give numbers for its texts in values`, { file, column: column.name });
  if (column.type !== 'text' && type === 'text') throw new DataError(`holds ${column.type}, and ${name} is text`, { file, column: column.name });
  const isTime = type === 'i64' && (name === 'time' || name.endsWith('Time') || name === options.timeColumn);
  const stated = column.nanosecondsPerUnit,
    nanosecondsPerUnit = stated === 1n && isTime && !column.isLogicalTime ? perUnit[options.timeUnit ?? 'ns'] : stated;
  return {
    name,
    source: column.name,
    type,
    column: column.form,
    nanosecondsPerUnit,
    values,
    nullValue: options.nulls?.[name],
    texts: type === 'text' ? new TextCodes() : undefined,
    noise: column.type === 'f32' ? 'f32' : 'f64',
  };
}

/** The row groups with the bounds of their times. */
export function rowGroups(footer: FileMetaData, timeSource: string | undefined, unit: bigint): RowGroup[] {
  let fromRow = 0;
  return footer.row_groups.map((group, index) => {
    const toRow = fromRow + Number(group.num_rows),
      statistics = group.columns.find((column) => column.meta_data?.path_in_schema[0] === timeSource)?.meta_data?.statistics;
    const least = statistics?.min_value ?? statistics?.min,
      most = statistics?.max_value ?? statistics?.max;
    const bytes = group.columns.reduce((sum, column) => sum + Number(column.meta_data?.total_compressed_size ?? 0n), 0);
    const row: RowGroup = { index, fromRow, toRow, byteLength: bytes, minimumTime: bound(least, unit), maximumTime: bound(most, unit) };
    fromRow = toRow;
    return row;
  });
}

/** A stated minimum or maximum of a time column in nanoseconds; undefined where it is no integer. */
export function bound(value: unknown, unit: bigint): bigint | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) * unit : undefined;
}

/** The columns of a file by name, nested ones by their outermost name. */
export function topLevel(schema: readonly SchemaElement[]): Map<string, SchemaElement> {
  const elements = new Map<string, SchemaElement>();
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < (schema[at].num_children ?? 0); child++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) elements.set(schema[at].name, schema[at]);
  return elements;
}
