/** Delimited bytes into tables by a layout: one pass, fields parsed where they lie. */
import { DataError, oneOf } from '../errors.ts';
import { recordSchema } from '../schemas.ts';
import { newColumn } from '../table.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { checkRows } from './check-rows.ts';
import { columnList } from './csv-layout.ts';
import type { CsvColumn, CsvLayout } from './csv-layout.ts';
import { fieldText, parseNumber } from './csv-number.ts';
import { countRows, newFields, readRow } from './csv-rows.ts';
import type { Fields } from './csv-rows.ts';
import { timeSink } from './csv-row-times.ts';
import { isPriceColumn } from './table-file.ts';
import type { TableSlice } from './table-file.ts';

const delimiters: { readonly [text: string]: number } = { ',': 44, ';': 59, '\t': 9, '|': 124 };
const symbolHeaders = ['symbol', 'ticker', 'instrument'];

/** A column being filled. */
interface Sink {
  readonly column: string;
  readonly position: number;
  readonly source: string;
  readonly target: Float64Array | Int8Array | BigUint64Array;
  readonly values: { readonly [text: string]: number } | undefined;
}

/** The tables of a file's bytes by name ('' where the layout names none). Errors: DataError with file, row and column; RangeError for the layout. */
export function readTables(file: string, bytes: Uint8Array, layout: CsvLayout): { [table: string]: TableSlice } {
  checkLayout(file, layout);
  const delimiter = delimiterByte(layout.delimiter);
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const fields = newFields(),
    first = readRow(bytes, at, delimiter, fields, file, 0);
  if (first < 0) throw new DataError('is empty', { file });
  const names = headerNames(bytes, fields, layout);
  if (names) at = first;
  const fieldCount = layout.fieldCount ?? fields.count,
    capacity = countRows(bytes, at);
  const resolve = (column: CsvColumn): number => position(file, column, names, fieldCount);
  const timePositions = columnList(layout.columns.time).map(resolve),
    symbol = symbolCheck(file, layout, names, resolve);
  const tables = Object.entries(layout.tables ?? { '': {} }).map(([name, own]) => {
    const sinks: Sink[] = [];
    for (const [column, source] of Object.entries({ ...layout.columns, ...own })) {
      if (column === 'time') continue;
      const [only] = columnList(source);
      sinks.push({
        column,
        position: resolve(only),
        source: String(only),
        values: layout.values?.[column],
        target: newColumn(recordSchema(layout.record)[column] as 'f64' | 'i8' | 'u64', capacity),
      });
    }
    return { name, sinks };
  });
  const openTime = new BigInt64Array(capacity),
    closeTime = layout.record === 'bars' ? new BigInt64Array(capacity) : undefined;
  const putTime = timeSink(file, layout, openTime, closeTime);
  const joined = new Uint8Array(128);

  let row = 0;
  for (let next = readRow(bytes, at, delimiter, fields, file, row); next >= 0; next = readRow(bytes, next, delimiter, fields, file, row)) {
    if (fields.count !== fieldCount) throw new DataError(`has ${fields.count} fields, ${fieldCount} are expected`, { file, row });
    if (timePositions.length === 1) putTime(row, bytes, fields.starts[timePositions[0]], fields.ends[timePositions[0]]);
    else putTime(row, joined, 0, join(bytes, fields, timePositions, joined));
    symbol?.(bytes, fields, row);
    for (const { sinks } of tables)
      for (const sink of sinks) putField(sink, bytes, fields.starts[sink.position], fields.ends[sink.position], file, row);
    row++;
  }
  if (row === 0) throw new DataError('has a header and no rows', { file });

  const result: { [table: string]: TableSlice } = {};
  for (const { name, sinks } of tables) result[name] = finish(file, layout, row, openTime, closeTime, sinks);
  return result;
}

/** The byte between fields. Errors: RangeError for one that is not supported. */
export function delimiterByte(delimiter = ','): number {
  const byte = delimiters[delimiter];
  if (byte === undefined) throw new RangeError(`csv: delimiter must be one of comma, semicolon, tab and |, was "${delimiter}"`);
  return byte;
}

function checkLayout(file: string, layout: CsvLayout): void {
  const { record, columns } = layout;
  oneOf('csv: record', record, ['quotes', 'trades', 'bars']);
  if (columns.time === undefined) throw new RangeError(`csv: columns must say where time stands`);
  for (const column of [...Object.keys(columns), ...Object.values(layout.tables ?? {}).flatMap((own) => Object.keys(own))]) {
    const type = recordSchema(record)[column];
    if (column !== 'time' && (type === undefined || type === 'i64' || type === 'i32'))
      throw new RangeError(`csv: ${record} have no column "${column}" that a file could give`);
  }
  if (record !== 'bars') return;
  if (layout.interval === undefined) throw new RangeError(`${file}: bars need their interval, such as 1m`);
  if (layout.time !== 'open' && layout.time !== 'close')
    throw new RangeError(`${file}: bars need time: 'open' or 'close', the end of the bar that their times label`);
}

function headerNames(bytes: Uint8Array, fields: Fields, layout: CsvLayout): string[] | undefined {
  const texts = Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields.starts[i], fields.ends[i]));
  const header = layout.header ?? 'auto',
    [time] = columnList(layout.columns.time);
  const isHeader = header === 'auto' ? typeof time === 'string' || !/^\d/.test(texts[time] ?? '') : header;
  return isHeader ? texts.map((text) => text.toLowerCase()) : undefined;
}

function position(file: string, column: CsvColumn, names: readonly string[] | undefined, fieldCount: number): number {
  if (typeof column === 'number') {
    if (!(Number.isSafeInteger(column) && column >= 0))
      throw new RangeError(`csv: a column's position must be an integer of at least 0, was ${column}`);
    if (column >= fieldCount) throw new DataError(`has ${fieldCount} fields, column ${column} is asked for`, { file, row: 0 });
    return column;
  }
  const at = names?.indexOf(column.toLowerCase()) ?? -1;
  if (at < 0)
    throw new DataError(
      names ? `there is no column "${column}", the header has ${names.join(', ')}` : `there is no header line to find column "${column}" in`,
      { file },
    );
  return at;
}

/** Times a power of ten, so that the double nearest to a decimal becomes the one nearest to the scaled decimal (to 1e-6 of a unit). */
function scaleColumn(column: Float64Array, factor: number): void {
  for (let i = 0; i < column.length; i++) column[i] = Math.round(column[i] * factor * 1e6) / 1e6;
}

/** A check that every row is of one symbol, where the file says which. */
function symbolCheck(
  file: string,
  layout: CsvLayout,
  names: readonly string[] | undefined,
  resolve: (column: CsvColumn) => number,
): ((bytes: Uint8Array, fields: Fields, row: number) => void) | undefined {
  const column = layout.symbolColumn ?? names?.find((name) => symbolHeaders.includes(name));
  if (column === undefined) return undefined;
  const at = resolve(column);
  let symbol = layout.symbol;
  return (bytes, fields, row) => {
    const found = fieldText(bytes, fields.starts[at], fields.ends[at]);
    symbol ??= found;
    if (found !== symbol && plainSymbol(found) !== plainSymbol(symbol))
      throw new DataError(`holds symbol ${found}, not ${symbol}: a table is of one instrument`, { file, row, column: String(column) });
  };
}

/** A symbol without what vendors write differently: EUR/USD and eurusd are one. */
export function plainSymbol(symbol: string): string {
  return symbol.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Several fields of a row as one text, joined by blanks; returns its length. */
function join(bytes: Uint8Array, fields: Fields, positions: readonly number[], into: Uint8Array): number {
  let length = 0;
  for (const at of positions) {
    if (length > 0) into[length++] = 32;
    for (let byte = fields.starts[at]; byte < fields.ends[at] && length < into.length; byte++) into[length++] = bytes[byte];
  }
  return length;
}

function putField({ column, source, target, values }: Sink, bytes: Uint8Array, start: number, end: number, file: string, row: number): void {
  if (target instanceof Float64Array && !values) {
    const value = parseNumber(bytes, start, end);
    if (value === undefined) throw new DataError(`"${fieldText(bytes, start, end)}" is no number`, { file, row, column: source });
    target[row] = value;
    return;
  }
  const text = fieldText(bytes, start, end);
  if (values) {
    const value = values[text] ?? values[text.toLowerCase()];
    if (value === undefined) throw new DataError(`"${text}" is none of ${Object.keys(values).join(', ')}`, { file, row, column: source });
    (target as Int8Array)[row] = value;
  } else if (target instanceof BigUint64Array) {
    if (!/^\d{1,20}$/.test(text) || BigInt(text) >= 1n << 64n)
      throw new DataError(`"${text}" is no ${column} of 64 bits`, { file, row, column: source });
    target[row] = BigInt(text);
  } else {
    const value = parseNumber(bytes, start, end);
    if (value === undefined || !Number.isInteger(value) || Math.abs(value) > 127)
      throw new DataError(`"${text}" is no whole number for ${column}`, { file, row, column: source });
    target[row] = value;
  }
}

function finish(
  file: string,
  layout: CsvLayout,
  rows: number,
  openTime: BigInt64Array,
  closeTime: BigInt64Array | undefined,
  sinks: readonly Sink[],
): TableSlice {
  const schema = recordSchema(layout.record),
    columns: { [column: string]: ColumnArray } = {};
  const found: { [column: string]: ColumnArray } = closeTime ? { openTime, closeTime } : { time: openTime };
  for (const { column, target } of sinks) found[column] = target;
  if (found.buyVolume && found.volume && !found.sellVolume) {
    found.sellVolume = (found.volume as Float64Array).map((volume, i) => volume - (found.buyVolume as Float64Array)[i]);
  }
  if (closeTime) found.volume ??= new Float64Array(rows);
  const kinds: { [column: string]: Schema[string] } = {};
  for (const name in schema) {
    if (!found[name]) continue;
    columns[name] = found[name].slice(0, rows);
    if (layout.scale?.[name] !== undefined) scaleColumn(columns[name] as Float64Array, layout.scale[name]);
    kinds[name] = schema[name];
    if (layout.order === 'descending') columns[name].reverse();
  }
  let offGrid = 0;
  if (layout.onGrid) for (const name in columns) if (isPriceColumn(name)) offGrid += layout.onGrid(columns[name] as Float64Array, name, 'f64');
  const table: TableSlice = { schema: kinds, columns, texts: {}, length: rows, base: 0, offGrid };
  checkRows({
    file,
    record: layout.record,
    table,
    prices: layout.prices ?? 'positive',
    rowOf: layout.order === 'descending' ? (i) => rows - 1 - i : undefined,
  });
  return table;
}
