import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parquetMetadata } from 'hyparquet';
import type { ColumnArray, Schema } from '../table.ts';
import { openParquet } from './parquet-reader.ts';
import type { TableFile } from './table-file.ts';
import { writeParquet } from './parquet-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-write-'));
const opened: TableFile[] = [];
afterAll(async () => {
  for (const table of opened) await table.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a table that the end of the tests closes. */
async function open(...options: Parameters<typeof openParquet>): Promise<TableFile> {
  const table = await openParquet(...options);
  opened.push(table);
  return table;
}

const schema: Schema = { time: 'i64', a: 'f64', b: 'f32', c: 'i8', d: 'u8', e: 'i16', f: 'i32', g: 'u32', h: 'u64', tag: 'text' };
const columns = {
  time: BigInt64Array.of(-(1n << 63n), -1n, 0n, (1n << 63n) - 1n),
  a: Float64Array.of(-0, NaN, Infinity, 5e-324),
  b: Float32Array.of(-0, NaN, 1.5, -Infinity),
  c: Int8Array.of(-128, 127, 0, -1),
  d: Uint8Array.of(0, 255, 128, 1),
  e: Int16Array.of(-32_768, 32_767, 0, -1),
  f: Int32Array.of(-2_147_483_648, 2_147_483_647, 0, -1),
  g: Uint32Array.of(0, 4_294_967_295, 2_147_483_648, 1),
  h: BigUint64Array.of(0n, (1n << 64n) - 1n, 1n << 63n, 1n),
  tag: Int32Array.of(1, 0, 1, 2),
};
const texts = { tag: ['', 'naïve', 'x'] };

const inFile = { delta: 'DELTA_BINARY_PACKED', byteStreamSplit: 'BYTE_STREAM_SPLIT', dictionary: 'RLE_DICTIONARY' } as const;

function repeat(column: ColumnArray, times: number): ColumnArray {
  const long = new (column.constructor as Float64ArrayConstructor)(column.length * times);
  for (let k = 0; k < times; k++) long.set(column as Float64Array, k * column.length);
  return long;
}

function bytesOf(column: ColumnArray): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

describe('own files', () => {
  test.each(['snappy', 'gzip', 'zstd', 'uncompressed'] as const)('every column type survives a round trip bit by bit (%s)', async (compression) => {
    const path = join(folder, `${compression}.parquet`);
    expect(await writeParquet(path, { columns, texts }, { schema, record: 'everything', compression, rowGroupRows: 3 })).toBe(4);
    const table = await open(path),
      read = await table.read();
    expect(table.schema).toEqual(schema);
    expect(table.groups.map((group) => [group.fromRow, group.toRow])).toEqual([
      [0, 3],
      [3, 4],
    ]);
    expect(table.groups[1].minimumTime).toBe((1n << 63n) - 1n);
    expect(table.metadata).toEqual({ 'zanzibar.schema': 'everything', 'zanzibar.version': '1.0' });
    for (const [name, column] of Object.entries(columns)) {
      if (name !== 'tag')
        expect(new Uint8Array(read.columns[name].buffer, read.columns[name].byteOffset, read.columns[name].byteLength), name).toEqual(
          new Uint8Array(column.buffer),
        );
    }
    expect(Array.from(read.columns.tag as Int32Array, (code) => read.texts.tag[code])).toEqual(['naïve', '', 'naïve', 'x']);
  });

  test.each([
    ['delta', ['time', 'c', 'd', 'e', 'f', 'g', 'h']],
    ['byteStreamSplit', ['time', 'a', 'b', 'c', 'f', 'g']],
    ['dictionary', ['time', 'c', 'd', 'e', 'f', 'g', 'h', 'tag']],
  ] as const)('every value survives encoding %s bit by bit', async (encoding, names) => {
    const path = join(folder, `${encoding}.parquet`),
      repeated = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, repeat(column, 300)])) as typeof columns;
    const encodings = Object.fromEntries(names.map((name) => [name, encoding]));
    await writeParquet(path, { columns: repeated, texts }, { schema, compression: 'zstd', encodings, rowGroupRows: 700 });
    const read = await (await open(path, { order: 'any' })).read();
    for (const [name, column] of Object.entries(repeated)) {
      if (name !== 'tag') expect(bytesOf(read.columns[name]), name).toEqual(bytesOf(column));
    }
    expect(Array.from(read.columns.tag as Int32Array, (code) => read.texts.tag[code]).slice(0, 4)).toEqual(['naïve', '', 'naïve', 'x']);
    const file = readFileSync(path),
      footer = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
    for (const { meta_data: meta } of footer.row_groups[0].columns) {
      if ((names as readonly string[]).includes(meta!.path_in_schema[0]))
        expect(meta!.encodings, meta!.path_in_schema[0]).toContain(inFile[encoding]);
    }
  });

  test('a dictionary keeps 0 and -0 apart', async () => {
    const path = join(folder, 'zeros.parquet'),
      price = Float64Array.from({ length: 400 }, (_, i) => [0, -0, 1.5, NaN][i % 4]);
    await writeParquet(
      path,
      { columns: { a: price, b: Float32Array.from(price, Math.abs) } },
      { schema, encodings: { a: 'dictionary', b: 'dictionary' } },
    );
    const { columns: read } = await (await open(path)).read();
    expect(bytesOf(read.a)).toEqual(bytesOf(price));
    expect(bytesOf(read.b)).toEqual(bytesOf(Float32Array.from(price, Math.abs)));
  });

  test('an encoding that a type does not have, or of a column that is not there, is refused before anything is written', () => {
    const path = join(folder, 'refused.parquet'),
      write = (encodings: { [column: string]: 'delta' | 'byteStreamSplit' }): unknown =>
        writeParquet(path, { columns, texts }, { schema, encodings });
    expect(() => write({ a: 'delta' })).toThrow('writeParquet: column "a" of type f64 has no encoding delta');
    expect(() => write({ tag: 'byteStreamSplit' })).toThrow('column "tag" of type text has no encoding byteStreamSplit');
    expect(() => write({ nothing: 'delta' })).toThrow('encodings name the column "nothing", the schema has time');
    expect(existsSync(path)).toBe(false);
  });

  test('the same table gives the same bytes', async () => {
    const [one, two] = [join(folder, 'one.parquet'), join(folder, 'two.parquet')];
    await writeParquet(one, { columns, texts }, { schema });
    await writeParquet(two, { columns, texts }, { schema });
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  test('columns that a table lacks are not written, and a file of no rows is a file', async () => {
    const path = join(folder, 'few.parquet');
    await writeParquet(path, { columns: { time: new BigInt64Array(0), a: new Float64Array(0) } }, { schema });
    const table = await open(path);
    expect(table.schema).toEqual({ time: 'i64', a: 'f64' });
    expect((await table.read()).length).toBe(0);
  });

  test('a refused table leaves no file, and the older file as it was', async () => {
    const path = join(folder, 'kept.parquet');
    await writeParquet(path, { columns: { time: BigInt64Array.of(7n) } }, { schema });
    const before = readFileSync(path),
      files = readdirSync(folder);
    await expect(writeParquet(path, { columns: { time: BigInt64Array.of(1n), a: new Float64Array(2) } }, { schema })).rejects.toThrow(
      'column "a" has 2 rows, others have 1',
    );
    await expect(writeParquet(path, { columns: { time: new Float64Array(1) } }, { schema })).rejects.toThrow('column "time" is not of type i64');
    await expect(writeParquet(path, { columns: { tag: Int32Array.of(-1) }, texts: { tag: [] } }, { schema })).rejects.toThrow(
      'text code -1 has no string',
    );
    const breaking = function* (): Iterable<{ columns: { time: BigInt64Array } }> {
      yield { columns: { time: new BigInt64Array(300_000) } };
      throw new Error('the source broke off');
    };
    await expect(writeParquet(path, breaking(), { schema })).rejects.toThrow('the source broke off');
    await expect(writeParquet(join(folder, 'never.parquet'), [], { schema })).rejects.toThrow('has no table to write');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'never.parquet'))).toBe(false);
    expect(readdirSync(folder)).toEqual(files);
  });
});
