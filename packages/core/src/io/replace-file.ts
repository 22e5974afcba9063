/** Files that appear whole or not at all: written under a temporary name beside the final one, then renamed. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';

let count = 0;

/**
 * Calls `write` with a temporary path and renames what it wrote to `path`; when it throws, the temporary file is removed and an older file at
 * `path` stays as it was.
 */
export async function replaceFile<T>(path: string, write: (temporary: string) => Promise<T> | T): Promise<T> {
  const folder = dirname(path),
    temporary = join(folder, `.${basename(path)}.${process.pid}.${count++}.tmp`);
  await mkdir(folder, { recursive: true });
  try {
    const result = await write(temporary);
    await rename(temporary, path);
    return result;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a text file whole or not at all. */
export function replaceText(path: string, text: string): Promise<void> {
  return replaceFile(path, (temporary) => writeFile(temporary, text));
}
