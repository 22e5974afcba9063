import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataError } from '@zanzibar/core';
import { seededResult } from '../../test/seeded-result.ts';
import { resultTable } from './result-table.ts';
import { readResult, writeResult } from './result-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zanzibar-result-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('results as files', () => {
  test('a result reads back with the digests of every stage, its summary and its texts', async () => {
    const written = seededResult({ bars: 600 }), at = join(folder, 'whole');
    await writeResult(at, written);
    const read = await readResult(at);
    expect(read.digests.all()).toEqual(written.digests.all());
    expect(read.digests.orderHash()).toBe(written.digests.orderHash());
    expect(read.summary).toEqual(written.summary);
    expect(read.orders.length).toBeGreaterThan(20);
    expect(read.bars['1m'].interval).toBe(60_000_000_000);
    expect(Object.keys(read.engines)).toEqual(['atr', 'swings', 'gaps', 'breaks']);
  });

  test('rows beyond the length, absent columns and text that is none survive', async () => {
    const made = seededResult({ bars: 300 }), codes = Int32Array.from({ length: made.orders.length + 5 }, (_, i) => (i % 2 === 0 ? -1 : 0));
    const orders = resultTable(made.orders.schema, { ...made.orders.columns, tag: codes }, made.orders.length, { ...made.orders.texts, tag: ['odd'] });
    const at = join(folder, 'ragged');
    await writeResult(at, { ...made, orders });
    const { orders: read } = await readResult(at);
    expect(Array.from(read.columns.tag as Int32Array, code => (code < 0 ? null : read.texts.tag[code]))).toEqual(Array.from({ length: orders.length }, (_, i) => (i % 2 === 0 ? null : 'odd')));
    expect(read.columns.postOnly).toBeUndefined();
  });

  test('writing again replaces the result and leaves no temporary folder', async () => {
    const at = join(folder, 'again');
    await writeResult(at, seededResult({ seed: 1, bars: 300 }));
    await writeResult(at, seededResult({ seed: 2, bars: 300 }));
    expect((await readResult(at)).summary.manifest.seed).toBe(2);
    expect((await readdir(folder)).filter(name => name.startsWith('.'))).toEqual([]);
  });

  test('a folder with other files is refused and stays as it was', async () => {
    const at = await mkdtemp(join(folder, 'foreign-'));
    await writeFile(join(at, 'thesis.txt'), 'years of work');
    await expect(writeResult(at, seededResult({ bars: 100 }))).rejects.toThrow(/is not empty and no result \(it has thesis.txt\)/);
    expect(await readFile(join(at, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  test('a result that cannot be written leaves nothing behind', async () => {
    const made = seededResult({ bars: 300 }), at = join(folder, 'broken');
    const fills = { ...made.fills, texts: {} };
    await expect(writeResult(at, { ...made, fills, digests: made.digests })).rejects.toThrow(/row 0, column "instrument": text code 0 of table "fills" has no string/);
    expect((await readdir(folder)).filter(name => name.includes('broken'))).toEqual([]);
  });

  test('a result of version 1.0 reads: what came later is not available and says so', async () => {
    const at = join(folder, 'older'), file = join(at, 'summary.json');
    await writeResult(at, seededResult({ bars: 600 }));
    const { quality: _quality, ...stored } = JSON.parse(await readFile(file, 'utf8'));
    delete stored.metrics.figures.omegaRatio;
    delete stored.tables.returns;
    delete stored.digests.returns;
    await writeFile(file, JSON.stringify({ ...stored, version: '1.0' }));
    const { summary, returns } = await readResult(at);
    expect(summary.metrics.figures.omegaRatio).toMatchObject({ value: NaN, reason: 'not in a result of version 1.0' });
    expect(summary.metrics.figures.totalReturn.value).toBe(seededResult({ bars: 600 }).summary.metrics.figures.totalReturn.value);
    expect([summary.quality, returns]).toEqual([undefined, undefined]);
  });

  test('another schema, an unknown major version, changed fills and a missing folder are named', async () => {
    const at = join(folder, 'changed'), file = join(at, 'summary.json');
    await writeResult(at, seededResult({ bars: 300 }));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"zanzibar/result"', '"other/result"'));
    await expect(readResult(at)).rejects.toThrow(/schema must be zanzibar\/result, was other\/result/);
    await writeFile(file, text.replace('"version": "1.1"', '"version": "2.0"'));
    await expect(readResult(at)).rejects.toThrow(/version 2\.0 is unknown/);
    await writeFile(file, text.replace(/"orderHash": "[0-9a-f]{64}"/, `"orderHash": "${'0'.repeat(64)}"`));
    await expect(readResult(at)).rejects.toThrow(/orders and fills are not those that were written/);
    await writeFile(file, text.slice(0, 100));
    await expect(readResult(at)).rejects.toThrow(/is no JSON/);
    await expect(readResult(join(folder, 'nowhere'))).rejects.toBeInstanceOf(DataError);
  });
});
