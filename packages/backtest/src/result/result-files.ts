/**
 * Results as files: `summary.json` and one Parquet file for each table that has rows.
 *
 * The folder appears under its name only when all of it is written; until then it has a temporary name beside. An empty text reads back as none.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { columnDefault, DataError, newColumn } from '@zanzibar/core';
import type { ColumnArray, Schema } from '@zanzibar/core';
import { metricNames } from '../metrics/metrics.ts';
import type { Metric } from '../metrics/metric.ts';
import { replaceFolder } from './replace-folder.ts';
import { resultOf, resultSchema, resultVersion, stagesOf } from './result.ts';
import type { Result, ResultBars, ResultNode, Summary } from './result.ts';
import { resultTable } from './result-table.ts';
import { textsWithoutNone } from './texts-without-none.ts';
import type { ResultTable } from './result-table.ts';

interface StoredTable {
  /** Empty for a table without rows. */
  readonly file: string;
  readonly rows: number;
  readonly columns: Schema;
}

/** `summary.json`: the summary, the digests, and where each table is. */
interface StoredSummary extends Summary {
  readonly orderHash: string;
  readonly digests: { readonly [stage: string]: string };
  readonly tables: { readonly [stage: string]: StoredTable };
  readonly bars: { readonly [source: string]: Omit<ResultBars, 'table'> };
  readonly engines: { readonly [node: string]: { readonly source: string; readonly engine: string; readonly isAligned: boolean; readonly appended: readonly string[] } };
  readonly series: readonly string[];
}

/** Writes a result to `folder`, replacing an older result there; anything else there is refused and left alone. */
export async function writeResult(folder: string, result: Result): Promise<void> {
  await replaceFolder(folder, { what: 'result', mark: 'summary.json' }, async temporary => {
    const tables: Record<string, StoredTable> = {};
    for (const [stage, table] of Object.entries(stagesOf(result))) tables[stage] = await writeStage(temporary, stage, table);
    await writeFile(join(temporary, 'summary.json'), summaryText(result, tables));
  });
}

/** The summary as it is stored: plain JSON, NaN as null, keys in a fixed order. */
export function summaryText(result: Result, tables: { readonly [stage: string]: unknown } = {}): string {
  const bars: StoredSummary['bars'] = Object.fromEntries(Object.entries(result.bars).map(([name, { instrument, interval, price }]) => [name, { instrument, interval, price }]));
  const engines: StoredSummary['engines'] = Object.fromEntries(
    Object.entries(result.engines).map(([name, { source, engine, aligned, appended }]) => [name, { source, engine, isAligned: aligned !== undefined, appended: Object.keys(appended) }]),
  );
  const stored = { ...result.summary, orderHash: result.digests.orderHash(), digests: result.digests.all(), tables, bars, engines, series: Object.keys(result.series) };
  return `${JSON.stringify(stored, null, 2)}\n`;
}

async function writeStage(folder: string, stage: string, table: ResultTable): Promise<StoredTable> {
  if (table.length === 0) return { file: '', rows: 0, columns: table.schema };
  const file = `${stage.replaceAll('/', '-')}.parquet`, columns: Record<string, ColumnArray> = {}, texts: Record<string, readonly string[]> = {};
  for (const name of Object.keys(table.schema)) {
    const column = table.columns[name];
    if (column === undefined || isDefault(name, table, column)) continue;
    columns[name] = column;
    if (table.schema[name] === 'text') [columns[name], texts[name]] = textsWithoutNone(stage, name, column as Int32Array, table);
  }
  const first = Object.keys(table.schema)[0];
  if (Object.keys(columns).length === 0) columns[first] = table.columns[first] ?? defaultColumn(table.schema, first, table.length);
  // Readers and writers of files are loaded by who uses them: a run that writes nothing starts without them.
  const { writeParquet } = await import('@zanzibar/core/io');
  await writeParquet(join(folder, file), { columns, texts, length: table.length }, { schema: table.schema, record: stage });
  return { file, rows: table.length, columns: table.schema };
}

function isDefault(name: string, { schema, length }: ResultTable, column: ColumnArray): boolean {
  const value = columnDefault(name, schema[name]);
  for (let i = 0; i < length; i++) if (!Object.is(column[i], value)) return false;
  return true;
}

function defaultColumn(schema: Schema, name: string, length: number): ColumnArray {
  const column = newColumn(schema[name], length);
  (column as Float64Array).fill(columnDefault(name, schema[name]) as number);
  return column;
}

/** Reads what `writeResult` wrote. Errors: DataError for a missing or damaged file, another schema or major version, or tables that are not those of the order hash. */
export async function readResult(folder: string): Promise<Result> {
  const file = join(folder, 'summary.json');
  try {
    return await readWhole(folder, file);
  } catch (error) {
    // Everything that is read here comes out of the files: what does not fit together is their damage.
    if (error instanceof DataError || !(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw Object.assign(new DataError(`is damaged: ${error.message}`, { file }), { cause: error });
  }
}

async function readWhole(folder: string, file: string): Promise<Result> {
  const stored = parseSummary(file, await readText(file)), tables: Record<string, ResultTable> = {};
  for (const [stage, table] of Object.entries(stored.tables)) tables[stage] = await readStage(folder, stage, table);
  const part = (stage: string): ResultTable => {
    if (!tables[stage]) throw new DataError(`has no table "${stage}"`, { file });
    return tables[stage];
  };
  const bars = Object.fromEntries(Object.entries(stored.bars).map(([name, facts]): [string, ResultBars] => [name, { ...facts, table: part(`bars/${name}`) }]));
  const engines = Object.fromEntries(Object.entries(stored.engines).map(([name, { source, engine, isAligned, appended }]): [string, ResultNode] => [name, {
    source, engine, ...(isAligned ? { aligned: part(`engines/${name}`) } : {}), appended: Object.fromEntries(appended.map(table => [table, part(`engines/${name}.${table}`)])),
  }]));
  const before = Object.entries(stored.digests).filter(([stage]) => !(stage in stored.tables)).map(([stage, digest]) => [stage, () => digest]);
  for (const field of ['manifest', 'metrics', 'warnings'] as const) if (typeof stored[field] !== 'object' || stored[field] === null) throw new DataError(`has no ${field}`, { file });
  const { orderHash, digests: _digests, tables: _tables, bars: _bars, engines: _engines, series, ...summary } = stored;
  const result = resultOf(withNaN(summary), {
    orders: part('orders'), executions: part('executions'), fills: part('fills'), roundTrips: part('roundTrips'), equity: part('equity'), marks: part('marks'), bars, engines,
    series: Object.fromEntries(series.map(name => [name, part(`series/${name}`)])), ...(tables.returns ? { returns: tables.returns } : {}),
  }, Object.fromEntries(before));
  if (result.digests.orderHash() !== orderHash) throw new DataError(`orders and fills are not those that were written: order hash ${orderHash}, found ${result.digests.orderHash()}`, { file });
  return result;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new DataError('cannot be read: is this the folder of a result?', { file });
  }
}

function parseSummary(file: string, text: string): StoredSummary {
  let stored: StoredSummary;
  try {
    stored = JSON.parse(text) as StoredSummary;
  } catch (error) {
    throw new DataError(`is no JSON: ${(error as Error).message}`, { file });
  }
  if (stored?.schema !== resultSchema) throw new DataError(`schema must be ${resultSchema}, was ${String(stored?.schema)}`, { file });
  const [major] = String(stored.version).split('.');
  if (major !== resultVersion.split('.')[0]) throw new DataError(`${resultSchema} version ${stored.version} is unknown, this reads ${resultVersion}`, { file });
  return stored;
}

/** NaN where JSON has null; figures that came with a later version are not available. */
function withNaN(summary: Summary): Summary {
  const absent = { value: NaN, unit: 'ratio', definition: '', reason: `not in a result of version ${summary.version}` };
  const known: { readonly [name: string]: Metric } = summary.metrics.figures, own = Object.fromEntries(Object.entries(known).map(([name, metric]) => [name, { ...metric, value: metric.value ?? NaN }]));
  const figures = { ...Object.fromEntries(metricNames.map(name => [name, { ...absent, title: name }])), ...own };
  return { ...summary, metrics: { ...summary.metrics, figures: figures as Summary['metrics']['figures'] } };
}

async function readStage(folder: string, stage: string, { file, rows, columns: schema }: StoredTable): Promise<ResultTable> {
  if (file === '') return { schema, columns: {}, length: 0, texts: {} };
  const { openParquet } = await import('@zanzibar/core/io'), path = join(folder, basename(file)), parquet = await openParquet(path);
  try {
    const { columns, texts, length } = await parquet.read();
    if (length !== rows) throw new DataError(`table "${stage}" has ${length} rows, the summary says ${rows}`, { file: path });
    const own: Record<string, ColumnArray> = {};
    for (const name of Object.keys(columns)) if (parquet.schema[name] !== schema[name]) throw new DataError(`is of type ${parquet.schema[name]}, the summary says ${schema[name]}`, { file: path, column: name });
    for (const name of Object.keys(columns)) own[name] = schema[name] === 'text' ? withNone(columns[name] as Int32Array, texts[name]) : columns[name];
    return resultTable(schema, own, length, texts);
  } finally {
    await parquet.close();
  }
}

function withNone(codes: Int32Array, texts: readonly string[]): Int32Array {
  const none = texts.indexOf('');
  return none < 0 ? codes : codes.map(code => (code === none ? -1 : code));
}
