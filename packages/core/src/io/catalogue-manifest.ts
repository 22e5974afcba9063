/** The manifest of a catalogue: every file with its hash, where its rows came from, and a digest of the content of every day. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import type { SeriesKey } from './catalogue-series.ts';
import { unreadable } from './byte-source.ts';
import { checkManifest } from './check-manifest.ts';
import { replaceText } from './replace-file.ts';

/** A stretch of a file's rows that came from one source file. */
export interface ManifestSource {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
}

export interface ManifestDay {
  /** UTC date. */
  readonly date: string;
  readonly rows: number;
  /** Table digest of the day's rows (core, `tableDigest`). */
  readonly digest: string;
}

export interface ManifestFile extends SeriesKey {
  /** Inside the catalogue, with forward slashes. */
  readonly path: string;
  readonly rows: number;
  /** First and last time, nanoseconds as text: JSON numbers do not hold them. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** How its pages are packed, where that is not as an import writes them. */
  readonly compression?: string;
  /** What the entry becomes when a file that is being replaced has its new bytes; told by their hash, so that a kill in between loses neither. */
  readonly next?: ManifestFile;
  readonly sources: readonly ManifestSource[];
  readonly days: readonly ManifestDay[];
}

export interface Manifest {
  readonly schema: 'catalogue';
  readonly version: string;
  /** Path template of its files, where it is not our own layout. */
  readonly layout?: string;
  readonly files: readonly ManifestFile[];
}

const manifestVersion = '1.0';
const manifestName = 'manifest.json';

/** The manifest of the catalogue at `root`; an empty one where there is none yet. Errors: DataError for a damaged one or another major version. */
export async function readManifest(root: string): Promise<Manifest> {
  const file = join(root, manifestName);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return { schema: 'catalogue', version: manifestVersion, files: [] };
    throw unreadable(file, error);
  }
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch (error) {
    throw new DataError(`is no JSON, or was cut short: ${(error as Error).message}`, { file });
  }
  if (manifest?.schema !== 'catalogue' || typeof manifest.version !== 'string' || !Array.isArray(manifest.files))
    throw new DataError('is no manifest of a catalogue', { file });
  if (manifest.version.split('.')[0] !== manifestVersion.split('.')[0]) {
    throw new DataError(`holds schema "catalogue" version ${manifest.version}; this reader knows version ${manifestVersion}`, { file });
  }
  checkManifest(file, manifest);
  return manifest.files.some(({ next }) => next) ? { ...manifest, files: await Promise.all(manifest.files.map((each) => presentEntry(root, each))) } : manifest;
}

/** The entry of a file that a kill may have caught while it was being replaced. */
async function presentEntry(root: string, { next, ...entry }: ManifestFile): Promise<ManifestFile> {
  if (!next) return entry;
  const bytes = await readFile(join(root, ...entry.path.split('/'))).catch(() => undefined);
  return bytes && sha256Of(bytes) === next.sha256 ? next : entry;
}

/** Writes the manifest, files in order of their paths. */
export function writeManifest(root: string, files: readonly ManifestFile[], layout?: string): Promise<void> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return replaceText(join(root, manifestName), `${JSON.stringify({ schema: 'catalogue', version: manifestVersion, layout, files: sorted }, undefined, 1)}\n`);
}

/**
 * Changes the entries of some files and leaves all others as they are in the manifest by now; an entry that has changed since it was read is left
 * alone. `undefined` takes an entry out. Returns the paths whose entries were changed.
 */
export async function changeManifest(
  root: string,
  changes: ReadonlyMap<string, { readonly was: ManifestFile; readonly is: ManifestFile | undefined }>,
): Promise<Set<string>> {
  const { files, layout } = await readManifest(root),
    changed = new Set<string>();
  const next = files.flatMap((file) => {
    const change = changes.get(file.path);
    if (change === undefined || JSON.stringify(change.was) !== JSON.stringify(file)) return [file];
    changed.add(file.path);
    return change.is ? [change.is] : [];
  });
  if (changed.size > 0) await writeManifest(root, next, layout);
  return changed;
}

/** SHA-256 of bytes in hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
