/** The package parquetjs-lite reads what we write in its dialect. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openParquet } from './parquet-reader.ts';
import { writeParquet } from './parquet-writer.ts';

interface ParquetJs {
  readonly ParquetReader: {
    openFile(path: string): Promise<{ getCursor(): { next(): Promise<Record<string, unknown> | null> }; getMetadata(): Record<string, string>; close(): Promise<void> }>;
  };
}
const { ParquetReader } = createRequire(import.meta.url)('parquetjs-lite') as ParquetJs;
const folder = mkdtempSync(join(tmpdir(), 'zanzibar-parquetjs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 1000;
const schema = { time: 'i64', bid: 'f64', half: 'f32', side: 'i8', count: 'i32', symbol: 'text' } as const;
const columns = {
  time: BigInt64Array.from({ length: rows }, (_, i) => 1398902400292000001n + BigInt(i >> 1)),
  bid: Float64Array.from({ length: rows }, (_, i) => (138_000 + ((i * 7919) % 97)) / 100_000),
  half: Float32Array.from({ length: rows }, (_, i) => i / 2),
  side: Int8Array.from({ length: rows }, (_, i) => (i % 3) - 1),
  count: Int32Array.from({ length: rows }, (_, i) => 2_147_483_647 - i),
  symbol: Int32Array.from({ length: rows }, (_, i) => i % 2),
};
const texts = { symbol: ['EURUSD', 'naïve'] };

async function rowsOf(path: string): Promise<Record<string, unknown>[]> {
  const reader = await ParquetReader.openFile(path),
    cursor = reader.getCursor(),
    found: Record<string, unknown>[] = [];
  for (let row = await cursor.next(); row; row = await cursor.next()) found.push(row);
  await reader.close();
  return found;
}

describe('footer version 1', () => {
  test.each(['snappy', 'gzip', 'uncompressed'] as const)('parquetjs-lite reads every value of a file with %s, and we read the same', async (compression) => {
    const path = join(folder, `${compression}.parquet`);
    await writeParquet(path, { columns, texts }, { schema, record: 'quotes', compression, rowGroupRows: 400, footerVersion: 1 });
    const found = await rowsOf(path);
    expect(found).toHaveLength(rows);
    found.forEach((row, i) => {
      const time = row.time as bigint;
      if (BigInt(time) !== columns.time[i] || row.bid !== columns.bid[i] || row.half !== columns.half[i] || row.side !== columns.side[i]) expect.fail(`row ${i}: ${JSON.stringify({ ...row, time: String(time) })}`);
      if (row.count !== columns.count[i] || String(row.symbol) !== texts.symbol[i % 2]) expect.fail(`row ${i}: ${String(row.count)} ${String(row.symbol)}`);
    });
    const file = await openParquet(path),
      own = await file.read();
    await file.close();
    expect(own.columns).toEqual(columns);
  });

  test('the standard footer is refused by it, so that the option means something; another version is refused by us', async () => {
    const path = join(folder, 'standard.parquet');
    await writeParquet(path, { columns, texts }, { schema });
    await expect(rowsOf(path)).rejects.toBe('invalid parquet version');
    await expect(async () => writeParquet(path, { columns, texts }, { schema, footerVersion: 3 as 2 })).rejects.toThrow('writeParquet: footerVersion must be 1 or 2, was 3');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
