/** Where a command is going to write: looked at before long work, so that nobody waits for a result that has no place. */
import { access, constants, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FolderKind } from '../result/replace-folder.ts';
import { UsageError } from './usage-error.ts';

/** Throws unless files can be made at these paths; folders that are missing will be made. */
export async function checkFiles(command: string, files: { readonly [flag: string]: string | undefined }): Promise<void> {
  for (const [flag, file] of Object.entries(files)) {
    if (file === undefined) continue;
    if (file === '') throw new UsageError(`${command}: --${flag} is empty`, `--${flag}`);
    const info = await stat(file).catch(() => undefined);
    if (info?.isDirectory()) throw new UsageError(`${command}: --${flag} must be a file, ${file} is a folder: name a file in it, such as ${join(file, flag)}`, `--${flag}`);
    await checkFolder(command, flag, dirname(resolve(file)));
  }
}

/** Throws unless a result folder can be made here: it may be absent, empty, or hold an older one. */
export async function checkResultFolder(command: string, flag: string, folder: string | undefined, { what, mark }: FolderKind = { what: 'result', mark: 'summary.json' }): Promise<void> {
  if (folder === undefined) return;
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`${command}: --${flag} must be a folder, ${folder} is ${error.code === 'ENOTDIR' ? 'a file' : `not readable (${error.code})`}`, `--${flag}`);
  });
  if (names.length > 0 && !names.includes(mark)) throw new UsageError(`${command}: --${flag} ${folder} is not empty and no ${what} (it has ${names[0]}): name another folder`, `--${flag}`);
  await checkFolder(command, flag, dirname(resolve(folder)));
}

/** The nearest folder that exists must be one, and writable. */
async function checkFolder(command: string, flag: string, folder: string): Promise<void> {
  for (let place = folder; ; place = dirname(place)) {
    const info = await stat(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw new UsageError(`${command}: --${flag}: ${place} cannot be reached (${error.code})`, `--${flag}`);
    });
    if (info === undefined && place !== dirname(place)) continue;
    if (!info?.isDirectory()) throw new UsageError(`${command}: --${flag}: ${place} is no folder`, `--${flag}`);
    await access(place, constants.W_OK).catch(() => {
      throw new UsageError(`${command}: --${flag}: the folder ${place} may not be written to`, `--${flag}`);
    });
    return;
  }
}
