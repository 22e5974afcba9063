/** Documents that are made from the sources: written by a command, compared by a test. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lint/repository.ts';

/** Texts by their path from the root. */
export type Documents = ReadonlyMap<string, string>;

/** Writes documents; in a folder that belongs to them alone, files that are no longer made go. */
export function writeDocuments(documents: Documents, folder?: string): void {
  for (const file of strayFiles(documents, folder)) rmSync(join(root, file));
  for (const [file, text] of documents) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Paths of documents that are missing, differ, or should be gone; empty where the committed files are what the sources say. */
export function staleDocuments(documents: Documents, folder?: string): string[] {
  const stale = strayFiles(documents, folder);
  for (const [file, text] of documents) if (!existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== text) stale.push(file);
  return stale.sort();
}

function strayFiles(documents: Documents, folder: string | undefined): string[] {
  if (folder === undefined || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((file) => !documents.has(file));
}

/** A Markdown table; bars inside cells are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
