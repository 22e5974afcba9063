/** Parquet files as tables, decoded by hyparquet: projection, pruning by time, one row group in memory at a time. */
import type { FileMetaData, SubColumnData } from 'hyparquet';
import { DataError } from '../errors.ts';
import { schemaVersion } from '../schemas.ts';
import { newColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import { fileSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeRows, readFooter } from './parquet-decoder.ts';
import { bound, columnPlans, rowGroups, topLevel } from './parquet-plan.ts';
import type { ParquetOptions } from './parquet-plan.ts';
import { checkFooter } from './parquet-footer.ts';
import { plainElement } from './parquet-types.ts';
import { copyValues } from './parquet-values.ts';
import type { ColumnPlan } from './parquet-values.ts';
import { isPriceColumn } from './table-file.ts';
import type { ReadOptions, RowGroup, TableFile, TableSlice } from './table-file.ts';
import { checkTimeOrder, rowsBetween } from './time-order.ts';

const schemaKey = 'zanzibar.version';

/**
 * Opens a Parquet file as a table.
 *
 * Times of any unit come as exact int64 nanoseconds, 64-bit integers as they are, text as codes, null floats as NaN; a null among integers is an
 * error unless `nulls` names a value for it. Codecs: none, snappy, gzip, zstd, lz4, brotli. Errors: DataError with file, row and column;
 * RangeError for a column that the file does not have; a file of another major schema version is refused by name.
 */
export async function openParquet(from: string | ByteSource, options: ParquetOptions = {}): Promise<TableFile> {
  const source = typeof from === 'string' ? await fileSource(from) : from;
  try {
    const metadata = await readFooter(source);
    checkFooter(source.name, metadata, source.byteLength);
    return parquetTable(source, metadata, options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

function parquetTable(source: ByteSource, footer: FileMetaData, options: ParquetOptions): TableFile {
  const file = source.name,
    metadata = keyValues(footer);
  refuseOtherVersion(file, metadata);
  const { plans, schema, timeColumn } = columnPlans(file, footer, options);
  const plain = withPlainElements(footer),
    elements = topLevel(footer.schema);
  const unit = plans.get(timeColumn ?? '')?.nanosecondsPerUnit ?? 1n;
  const timeSource = timeColumn === undefined ? undefined : plans.get(timeColumn)!.source;
  const groups = rowGroups(footer, timeSource, unit);
  const rowCount = groups.length === 0 ? 0 : groups[groups.length - 1].toRow;
  const isOrdered = (options.order ?? 'time') === 'time';

  function chosen(read: ReadOptions): { names: string[]; groups: RowGroup[] } {
    const names = [...(read.columns ?? Object.keys(schema))];
    for (const name of names)
      if (!(name in schema)) throw new RangeError(`${file}: there is no column "${name}", it has ${Object.keys(schema).join(', ')}`);
    if (read.from === undefined && read.to === undefined) return { names, groups: pickGroups(read.groups) };
    if (timeColumn === undefined) throw new RangeError(`${file}: from and to need a time column, name one with timeColumn`);
    if (!isOrdered) throw new RangeError(`${file}: from and to need a file in order of time, this one was opened with order: 'any'`);
    return { names, groups: pickGroups(read.groups).filter((group) => overlaps(group, read)) };
  }

  function pickGroups(wanted: readonly number[] | undefined): RowGroup[] {
    return (wanted ?? groups.map((_, i) => i)).map((index) => {
      if (groups[index] === undefined) throw new RangeError(`${file}: there is no row group ${index}, it has ${groups.length}`);
      return groups[index];
    });
  }

  /** Rows `[start, end)` of the file, which lie in one group, into `targets` at `at`. */
  async function decode(
    names: readonly string[],
    start: number,
    end: number,
    targets: { readonly [name: string]: ColumnArray },
    at: number,
  ): Promise<void> {
    const bySource = new Map<string, ColumnPlan[]>();
    for (const name of names) {
      const plan = plans.get(name)!;
      bySource.set(plan.source, [...(bySource.get(plan.source) ?? []), plan]);
    }
    const covered = new Map<string, number>([...bySource.keys()].map((name) => [name, 0]));
    const onPage = ({ pathInSchema, columnData, rowStart }: SubColumnData): void => {
      const first = Math.max(start, rowStart),
        last = Math.min(end, rowStart + columnData.length);
      if (first >= last) return;
      covered.set(pathInSchema[0], covered.get(pathInSchema[0])! + last - first);
      for (const plan of bySource.get(pathInSchema[0])!) {
        copyValues(plan, columnData, first - rowStart, last - rowStart, targets[plan.name], at + first - start, file, first);
      }
    };
    await decodeRows({ source, footer: plain, columns: [...bySource.keys()], start, end, onPage });
    for (const [name, rows] of covered) {
      if (rows !== end - start)
        throw new DataError(`has ${rows} of the ${end - start} values that its row group declares`, { file, row: start, column: name });
    }
  }

  /** The rows of a group that can hold times in [from, to), by the page index of its time column where it has one. */
  async function candidates(group: RowGroup, { from, to }: ReadOptions): Promise<[number, number]> {
    const whole: [number, number] = [group.fromRow, group.toRow];
    const chunk = footer.row_groups[group.index].columns.find((column) => column.meta_data?.path_in_schema[0] === timeSource);
    if ((from === undefined && to === undefined) || !chunk?.column_index_offset || !chunk.offset_index_offset) return whole;
    const inside = (from === undefined || group.minimumTime! >= from) && (to === undefined || group.maximumTime! < to);
    if (inside) return whole;
    const { readColumnIndex, readOffsetIndex } = await import('hyparquet');
    const read = async (offset: bigint, length: number): Promise<{ view: DataView; offset: number }> => ({
      view: new DataView(await source.slice(Number(offset), Number(offset) + length)),
      offset: 0,
    });
    const index = readColumnIndex(await read(chunk.column_index_offset, chunk.column_index_length!), plainElement(elements.get(timeSource!)!));
    const pages = readOffsetIndex(await read(chunk.offset_index_offset, chunk.offset_index_length!)).page_locations;
    let first = whole[1],
      last = whole[0];
    for (let page = 0; page < pages.length; page++) {
      const least = bound(index.min_values[page], unit),
        most = bound(index.max_values[page], unit);
      if ((from !== undefined && most !== undefined && most < from) || (to !== undefined && least !== undefined && least >= to)) continue;
      const pageFrom = group.fromRow + Number(pages[page].first_row_index);
      first = Math.min(first, pageFrom);
      last = page + 1 < pages.length ? group.fromRow + Number(pages[page + 1].first_row_index) : group.toRow;
    }
    return first < last ? [first, last] : [whole[0], whole[0]];
  }

  /** One group's chosen rows, cut to the times asked for. */
  async function readGroup(
    names: readonly string[],
    group: RowGroup,
    read: ReadOptions,
    previous: bigint | undefined,
  ): Promise<{ slice: TableSlice; last: bigint | undefined }> {
    const [start, end] = await candidates(group, read),
      isCut = read.from !== undefined || read.to !== undefined;
    const needed = isCut && !names.includes(timeColumn!) ? [...names, timeColumn!] : names;
    const columns: Record<string, ColumnArray> = {};
    for (const name of needed) columns[name] = newColumn(schema[name], end - start);
    if (start < end) await decode(needed, start, end, columns, 0);
    const time = timeColumn === undefined ? undefined : (columns[timeColumn] as BigInt64Array | undefined);
    let last = previous,
      from = 0,
      to = end - start;
    if (time && isOrdered) last = checkTimeOrder({ time, previous, file, column: plans.get(timeColumn!)!.source, firstRow: start });
    if (time && isCut) [from, to] = rowsBetween(time, read.from, read.to);
    return { slice: slice(names, columns, from, to, start + from), last };
  }

  function slice(names: readonly string[], columns: { readonly [name: string]: ColumnArray }, from: number, to: number, base: number): TableSlice {
    const kept: Record<string, ColumnArray> = {},
      kinds: Record<string, ColumnType> = {},
      texts: Record<string, readonly string[]> = {};
    let offGrid = 0;
    for (const name of names) {
      const plan = plans.get(name)!,
        column = columns[name].subarray(from, to);
      kept[name] = column;
      kinds[name] = plan.type;
      if (plan.texts) texts[name] = plan.texts.list;
      if (options.onGrid && column instanceof Float64Array && isPriceColumn(name)) offGrid += options.onGrid(column, name, plan.noise);
    }
    return { schema: kinds, columns: kept, texts, length: to - from, base, offGrid };
  }

  async function* stream(read: ReadOptions = {}): AsyncIterable<TableSlice> {
    const { names, groups: wanted } = chosen(read);
    let previous: bigint | undefined;
    for (const group of wanted) {
      const { slice: rows, last } = await readGroup(names, group, read, previous);
      previous = last;
      if (rows.length > 0) yield rows;
    }
  }

  async function readAll(read: ReadOptions = {}): Promise<TableSlice> {
    const { names, groups: wanted } = chosen(read);
    if (wanted.length === 1) return (await readGroup(names, wanted[0], read, undefined)).slice;
    const isCut = read.from !== undefined || read.to !== undefined;
    const columns: Record<string, ColumnArray> = {},
      room = wanted.reduce((sum, group) => sum + group.toRow - group.fromRow, 0);
    for (const name of names) columns[name] = newColumn(schema[name], room);
    let length = 0,
      base = wanted[0]?.fromRow ?? 0,
      offGrid = 0,
      previous: bigint | undefined;
    for (const group of wanted) {
      const { slice: rows, last } = await readGroup(names, group, read, previous);
      previous = last;
      if (length === 0 && rows.length > 0) base = rows.base;
      for (const name of names) (columns[name] as Float64Array).set(rows.columns[name] as Float64Array, length);
      length += rows.length;
      offGrid += rows.offGrid;
    }
    const whole = slice(names, columns, 0, isCut ? length : room, base);
    return { ...whole, offGrid };
  }

  return { name: file, schema, timeColumn, rowCount, groups, metadata, read: readAll, stream, close: () => source.close() };
}

function overlaps(group: RowGroup, { from, to }: ReadOptions): boolean {
  const isAfter = from !== undefined && group.maximumTime !== undefined && group.maximumTime < from;
  return !isAfter && !(to !== undefined && group.minimumTime !== undefined && group.minimumTime >= to);
}

function withPlainElements(footer: FileMetaData): FileMetaData {
  return { ...footer, schema: footer.schema.map(plainElement) };
}

function keyValues(footer: FileMetaData): Record<string, string> {
  return Object.fromEntries((footer.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? '']));
}

function refuseOtherVersion(file: string, metadata: { readonly [key: string]: string }): void {
  const version = metadata[schemaKey];
  if (version === undefined || version.split('.')[0] === schemaVersion.split('.')[0]) return;
  throw new DataError(`holds schema "${metadata['zanzibar.schema'] ?? 'unnamed'}" version ${version}; this reader knows version ${schemaVersion}`, {
    file,
  });
}
