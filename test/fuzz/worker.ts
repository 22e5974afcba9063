/** A process that reads damaged files one after the other and says before each which one, so that whoever watches knows on which it died or hangs. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError, randomStream } from '@zanzibar/core';
import { mutate } from './mutate.ts';
import type { FuzzReader } from './readers.ts';

export interface FuzzTask {
  readonly reader: string;
  readonly seed: number;
  /** Cases `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Reads the same files undamaged, to know what that takes. */
  readonly isClean: boolean;
}

export type FuzzMessage =
  | { readonly kind: 'start'; readonly index: number }
  | { readonly kind: 'finding'; readonly index: number; readonly file: string; readonly problem: string }
  | { readonly kind: 'end'; readonly results: number; readonly refused: number; readonly residentBytes: number; readonly bufferBytes: number; readonly largest: number };

process.on('message', (tasks: readonly FuzzTask[]) => {
  void work(tasks);
});

async function work(tasks: readonly FuzzTask[]): Promise<void> {
  const { fuzzReaders } = (await import(process.env.ZANZIBAR_FUZZ_READERS || './readers.ts')) as { fuzzReaders: { readonly [name: string]: FuzzReader } };
  let results = 0, refused = 0, bufferBytes = 0, largest = -1;
  const say = (message: FuzzMessage): void => void process.send!(message);
  for (const { reader: name, seed, from, to, isClean } of tasks) {
    const folder = await mkdtemp(join(tmpdir(), `zanzibar-fuzz-${name}-`)), reader = fuzzReaders[name];
    try {
      const files = await reader.prepare(folder), clean = new Map<string, Uint8Array>();
      for (const file of files) clean.set(file, await readFile(join(folder, file)));
      for (let index = from; index < to; index++) {
        const random = randomStream(seed, `${name}/${index}`), file = files[random.bits() % files.length], path = join(folder, file);
        say({ kind: 'start', index });
        if (!isClean) await writeFile(path, mutate(clean.get(file)!, random));
        try {
          await reader.read(folder, file);
          results++;
        } catch (error) {
          if (error instanceof DataError && !isClean) refused++;
          else say({ kind: 'finding', index, file, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        }
        const { arrayBuffers, external } = process.memoryUsage(), held = Math.max(arrayBuffers, external);
        if (held > bufferBytes) [bufferBytes, largest] = [held, index];
        if (!isClean) await writeFile(path, clean.get(file)!);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  say({ kind: 'end', results, refused, residentBytes: process.resourceUsage().maxRSS * 1024, bufferBytes, largest });
  process.disconnect();
}
