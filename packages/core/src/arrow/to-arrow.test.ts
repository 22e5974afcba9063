import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataType, tableFromIPC } from 'apache-arrow';
import type { Vector } from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import { need, python } from '../../../../test/tools.ts';
import { GrowingTable } from '../table.ts';
import { fromArrow } from './from-arrow.ts';
import { fromIpc, toIpc } from './ipc.ts';
import { toArrow } from './to-arrow.ts';

const schema = { time: 'i64', bid: 'f64', f32: 'f32', i8: 'i8', u8: 'u8', i16: 'i16', i32: 'i32', u32: 'u32', u64: 'u64', symbol: 'text', tag: 'text' } as const;
const columns = {
  time: BigInt64Array.of(-1n, 0n, 1398902400292000001n, 9223372036854775807n),
  bid: Float64Array.of(0.1, -0, NaN, Infinity),
  f32: Float32Array.of(0.5, -0, NaN, 3e38),
  i8: Int8Array.of(-128, 127, 0, 1),
  u8: Uint8Array.of(0, 255, 1, 2),
  i16: Int16Array.of(-32768, 32767, 0, 1),
  i32: Int32Array.of(-2147483648, 2147483647, 0, 1),
  u32: Uint32Array.of(0, 4294967295, 1, 2),
  u64: BigUint64Array.of(0n, 18446744073709551615n, 1n, 2n),
  symbol: Int32Array.of(1, 0, 1, 1),
  tag: Int32Array.of(-1, 0, -1, 1),
};
const table = { schema, columns, texts: { symbol: ['EURUSD', 'XAUUSD'], tag: ['entry', 'naïve'] }, length: 4 };

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-arrow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('memory', () => {
  test('every vector of the Arrow table is a view of its column, and back every column is a view of its vector', async () => {
    const arrow = await toArrow(table);
    const back = await fromArrow(arrow);
    for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
      const theirs: unknown = arrow.getChild(name)!.data[0].values.buffer;
      // A text column with rows of no text is copied: Arrow says so by bits, and polars refuses a code of -1 all the same.
      if (name === 'tag') expect([theirs === columns.tag.buffer, columns.tag[0]]).toEqual([false, -1]);
      else expect([name, theirs === columns[name].buffer, back.columns[name].buffer === columns[name].buffer]).toEqual([name, true, true]);
    }
  });

  test('the rows in use of a growing table are shared too', async () => {
    const grown = new GrowingTable({ price: 'f64', tag: 'text' });
    for (let i = 0; i < 5; i++) grown.push({ price: i, tag: grown.code('tag', `t${i % 2}`) });
    const price = (await toArrow(grown)).getChild('price') as Vector;
    expect([price.length, price.data[0].values.buffer === grown.columns.price.buffer]).toEqual([5, true]);
  });

  test('a file of IPC that we wrote is read as views of its bytes', async () => {
    const bytes = await toIpc(table),
      back = await fromIpc(bytes);
    for (const name of Object.keys(columns)) if (name !== 'tag') expect(back.columns[name].buffer, name).toBe(bytes.buffer);
  });
});

describe('there and back', () => {
  test.each(['file', 'stream'] as const)('a %s keeps every bit of every type, texts and none (oracle: apache-arrow reads it, and the table itself)', async (format) => {
    const bytes = await toIpc(table, { format, record: 'quotes', metadata: { origin: 'test' } }),
      back = await fromIpc(bytes);
    expect([back.schema, back.length, back.batchRows]).toEqual([schema, 4, [4]]);
    expect(back.metadata).toEqual({ 'zanzibar.schema': 'quotes', 'zanzibar.version': '1.0', origin: 'test' });
    for (const [name, column] of Object.entries(columns)) if (name !== 'symbol' && name !== 'tag') expect(new Uint8Array(back.columns[name].buffer, back.columns[name].byteOffset, column.byteLength), name).toEqual(new Uint8Array(column.buffer));
    const text = (name: string): (string | undefined)[] => Array.from(back.columns[name] as Int32Array, (code) => back.texts[name][code]);
    expect([text('symbol'), text('tag')]).toEqual([['XAUUSD', 'EURUSD', 'XAUUSD', 'XAUUSD'], [undefined, 'entry', undefined, 'naïve']]);
    const theirs = tableFromIPC(bytes);
    expect(String(theirs.schema.fields.find(({ name }) => name === 'time')!.type)).toBe('Timestamp<NANOSECOND, UTC>');
    expect(DataType.isDictionary(theirs.getChild('symbol')!.type)).toBe(true);
    expect(theirs.getChild('tag')!.toJSON()).toEqual([null, 'entry', null, 'naïve']);
    expect(theirs.getChild('bid')!.nullCount).toBe(0);
  });

  test('an empty table keeps its columns', async () => {
    const back = await fromIpc(await toIpc({ schema: { time: 'i64', bid: 'f64' }, columns: { time: new BigInt64Array(0), bid: new Float64Array(0) } }));
    expect([back.length, back.schema]).toEqual([0, { time: 'i64', bid: 'f64' }]);
  });

  test.for(['file', 'stream'] as const)('pyarrow, polars and DuckDB read the same from a %s (oracle: oracles/arrow/read.py)', async (format, context) => {
    const interpreter = need(context, python('pyarrow', 'polars', 'duckdb'));
    const path = join(folder, format === 'file' ? 'ours.arrow' : 'ours.arrows');
    writeFileSync(path, await toIpc(table, { format, record: 'quotes' }));
    const program = fileURLToPath(new URL('../../../../oracles/arrow/read.py', import.meta.url));
    const found = JSON.parse(execFileSync(interpreter, [program, path], { encoding: 'utf8' })) as Record<string, Record<string, Record<string, { type: string; values: (string | null)[] }>>>;
    const view = new DataView(new ArrayBuffer(8));
    const bits = (value: number): string => {
      view.setFloat64(0, value);
      return view.getBigUint64(0).toString(16).padStart(16, '0');
    };
    for (const reader of ['pyarrow', 'polars', 'duckdb']) {
      for (const [name, type] of Object.entries(schema)) {
        const wanted = Array.from(columns[name as 'bid'], (value) => (type === 'text' ? (table.texts[name as 'tag'][value] ?? null) : type === 'f64' || type === 'f32' ? bits(value) : String(value)));
        expect(found[path][reader][name].values, `${reader} ${name}`).toEqual(wanted);
      }
    }
    expect(found[path].pyarrow.time.type).toBe('timestamp[ns, tz=UTC]');
    expect(found[path].metadata).toEqual({ 'zanzibar.schema': 'quotes', 'zanzibar.version': '1.0' });
  });
});

describe('what is refused', () => {
  test('columns of another type or too short, codes without a string, another major version of the schema', async () => {
    const wrong = (part: object): Promise<unknown> => toArrow({ schema: { a: 'f64' }, columns: {}, ...part } as never);
    await expect(wrong({})).rejects.toThrow(new TypeError('toArrow: the table has none of the columns of its schema'));
    await expect(wrong({ columns: { a: Int8Array.of(1) } })).rejects.toThrow(new TypeError('toArrow: column "a" is not of type f64'));
    await expect(wrong({ columns: { a: Float64Array.of(1) }, length: 2 })).rejects.toThrow(new RangeError('toArrow: column "a" has 1 rows, the table 2'));
    await expect(wrong({ schema: { a: 'text' }, columns: { a: Int32Array.of(0, 3) }, texts: { a: ['x'] } })).rejects.toThrow('row 1, column "a": text code 3 has no string');
    const newer = await toIpc(table, { metadata: { 'zanzibar.version': '2.0', 'zanzibar.schema': 'quotes' } });
    await expect(fromIpc(newer, { name: 'new.arrow' })).rejects.toThrow('new.arrow: holds schema "quotes" version 2.0; this reader knows version 1.0');
    await expect(toIpc(table, { format: 'json' as never })).rejects.toThrow('toIpc: format must be one of file, stream, was json');
  });
});
