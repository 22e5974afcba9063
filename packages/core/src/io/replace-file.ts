/** Files that appear whole or not at all: written under a temporary name beside the final one, synced to disk, then renamed. */
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import { DataError } from '../errors.ts';

let count = 0;

/** What `replaceFile` calls its temporary files: a dot, the final name, the process that writes it, a number. */
export const temporaryName: RegExp = /^\.(.+)\.(\d+)\.\d+\.tmp$/;

/**
 * Calls `write` with a temporary path and renames what it wrote to `path`; when it throws, the temporary file is removed and an older file at
 * `path` stays as it was.
 *
 * What was written has reached the disk before it gets its name, so a kill or a loss of power leaves the old file or the new one. Errors: DataError
 * with the path where the disk is full, the folder may not be written to or has vanished.
 */
export async function replaceFile<T>(path: string, write: (temporary: string) => Promise<T> | T): Promise<T> {
  const folder = dirname(path),
    temporary = join(folder, `.${basename(path)}.${process.pid}.${count++}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const result = await write(temporary);
    await sync(temporary);
    await rename(temporary, path);
    return result;
  } catch (error) {
    // The first error is the one to tell: what cannot be written to can often not be cleaned up either.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

/** Writes a text file whole or not at all. */
export function replaceText(path: string, text: string): Promise<void> {
  return replaceFile(path, (temporary) => writeFile(temporary, text));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const reasons: { readonly [code: string]: string } = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than is allowed here',
  EROFS: 'the disk is read-only',
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
  ENOENT: 'its folder is not there any more',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'a folder has this name',
  EEXIST: 'a part of its path is a file',
  EIO: 'the disk reports an error',
};

/** The error of a path that cannot be written, in plain words; errors that are not of the operating system stay as they are. */
export function unwritable(path: string, error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (error instanceof DataError || typeof code !== 'string' || !(code in reasons)) return error;
  return new DataError(`cannot be written: ${reasons[code]} (${code})`, { file: path });
}
