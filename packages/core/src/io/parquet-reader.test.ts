import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DataError } from '../errors.ts';
import { fileSource, memorySource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { openParquet } from './parquet-reader.ts';
import type { TableFile } from './table-file.ts';
import { writeParquet } from './parquet-writer.ts';
import type { WriteTable } from './parquet-writer.ts';

const oracle = fileURLToPath(new URL('../../../../oracles/parquet/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'zanzibar-parquet-'));
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

interface Expected {
  files: { [file: string]: string };
  edge: { [column: string]: { type: string; values: (string | null)[] } };
  ordered: { rows: number; firstTime: string; lastTime: string; bids: string[]; from1000sTo1030s: { from: string; to: string; rows: number[] } };
}
const expected = JSON.parse(readFileSync(join(oracle, 'expected.json'), 'utf8')) as Expected;

function bits(value: number, isWide: boolean): string {
  const view = new DataView(new ArrayBuffer(8));
  if (isWide) view.setFloat64(0, value);
  else view.setFloat32(0, value);
  return Array.from(new Uint8Array(view.buffer, 0, isWide ? 8 : 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const perUnit: { [unit: string]: bigint } = { ns: 1n, us: 1_000n, ms: 1_000_000n };

describe('files written by pyarrow (oracle: oracles/parquet/expected.json)', () => {
  for (const file of Object.keys(expected.files)) {
    test(`every value of ${file} is read bit by bit`, async () => {
      const table = await open(join(oracle, file), { nulls: { nullableInt: -999n }, order: 'any' });
      const { columns, texts, length } = await table.read();
      expect(length).toBe(8);
      for (const [name, { type, values }] of Object.entries(expected.edge)) {
        const unit = perUnit[/^timestamp\[(\w+)/.exec(type)?.[1] ?? ''] ?? 1n;
        const read = Array.from(columns[name] as ArrayLike<number | bigint>, (value) => {
          if (type === 'string') return texts[name][value as number] ?? null;
          if (type === 'double' || type === 'float') return bits(value as number, type === 'double');
          return String(value);
        });
        const wanted = values.map((value) => {
          if (value === null) return type === 'string' ? null : type === 'double' ? bits(NaN, true) : type === 'float' ? bits(NaN, false) : '-999';
          return type.startsWith('timestamp') ? String(BigInt(value) * unit) : value;
        });
        expect(read, name).toEqual(wanted);
      }
    });
  }

  test('columns are read as the types that hold their values exactly', async () => {
    const { schema } = await open(join(oracle, 'edge-none.parquet'));
    expect(schema).toEqual({
      time: 'i64',
      micros: 'i64',
      millis: 'i64',
      naive: 'i64',
      int64: 'i64',
      uint64: 'u64',
      int32: 'i32',
      uint32: 'u32',
      int16: 'i16',
      int8: 'i8',
      uint8: 'u8',
      flag: 'i8',
      nullableInt: 'i64',
      float64: 'f64',
      float32: 'f32',
      text: 'text',
    });
  });

  test('a null among integers names file, row and column unless a value stands for it', async () => {
    const table = await open(join(oracle, 'edge-zstd.parquet'));
    const error = await table.read({ columns: ['nullableInt'] }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).place).toEqual({ file: join(oracle, 'edge-zstd.parquet'), row: 1, column: 'nullableInt' });
  });

  test.each(['ordered.parquet', 'ordered-delta.parquet'])('%s gives its prices and its microseconds as nanoseconds', async (file) => {
    const { columns, length } = await (await open(join(oracle, file))).read();
    const time = columns.time as BigInt64Array,
      bid = columns.bid as Float64Array;
    expect(length).toBe(expected.ordered.rows);
    expect([String(time[0]), String(time[length - 1])]).toEqual([expected.ordered.firstTime, expected.ordered.lastTime]);
    for (let row = 0; row < length; row++) expect(bits(bid[row], true)).toBe(expected.ordered.bids[row % 97]);
  });

  test.each(['ordered.parquet', 'ordered-delta.parquet'])(
    'a time range of %s gives exactly the rows in it, from inclusive and to exclusive',
    async (file) => {
      const { from, to, rows } = expected.ordered.from1000sTo1030s,
        whole = await (await open(join(oracle, file))).read();
      const table = await open(join(oracle, file)),
        part = await table.read({ from: BigInt(from), to: BigInt(to), columns: ['bid'] });
      expect(part.base).toBe(rows[0]);
      expect(Array.from(part.columns.bid as Float64Array)).toEqual(rows.map((row) => (whole.columns.bid as Float64Array)[row]));
      expect(Object.keys(part.columns)).toEqual(['bid']);
    },
  );
});

/** A source that counts the bytes it hands out. */
async function counting(path: string): Promise<{ source: ByteSource; bytes: () => number }> {
  const inner = await fileSource(path);
  let bytes = 0;
  const source: ByteSource = {
    ...inner,
    slice: (start, end = inner.byteLength) => {
      bytes += end - start;
      return inner.slice(start, end);
    },
    fill: (into, start) => {
      bytes += into.length;
      return inner.fill!(into, start);
    },
  };
  return { source, bytes: () => bytes };
}

const rowCount = 2_000_000,
  groupRows = 100_000,
  second = 1_000_000_000n;

/** Two million ticks in parts of one group, so that making the file takes no more memory than reading it. */
function* manyTicks(): Iterable<WriteTable> {
  for (let start = 0; start < rowCount; start += groupRows) {
    const time = new BigInt64Array(groupRows),
      bid = new Float64Array(groupRows),
      ask = new Float64Array(groupRows);
    for (let i = 0; i < groupRows; i++) {
      time[i] = BigInt(start + i) * second;
      bid[i] = 1 + ((start + i) % 1000) / 100_000;
      ask[i] = bid[i] + 0.00002;
    }
    yield { columns: { time, bid, ask } };
  }
}

describe('a file of two million rows', () => {
  const path = join(folder, 'many.parquet');

  test('is streamed one row group at a time: no group is read before it is asked for, and memory stays below the columns of the file', async () => {
    await writeParquet(path, manyTicks(), { schema: { time: 'i64', bid: 'f64', ask: 'f64' } });
    const { source, bytes } = await counting(path),
      table = await open(source),
      footer = bytes();
    expect(table.groups.length).toBe(20);
    const before = process.memoryUsage().arrayBuffers;
    let rows = 0,
      peak = 0,
      groups = 0,
      stored = 0;
    for await (const slice of table.stream()) {
      stored += table.groups[groups++].byteLength;
      expect(bytes() - footer).toBe(stored);
      expect([slice.base, slice.length]).toEqual([rows, groupRows]);
      expect(slice.columns.bid.buffer.byteLength).toBe(groupRows * 8);
      expect((slice.columns.time as BigInt64Array)[groupRows - 1]).toBe(BigInt(rows + groupRows - 1) * second);
      rows += slice.length;
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }
    expect(rows).toBe(rowCount);
    // Buffers of past groups count until the collector comes, so this is far above the 2.4 MB of a group and still below the 48 MB of all.
    expect(peak).toBeLessThan(rowCount * 24);
  });

  test('a ten-minute range reads a small part of its bytes, by statistics and page index', async () => {
    const { source, bytes } = await counting(path),
      table = await open(source);
    const footer = bytes();
    const part = await table.read({ from: 1_234_500n * second, to: 1_235_100n * second });
    expect(part.length).toBe(600);
    expect(part.base).toBe(1_234_500);
    expect((part.columns.time as BigInt64Array)[599]).toBe(1_235_099n * second);
    expect((part.columns.bid as Float64Array)[0]).toBe(1 + 500 / 100_000);
    const group = table.groups[12];
    expect(bytes() - footer).toBeLessThan(group.byteLength / 2);
    expect(bytes()).toBeLessThan(source.byteLength / 20);
  });

  test('columns to fill are filled in place, and refused where they are of another type or too small', async () => {
    const table = await open(path),
      into = { time: new BigInt64Array(groupRows), bid: new Float64Array(groupRows) };
    let rows = 0;
    for await (const slice of table.stream({ columns: ['time', 'bid'], into })) {
      expect([slice.columns.time.buffer, slice.columns.bid.buffer]).toEqual([into.time.buffer, into.bid.buffer]);
      expect(into.time[groupRows - 1]).toBe(BigInt(rows + groupRows - 1) * second);
      rows += slice.length;
    }
    expect(rows).toBe(rowCount);
    await expect(table.read({ columns: ['bid'], into })).rejects.toThrow(
      `the column to read "bid" into has room for ${groupRows} of ${rowCount} rows`,
    );
    await expect(table.read({ columns: ['bid'], into: { bid: into.time } })).rejects.toThrow('the column to read "bid" into is not of type f64');
  });

  test('columns over shared memory get the same bits as others', async () => {
    const table = await open(path),
      names = ['time', 'bid', 'ask'],
      own = await table.read({ columns: names, groups: [3, 4] }),
      bytes = 8 * own.length,
      shared = {
        time: new BigInt64Array(new SharedArrayBuffer(bytes)),
        bid: new Float64Array(new SharedArrayBuffer(bytes)),
        ask: new Float64Array(new SharedArrayBuffer(bytes)),
      };
    await table.read({ columns: names, groups: [3, 4], into: shared });
    for (const [name, column] of Object.entries(shared))
      expect(Buffer.compare(new Uint8Array(column.buffer), new Uint8Array(own.columns[name].buffer, own.columns[name].byteOffset, bytes))).toBe(0);
  });

  test('a projection reads only the bytes of its column', async () => {
    const { source, bytes } = await counting(path),
      table = await open(source),
      footer = bytes();
    await table.read({ columns: ['bid'], groups: [3] });
    expect(bytes() - footer).toBeLessThan(table.groups[3].byteLength * 0.5);
  });
});

describe('bad files', () => {
  const good = readFileSync(join(oracle, 'ordered.parquet'));
  const refusal = async (work: Promise<unknown>): Promise<DataError> => {
    const error = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  };

  test('an empty, a missing, a truncated and a foreign file are each refused by name', async () => {
    expect((await refusal(open(memorySource('empty.parquet', new Uint8Array(0))))).message).toBe('empty.parquet: is empty');
    expect((await refusal(open(join(folder, 'nowhere.parquet')))).message).toMatch(/nowhere\.parquet: there is no such file$/);
    expect((await refusal(open(memorySource('cut.parquet', good.subarray(0, good.length - 100))))).message).toMatch(
      /^cut\.parquet: is no Parquet file, or was cut short/,
    );
    expect((await refusal(open(memorySource('text.parquet', new TextEncoder().encode('time,bid,ask\n1,2,3\n'))))).message).toMatch(
      /^text\.parquet: is no Parquet file/,
    );
  });

  test('damaged pages are one error that names the file', async () => {
    const bytes = Uint8Array.from(good);
    bytes.fill(0xee, 4, 3000);
    const table = await open(memorySource('damaged.parquet', bytes));
    expect((await refusal(table.read())).place.file).toBe('damaged.parquet');
  });

  test('a row out of order is named, in a read and in a stream, also between row groups', async () => {
    const path = join(folder, 'unsorted.parquet');
    await writeParquet(path, { columns: { time: BigInt64Array.of(1n, 2n, 3n, 2n) } }, { schema: { time: 'i64' }, rowGroupRows: 3 });
    const table = await open(path);
    expect((await refusal(table.read())).place).toEqual({ file: path, row: 3, column: 'time' });
    const stream = async (): Promise<void> => {
      for await (const slice of table.stream()) expect(slice.length).toBe(3);
    };
    expect((await refusal(stream())).message).toMatch(/row 3, column "time": time .* is before/);
    expect((await (await open(path, { order: 'any' })).read()).length).toBe(4);
  });

  test('unknown columns, of the caller and of the file, are named with what there is', async () => {
    const table = await open(join(oracle, 'ordered.parquet'));
    await expect(table.read({ columns: ['ask'] })).rejects.toThrow('there is no column "ask", it has time, bid');
    await expect(open(join(oracle, 'ordered.parquet'), { columns: { time: 'when' } })).rejects.toThrow('there is no column "when"');
  });

  test('another major schema version is refused by name, another minor one is read', async () => {
    const path = join(folder, 'version.parquet'),
      table = { columns: { time: BigInt64Array.of(1n) } };
    await writeParquet(path, table, { schema: { time: 'i64' }, record: 'quotes', metadata: { 'zanzibar.version': '2.0' } });
    expect((await refusal(open(path))).message).toMatch(/holds schema "quotes" version 2\.0; this reader knows version 1\./);
    await writeParquet(path, table, { schema: { time: 'i64' }, record: 'quotes', metadata: { 'zanzibar.version': '1.7' } });
    expect((await open(path)).rowCount).toBe(1);
  });

  test('a column of the wrong kind for its record is refused', async () => {
    expect(
      (await refusal(open(join(oracle, 'edge-none.parquet'), { columns: { time: 'time', bid: 'text' }, schema: { time: 'i64', bid: 'f64' } }))).place
        .column,
    ).toBe('text');
  });
});
