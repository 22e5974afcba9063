/** The text files of this repository, as the house rules read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceText } from './finding.ts';

export const root: string = dirname(dirname(fileURLToPath(import.meta.url)));

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo', '.zanzibar']);
const notOursAtRoot = new Set(['out', 'data', 'package-lock.json']);
const textEndings = /(\.(ts|js|mjs|json|jsonc|ya?ml|md|py|sh|txt|toml|html|css|svg)|\/run|ignore|LICENSE)$/;

export function readRepository(): SourceText[] {
  const files: SourceText[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (notOurs.has(entry.name) || (folder === '' && notOursAtRoot.has(entry.name))) continue;
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile() && textEndings.test(file)) files.push({ file, text: readFileSync(join(root, file), 'utf8') });
    }
  };
  walk('');
  return files;
}
