/** Readers with planted faults, which show that the fuzz finds them: another error, a crash, a hang. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FuzzReader } from './readers.ts';

let calls = 0;

const planted: FuzzReader = {
  async prepare(folder) {
    await writeFile(join(folder, 'a.txt'), 'sound');
    return ['a.txt'];
  },
  async read() {
    // A process that replaces one that died goes on after its file: `calls` begins anew.
    const first = Number(process.env.ZANZIBAR_FUZZ_FROM), call = first + calls++;
    if (call === 1) throw new TypeError('no number');
    if (call === 3) process.exit(7);
    if (call === 4) for (;;) calls = 0;
  },
};

export const fuzzReaders: { readonly [name: string]: FuzzReader } = { planted };
