/** Files of any known format into a catalogue: one sorted Parquet file a day (a year for long bars), merged in order of time. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DataError } from '../errors.ts';
import { columnDefault, recordSchema } from '../schemas.ts';
import { newColumn } from '../table.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { formatTime } from '../time.ts';
import { readSoundFile, timeColumnOf, writeCatalogueFile } from './catalogue-files.ts';
import { readManifest, sha256Of, writeManifest } from './catalogue-manifest.ts';
import type { Manifest, ManifestFile } from './catalogue-manifest.ts';
import { checkLayout, filePath } from './catalogue-layout.ts';
import { partitions, seriesPath } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';
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
  /**
   * Where files lie in a new catalogue: `<date>/<SYMBOL>.parquet`, made of `<date>`, `<symbol>` or `<SYMBOL>` (capitals) and, where they are needed to
   * tell series apart, `<kind>`, `<venue>`, `<interval>`, `<price>`. A catalogue keeps the layout that it began with.
   * @defaultValue `kind=.../venue=.../symbol=.../date=.../part.parquet`
   */
  layout?: string;
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

/** The catalogue that is being written. */
interface Shelf {
  readonly root: string;
  readonly layout: string | undefined;
  readonly files: Map<string, ManifestFile>;
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
  const { root, files, venue, symbol, price = 'trade', layout: wanted, onProgress, signal, ...source } = options;
  if (files.length === 0) throw new RangeError('importFiles: files is empty');
  const manifest = await readManifest(root),
    layout = layoutOf(root, manifest, wanted);
  const catalogue: Shelf = { root, layout, files: new Map(manifest.files.map((file) => [file.path, file])) };
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
        time = table.columns[timeColumnOf(key)] as BigInt64Array;
      series.add(folder);
      for (const { name: partition, from, to } of partitions(key, time, layout)) {
        const columns = Object.fromEntries(Object.entries(table.columns).map(([column, values]) => [column, values.subarray(from, to)]));
        const path = filePath(layout, key, partition),
          existing = catalogue.files.get(path);
        refuseOtherSeries(root, path, existing, folder);
        merged.push(await merge(root, existing, key, path, { source: name, sha256, columns, rows: to - from }, new Set()));
        touched.add(`${path}\n${name}`);
        written.add(path);
      }
      rows += table.length;
      offGrid += table.offGrid;
    }
    // Only now, when nothing of the file was refused, the catalogue changes.
    for (const each of merged) await replace(catalogue, each);
    imported.add(name);
    done++;
    onProgress?.({ file, filesDone: done, fileCount: files.length, rows });
  }
  // A file that was imported before with another zone may have left rows on days that it no longer touches.
  const entries = [...catalogue.files.values()];
  for (const entry of entries) {
    if (!series.has(seriesPath(entry))) continue;
    const stale = new Set(entry.sources.map((each) => each.name).filter((name) => imported.has(name) && !touched.has(`${entry.path}\n${name}`)));
    if (stale.size === 0) continue;
    await replace(catalogue, await merge(root, entry, entry, entry.path, undefined, stale));
    written.add(entry.path);
  }
  return { rows, offGrid, written: [...written].sort(), isComplete: done === files.length };
}

/** The layout of a catalogue: the one that it has; a new one takes what is wanted. */
function layoutOf(root: string, { files, layout }: Manifest, wanted: string | undefined): string | undefined {
  if (wanted !== undefined) checkLayout(wanted);
  if (files.length === 0) return wanted ?? layout;
  if (wanted !== undefined && wanted !== layout)
    throw new RangeError(`importFiles: ${root} has the layout ${layout ?? 'kind=.../date=.../part.parquet'}, layout was ${wanted}: a catalogue keeps its own`);
  return layout;
}

function refuseOtherSeries(root: string, path: string, existing: ManifestFile | undefined, series: string): void {
  if (existing === undefined || seriesPath(existing) === series) return;
  throw new RangeError(`importFiles: in ${root} the file ${path} holds ${seriesPath(existing)}: its layout does not tell ${series} apart`);
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
  const timeColumn = timeColumnOf(key),
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
async function replace({ root, layout, files }: Shelf, { key, path, segments }: Merged): Promise<void> {
  if (segments.length === 0) {
    files.delete(path);
    // In this order a kill in between leaves a file that nothing names, not a name without its file.
    await writeManifest(root, [...files.values()], layout);
    return rm(join(root, path), { force: true });
  }
  const { kind, venue, symbol, interval, price } = key,
    sources = segments.map(({ source, sha256, rows }) => ({ name: source, sha256, rows }));
  let entry: ManifestFile | undefined;
  await writeCatalogueFile(root, path, key, concatenate(recordSchema(kind), segments), async ({ days, ...facts }) => {
    entry = { path, kind, venue, symbol, interval, price, ...facts, sources, days };
    const existing = files.get(path);
    if (existing === undefined || existing.sha256 === entry.sha256) return;
    // Between the renaming and the manifest below, this tells which of the two the file is.
    await writeManifest(root, [...files.values()].map((file) => (file === existing ? { ...file, next: entry } : file)), layout);
  });
  files.set(path, entry!);
  await writeManifest(root, [...files.values()], layout);
}

/** The rows of a file of the catalogue, cut into its sources; none of a file that someone deleted. */
async function segmentsOf(root: string, entry: ManifestFile): Promise<Segment[]> {
  const file = join(root, entry.path);
  if (!existsSync(file)) return [];
  const { table } = await readSoundFile(root, entry).catch((error: unknown) => {
    const names = entry.sources.map(({ name }) => name).join(', ');
    throw error instanceof DataError ? new DataError(`is damaged: its hash is not that of the manifest; delete it and import ${names} again`, { file }) : error;
  });
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
function concatenate(record: Schema, segments: readonly Segment[]): { [column: string]: ColumnArray } {
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
  return columns;
}
