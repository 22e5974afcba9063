/** The manifest of a catalogue: every file with its hash, where its rows came from, and a digest of the content of every day. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import type { SeriesKey } from './catalogue-series.ts';
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
  readonly sources: readonly ManifestSource[];
  readonly days: readonly ManifestDay[];
}

export interface Manifest {
  readonly schema: 'catalogue';
  readonly version: string;
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
    throw new DataError(`cannot be read (${(error as { code?: string }).code})`, { file });
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
  return manifest;
}

/** Writes the manifest, files in order of their paths. */
export function writeManifest(root: string, files: readonly ManifestFile[]): Promise<void> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return replaceText(join(root, manifestName), `${JSON.stringify({ schema: 'catalogue', version: manifestVersion, files: sorted }, undefined, 1)}\n`);
}

/** SHA-256 of bytes in hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
