/**
 * A golden file: backtests by name and the tables that they share, one a line so that version control shows what moved.
 *
 * Its first line holds a checksum of all that follows: a file that was edited, or merged badly, is refused instead of believed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DataError } from '@zanzibar/core';
import type { GoldenCase } from './golden-case.ts';
import type { GoldenTable } from './golden-table.ts';

export interface GoldenFile {
  readonly cases: { readonly [name: string]: GoldenCase };
  readonly tables: { readonly [key: string]: GoldenTable };
}

const schema = 'zanzibar/golden', version = '1.0';

/** Undefined where there is no such file. Errors: DataError for one that is damaged, edited by hand, or of another version. */
export function readGolden(file: string): GoldenFile | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new DataError(`cannot be read: ${(error as Error).message}`, { file });
  }
  const at = text.indexOf('\n'), head = /^\{"schema":"([^"]*)","version":"(\d+)\.\d+","checksum":"([0-9a-f]{64})",$/.exec(text.slice(0, at));
  if (!head || head[1] !== schema) throw new DataError('is no golden file of backtests', { file });
  if (head[2] !== version.split('.')[0]) throw new DataError(`${schema} version ${head[2]} is unknown, this reads ${version}`, { file });
  const body = text.slice(at + 1);
  if (checksum(body) !== head[3]) throw new DataError('was changed by hand: its checksum does not fit. Restore it from version control, or record it anew with vitest -u', { file });
  return JSON.parse(text) as GoldenFile;
}

/** Writes the file whole or not at all. Tables that no case uses are left out. */
export function writeGolden(file: string, { cases, tables }: GoldenFile): void {
  const used = new Set(Object.values(cases).flatMap(({ stages }) => Object.values(stages)));
  const lines = (record: object): string => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n');
  const body = `"cases":{\n${lines(cases)}\n},\n"tables":{\n${lines(Object.fromEntries(Object.entries(tables).filter(([key]) => used.has(key))))}\n}}\n`;
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(temporary, `{"schema":"${schema}","version":"${version}","checksum":"${checksum(body)}",\n${body}`);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
