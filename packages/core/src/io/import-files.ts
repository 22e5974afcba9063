/** Files of any known format into a catalogue: one sorted Parquet file a day (a year for long bars), merged in order of time. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tableDigest } from '../digest.ts';
import { DataError } from '../errors.ts';
import { columnDefault, recordSchema } from '../schemas.ts';
import { newColumn } from '../table.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { formatTime } from '../time.ts';
import { readManifest, sha256Of, writeManifest } from './catalogue-manifest.ts';
import type { ManifestFile } from './catalogue-manifest.ts';
import { days, partitions, seriesPath } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';
import { openParquet } from './parquet-reader.ts';
import { writeParquet } from './parquet-writer.ts';
import { readSource } from './source-tables.ts';
import type { SourceOptions } from './source-tables.ts';

export interface ImportOptions extends SourceOptions {
  /** Folder of the catalogue; it is made where it does not exist. */
  root: string;
  files: readonly string[];
  venue: string;
  symbol: string;
  /** Which price bars hold, where the format does not say. @defaultValue 'trade' */
  price?: string;
  onProgress?: (progress: { readonly file: string; readonly filesDone: number; readonly fileCount: number; readonly rows: number }) => void;
  /** Stops between two files; what was imported until then is whole and in the manifest. */
  signal?: { readonly aborted: boolean };
}

export interface ImportResult {
  /** Rows read from the files. */
  readonly rows: number;
  /** Prices off the grid, left as they are. */
  readonly offGrid: number;
  /** Files of the catalogue that were written, in order of their paths. */
  readonly written: readonly string[];
  readonly isComplete: boolean;
}

/** Rows of one source file inside one file of the catalogue. */
interface Segment {
  readonly source: string;
  readonly sha256: string;
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly rows: number;
}

/**
 * Imports files into a catalogue.
 *
 * A day that several files contribute to (a local day covers two UTC dates) holds their rows one file after the other, in order of time;
 * files whose times overlap are refused. Importing a file again replaces what it gave before, so the result is the same bytes. Every file
 * of the catalogue is written whole or not at all. Errors: DataError with file, row and column; nothing of a refused file is written.
 */
export async function importFiles(options: ImportOptions): Promise<ImportResult> {
  const { root, files, venue, symbol, price = 'trade', onProgress, signal, ...source } = options;
  if (files.length === 0) throw new RangeError('importFiles: files is empty');
  const catalogue = new Map((await readManifest(root)).files.map((file) => [file.path, file]));
  const written = new Set<string>(),
    imported = new Set<string>(),
    touched = new Set<string>(),
    series = new Set<string>();
  let rows = 0,
    offGrid = 0,
    done = 0;
  for (const file of files) {
    if (signal?.aborted) break;
    const read = await readSource(file, { ...source, venue, symbol });
    const name = read.member ?? basename(file),
      sha256 = sha256Of(read.stored),
      merged: Merged[] = [];
    for (const [held, table] of Object.entries(read.tables)) {
      const key: SeriesKey =
        read.record === 'bars'
          ? { kind: 'bars', venue, symbol, interval: read.interval, price: held === '' ? price : held }
          : { kind: read.record, venue, symbol };
      const folder = seriesPath(key),
        time = table.columns[read.record === 'bars' ? 'openTime' : 'time'] as BigInt64Array;
      series.add(folder);
      for (const { name: partition, from, to } of partitions(key, time)) {
        const columns = Object.fromEntries(Object.entries(table.columns).map(([column, values]) => [column, values.subarray(from, to)]));
        const path = `${folder}/${partition}/part.parquet`;
        merged.push(await merge(root, catalogue.get(path), key, path, { source: name, sha256, columns, rows: to - from }, new Set()));
        touched.add(`${path}\n${name}`);
        written.add(path);
      }
      rows += table.length;
      offGrid += table.offGrid;
    }
    // Only now, when nothing of the file was refused, the catalogue changes.
    for (const each of merged) await replace(root, catalogue, each);
    imported.add(name);
    done++;
    onProgress?.({ file, filesDone: done, fileCount: files.length, rows });
  }
  // A file that was imported before with another zone may have left rows on days that it no longer touches.
  const entries = [...catalogue.values()];
  for (const entry of entries) {
    if (![...series].some((folder) => entry.path.startsWith(`${folder}/`))) continue;
    const stale = new Set(entry.sources.map((each) => each.name).filter((name) => imported.has(name) && !touched.has(`${entry.path}\n${name}`)));
    if (stale.size === 0) continue;
    await replace(root, catalogue, await merge(root, entry, entry, entry.path, undefined, stale));
    written.add(entry.path);
  }
  return { rows, offGrid, written: [...written].sort(), isComplete: done === files.length };
}

/** A file of the catalogue as it is to be: its segments in order of time, none where it is to go. */
interface Merged {
  readonly key: SeriesKey;
  readonly path: string;
  readonly segments: readonly Segment[];
}

/** The rows of a file of the catalogue with a segment in place of the one of the same source, and without the stale ones. */
async function merge(
  root: string,
  existing: ManifestFile | undefined,
  key: SeriesKey,
  path: string,
  added: Segment | undefined,
  stale: ReadonlySet<string>,
): Promise<Merged> {
  const timeColumn = key.kind === 'bars' ? 'openTime' : 'time',
    others = existing ? await segmentsOf(root, existing) : [];
  const segments = others.filter(({ source }) => source !== added?.source && !stale.has(source));
  const twin = added && segments.find(({ sha256 }) => sha256 === added.sha256);
  if (twin) throw new DataError(`is a copy of ${twin.source}, which is in the catalogue`, { file: added.source });
  if (added) segments.push(added);
  const firstTime = ({ columns }: Segment): bigint => (columns[timeColumn] as BigInt64Array)[0];
  segments.sort((a, b) => (firstTime(a) < firstTime(b) ? -1 : firstTime(a) > firstTime(b) ? 1 : a.source < b.source ? -1 : 1));
  refuseOverlap(segments, timeColumn, key.kind === 'bars');
  return { key, path, segments };
}

/** Writes a merged file and the manifest that names it, or removes both. */
async function replace(root: string, catalogue: Map<string, ManifestFile>, { key, path, segments }: Merged): Promise<void> {
  const file = join(root, path);
  if (segments.length === 0) {
    catalogue.delete(path);
    await rm(file, { force: true });
    return writeManifest(root, [...catalogue.values()]);
  }
  const { columns, schema, length } = concatenate(recordSchema(key.kind), segments),
    time = columns[key.kind === 'bars' ? 'openTime' : 'time'] as BigInt64Array;
  await writeParquet(
    file,
    { columns },
    { schema, record: key.kind, metadata: key.kind === 'bars' ? { 'zanzibar.price': key.price!, 'zanzibar.interval': key.interval! } : {} },
  );
  catalogue.set(path, {
    path,
    kind: key.kind,
    venue: key.venue,
    symbol: key.symbol,
    interval: key.interval,
    price: key.price,
    rows: length,
    firstTime: String(time[0]),
    lastTime: String(time[length - 1]),
    sha256: sha256Of(await readFile(file)),
    sources: segments.map(({ source, sha256, rows }) => ({ name: source, sha256, rows })),
    days: days(time).map(({ name, from, to }) => ({ date: name, rows: to - from, digest: dayDigest(schema, columns, from, to) })),
  });
  await writeManifest(root, [...catalogue.values()]);
}

function dayDigest(schema: Schema, columns: { readonly [column: string]: ColumnArray }, from: number, to: number): string {
  const day = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(from, to)]));
  return tableDigest(schema, day, { length: to - from, createHasher: () => createHash('sha256') });
}

/** The rows of a file of the catalogue, cut into its sources; none of a file that someone deleted. */
async function segmentsOf(root: string, entry: ManifestFile): Promise<Segment[]> {
  const file = join(root, entry.path),
    bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return [];
  if (sha256Of(bytes) !== entry.sha256) {
    throw new DataError(
      `is damaged: its hash is not that of the manifest; delete it and import ${entry.sources.map(({ name }) => name).join(', ')} again`,
      { file },
    );
  }
  const open = await openParquet(file),
    table = await open.read();
  await open.close();
  let from = 0;
  return entry.sources.map(({ name, sha256, rows }) => {
    const start = from,
      columns = Object.fromEntries(Object.entries(table.columns).map(([column, values]) => [column, values.subarray(start, start + rows)]));
    from += rows;
    return { source: name, sha256, columns, rows };
  });
}

function refuseOverlap(segments: readonly Segment[], timeColumn: string, isStrict: boolean): void {
  for (let i = 1; i < segments.length; i++) {
    const before = segments[i - 1],
      after = segments[i],
      last = (before.columns[timeColumn] as BigInt64Array)[before.rows - 1];
    const first = (after.columns[timeColumn] as BigInt64Array)[0];
    if (first > last || (first === last && !isStrict)) continue;
    throw new DataError(
      `starts at ${formatTime(first)}, and ${before.source} goes on until ${formatTime(last)}: two files hold the same time, import one of them`,
      { file: after.source, row: 0, column: timeColumn },
    );
  }
}

/** Segments one after the other; a column that only some have holds its default in the others. */
function concatenate(record: Schema, segments: readonly Segment[]): { columns: { [column: string]: ColumnArray }; schema: Schema; length: number } {
  const length = segments.reduce((sum, { rows }) => sum + rows, 0),
    columns: { [column: string]: ColumnArray } = {};
  const names = Object.keys(record).filter((name) => segments.some((segment) => segment.columns[name]));
  for (const name of names) {
    const column = newColumn(record[name], length);
    let at = 0;
    for (const segment of segments) {
      const values = segment.columns[name];
      if (values) (column as Float64Array).set(values as Float64Array, at);
      else (column as Float64Array).fill(columnDefault(name, record[name]) as number, at, at + segment.rows);
      at += segment.rows;
    }
    columns[name] = column;
  }
  return { columns, schema: Object.fromEntries(names.map((name) => [name, record[name]])), length };
}
