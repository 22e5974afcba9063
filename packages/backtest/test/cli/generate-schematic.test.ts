import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateSchematic } from '@zanzibar/core';
import { openParquet } from '@zanzibar/core/io';
import { zanzibar } from './run-main.ts';

const root = mkdtempSync(join(tmpdir(), 'zanzibar-schematic-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const generate = (...argv: string[]): ReturnType<typeof zanzibar> => zanzibar(['data', 'generate', '--root', root, ...argv]);

test('a schematic is two files: the bars that generateSchematic makes, and a line of labels for each of its events; the same seed gives the same bytes', async () => {
  const argv = ['--schematic', 'reaccumulation', '--seed', '5', '--noise', '0.5', '--volume-noise', '0.25', '--missing', '0.1', '--decoys', '1'];
  const { code, out, error } = await generate(...argv, '--json', '--quiet');
  expect([code, error]).toEqual([0, '']);
  const files = JSON.parse(out).data, { bars, labels } = generateSchematic({ schematic: 'reaccumulation', seed: 5, noise: 0.5, volumeNoise: 0.25, missing: 0.1, decoys: 1 });
  const file = await openParquet(files.bars), columns = (await file.read()).columns as unknown as typeof bars;
  await file.close();
  for (const name of ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const) expect([...columns[name]]).toEqual([...bars[name]]);
  const [head, ...lines] = readFileSync(files.labels, 'utf8').trimEnd().split('\n');
  expect(head).toBe('row,time,event,direction,price');
  expect(lines.map(line => line.split(',')).map(([row, , event, direction, price]) => [Number(row), event, Number(direction), Number(price)])).toEqual(
    labels.event.map((event, k) => [labels.row[k], event, labels.direction[k], labels.price[k]]),
  );
  const first = readFileSync(files.bars);
  await generate(...argv);
  expect(readFileSync(files.bars).equals(first)).toBe(true);
});

test('a schematic that does not exist, and flags of the other kind of market, are refused by name', async () => {
  expect((await generate('--schematic', 'triangle')).error).toContain('schematic must be one of accumulation, distribution, reaccumulation, redistribution, was triangle');
  expect((await generate('--schematic', 'accumulation', '--days', '3')).error).toContain('--days goes without --schematic');
  expect((await generate('--noise', '1')).error).toContain('--noise goes with --schematic');
  expect((await generate('--schematic', 'accumulation', '--missing', '2')).error).toContain('missing must be from 0 to 1, was 2');
  expect((await generate('--schematic', 'accumulation', '--volume-noise', '1.5')).error).toContain('data generate: --volume-noise must be from 0 to 1, was 1.5');
});

test('a number below 0 is a value, refused by the name of its flag', async () => {
  for (const given of [['--noise', '-1'], ['--noise=-1']]) {
    const { code, error } = await generate('--schematic', 'accumulation', ...given);
    expect([code, error]).toEqual([2, expect.stringContaining('data generate: --noise must be a number of at least 0, was -1')]);
  }
  expect((await generate('--schematic', 'accumulation', '--decoys', '-.5')).error).toContain('--decoys must be an integer of at least 0, was -0.5');
  expect((await generate('--days', '-3')).error).toContain('data generate: --days must be a positive integer, was -3');
});
