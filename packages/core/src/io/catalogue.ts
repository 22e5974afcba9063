/** The catalogue: a folder of sorted Parquet files by kind, venue, symbol and date, with a manifest. */
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import { columnDefault, recordSchema } from '../schemas.ts';
import { isColumn, newColumn } from '../table.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { formatDate } from '../time.ts';
import { isSound } from './catalogue-files.ts';
import { readManifest, sha256Of } from './catalogue-manifest.ts';
import type { ManifestDay, ManifestFile } from './catalogue-manifest.ts';
import { seriesPath } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';
import { checkRows } from './check-rows.ts';
import { openParquet } from './parquet-reader.ts';
import type { OnGrid, TableFile, TableSlice } from './table-file.ts';
import { fileSource, readBytes } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';

export interface SeriesQuery extends SeriesKey {
  /** First time, inclusive: of ticks `time`, of bars `openTime`. @defaultValue the first */
  from?: bigint;
  /** End of time, exclusive. @defaultValue after the last */
  to?: bigint;
  /** @defaultValue all */
  columns?: readonly string[];
  onGrid?: OnGrid;
  /** As for `readCsv`. @defaultValue 'any': the files were checked when they were imported */
  prices?: 'positive' | 'signed' | 'any';
  /** In a stream: reads every row group into the same arrays, so that a slice holds until the next is asked for. @defaultValue false */
  reuse?: boolean;
}

/** What a catalogue holds of one series. */
export interface Coverage extends SeriesKey {
  readonly rows: number;
  readonly firstTime: bigint;
  readonly lastTime: bigint;
  readonly days: readonly ManifestDay[];
}

export interface Catalogue {
  readonly root: string;
  readonly files: readonly ManifestFile[];
  /** Every series in order of its path. */
  coverage(): Coverage[];
  /** The days of a series that overlap [from, to), with their digests: the data hash of a run is made of these. */
  days(query: SeriesQuery): readonly ManifestDay[];
  /** All chosen rows in one piece. */
  read(query: SeriesQuery): Promise<TableSlice>;
  /** The chosen rows row group by row group; `base` counts the rows of the stream. */
  stream(query: SeriesQuery): AsyncIterable<TableSlice>;
  /** Compares every file with its hash and returns what is wrong; nothing means undamaged. */
  verify(onProgress?: (file: string) => void): Promise<{ readonly path: string; readonly problem: string }[]>;
}

/**
 * Opens the catalogue at `root`.
 *
 * Readers verify that times never decrease, within and between files. Errors: DataError where there is no catalogue or a file is missing;
 * RangeError for a series that it does not hold. `open` reads files otherwise, such as to count bytes.
 */
export async function openCatalogue(root: string, { open = fileSource }: { open?: (path: string) => Promise<ByteSource> } = {}): Promise<Catalogue> {
  const { files } = await readManifest(root);
  if (files.length === 0) throw new DataError('is no catalogue, or an empty one: it has no manifest.json with files', { file: root });
  const bySeries = new Map<string, ManifestFile[]>();
  for (const file of files) {
    const path = seriesPath(file);
    bySeries.set(path, [...(bySeries.get(path) ?? []), file]);
  }
  for (const list of bySeries.values()) list.sort((a, b) => (BigInt(a.firstTime) < BigInt(b.firstTime) ? -1 : 1));

  function chosen(query: SeriesQuery): ManifestFile[] {
    const list = bySeries.get(seriesPath(query));
    if (!list) throw new RangeError(`catalogue: ${root} has no ${seriesPath(query)}, it has ${[...bySeries.keys()].sort().join(', ')}`);
    const known = recordSchema(query.kind);
    for (const name of query.columns ?? [])
      if (!(name in known)) throw new RangeError(`catalogue: ${query.kind} have no column "${name}", they have ${Object.keys(known).join(', ')}`);
    return list.filter(
      (file) => (query.from === undefined || BigInt(file.lastTime) >= query.from) && (query.to === undefined || BigInt(file.firstTime) < query.to),
    );
  }

  async function openFile(entry: ManifestFile, query: SeriesQuery): Promise<TableFile> {
    const path = join(root, ...entry.path.split('/'));
    const file = await openParquet(await open(path), { onGrid: query.onGrid });
    if (file.rowCount !== entry.rows) {
      await file.close();
      throw new DataError(`has ${file.rowCount} rows, the manifest says ${entry.rows}: import it again`, { file: path });
    }
    return file;
  }

  async function* stream(query: SeriesQuery): AsyncIterable<TableSlice> {
    const timeColumn = query.kind === 'bars' ? 'openTime' : 'time';
    let base = 0,
      previous: bigint | undefined,
      into: { readonly [column: string]: ColumnArray } | undefined;
    for (const entry of chosen(query)) {
      const file = await openFile(entry, query);
      try {
        const wanted = query.columns?.filter((name) => name in file.schema),
          needed = wanted && [...new Set([...wanted, timeColumn])];
        if (query.reuse) into = roomFor(file, needed ?? Object.keys(file.schema), into);
        for await (const rows of file.stream({ columns: needed, from: query.from, to: query.to, into })) {
          const time = rows.columns[timeColumn] as BigInt64Array;
          if (previous !== undefined && time[0] < previous)
            throw new DataError('starts before the file in front of it ends', { file: file.name, row: rows.base, column: timeColumn });
          previous = time[time.length - 1];
          if (query.prices !== undefined && query.prices !== 'any')
            checkRows({ file: file.name, record: query.kind, table: rows, prices: query.prices });
          yield { ...only(rows, wanted), base };
          base += rows.length;
        }
      } finally {
        await file.close();
      }
    }
  }

  async function read(query: SeriesQuery): Promise<TableSlice> {
    const parts: TableSlice[] = [];
    for await (const part of stream(query)) parts.push(part);
    return joined(recordSchema(query.kind), parts, query.columns);
  }

  function coverage(): Coverage[] {
    return [...bySeries.keys()].sort().map((path) => {
      const list = bySeries.get(path)!,
        { kind, venue, symbol, interval, price } = list[0];
      return {
        kind,
        venue,
        symbol,
        interval,
        price,
        rows: list.reduce((sum, file) => sum + file.rows, 0),
        firstTime: BigInt(list[0].firstTime),
        lastTime: BigInt(list[list.length - 1].lastTime),
        days: list.flatMap((file) => file.days),
      };
    });
  }

  function daysOf(query: SeriesQuery): readonly ManifestDay[] {
    const first = query.from === undefined ? '' : formatDate(query.from),
      last = query.to === undefined ? '9999' : formatDate(query.to - 1n);
    return chosen(query)
      .flatMap((file) => file.days)
      .filter(({ date }) => date >= first && date <= last);
  }

  async function verify(onProgress?: (file: string) => void): Promise<{ path: string; problem: string }[]> {
    const found: { path: string; problem: string }[] = [];
    for (const file of files) {
      const { path } = file,
        bytes = await readBytes(join(root, ...path.split('/'))).catch((error: unknown) => error as DataError);
      if (bytes instanceof DataError) found.push({ path, problem: /no such file/.test(bytes.message) ? 'is missing' : bytes.message });
      else if (sha256Of(bytes) !== file.sha256 && !(await isSound(root, file))) found.push({ path, problem: 'is damaged: its hash is not that of the manifest' });
      onProgress?.(path);
    }
    return found;
  }

  return { root, files, coverage, days: daysOf, read, stream, verify };
}

/** Arrays for the largest row group of a file: those that are there already, where they are long enough. */
function roomFor(file: TableFile, names: readonly string[], old: { readonly [column: string]: ColumnArray } = {}): { [column: string]: ColumnArray } {
  const most = Math.max(0, ...file.groups.map(({ fromRow, toRow }) => toRow - fromRow));
  return Object.fromEntries(names.map((name) => [name, old[name]?.length >= most && isColumn(file.schema[name], old[name]) ? old[name] : newColumn(file.schema[name], most)]));
}

function only(rows: TableSlice, names: readonly string[] | undefined): TableSlice {
  if (!names) return rows;
  const pick = <T>(record: { readonly [name: string]: T }): { [name: string]: T } =>
    Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
  return { ...rows, schema: pick(rows.schema), columns: pick(rows.columns) };
}

/** Slices one after the other in columns of their own; a column that a file lacks holds its default there. */
function joined(record: Schema, parts: readonly TableSlice[], wanted: readonly string[] | undefined): TableSlice {
  const names = Object.keys(record).filter(
    (name) => (wanted ? wanted.includes(name) : true) && (parts.length === 0 ? wanted !== undefined : parts.some((part) => part.columns[name])),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0),
    columns: { [column: string]: ColumnArray } = {};
  for (const name of names) {
    const column = newColumn(record[name], length);
    for (const { columns: own, base, length: rows } of parts) {
      if (own[name]) (column as Float64Array).set(own[name] as Float64Array, base);
      else (column as Float64Array).fill(columnDefault(name, record[name]) as number, base, base + rows);
    }
    columns[name] = column;
  }
  return {
    schema: Object.fromEntries(names.map((name) => [name, record[name]])),
    columns,
    texts: {},
    length,
    base: 0,
    offGrid: parts.reduce((sum, part) => sum + part.offGrid, 0),
  };
}
