import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { seriesA } from '../../test/reference-data.ts';
import { seededResult } from '../../test/seeded-result.ts';
import { countTrials, ledgerFolder, readTrials, sourceHash, spanCount, textHash, TrialLedger, trialMoments, trialOf } from './index.ts';
import type { Trial } from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zanzibar-trials-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const period = { name: '1m', perYear: 374_400, endOf: (time: bigint) => time }, clock = parseTime('2026-01-02T03:04:05Z');
const base: Trial = trialOf(seededResult({ bars: 400 }), period, clock);
const like = (change: Partial<Trial>): Trial => ({ ...base, ...change });

describe('trial records', () => {
  test('moments of series A are those computed from its definition', () => {
    const returns = seriesA(), { mean, variance, rowCount, spans } = trialMoments(returns, Float64Array.from(returns, (_, i) => i + 1), 500);
    expect(rowCount).toBe(500);
    expect(mean! * 500).toBeCloseTo(0.50544712509282, 13);
    // 0.159540883026 is its annual volatility (validation reference, empyrical).
    expect(Math.sqrt(variance! * 252)).toBeCloseTo(0.159540883026, 11);
    expect(spans.count.reduce((sum, count) => sum + count)).toBe(500);
    expect(spans.sum.reduce((sum, part) => sum + part)).toBeCloseTo(0.50544712509282, 12);
    expect(spans.squares.reduce((sum, part) => sum + part)).toBeCloseTo(variance! * 499 + 500 * mean! * mean!, 12);
  });

  test('a return on the boundary of two spans belongs to the one that ends there, NaN to none', () => {
    const { spans, rowCount } = trialMoments([0.1, 0.2, NaN, 0.4], [1, 1.5, 2, 64], 64);
    expect(rowCount).toBe(3);
    expect(spans.count).toEqual([1, 1, ...Array.from({ length: spanCount - 3 }, () => 0), 1]);
    expect([spans.sum[0], spans.sum[1], spans.sum[63]]).toEqual([0.1, 0.2, 0.4]);
  });

  test('the key depends on parameters and options, not on their order, the seed or the clock', () => {
    const again = trialOf(seededResult({ bars: 400, seed: 8 }), period, clock + 1n);
    expect(again.key).toBe(base.key);
    expect(again.orderHash).not.toBe(base.orderHash);
    expect(base.time).toBe('2026-01-02T03:04:05Z');
    const made = seededResult({ bars: 400 }), { manifest } = made.summary;
    const keyOf = (change: object): string => trialOf({ ...made, summary: { ...made.summary, manifest: { ...manifest, ...change } } }, period, clock).key;
    expect(keyOf({ parameters: { reward: 1.5, hold: 60 } })).toBe(base.key);
    expect(keyOf({ parameters: { reward: 1.6, hold: 60 } })).not.toBe(base.key);
    expect(keyOf({ options: { halfSpread: 0 } })).not.toBe(base.key);
    expect(keyOf({ sourceHash: 'a' })).not.toBe(base.key);
    expect(keyOf({ to: '2024-03-05T00:00:00Z' })).not.toBe(base.key);
  });
});

describe('counting trials', () => {
  const hash = (digit: string): string => digit.repeat(64);

  test('reruns count once, and so do equal orders on equal data under another name', () => {
    const other = like({ key: hash('2'), orderHash: hash('b') });
    expect(countTrials([base, base, other, like({ name: 'renamed', key: hash('3') })]).count).toBe(2);
    expect(countTrials([]).count).toBe(0);
  });

  test('one key with other orders on the same data and seed counts again and warns', () => {
    const { count, warnings } = countTrials([base, like({ orderHash: hash('b'), time: '2026-01-03T00:00:00Z' })]);
    expect(count).toBe(2);
    expect(warnings.map(({ code }) => code)).toEqual(['undeclaredChange']);
  });

  test('one key with another seed or on revised data counts once', () => {
    const { count, warnings } = countTrials([base, like({ orderHash: hash('b'), seed: 99 }), like({ orderHash: hash('c'), dataHash: hash('d') })]);
    expect([count, warnings.length]).toEqual([1, 0]);
  });

  test('a scope takes trials that share an instrument and time with it, and the ledger says since when it counts', () => {
    const later = like({ key: hash('2'), orderHash: hash('b'), time: '2026-02-01T00:00:00Z', scope: { ...base.scope, from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' } });
    const foreign = like({ key: hash('3'), orderHash: hash('c'), time: '2025-12-01T00:00:00Z', scope: { ...base.scope, instruments: ['GBPUSD'] } });
    expect(countTrials([base, later, foreign], base.scope).trials).toEqual([base]);
    expect(countTrials([later, base, foreign]).since).toBe('2025-12-01T00:00:00Z');
    expect(countTrials([base], { ...base.scope, from: base.scope.to, to: '2030-01-01T00:00:00Z' }).count).toBe(0);
  });
});

describe('the ledger', () => {
  test('it lies beside the nearest package.json; the option, then the variable, moves it or switches it off', async () => {
    const project = join(folder, 'project'), inner = join(project, 'src', 'deep');
    await mkdir(inner, { recursive: true });
    await writeFile(join(project, 'package.json'), '{}');
    const at = (trials?: string, variable?: string): string | undefined => ledgerFolder({ trials, environment: { ZANZIBAR_TRIALS: variable }, start: inner });
    expect(at()).toBe(join(project, '.zanzibar', 'trials'));
    expect(at(undefined, 'none')).toBeUndefined();
    expect(at(undefined, '')).toBe(join(project, '.zanzibar', 'trials'));
    expect(at(undefined, 'mine')).toBe(join(inner, 'mine'));
    expect(at('yours', 'none')).toBe(join(inner, 'yours'));
    expect(at('none', 'mine')).toBeUndefined();
  });

  test('two processes append to files of their own and are merged on read; a line cut off by a kill is left out', async () => {
    const at = join(folder, 'two'), one = new TrialLedger(at, 1n, 11), two = new TrialLedger(at, 1n, 12), second = like({ seed: 2 });
    one.append(base);
    two.append(second);
    one.append(base);
    appendFileSync(two.file, '{"schema":"zanzibar/tri');
    expect(await readdir(at)).toEqual(['1-11.jsonl', '1-12.jsonl']);
    expect(await readTrials(at)).toEqual([base, base, second]);
    expect(await readTrials(join(folder, 'nowhere'))).toEqual([]);
  });

  test('a broken line, another schema and an unknown major version are named with file and row', async () => {
    const at = join(folder, 'broken'), { file } = new TrialLedger(at, 1n, 1);
    const reading = async (text: string): Promise<unknown> => writeFile(file, text).then(() => readTrials(at));
    await expect(reading(`${JSON.stringify(base)}\n{"a":\n`)).rejects.toThrow(/1-1\.jsonl, row 1: is no trial/);
    await expect(reading('{}\n')).rejects.toThrow(/schema must be zanzibar\/trial/);
    await expect(reading(`${JSON.stringify(like({ version: '2.0' }))}\n`)).rejects.toThrow(/version 2\.0 is unknown/);
  });

  test('it takes thousands of trials', async () => {
    const at = join(folder, 'many'), ledger = new TrialLedger(at, 1n, 1);
    for (let seed = 0; seed < 2000; seed++) ledger.append(like({ seed }));
    expect((await readTrials(at)).length).toBe(2000);
  });
});

describe('source hashes', () => {
  test('a change in a relative import changes the hash; line ends, the folder and packages do not', async () => {
    const at = join(folder, 'source');
    await mkdir(join(at, 'lib'), { recursive: true });
    await writeFile(join(at, 'strategy.ts'), "import { a } from './lib/a.js';\nimport fs from 'node:fs';\nexport * from './b';\nvoid import('./c.ts');\n");
    await writeFile(join(at, 'lib', 'a.ts'), "import '../b.ts';\nexport const a = 1;\n");
    await writeFile(join(at, 'b.ts'), 'export const b = 1;\n');
    await writeFile(join(at, 'c.ts'), 'export {};\n');
    const first = await sourceHash(join(at, 'strategy.ts'));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(join(at, 'b.ts'), 'export const b = 1;\r\n');
    const moved = join(folder, 'elsewhere');
    await rename(at, moved);
    expect(await sourceHash(join(moved, 'strategy.ts'))).toBe(first);
    for (const file of ['b.ts', 'c.ts', join('lib', 'a.ts')]) {
      const text = await readFile(join(moved, file), 'utf8');
      await writeFile(join(moved, file), `${text}// changed\n`);
      expect(await sourceHash(join(moved, 'strategy.ts'))).not.toBe(first);
      await writeFile(join(moved, file), text);
    }
    await rm(join(moved, 'c.ts'));
    expect(await sourceHash(join(moved, 'strategy.ts'))).not.toBe(first);
  });

  test('a function counts by its text and declared version', () => {
    expect(textHash('() => 1', '1')).toBe(textHash('() => 1', '1'));
    expect(textHash('() => 1', '2')).not.toBe(textHash('() => 1', '1'));
    expect(textHash('() => 2', '1')).not.toBe(textHash('() => 1', '1'));
  });
});
