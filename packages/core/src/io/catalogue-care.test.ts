/** Compaction, pruning and layouts of a catalogue. Oracle: the same catalogue before, row by row, and one whose keeper was never killed, byte by byte. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableDigest } from '../digest.ts';
import { DataError } from '../errors.ts';
import { parseTime } from '../time.ts';
import { openCatalogue } from './catalogue.ts';
import { coldCompression, compactCatalogue } from './catalogue-compaction.ts';
import { readManifest, sha256Of } from './catalogue-manifest.ts';
import { prunableFiles, pruneCatalogue } from './catalogue-pruning.ts';
import { importFiles } from './import-files.ts';
import type { ImportOptions } from './import-files.ts';
import type { ManifestFile } from './catalogue-manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-care-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const lean: Omit<ImportOptions, 'root' | 'files'> = { preset: 'lean-tick', venue: 'fxcm', symbol: 'EURUSD' },
  series = { kind: 'quotes', venue: 'fxcm', symbol: 'EURUSD' } as const,
  before = parseTime('2020-01-01');
let count = 0;

/** A Lean day of ticks: FXCM's zone is five hours behind UTC, so its last hours lie on the next UTC date. */
function dayFile(date: string, step = 1): string {
  const rows = Array.from({ length: 400 }, (_, i) => `${i * 215_000},${(11_000 + ((i * 7 * step) % 90)) / 10_000},${(11_001 + ((i * 7 * step) % 90)) / 10_000}`);
  const path = join(folder, `${date.replaceAll('-', '')}_eurusd_tick_quote.csv`);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

const old = ['2014-05-01', '2014-05-02'].map((date, i) => dayFile(date, 1 + 4 * i)),
  later = dayFile('2021-06-01', 11),
  between = dayFile('2014-05-03', 3);
const clean = join(folder, 'clean');
beforeAll(async () => {
  await importFiles({ ...lean, root: clean, files: [...old, later] });
});

function copyOf(root: string): string {
  const copy = join(folder, `copy-${count++}`);
  cpSync(root, copy, { recursive: true });
  return copy;
}

function contents(root: string): { [path: string]: string } {
  const files = readdirSync(root, { recursive: true }).map(String).sort().filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, sha256Of(readFileSync(join(root, path)))]));
}

async function rowsOf(root: string): Promise<{ rows: number; digest: string; problems: readonly unknown[] }> {
  const catalogue = await openCatalogue(root),
    { schema, columns, length } = await catalogue.read(series);
  return { rows: length, digest: tableDigest(schema, columns), problems: await catalogue.verify() };
}

describe('compaction', () => {
  test('files whose last row is older are packed; rows, digests, paths and the other files stay', async () => {
    const root = copyOf(clean),
      rows = await rowsOf(root),
      days = (await openCatalogue(root)).days(series),
      { compacted, problems, isComplete } = await compactCatalogue({ root, before });
    expect([compacted.length, problems, isComplete]).toEqual([3, [], true]);
    for (const { bytesBefore, bytesAfter } of compacted) expect(bytesAfter).toBeLessThan(bytesBefore);
    expect(await rowsOf(root)).toEqual(rows);
    const catalogue = await openCatalogue(root);
    expect(catalogue.days(series)).toEqual(days);
    expect(catalogue.files.map(({ compression }) => compression)).toEqual([...compacted.map(() => coldCompression), undefined, undefined]);
    const unpacked = contents(clean),
      packed = contents(root);
    for (const { path } of catalogue.files.slice(3)) expect(packed[path]).toBe(unpacked[path]);
    expect(Object.keys(packed)).toEqual(Object.keys(unpacked));
    expect(await compactCatalogue({ root, before })).toEqual({ compacted: [], problems: [], isComplete: true });
  });

  test('an import into packed days gives the catalogue that never was packed', async () => {
    const root = copyOf(clean);
    await compactCatalogue({ root, before: parseTime('2030-01-01') });
    await importFiles({ ...lean, root, files: [...old, later] });
    expect(contents(root)).toEqual(contents(clean));
  });

  test('a damaged and a missing file are named and left as they are, the others are packed', async () => {
    const root = copyOf(clean),
      [first, second] = (await readManifest(root)).files.map(({ path }) => join(root, path)),
      damaged = Buffer.concat([readFileSync(first).subarray(0, 500), readFileSync(first).subarray(501)]);
    writeFileSync(first, damaged);
    rmSync(second);
    const { compacted, problems } = await compactCatalogue({ root, before });
    expect(compacted.length).toBe(1);
    expect(problems.map(({ problem }) => problem.slice(0, first.length))).toEqual([first, second]);
    expect(problems[1].problem).toMatch(/there is no such file/);
    expect(readFileSync(first)).toEqual(damaged);
  });

  test('an entry that an import changed meanwhile keeps what the import wrote', async () => {
    const root = copyOf(clean);
    await compactCatalogue({ root, before, onProgress: ({ filesDone }) => filesDone === 3 && writeFileSync(join(root, 'manifest.json'), readFileSync(join(root, 'manifest.json'), 'utf8').replace('"20140502_eurusd', '"renamed_eurusd')) });
    expect((await readManifest(root)).files.filter(({ compression }) => compression).length).toBeLessThan(3);
    expect((await rowsOf(root)).problems).toEqual([]);
  });
});

describe('pruning', () => {
  test('names what is older and deletes nothing; then deletes exactly that', async () => {
    const root = copyOf(clean),
      files = await prunableFiles({ root, before });
    expect(files.map(({ path }) => path.slice(-23, -13))).toEqual(['2014-05-01', '2014-05-02', '2014-05-03']);
    expect(contents(root)).toEqual(contents(clean));
    const kept = (await openCatalogue(root)).days({ ...series, from: before });
    expect(await pruneCatalogue(root, files)).toEqual(files.map(({ path }) => path));
    const catalogue = await openCatalogue(root);
    expect(catalogue.days(series)).toEqual(kept);
    expect(await catalogue.verify()).toEqual([]);
    expect(readdirSync(join(root, 'kind=quotes/venue=fxcm/symbol=EURUSD')).sort()).toEqual(['date=2021-06-01', 'date=2021-06-02']);
    expect(await prunableFiles({ root, before })).toEqual([]);
  });

  test('a file that was imported again after it was named is left alone', async () => {
    const root = copyOf(clean),
      files = await prunableFiles({ root, before });
    await importFiles({ ...lean, root, files: [between] });
    expect((await pruneCatalogue(root, files)).length).toBe(2);
    expect((await rowsOf(root)).problems).toEqual([]);
    expect((await openCatalogue(root)).days(series)[0].date).toBe('2014-05-03');
  });

  test('other files in the folder are no business of it, and a folder without a manifest is refused', async () => {
    const root = copyOf(clean);
    writeFileSync(join(root, 'thesis.txt'), 'years of work');
    writeFileSync(join(root, 'kind=quotes/venue=fxcm/2014-05-01.parquet'), 'not ours');
    await pruneCatalogue(root, await prunableFiles({ root, before }));
    expect(readFileSync(join(root, 'thesis.txt'), 'utf8')).toBe('years of work');
    expect(existsSync(join(root, 'kind=quotes/venue=fxcm/2014-05-01.parquet'))).toBe(true);
    await expect(prunableFiles({ root: mkdtempSync(join(folder, 'empty-')), before })).rejects.toThrow(DataError);
  });
});

describe('killed at any moment', () => {
  const child = fileURLToPath(new URL('../../test/killed-catalogue.ts', import.meta.url)),
    repository = fileURLToPath(new URL('../../../../', import.meta.url));
  const run = (root: string, action: string, step: number): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['--import', 'tsx', '--conditions=@zanzibar/source', child, root, action, String(step), between], { cwd: repository, encoding: 'utf8' });

  async function undisturbedly(root: string, action: string): Promise<void> {
    if (action === 'compact') await compactCatalogue({ root, before });
    else if (action === 'prune') await pruneCatalogue(root, await prunableFiles({ root, before }));
    else await importFiles({ ...lean, root, files: [between] });
  }

  /** Every day that reads, with the digest of the rows that were read, and every problem. */
  async function daysOf(root: string): Promise<string[]> {
    const catalogue = await openCatalogue(root),
      found = (await catalogue.verify()).map(({ path, problem }) => `${path} ${problem}`);
    for (const { date } of catalogue.days(series)) {
      const from = parseTime(date),
        { schema, columns, length } = await catalogue.read({ ...series, from, to: from + 86_400_000_000_000n });
      found.push(`${date} ${length} ${tableDigest(schema, columns)}`);
    }
    return found;
  }

  test.each(['compact', 'prune', 'import'])(
    '%s leaves a catalogue whose days read as before or as after, and running it again gives what an undisturbed one gives',
    async (action) => {
      const undisturbed = copyOf(clean),
        steps = Number(run(undisturbed, action, 0).stdout),
        wanted = contents(undisturbed),
        states = new Set([...(await daysOf(clean)), ...(await daysOf(undisturbed))]);
      expect(steps).toBeGreaterThan(6);
      // Seven of the moments: a process takes a second to start.
      const chosen = Array.from({ length: 7 }, (_, k) => 2 + Math.floor((k * (steps - 1)) / 7));
      let left = 0;
      for (const step of chosen) {
        const root = copyOf(clean);
        expect(run(root, action, step).signal, `step ${step}`).toBe('SIGKILL');
        for (const day of await daysOf(root)) expect(states.has(day), `step ${step}: ${day}`).toBe(true);
        // The temporary files that the killed process could not remove are named, and go.
        await undisturbedly(root, action);
        const leftovers = await prunableFiles({ root, before: parseTime('1990-01-01') });
        left += leftovers.length;
        await pruneCatalogue(root, leftovers);
        expect(contents(root), `step ${step}`).toEqual(wanted);
      }
      if (action !== 'prune') expect(left).toBeGreaterThan(0);
    },
  );

  test('the manifest tells which of two contents a file has when the kill came between the file and the manifest', async () => {
    const root = copyOf(clean),
      [entry] = (await readManifest(root)).files,
      next: ManifestFile = { ...entry, sha256: 'f'.repeat(64), sources: [{ ...entry.sources[0], name: 'other.csv' }] };
    const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
    manifest.files[0].next = next;
    writeFileSync(join(root, 'manifest.json'), JSON.stringify(manifest));
    expect((await readManifest(root)).files[0]).toEqual(entry);
    manifest.files[0].next.sha256 = entry.sha256;
    manifest.files[0].sha256 = 'e'.repeat(64);
    writeFileSync(join(root, 'manifest.json'), JSON.stringify(manifest));
    expect((await readManifest(root)).files[0]).toEqual({ ...next, sha256: entry.sha256 });
  });
});

describe('layouts', () => {
  test('a catalogue may lie by date and symbol, and reads, packs and prunes like any other', async () => {
    const root = join(folder, 'by-date'),
      layout = '<date>/<SYMBOL>.parquet';
    const { written } = await importFiles({ ...lean, root, files: [...old, later], layout });
    expect(written).toEqual(['2014-05-01', '2014-05-02', '2014-05-03', '2021-06-01', '2021-06-02'].map((date) => `${date}/EURUSD.parquet`));
    expect(await rowsOf(root)).toEqual(await rowsOf(clean));
    // The catalogue keeps it without being told, also when files of other symbols come in.
    const other = join(folder, '20140501_gbpusd_tick_quote.csv');
    cpSync(old[0], other);
    await importFiles({ ...lean, symbol: 'GBPUSD', root, files: [other] });
    expect(readdirSync(join(root, '2014-05-01')).sort()).toEqual(['EURUSD.parquet', 'GBPUSD.parquet']);
    expect((await compactCatalogue({ root, before })).compacted.length).toBe(5);
    expect(await rowsOf(root)).toEqual(await rowsOf(clean));
    await pruneCatalogue(root, await prunableFiles({ root, before }));
    expect(readdirSync(root).sort()).toEqual(['2021-06-01', '2021-06-02', 'manifest.json']);
  });

  test('a layout that cannot tell series apart, that leads elsewhere or that is another than before is refused and changes nothing', async () => {
    const root = join(folder, 'refused'),
      trades = join(folder, '20140501_eurusd_tick_trade.csv');
    writeFileSync(trades, '0,1.1,5\n');
    for (const layout of ['<date>/x.parquet', '<SYMBOL>.parquet', '<date>/<SYMBOL>.csv', '../<date>/<SYMBOL>.parquet', '/<date>/<SYMBOL>.parquet', '<date>/<name>/<SYMBOL>.parquet'])
      await expect(importFiles({ ...lean, root, files: old, layout })).rejects.toThrow(RangeError);
    expect(existsSync(root)).toBe(false);
    await importFiles({ ...lean, root, files: old, layout: '<date>/<symbol>.parquet' });
    const had = contents(root);
    await expect(importFiles({ ...lean, root, files: old, layout: '<date>/<venue>/<symbol>.parquet' })).rejects.toThrow(/a catalogue keeps its own/);
    await expect(importFiles({ ...lean, root, files: [trades] })).rejects.toThrow(/its layout does not tell kind=trades\/venue=fxcm\/symbol=EURUSD apart/);
    expect(contents(root)).toEqual(had);
  });
});
