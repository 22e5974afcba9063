/**
 * Places that cannot be written to. Oracle: the operating system itself: a limit of the size of files cuts a write in its middle as a full disk does,
 * a small disk in memory is full (where one may be mounted), and a folder without the right to write.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DataError } from '@zanzibar/core';
import { compactCatalogue, importFiles, openCatalogue, readManifest, sha256Of } from '@zanzibar/core/io';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-unwritable-')),
  repository = fileURLToPath(new URL('../../', import.meta.url)),
  child = fileURLToPath(new URL('./write-files.ts', import.meta.url));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
chmodSync(folder, 0o755);

const source = join(folder, 'quotes.csv'),
  rows = Array.from({ length: 30_000 }, (_, i) => `${1_700_000_000_000 + i * 977},${1 + ((i * 7919) % 1000) / 1000},${1 + ((i * 104_729) % 1000) / 1000}`);
writeFileSync(source, `time,bid,ask\n${rows.join('\n')}\n`);

/** What a process wrote, each piece with the error that it met: under a limit in blocks of 512 bytes, or as another user. */
function attempt(at: string, { blocks, user }: { blocks?: number; user?: number } = {}): { [what: string]: string } {
  const command = [process.execPath, '--import', 'tsx', '--conditions=@zanzibar/source', child, at, source].map((part) => `'${part}'`).join(' ');
  const { stdout, stderr } = spawnSync('sh', ['-c', `${blocks === undefined ? '' : `ulimit -f ${blocks}; `}exec ${command}`], {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
}

test('a file that has vanished since it was named is told by its name, and a folder in place of a file too', async () => {
  const root = join(folder, 'vanished'),
    key = { kind: 'quotes', venue: 'x', symbol: 'A' } as const;
  await importFiles({ root, files: [source], venue: 'x', symbol: 'A' });
  const catalogue = await openCatalogue(root),
    [{ path }] = catalogue.files;
  rmSync(join(root, path));
  await expect(catalogue.read(key)).rejects.toThrow(new DataError('there is no such file', { file: join(root, path) }));
  expect(await catalogue.verify()).toEqual([{ path, problem: 'is missing' }]);
  expect((await compactCatalogue({ root, before: 1n << 62n })).problems).toEqual([{ path, problem: `${join(root, path)}: there is no such file` }]);
  mkdirSync(join(root, path));
  await expect(catalogue.read(key)).rejects.toThrow(new DataError('is not a file', { file: join(root, path) }));
  const before = readFileSync(join(root, 'manifest.json'), 'utf8');
  await expect(importFiles({ root, files: [source, join(folder, 'gone.csv')], venue: 'x', symbol: 'B' })).rejects.toThrow(DataError);
  await expect(importFiles({ root, files: [join(folder, 'gone.csv')], venue: 'x', symbol: 'C' })).rejects.toThrow(new DataError('there is no such file', { file: join(folder, 'gone.csv') }));
  const after = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')).files.map(({ symbol }: { symbol: string }) => symbol);
  expect(new Set(after)).toEqual(new Set(['A', 'B']));
  expect(JSON.parse(before).files.length).toBeLessThan(after.length);
});

const kinds = ['parquet', 'text', 'catalogue', 'result'],
  files = (at: string): string[] => readdirSync(at, { recursive: true }).map(String).sort();

describe('a place that cannot be written to gives a clear error, nothing half written, and an older file as it was', () => {
  test.skipIf(process.platform === 'win32')('when the space ends in the middle of a file', () => {
    const at = join(folder, 'limited');
    mkdirSync(at);
    for (const name of ['quotes.parquet', 'text.txt']) writeFileSync(join(at, name), 'older');
    const errors = attempt(at, { blocks: 16 });
    expect(Object.keys(errors)).toEqual(kinds);
    for (const kind of kinds) expect(errors[kind], kind).toMatch(/^DataError: .*limited.*: cannot be written: the file would be larger than is allowed here \(EFBIG\)$/);
    expect(files(at).filter((name) => /\.(tmp|old)$|part\.parquet|manifest|summary/.test(name))).toEqual([]);
    for (const name of ['quotes.parquet', 'text.txt']) expect(readFileSync(join(at, name), 'utf8')).toBe('older');
  });

  test('when the disk is full', async (context) => {
    const at = join(folder, 'disk');
    mkdirSync(at);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', at], { stdio: 'ignore' });
    } catch {
      context.skip('no small disk can be mounted here: run it as root on Linux');
    }
    try {
      const errors = attempt(at);
      for (const kind of kinds) expect(errors[kind], kind).toMatch(/^DataError: .*disk.*: cannot be written: the disk is full \(ENOSPC\)$/);
      expect(files(at).filter((name) => /\.(tmp|old)$|quotes\.parquet|summary|txt/.test(name))).toEqual([]);
      // A day of the import may have found room: then the catalogue holds it, whole, and no other.
      const { files: days } = await readManifest(join(at, 'data'));
      expect(files(at).filter((name) => name.endsWith('part.parquet'))).toEqual(days.map(({ path }) => `data/${path}`));
      for (const { path, sha256 } of days) expect(sha256Of(readFileSync(join(at, 'data', path)))).toBe(sha256);
    } finally {
      execFileSync('umount', [at]);
    }
  });

  test.skipIf(process.platform === 'win32')('when the folder is read-only', () => {
    const at = join(folder, 'read-only');
    mkdirSync(at);
    writeFileSync(join(at, 'text.txt'), 'older');
    chmodSync(at, 0o555);
    // Root may write anywhere.
    const errors = attempt(at, process.getuid!() === 0 ? { user: 65_534 } : {});
    for (const kind of kinds) expect(errors[kind], kind).toMatch(/^DataError: .*read-only.*: cannot be written: the folder may not be written to \(EACCES\)$/);
    expect(files(at)).toEqual(['text.txt']);
    expect(readFileSync(join(at, 'text.txt'), 'utf8')).toBe('older');
  });
});
