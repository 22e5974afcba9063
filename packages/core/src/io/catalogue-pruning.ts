/** Pruning: what lies before a time is named, and deleted only by a call of its own. */
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { DataError } from '../errors.ts';
import { dayOf, formatDay } from '../time.ts';
import { unreadable } from './byte-source.ts';
import { dateOfPath } from './catalogue-layout.ts';
import { changeManifest, readManifest } from './catalogue-manifest.ts';
import type { ManifestFile } from './catalogue-manifest.ts';
import { temporaryName, unwritable } from './replace-file.ts';

/** A file that pruning would delete. */
export interface PrunableFile {
  /** Inside the catalogue, with forward slashes. */
  readonly path: string;
  readonly byteLength: number;
  /**
   * Its entry in the manifest. Without one it is what a kill left behind: a file that the manifest does not name any more, or not yet, or the
   * temporary file of a process that is gone.
   */
  readonly entry?: ManifestFile;
}

/**
 * The files of a catalogue whose last row lies before a time, and what killed processes left behind; nothing is changed.
 *
 * A file is chosen as a whole. One that the manifest does not name is chosen where its path is one of the catalogue's and its last date lies before
 * that of the time.
 */
export async function prunableFiles({ root, before }: { root: string; before: bigint }): Promise<PrunableFile[]> {
  const { files, layout } = await readManifest(root),
    entries = new Map(files.map((file) => [file.path, file])),
    cutoff = formatDay(dayOf(before));
  const found: PrunableFile[] = [];
  const all = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(root, error);
  });
  if (!all.some((file) => join(file.parentPath ?? file.path, file.name) === join(root, 'manifest.json'))) throw new DataError('is no catalogue: it has no manifest.json', { file: root });
  for (const file of all) {
    if (!file.isFile()) continue;
    const full = join(file.parentPath ?? file.path, file.name),
      path = relative(root, full).split(sep).join('/'),
      entry = entries.get(path),
      date = dateOfPath(layout, path);
    const isOld = entry ? BigInt(entry.lastTime) < before : date !== undefined && date < cutoff;
    if (isOld || isAbandoned(file.name)) found.push({ path, byteLength: await sizeOf(full), entry });
    entries.delete(path);
  }
  // Deleted by hand: only the entry is left.
  for (const [path, entry] of entries) if (BigInt(entry.lastTime) < before) found.push({ path, byteLength: 0, entry });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Deletes files that `prunableFiles` named, and folders that are empty then; returns the paths of those that it deleted.
 *
 * The manifest lets go of them first, so a kill at any moment leaves a catalogue whose every entry has its file; what is left over of the files is
 * named again next time. A file that was imported again since then is left alone. Errors: DataError where something cannot be deleted.
 */
export async function pruneCatalogue(root: string, files: readonly PrunableFile[]): Promise<string[]> {
  const changes = new Map(files.flatMap(({ path, entry }) => (entry ? [[path, { was: entry, is: undefined }] as const] : [])));
  const released = await changeManifest(root, changes),
    named = new Set((await readManifest(root)).files.map(({ path }) => path)),
    deleted: string[] = [];
  for (const { path, entry } of files) {
    if (entry ? !released.has(path) : named.has(path)) continue;
    const file = join(root, ...path.split('/'));
    await rm(file, { force: true }).catch((error: unknown) => {
      throw unwritable(file, error);
    });
    deleted.push(path);
    await removeEmpty(root, dirname(file));
  }
  return deleted;
}

/** A temporary file of ours whose process is gone. */
function isAbandoned(name: string): boolean {
  const parts = temporaryName.exec(name);
  if (!parts || Number(parts[2]) === process.pid) return false;
  try {
    process.kill(Number(parts[2]), 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH';
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** Folders that a deletion emptied, up to the catalogue's own. */
async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let each = folder; relative(root, each) !== '' && !relative(root, each).startsWith('..'); each = dirname(each)) {
    const isGone = await rmdir(each).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}
