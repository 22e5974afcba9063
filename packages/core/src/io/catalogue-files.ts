/** One file of a catalogue: written with its rows, read back, and judged by the digests of its days. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { tableDigest } from '../digest.ts';
import { DataError } from '../errors.ts';
import { recordSchema } from '../schemas.ts';
import type { ColumnArray, Schema } from '../table.ts';
import { memorySource, readBytes } from './byte-source.ts';
import { sha256Of } from './catalogue-manifest.ts';
import type { ManifestDay, ManifestFile } from './catalogue-manifest.ts';
import { days } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';
import { openParquet } from './parquet-reader.ts';
import { writeParquet } from './parquet-writer.ts';
import type { WriteParquetOptions } from './parquet-writer.ts';
import { replaceFile } from './replace-file.ts';
import type { TableSlice } from './table-file.ts';

/** The column that orders the rows of a record. */
export function timeColumnOf({ kind }: Pick<SeriesKey, 'kind'>): 'openTime' | 'time' {
  return kind === 'bars' ? 'openTime' : 'time';
}

/**
 * Writes rows as a file of the catalogue. `onWritten` gets what the manifest says of them when they are on disk and before they take the place of an
 * older file.
 */
export async function writeCatalogueFile(
  root: string,
  path: string,
  key: SeriesKey,
  columns: { readonly [column: string]: ColumnArray },
  onWritten: (facts: Pick<ManifestFile, 'rows' | 'firstTime' | 'lastTime' | 'sha256' | 'days'>) => Promise<void>,
): Promise<void> {
  const file = join(root, ...path.split('/')),
    time = columns[timeColumnOf(key)] as BigInt64Array;
  await replaceFile(file, async (temporary) => {
    await writeRows(temporary, key, columns, undefined);
    await onWritten({
      rows: time.length,
      firstTime: String(time[0]),
      lastTime: String(time[time.length - 1]),
      sha256: sha256Of(await readBytes(temporary)),
      days: daysOfRows(schemaOf(key, columns), columns, time),
    });
  });
}

/** Writes the rows of a file again, packed otherwise; the old file stays until the new one was read back and holds the same rows. */
export function rewriteCatalogueFile(
  root: string,
  entry: ManifestFile,
  { columns }: TableSlice,
  compression: WriteParquetOptions['compression'],
): Promise<{ sha256: string; byteLength: number }> {
  const file = join(root, ...entry.path.split('/'));
  return replaceFile(file, async (temporary) => {
    await writeRows(temporary, entry, columns, compression);
    const bytes = await readBytes(temporary),
      written = await openParquet(memorySource(temporary, bytes));
    if (!holdsRows(entry, await written.read())) throw new DataError('does not read back as it was written: the file in the catalogue was left as it is', { file });
    return { sha256: sha256Of(bytes), byteLength: bytes.length };
  });
}

function writeRows(
  file: string,
  key: SeriesKey,
  columns: { readonly [column: string]: ColumnArray },
  compression: WriteParquetOptions['compression'],
): Promise<number> {
  const metadata: { [name: string]: string } = key.kind === 'bars' ? { 'zanzibar.price': key.price!, 'zanzibar.interval': key.interval! } : {};
  return writeParquet(file, { columns }, { schema: schemaOf(key, columns), record: key.kind, metadata, compression });
}

/** The rows of a file of the catalogue, and the size and hash of its bytes. Errors: DataError where it is missing or cannot be read. */
async function readWhole(root: string, entry: ManifestFile): Promise<{ table: TableSlice; sha256: string; byteLength: number }> {
  const file = join(root, ...entry.path.split('/')),
    bytes = await readBytes(file);
  const open = await openParquet(memorySource(file, bytes));
  return { table: await open.read(), sha256: sha256Of(bytes), byteLength: bytes.length };
}

/**
 * The rows of a file, verified against the manifest. One whose bytes are others but whose rows are the same, which a kill between the writing of a
 * file and that of the manifest leaves, is as good. Errors: DataError where it is missing or damaged.
 */
export async function readSoundFile(root: string, entry: ManifestFile): Promise<{ table: TableSlice; sha256: string; byteLength: number }> {
  const read = await readWhole(root, entry);
  if (read.sha256 === entry.sha256 || holdsRows(entry, read.table)) return read;
  throw new DataError('is damaged: its hash is not that of the manifest', { file: join(root, ...entry.path.split('/')) });
}

/** Does the file hold the rows that the manifest names? */
export async function isSound(root: string, entry: ManifestFile): Promise<boolean> {
  try {
    await readSoundFile(root, entry);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

/** Are these the rows that the manifest names? Told by the digests of their days, whatever the bytes of the file. */
function holdsRows(entry: ManifestFile, { columns, length }: TableSlice): boolean {
  const time = columns[timeColumnOf(entry)];
  if (length !== entry.rows || !(time instanceof BigInt64Array)) return false;
  const schema = schemaOf(entry, columns);
  if (Object.keys(schema).length < Object.keys(columns).length) return false;
  const found = daysOfRows(schema, columns, time);
  return found.length === entry.days.length && found.every(({ date, digest }, i) => date === entry.days[i].date && digest === entry.days[i].digest);
}

function schemaOf({ kind }: SeriesKey, columns: { readonly [column: string]: ColumnArray }): Schema {
  const record = recordSchema(kind);
  return Object.fromEntries(
    Object.keys(record)
      .filter((name) => columns[name])
      .map((name) => [name, record[name]]),
  );
}

function daysOfRows(schema: Schema, columns: { readonly [column: string]: ColumnArray }, time: BigInt64Array): ManifestDay[] {
  return days(time).map(({ name, from, to }) => {
    const day = Object.fromEntries(Object.keys(schema).map((column) => [column, columns[column].subarray(from, to)]));
    return { date: name, rows: to - from, digest: tableDigest(schema, day, { length: to - from, createHasher: () => createHash('sha256') }) };
  });
}
