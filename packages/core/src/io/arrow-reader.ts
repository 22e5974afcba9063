/** Arrow IPC files (Feather 2 too) and streams as files of columns; a record batch is a row group. */
import { fromIpc } from '../arrow/index.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { fileSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import type { ParquetOptions } from './parquet-plan.ts';
import { isPriceColumn } from './table-file.ts';
import type { ReadOptions, RowGroup, TableFile, TableSlice } from './table-file.ts';
import { checkTimeOrder, rowsBetween } from './time-order.ts';

/**
 * Opens Arrow IPC, of a file or a stream, as a table; its options are those of a Parquet file.
 *
 * The file is read whole. Columns that are stored uncompressed in one batch as we hold them are views of its bytes. Times of any unit come as exact
 * int64 nanoseconds, texts and dictionaries as codes, null floats as NaN. Errors: DataError with file, row and column; RangeError for a column that
 * the file does not have; Error where apache-arrow is not installed.
 */
export async function openArrow(from: string | ByteSource, options: ParquetOptions = {}): Promise<TableFile> {
  const source = typeof from === 'string' ? await fileSource(from) : from,
    { name: file } = source;
  const { columns: wanted, schema: types, timeUnit, nulls, values, onGrid, order = 'time' } = options;
  const bytes = await source.slice(0).finally(() => source.close());
  const { schema, columns, texts, length, metadata, batchRows } = await fromIpc(new Uint8Array(bytes), {
    columns: wanted, schema: types, timeUnit, nulls, values, name: file,
  });
  const timeColumn = options.timeColumn ?? ['time', 'openTime'].find((name) => schema[name] === 'i64'),
    isOrdered = order === 'time';
  if (timeColumn !== undefined && schema[timeColumn] !== 'i64')
    throw new RangeError(`${file}: time column "${timeColumn}" is ${schema[timeColumn] ? `of type ${schema[timeColumn]}` : 'not there'}`);
  const time = timeColumn === undefined ? undefined : (columns[timeColumn] as BigInt64Array);
  if (time && isOrdered) checkTimeOrder({ time, file, column: wanted?.[timeColumn!] ?? timeColumn!, firstRow: 0 });
  const groups = rowGroups(batchRows, columns, isOrdered ? time : undefined);

  function slice(names: readonly string[], from: number, to: number): TableSlice {
    const kept: { [name: string]: ColumnArray } = {},
      kinds: { [name: string]: Schema[string] } = {},
      keptTexts: { [name: string]: readonly string[] } = {};
    let offGrid = 0;
    for (const name of names) {
      kinds[name] = schema[name];
      kept[name] = columns[name].subarray(from, to);
      if (texts[name]) keptTexts[name] = texts[name];
      if (!onGrid || !isPriceColumn(name) || !(kept[name] instanceof Float64Array)) continue;
      // The views of one read do not change under those of the next.
      const prices = kept[name].slice();
      offGrid += onGrid(prices, name, 'f64');
      kept[name] = prices;
    }
    return { schema: kinds, columns: kept, texts: keptTexts, length: to - from, base: from, offGrid };
  }

  function chosen(read: ReadOptions): { names: readonly string[]; ranges: [number, number][] } {
    const names = read.columns ?? Object.keys(schema);
    for (const name of names)
      if (!(name in schema)) throw new RangeError(`${file}: there is no column "${name}", it has ${Object.keys(schema).join(', ')}`);
    const isCut = read.from !== undefined || read.to !== undefined;
    if (isCut && !time) throw new RangeError(`${file}: from and to need a time column, name one with timeColumn`);
    if (isCut && !isOrdered) throw new RangeError(`${file}: from and to need a file in order of time, this one was opened with order: 'any'`);
    const [first, last] = isCut ? rowsBetween(time!, read.from, read.to) : [0, length];
    const picked = (read.groups ?? groups.map((_, i) => i)).map((index) => {
      if (groups[index] === undefined) throw new RangeError(`${file}: there is no row group ${index}, it has ${groups.length}`);
      return groups[index];
    });
    return { names, ranges: picked.map(({ fromRow, toRow }): [number, number] => [Math.max(fromRow, first), Math.min(toRow, last)]).filter(([a, b]) => a < b) };
  }

  async function read(options: ReadOptions = {}): Promise<TableSlice> {
    const { names, ranges } = chosen(options);
    if (ranges.length === 0) return slice(names, 0, 0);
    for (let i = 1; i < ranges.length; i++)
      if (ranges[i][0] !== ranges[i - 1][1]) throw new RangeError(`${file}: row groups that do not follow each other are read with stream`);
    return slice(names, ranges[0][0], ranges[ranges.length - 1][1]);
  }

  async function* stream(options: ReadOptions = {}): AsyncIterable<TableSlice> {
    const { names, ranges } = chosen(options);
    for (const [from, to] of ranges) yield slice(names, from, to);
  }

  return { name: file, schema, timeColumn, rowCount: length, groups, metadata, read, stream, close: () => Promise.resolve() };
}

function rowGroups(batchRows: readonly number[], columns: { readonly [name: string]: ColumnArray }, time: BigInt64Array | undefined): RowGroup[] {
  const bytesPerRow = Object.values(columns).reduce((sum, column) => sum + column.BYTES_PER_ELEMENT, 0);
  let fromRow = 0;
  return batchRows.map((rows, index) => {
    const toRow = fromRow + rows,
      bounds = time && rows > 0 ? { minimumTime: time[fromRow], maximumTime: time[toRow - 1] } : {};
    const group: RowGroup = { index, fromRow, toRow, byteLength: rows * bytesPerRow, ...bounds };
    fromRow = toRow;
    return group;
  });
}
