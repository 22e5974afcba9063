/**
 * A seeded share of `npm run fuzz`: every reader ends damaged files in results or a DataError, in no more than twice the memory of sound ones.
 *
 * Oracle: none is needed to see a crash, a hang or another error; that damage is found and named is also asserted on planted readers.
 */
import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { mutate } from './mutate.ts';
import { fuzzReaders } from './readers.ts';
import { runFuzz } from './run-fuzz.ts';

/** Files of each reader; a saved result is twenty files. */
const share = (reader: string): number => (reader === 'result' ? 25 : 80);

test('damaged files end in results or a DataError, without crash or hang, in at most twice the memory of sound files', async () => {
  const tasks = (isClean: boolean): Parameters<typeof runFuzz>[0] => Object.keys(fuzzReaders).map(reader => ({ reader, seed: 4, from: 0, to: isClean ? Math.ceil(share(reader) / 2) : share(reader), isClean }));
  const clean = await runFuzz(tasks(true)), damaged = await runFuzz(tasks(false));
  expect(clean.findings).toEqual([]);
  expect(damaged.findings).toEqual([]);
  expect(damaged.results + damaged.refused).toBe(tasks(false).reduce((sum, { to }) => sum + to, 0));
  expect(damaged.refused).toBeGreaterThan(damaged.results);
  expect(damaged.results).toBeGreaterThan(0);
  expect(damaged.residentBytes).toBeLessThanOrEqual(2 * clean.residentBytes);
  expect(damaged.bufferBytes).toBeLessThanOrEqual(2 * clean.residentBytes);
}, 240_000);

test('another error, a crash and a hang are findings that name the file, and the files after it are still read', async () => {
  const { findings, results } = await runFuzz([{ reader: 'planted', seed: 4, from: 0, to: 6, isClean: false }], { limitMilliseconds: 6000, readers: new URL('./planted-readers.ts', import.meta.url).href });
  expect(findings.map(({ index, problem }) => [index, /no number|ended with (?:7|SIGABRT)|took more than/.exec(problem)?.[0]])).toEqual([[1, 'no number'], [3, 'ended with 7'], [4, 'took more than']]);
  expect(results).toBe(1);
}, 240_000);

test('the same seed gives the same damage, another one other damage, and the sound bytes stay', () => {
  const sound = Uint8Array.from({ length: 300 }, (_, i) => i), copy = sound.slice(), damage = (seed: number): string[] => Array.from({ length: 40 }, (_, i) => mutate(sound, randomStream(seed, String(i))).join());
  expect(damage(1)).toEqual(damage(1));
  expect(damage(2)).not.toEqual(damage(1));
  expect(sound).toEqual(copy);
  expect(new Set(damage(1)).size).toBeGreaterThan(38);
});
