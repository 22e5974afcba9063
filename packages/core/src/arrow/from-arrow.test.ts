import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Bool, Dictionary, Float16, Int32, List, Field, Float64, Table, Utf8, makeData, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { DataError } from '../errors.ts';
import { fromArrow } from './from-arrow.ts';
import { fromIpc } from './ipc.ts';

interface Expected {
  readonly files: { readonly [file: string]: readonly string[] };
  readonly columns: { readonly [column: string]: { readonly type: string; readonly values: readonly (string | null)[] } };
  readonly blocks: { readonly file: string; readonly rows: number };
}

const oracle = fileURLToPath(new URL('../../../../oracles/arrow/', import.meta.url));
const expected = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8')) as Expected;
const nulls = { nullableInt: -7n };

/** A fresh copy at the start of its own memory. */
function bytesOf(file: string): Uint8Array {
  return Uint8Array.from(readFileSync(oracle + file));
}

function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

const perUnit: { readonly [type: string]: bigint } = {
  'timestamp[ns, tz=UTC]': 1n, 'timestamp[us, tz=UTC]': 1_000n, 'timestamp[ms]': 1_000_000n, 'timestamp[s, tz=UTC]': 1_000_000_000n, 'date32[day]': 86_400_000_000_000n,
};

/** What our column must hold, by the rules on nulls and times. */
function wanted(name: string): (string | null)[] {
  const { type, values } = expected.columns[name];
  return values.map((value) => {
    if (/^(float|double|halffloat)/.test(type)) return value ?? '7ff8000000000000';
    if (value === null) return /string/.test(type) ? null : String(nulls[name as 'nullableInt']);
    return String(perUnit[type] === undefined ? value : BigInt(value) * perUnit[type]);
  });
}

describe('Arrow IPC written by pyarrow, polars and DuckDB (oracle: oracles/arrow/expected.json)', () => {
  for (const [file, names] of Object.entries(expected.files)) {
    test(`${file} gives every value bit by bit`, async () => {
      const { columns, schema, texts, length } = await fromIpc(bytesOf(file), { name: file, nulls });
      expect(length).toBe(8);
      expect(Object.keys(columns)).toEqual(names);
      for (const name of names) {
        const column = columns[name];
        const found = Array.from(column as Float64Array, (value) => {
          if (schema[name] === 'text') return texts[name][value] ?? null;
          return column instanceof Float64Array || column instanceof Float32Array ? bits(value) : String(value);
        });
        expect(found, name).toEqual(wanted(name));
      }
    });
  }

  test('several LZ4 blocks that refer to each other give the values that pyarrow was given', async () => {
    const { columns, length } = await fromIpc(bytesOf(expected.blocks.file));
    expect(length).toBe(expected.blocks.rows);
    const value = columns.value as Float64Array,
      count = columns.count as Int32Array;
    for (let row = 0; row < length; row++) {
      if (value[row] !== ((row * row) % 97) / 8 + Math.floor(row / 5000) || count[row] !== Math.floor(row / 7)) expect.fail(`row ${row}: ${value[row]}, ${count[row]}`);
    }
  });
});

describe('memory', () => {
  test('columns of an uncompressed batch of pyarrow are views of the bytes that were given, and so are the codes of its dictionary', async () => {
    const bytes = bytesOf('pyarrow-file.arrow');
    const { columns } = await fromIpc(bytes, { nulls });
    const shared = Object.keys(columns).filter((name) => columns[name].buffer === bytes.buffer);
    // What is missing has another unit, width or coding than ours, or nulls.
    expect(shared).toEqual(['time', 'int64', 'uint64', 'int32', 'uint32', 'int16', 'int8', 'uint8', 'symbol']);
    // Proof that it is the same memory, not an equal copy of it.
    const view = new DataView(bytes.buffer, columns.time.byteOffset);
    view.setBigInt64(0, 42n, true);
    expect(columns.time[0]).toBe(42n);
  });

  test('the memory of another program is never written to: nulls are put into a copy', async () => {
    const bytes = bytesOf('pyarrow-file.arrow'),
      before = Uint8Array.from(bytes);
    await fromIpc(bytes, { nulls });
    expect(bytes).toEqual(before);
  });
});

describe('choices', () => {
  test('columns are taken under other names and types, texts as numbers, bare integers as times of a unit', async () => {
    const { columns, schema } = await fromIpc(bytesOf('pyarrow-lz4.feather'), {
      columns: { time: 'int32', size: 'uint8', side: 'side', price: 'int16' },
      schema: { time: 'i64', size: 'f64', side: 'i8', price: 'f64' },
      timeUnit: 's',
      values: { side: { buy: 1, sell: -1 } },
      nulls: { side: 0 },
    });
    expect(schema).toEqual({ time: 'i64', size: 'f64', side: 'i8', price: 'f64' });
    expect(Array.from(columns.side as Int8Array)).toEqual([1, -1, 0, -1, 1, 1, -1, 0]);
    expect(Array.from(columns.time as BigInt64Array).slice(0, 3)).toEqual([-2147483648000000000n, 2147483647000000000n, 0n]);
    expect(Array.from(columns.size as Float64Array).slice(0, 3)).toEqual([0, 255, 128]);
    expect(Array.from(columns.price as Float64Array).slice(0, 2)).toEqual([-32768, 32767]);
  });

  test('flags, half floats, order ids in text and dictionaries of numbers are read by value (oracle: the values as written)', async () => {
    const table = new Table({
      flag: vectorFromArray([true, false, true], new Bool()),
      half: vectorFromArray([0.5, -2, 65504], new Float16()),
      id: vectorFromArray(['18446744073709551615', '0', '7'], new Utf8()),
      level: vectorFromArray([3, 1, 3], new Dictionary(new Int32(), new Int32())),
    });
    const { columns } = await fromArrow(table, { columns: { flag: 'flag', half: 'half', id: 'id', level: 'level' }, schema: { flag: 'i8', half: 'f64', id: 'u64', level: 'i32' } });
    expect(columns).toEqual({ flag: Int8Array.of(1, 0, 1), half: Float64Array.of(0.5, -2, 65504), id: BigUint64Array.of(18446744073709551615n, 0n, 7n), level: Int32Array.of(3, 1, 3) });
  });

  test('a column that nobody named may be of any kind, one that was named must be readable', async () => {
    const table = new Table({ price: vectorFromArray([1, 2], new Float64()), ladder: vectorFromArray([[1], [2]], new List(new Field('item', new Float64()))) });
    expect(Object.keys((await fromArrow(table)).columns)).toEqual(['price']);
    await expect(fromArrow(table, { columns: { ladder: 'ladder' } })).rejects.toThrow('column "ladder": is of type List<Float64>, which no column type holds');
  });
});

describe('what is refused', () => {
  const failure = async (file: string, options: Parameters<typeof fromIpc>[1]): Promise<Error> =>
    (await fromIpc(bytesOf(file), { name: file, ...options }).catch((error: unknown) => error)) as Error;

  test('a null among integers names its row and column', async () => {
    const error = (await failure('pyarrow-batches.arrow', {})) as DataError;
    expect(error.message).toBe('pyarrow-batches.arrow, row 1, column "nullableInt": is null, and integers and times have no value that means null');
    expect(error.place).toEqual({ file: 'pyarrow-batches.arrow', row: 1, column: 'nullableInt' });
  });

  test('numbers that a type does not hold, texts without a number, and columns that are not there', async () => {
    const one = (column: string, type: 'i8' | 'i32' | 'f64' | 'text'): object => ({ columns: { a: column }, schema: { a: type } });
    expect((await failure('pyarrow-file.arrow', one('uint16', 'i8'))).message).toContain('row 1, column "uint16": 65535 does not fit into i8');
    expect((await failure('pyarrow-file.arrow', one('int64', 'f64'))).message).toContain('row 1, column "int64": 9223372036854775807 has no exact double');
    expect((await failure('pyarrow-file.arrow', one('int8', 'text'))).message).toContain('holds i8, and a is text');
    expect((await failure('pyarrow-file.arrow', one('text', 'i32'))).message).toContain('give numbers for its texts in values');
    expect((await failure('pyarrow-file.arrow', { columns: { a: 'text' }, values: { a: { buy: 1 } } })).message).toContain('row 1, column "text": "sell" is none of buy');
    expect(await failure('pyarrow-file.arrow', { columns: { a: 'bid' } })).toBeInstanceOf(RangeError);
  });

  test('a time that int64 nanoseconds do not reach (1677 to 2262)', async () => {
    const { TimestampSecond } = await import('apache-arrow');
    const table = new Table({ time: new (await import('apache-arrow')).Vector([makeData({ type: new TimestampSecond(), length: 1, data: BigInt64Array.of(9223372037n) })]) });
    await expect(fromArrow(table)).rejects.toThrow('row 0, column "time": 9223372037 is a time outside the years 1677 to 2262');
  });

  test('bytes that are empty, no Arrow, or cut short end in a DataError', async () => {
    const whole = bytesOf('pyarrow-lz4.feather');
    await expect(fromIpc(new Uint8Array(0), { name: 'a.arrow' })).rejects.toThrow('a.arrow: is empty');
    await expect(fromIpc(new TextEncoder().encode('time,bid,ask\n1,2,3\n'), { name: 'a.arrow' })).rejects.toThrow(/a\.arrow: is no Arrow IPC/);
    for (const end of [8, 100, 1500, whole.length >> 1]) {
      const error = await fromIpc(whole.slice(0, end), { nulls }).catch((caught: unknown) => caught);
      expect((error as Error).name, `cut at ${end}`).toBe('DataError');
    }
  });

  test('any byte that is damaged gives a result or a DataError, never another error', async () => {
    let refused = 0;
    for (const file of ['pyarrow-lz4.feather', 'polars-uncompressed.arrow', 'pyarrow-stream.arrows']) {
      const whole = bytesOf(file);
      for (let at = 3; at < whole.length; at += 37) {
        const damaged = whole.slice();
        damaged[at] ^= 0x55;
        const error = await fromIpc(damaged, { nulls }).then(() => undefined, (caught: unknown) => caught as Error);
        if (!error) continue;
        refused++;
        expect(`${file} at ${at}: ${error.name}`).toBe(`${file} at ${at}: DataError`);
      }
    }
    expect(refused).toBeGreaterThan(50);
  });
});
