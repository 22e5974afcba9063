/** Folders of parts as Spark writes them; the rows are those that the test wrote. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openParquet } from './parquet-reader.ts';
import { writeParquet } from './parquet-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-folder-')),
  spark = join(folder, 'ticks.parquet'),
  schema = { time: 'i64', bid: 'f64', side: 'text' } as const;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rows [from, to) with time 10 i, price i / 4 and a side that alternates. */
async function writeRows(path: string, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, i) => from + i),
    texts = { side: from % 20 === 0 ? ['buy', 'sell'] : ['sell', 'buy'] };
  const columns = {
    time: BigInt64Array.from(rows, (i) => BigInt(10 * i)),
    bid: Float64Array.from(rows, (i) => i / 4),
    side: Int32Array.from(rows, (i) => texts.side.indexOf(i % 2 === 0 ? 'buy' : 'sell')),
  };
  await writeParquet(path, { columns, texts }, { schema, rowGroupRows: 6 });
}

beforeAll(async () => {
  const day = (date: string, symbol: string): string => join(spark, `date=${date}`, `symbol=${symbol}`);
  for (const [at, path] of [
    day('2024-01-02', 'EUR%2FUSD'),
    day('2024-01-03', 'EUR%2FUSD'),
    day('2024-01-04', '__HIVE_DEFAULT_PARTITION__'),
  ].entries()) {
    mkdirSync(path, { recursive: true });
    await writeRows(join(path, 'part-00000-5c1e.c000.snappy.parquet'), 20 * at, 20 * at + 10);
    await writeRows(join(path, 'part-00001-5c1e.c000.snappy.parquet'), 20 * at + 10, 20 * at + 20);
    writeFileSync(join(path, '.part-00000-5c1e.c000.snappy.parquet.crc'), 'crc');
  }
  writeFileSync(join(spark, '_SUCCESS'), '');
});

describe('a folder of parts', () => {
  test('is one table: rows in order of the paths, keys as columns of text, strings with one code across parts', async () => {
    const table = await openParquet(spark),
      { columns, texts, length, base } = await table.read();
    expect(table.schema).toEqual({ time: 'i64', bid: 'f64', side: 'text', date: 'text', symbol: 'text' });
    expect([table.rowCount, length, base, table.groups.length]).toEqual([60, 60, 0, 12]);
    expect(table.groups[3]).toMatchObject({ index: 3, fromRow: 16, toRow: 20, minimumTime: 160n });
    expect(Array.from(columns.time as BigInt64Array)).toEqual(Array.from({ length: 60 }, (_, i) => BigInt(10 * i)));
    expect(Array.from(columns.side as Int32Array, (code) => texts.side[code])).toEqual(
      Array.from({ length: 60 }, (_, i) => (i % 2 ? 'sell' : 'buy')),
    );
    expect(Array.from(columns.date as Int32Array, (code) => texts.date[code])[20]).toBe('2024-01-03');
    expect([0, 39, 40].map((row) => texts.symbol[(columns.symbol as Int32Array)[row]])).toEqual(['EUR/USD', 'EUR/USD', undefined]);
  });

  test('a range of time, a projection, some groups and columns to fill give the rows that one file would', async () => {
    const table = await openParquet(spark),
      into = { bid: new Float64Array(60).fill(-1), date: new Int32Array(60) };
    const part = await table.read({ from: 155n, to: 305n, columns: ['bid', 'date'], into });
    expect([part.base, part.length]).toEqual([16, 15]);
    expect(part.columns.bid.buffer).toBe(into.bid.buffer);
    expect(Array.from(part.columns.bid as Float64Array)).toEqual(Array.from({ length: 15 }, (_, i) => (16 + i) / 4));
    const few = await table.read({ groups: [1, 4], columns: ['time'] });
    expect(Array.from(few.columns.time as BigInt64Array, Number)).toEqual([60, 70, 80, 90, 200, 210, 220, 230, 240, 250]);
    const bases: number[] = [];
    for await (const slice of table.stream({ columns: ['symbol'] })) bases.push(slice.base);
    expect(bases).toEqual([0, 6, 10, 16, 20, 26, 30, 36, 40, 46, 50, 56]);
  });

  test('a part of another schema, parts out of order and a folder without parts are named', async () => {
    const odd = join(folder, 'odd'),
      late = join(folder, 'late'),
      empty = join(folder, 'empty');
    for (const path of [odd, late, empty]) mkdirSync(path);
    await writeRows(join(odd, 'a.parquet'), 0, 3);
    await writeParquet(join(odd, 'b.parquet'), { columns: { time: BigInt64Array.of(1n) } }, { schema });
    await expect(openParquet(odd)).rejects.toThrow(/b\.parquet: has other columns than .*a\.parquet/);
    await writeRows(join(late, 'a.parquet'), 10, 13);
    await writeRows(join(late, 'b.parquet'), 0, 3);
    await expect(openParquet(late).then((table) => table.read())).rejects.toThrow(
      /b\.parquet, row 0, column "time": begins before the part before it ends/,
    );
    expect((await (await openParquet(late, { order: 'any' })).read()).length).toBe(6);
    await expect(openParquet(empty)).rejects.toThrow(/empty: is a folder without Parquet files/);
  });
});
