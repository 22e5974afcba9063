/** Damaged files end in results or in a DataError that names the file, the row group and the column, and allocate nothing by a damaged number. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../errors.ts';
import { memorySource } from '../byte-source.ts';
import { openParquet } from '../parquet-reader.ts';
import { Bytes } from './bytes.ts';
import { CompactReader } from './compact.ts';
import { decodeSnappy } from './snappy.ts';

const folder = fileURLToPath(new URL('../../../../../oracles/parquet/writers/', import.meta.url));

async function outcome(bytes: Uint8Array): Promise<unknown> {
  try {
    const table = await openParquet(memorySource('damaged.parquet', bytes), { nulls: { integer: -9n }, order: 'any' });
    return await table.read();
  } catch (error) {
    return error;
  }
}

describe('damage', () => {
  test.each([
    'pyarrow-snappy',
    'pyarrow-encodings-v1',
    'pyarrow-encodings-v2',
    'pyarrow-kinds',
    'duckdb-zstd-v2',
    'duckdb-lz4',
    'polars-snappy',
    'pyarrow-brotli',
  ])('80 flipped bytes of %s.parquet, one after the other, end in a result or in a DataError', async (name) => {
    const good = new Uint8Array(readFileSync(join(folder, `${name}.parquet`))),
      memory = process.memoryUsage().arrayBuffers;
    let refused = 0,
      seed = 12_345;
    for (let k = 0; k < 80; k++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const bytes = Uint8Array.from(good);
      // Half of them in the footer, where the numbers are that readers allocate by.
      const at = k % 2 ? good.length - 8 - (seed % Math.min(good.length - 8, 4_000)) : seed % good.length;
      bytes[at] ^= 1 << (seed >>> 29);
      const result = await outcome(bytes);
      if (result instanceof Error) {
        expect(result, `byte ${at}: ${result.stack}`).toBeInstanceOf(DataError);
        expect((result as DataError).place.file).toBe('damaged.parquet');
        refused++;
      }
    }
    // Most flips fall into values or into the Arrow schema of the footer, where nothing tells them.
    expect(refused).toBeGreaterThan(4);
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(200_000_000);
  });

  test('a damaged page names file, row group, row and column', async () => {
    const bytes = new Uint8Array(readFileSync(join(folder, 'pyarrow-snappy.parquet'))),
      footer = await openParquet(memorySource('whole.parquet', bytes));
    expect(footer.groups.length).toBe(2);
    const last = footer.groups[0].byteLength + 4;
    bytes.fill(0xee, last + 60, last + 400);
    const error = (await outcome(bytes)) as DataError;
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(/^damaged\.parquet, row 700, column "time": row group 1 cannot be decoded: /);
  });

  test('lengths that the bytes cannot hold are refused before anything is allocated', () => {
    const list = Uint8Array.of(0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x07, 0);
    expect(() => new CompactReader(new DataView(list.buffer), 0, list.length).struct(() => false)).toThrow(
      'a list of 2147483647 elements in 1 bytes',
    );
    const deep = new Uint8Array(100).fill(0x1c);
    expect(() => new CompactReader(new DataView(deep.buffer), 0, deep.length).struct(() => false)).toThrow('nested too deeply');
    const block = new Bytes(8),
      out = new Bytes(8);
    for (const [bytes, message] of [
      [[0xff, 0xff, 0xff, 0xff, 0x0f], 'its snappy block has 4294967295 bytes, its header says 8'],
      [[8, 0x1c, 1, 2], 'a literal of its snappy block reaches beyond the end'],
      [[8, 0x00, 1, 0x0d, 2], 'a copy of its snappy block reaches beyond what is there'],
      [[8, 0x00, 1], 'its snappy block ends after 1 of 8 bytes'],
    ] as const) {
      block.u8.set(bytes);
      expect(() => decodeSnappy(block, 0, bytes.length, out, 8)).toThrow(message);
    }
  });
});
