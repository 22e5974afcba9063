/** Files behind the words of a command line. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Files as they are, folders as the files below them in order of their names. */
export async function expandFiles(words: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const word of words) {
    const info = await stat(word).catch(() => {
      throw new UsageError(`there is no file or folder ${word}`, word);
    });
    if (!info.isDirectory()) files.push(word);
    else for (const name of (await readdir(word, { recursive: true })).sort()) if ((await stat(join(word, name))).isFile()) files.push(join(word, name));
  }
  if (files.length === 0) throw new UsageError(`${words.join(', ')}: no files there`, words[0]);
  return files;
}
