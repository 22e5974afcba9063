/** One way to read a file of ticks or bars, whatever its format: what `--data prices.csv` and the import stand on. */
import { DataError, oneOf } from '../errors.ts';
import { barSchema, recordSchema } from '../schemas.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { parseInterval } from '../time.ts';
import { memorySource, readBytes } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { checkRows } from './check-rows.ts';
import { layoutByHeader } from './csv-headers.ts';
import { columnList } from './csv-layout.ts';
import type { CsvLayout } from './csv-layout.ts';
import { csvBytes } from './csv-reader.ts';
import { readTables } from './csv-tables.ts';
import type { TimeUnit } from './parquet-plan.ts';
import { isTableFile, openTable } from './open-table.ts';
import { presetTable, presetTables } from './preset-reader.ts';
import type { PresetOptions, PresetTables } from './preset-reader.ts';
import type { PresetName } from './presets.ts';
import type { TableSlice } from './table-file.ts';

/** A preset with what it leaves open, or a layout of one's own; for Parquet and Arrow files `columns` names their columns. */
export interface SourceOptions extends PresetOptions, Partial<CsvLayout> {
  preset?: PresetName;
}

/**
 * Reads a `.parquet`, Arrow (`.arrow`, `.arrows`, `.feather`, `.ipc`), `.csv`, `.gz` or `.zip` file of quotes, trades or bars.
 *
 * With `preset` its form decides; with `columns` they do, together with `record` and `timeFormat`; with neither, the header line does. A Parquet
 * or Arrow file needs `record`, and `columns` only where its names differ from the record's, `timeFormat` only for bare integers. Errors: as `readCsv` and `openTable`.
 */
export async function readSource(file: string, options: SourceOptions): Promise<PresetTables & { stored: Uint8Array; member?: string }> {
  const { preset } = options;
  if (preset !== undefined && !isTableFile(file)) {
    const content = await csvBytes(file);
    return { ...presetTables({ ...options, preset, file, content }), stored: content.stored, member: content.member };
  }
  const layout = preset === undefined ? layoutOf(options) : presetTable(file, preset, options);
  if (isTableFile(file)) {
    if (layout.record === undefined) throw new RangeError(`${file}: say what it holds: record quotes, trades or bars`);
    oneOf('record', layout.record, ['quotes', 'trades', 'bars']);
    const stored = await readBytes(file);
    const table = await readTableRecord(memorySource(file, stored), layout as CsvLayout);
    return { record: layout.record, interval: layout.interval, tables: { '': table }, stored };
  }
  const content = await csvBytes(file);
  if (layout.columns !== undefined && (layout.record === undefined || layout.timeFormat === undefined))
    throw new RangeError(`${file}: columns need record and timeFormat beside them`);
  const full = (layout.columns === undefined ? { ...layoutByHeader(file, content.bytes), ...layout } : layout) as CsvLayout;
  return {
    record: full.record,
    interval: full.interval,
    tables: readTables(file, content.bytes, full),
    stored: content.stored,
    member: content.member,
  };
}

/** The options that belong to a layout and are set: an undefined one must not undo what the header says. */
function layoutOf(options: SourceOptions): Partial<CsvLayout> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== undefined && name !== 'preset' && name !== 'venue'));
}

/** A Parquet or Arrow file as one record: columns by name, both times of bars, rows checked. */
async function readTableRecord(source: ByteSource, layout: CsvLayout): Promise<TableSlice> {
  const { record } = layout,
    schema: Schema = record === 'bars' ? { ...barSchema, time: 'i64' } : recordSchema(record);
  const probe = await openTable(source, { order: 'any' }),
    present = Object.keys(probe.schema);
  const columns: { [column: string]: string } = {};
  if (layout.columns) for (const [name, column] of Object.entries(layout.columns)) columns[name] = String(columnList(column)[0]);
  else for (const name of present) if (name in schema) columns[name] = name;
  const symbol = layout.symbolColumn ?? ['symbol', 'ticker', 'instrument'].find((name) => probe.schema[name] === 'text');
  if (symbol !== undefined) await checkOneSymbol(source, String(symbol), layout.symbol);
  if (columns.time === undefined && columns.openTime === undefined)
    throw new DataError(`has no time column among ${present.join(', ')}: name it in columns`, { file: source.name });
  const table = await (
    await openTable(source, {
      columns,
      schema,
      values: layout.values,
      onGrid: layout.onGrid,
      order: 'any',
      timeUnit: timeUnit(layout.timeFormat),
    })
  ).read();
  if (table.length === 0) throw new DataError('has no rows', { file: source.name });
  const full = record === 'bars' ? withBarTimes(source.name, table, layout) : table;
  checkRows({ file: source.name, record, table: full, prices: layout.prices ?? 'positive' });
  return full;
}

async function checkOneSymbol(source: ByteSource, column: string, wanted: string | undefined): Promise<void> {
  const { columns, texts, length } = await (await openTable(source, { columns: { [column]: column } })).read();
  const codes = columns[column] as Int32Array;
  if (!texts[column]) throw new DataError('holds no symbols: it is no text', { file: source.name, column });
  for (let row = 0; row < length; row++) {
    const found = texts[column][codes[row]] ?? 'none',
      expected = wanted ?? texts[column][0];
    if (found.toUpperCase() !== expected.toUpperCase())
      throw new DataError(`holds symbol ${found}, not ${expected}: a table is of one instrument`, { file: source.name, row, column });
  }
}

function timeUnit(format: string | undefined): TimeUnit | undefined {
  if (format === undefined || ['s', 'ms', 'us', 'ns'].includes(format)) return format as TimeUnit | undefined;
  throw new RangeError(`files of columns: times are integers of s, ms, us or ns, the format ${format} is for text`);
}

/** Bars that state one time get the other; bars that state both keep them. */
function withBarTimes(file: string, table: TableSlice, { interval, time: label }: CsvLayout): TableSlice {
  const { columns } = table,
    volume = (columns.volume as Float64Array | undefined) ?? new Float64Array(table.length);
  if (columns.openTime && columns.closeTime) return { ...table, schema: barSchemaOf({ ...columns, volume }), columns: { ...columns, volume } };
  const stated = (columns.time ?? columns.openTime) as BigInt64Array;
  if (interval === undefined) throw new RangeError(`${file}: bars need their interval, such as 1m`);
  if (label !== 'open' && label !== 'close')
    throw new RangeError(`${file}: bars need time: 'open' or 'close', the end of the bar that their times label`);
  const step = BigInt(parseInterval(interval)),
    other = stated.map((value) => (label === 'open' ? value + step : value - step));
  const found: { [column: string]: ColumnArray } = { ...columns, volume };
  found.openTime = label === 'open' ? stated : other;
  found.closeTime = label === 'open' ? other : stated;
  const sorted = Object.fromEntries(
    Object.keys(barSchema)
      .filter((name) => found[name])
      .map((name) => [name, found[name]]),
  );
  return { ...table, schema: barSchemaOf(sorted), columns: sorted };
}

function barSchemaOf(columns: { readonly [column: string]: ColumnArray }): Schema {
  const schema: Schema = barSchema;
  return Object.fromEntries(
    Object.keys(schema)
      .filter((name) => columns[name])
      .map((name) => [name, schema[name]]),
  );
}
