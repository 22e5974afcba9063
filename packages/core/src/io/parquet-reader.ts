/** Parquet files as tables: projection, pruning by time, one row group in memory at a time. */
import { stat } from 'node:fs/promises';
import type { ColumnChunk, FileMetaData } from 'hyparquet';
import { DataError } from '../errors.ts';
import { schemaVersion } from '../schemas.ts';
import { isColumn, newColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import { fileSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { openFolder } from './parquet-folder.ts';
import { bound, columnPlans, rowGroups, topLevel } from './parquet-plan.ts';
import type { ParquetOptions } from './parquet-plan.ts';
import { checkFooter } from './parquet-footer.ts';
import { plainElement } from './parquet-types.ts';
import { ChunkSource } from './parquet/chunk-source.ts';
import type { ChunkJob } from './parquet/chunk-source.ts';
import { ColumnReader } from './parquet/column-chunk.ts';
import { readFooter } from './parquet/footer.ts';
import { pageBounds, pageLocations } from './parquet/page-index.ts';
import { isPriceColumn } from './table-file.ts';
import type { ReadOptions, RowGroup, TableFile, TableSlice } from './table-file.ts';
import { checkTimeOrder, rowsBetween } from './time-order.ts';

const schemaKey = 'zanzibar.version';

/**
 * Opens a Parquet file, or a folder of them as Spark writes it, as a table.
 *
 * Times of any unit come as exact int64 nanoseconds, 64-bit integers as they are, text as codes, null floats as NaN; a null among integers is an
 * error unless `nulls` names a value for it. Codecs: none, snappy, gzip, zstd, lz4, brotli. Of a folder the parts follow one another in order of
 * their paths, and `key=value` folders are columns of text. Errors: DataError with file, row and column;
 * RangeError for a column that the file does not have; a file of another major schema version is refused by name.
 */
export async function openParquet(from: string | ByteSource, options: ParquetOptions = {}): Promise<TableFile> {
  if (typeof from === 'string' && (await stat(from).catch(() => undefined))?.isDirectory()) return openFolder(from, options, openParquet);
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
  const elements = topLevel(footer.schema),
    chunks = chunksByName(footer),
    chunkSource = new ChunkSource(source),
    readers = new Map<string, ColumnReader>();
  let turn: Promise<unknown> = Promise.resolve();
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

  /** The rows of a group that can hold times in [from, to), by the page index of its time column where it has one. */
  async function candidates(group: RowGroup, { from, to }: ReadOptions): Promise<[number, number]> {
    const whole: [number, number] = [group.fromRow, group.toRow];
    if (from === undefined && to === undefined) return whole;
    const inside = (from === undefined || group.minimumTime! >= from) && (to === undefined || group.maximumTime! < to);
    if (inside) return whole;
    const chunk = chunks.get(timeSource!)![group.index];
    try {
      const bounds = await pageBounds(source, chunk, plainElement(elements.get(timeSource!)!)),
        pages = bounds && (await pageLocations(source, chunk, group.toRow - group.fromRow));
      if (!bounds || !pages) return whole;
      let first = whole[1],
        last = whole[0];
      for (let page = 0; page < pages.length; page++) {
        const least = bound(bounds.least[page], unit),
          most = bound(bounds.most[page], unit);
        if ((from !== undefined && most !== undefined && most < from) || (to !== undefined && least !== undefined && least >= to)) continue;
        first = Math.min(first, group.fromRow + pages[page].firstRow);
        last = page + 1 < pages.length ? group.fromRow + pages[page + 1].firstRow : group.toRow;
      }
      return first < last ? [first, last] : [whole[0], whole[0]];
    } catch (error) {
      throw damagedIndex(file, group, timeSource!, error);
    }
  }

  /** Rows of some groups one behind the other, cut to the times asked for, which are found by `previous`, the last time before them. */
  async function readGroups(
    names: readonly string[],
    wanted: readonly RowGroup[],
    read: ReadOptions,
    previous?: bigint,
  ): Promise<{ slice: TableSlice; last: bigint | undefined }> {
    const isCut = read.from !== undefined || read.to !== undefined,
      needed = isCut && !names.includes(timeColumn!) ? [...names, timeColumn!] : names;
    const parts: { group: RowGroup; start: number; end: number; at: number }[] = [];
    let room = 0;
    for (const group of wanted) {
      const [start, end] = await candidates(group, read);
      if (start < end) parts.push({ group, start, end, at: room });
      room += end - start;
    }
    const columns: Record<string, ColumnArray> = {};
    for (const name of needed) columns[name] = columnFor(name, room, read.into?.[name]);
    const jobs: ChunkJob[] = [];
    for (const { group, start, end, at } of parts) {
      for (const name of needed) {
        const plan = plans.get(name)!,
          chunk = chunks.get(plan.source)?.[group.index];
        if (!chunk) throw new DataError(`row group ${group.index} lacks it`, { file, row: start, column: plan.source });
        jobs.push({ reader: reader(name), plan, chunk, group, start, end, target: columns[name], at });
      }
    }
    await chunkSource.run(jobs);
    const time = timeColumn === undefined ? undefined : (columns[timeColumn] as BigInt64Array | undefined);
    let last = previous,
      from = 0,
      to = room;
    if (time && isOrdered) {
      for (const { start, end, at } of parts) {
        last = checkTimeOrder({ time: time.subarray(at, at + end - start), previous: last, file, column: timeSource!, firstRow: start });
      }
    }
    if (time && isCut) [from, to] = rowsBetween(time, read.from, read.to);
    const part = parts.findLast(({ at }) => at <= from);
    return { slice: slice(names, columns, from, to, part ? part.start + from - part.at : (wanted[0]?.fromRow ?? 0)), last };
  }

  /** A column for `length` rows: the caller's, where there is one. */
  function columnFor(name: string, length: number, into: ColumnArray | undefined): ColumnArray {
    if (into === undefined) return newColumn(schema[name], length);
    if (!isColumn(schema[name], into)) throw new TypeError(`${file}: the column to read "${name}" into is not of type ${schema[name]}`);
    if (into.length < length) throw new RangeError(`${file}: the column to read "${name}" into has room for ${into.length} of ${length} rows`);
    return into.subarray(0, length);
  }

  function reader(name: string): ColumnReader {
    let known = readers.get(name);
    if (!known) readers.set(name, (known = new ColumnReader(file, plans.get(name)!)));
    return known;
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
      const { slice: rows, last } = await inTurn(() => readGroups(names, [group], read, previous));
      previous = last;
      if (rows.length > 0) yield rows;
    }
  }

  async function readAll(read: ReadOptions = {}): Promise<TableSlice> {
    const { names, groups: wanted } = chosen(read);
    return (await inTurn(() => readGroups(names, wanted, read))).slice;
  }

  /** Reads share their memory, so one waits for the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work, work);
    turn = result.catch(() => {});
    return result;
  }

  return { name: file, schema, timeColumn, rowCount, groups, metadata, read: readAll, stream, close: () => source.close() };
}

function overlaps(group: RowGroup, { from, to }: ReadOptions): boolean {
  const isAfter = from !== undefined && group.maximumTime !== undefined && group.maximumTime < from;
  return !isAfter && !(to !== undefined && group.minimumTime !== undefined && group.minimumTime >= to);
}

/** The chunks of each flat column by row group. */
function chunksByName(footer: FileMetaData): Map<string, ColumnChunk[]> {
  const chunks = new Map<string, ColumnChunk[]>();
  footer.row_groups.forEach(({ columns }, group) => {
    for (const chunk of columns) {
      const path = chunk.meta_data!.path_in_schema;
      if (path.length !== 1) continue;
      const list = chunks.get(path[0]) ?? [];
      list[group] = chunk;
      chunks.set(path[0], list);
    }
  });
  return chunks;
}

function damagedIndex(file: string, group: RowGroup, column: string, error: unknown): DataError {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof DataError
    ? error
    : new DataError(`row group ${group.index} cannot be read: ${message}`, { file, row: group.fromRow, column });
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
