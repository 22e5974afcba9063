/** Folders that appear whole or not at all: written under a temporary name beside, then renamed. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError } from '@zanzibar/core';

let count = 0;

/** What the folder holds, in words, and the file by which it is known: only an empty folder or one of this kind is replaced. */
export interface FolderKind {
  readonly what: string;
  readonly mark: string;
}

export async function replaceFolder(folder: string, { what, mark }: FolderKind, write: (temporary: string) => Promise<void>): Promise<void> {
  await refuseForeign(folder, what, mark);
  const own = `${process.pid}.${count++}`, temporary = join(dirname(folder), `.${basename(folder)}.${own}.tmp`), old = join(dirname(folder), `.${basename(folder)}.${own}.old`);
  try {
    await mkdir(temporary, { recursive: true });
    await write(temporary);
    const hadOne = await rename(folder, old).then(() => true, () => false);
    await rename(temporary, folder).catch(async (error: unknown) => {
      if (hadOne) await rename(old, folder);
      throw error;
    });
    if (hadOne) await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    const { unwritable } = await import('@zanzibar/core/io');
    throw unwritable(folder, error);
  }
}

async function refuseForeign(folder: string, what: string, mark: string): Promise<void> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new DataError(`cannot hold ${what === 'result' ? 'a' : 'an'} ${what}: ${error.message}`, { file: folder });
  });
  if (files.length > 0 && !files.includes(mark)) throw new DataError(`is not empty and no ${what} (it has ${files[0]}); choose another folder`, { file: folder });
}
