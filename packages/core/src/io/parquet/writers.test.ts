/** Files of other programs, whose rows follow from their number (oracle: oracles/parquet/writers.py). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openParquet } from '../parquet-reader.ts';
import type { TableSlice } from '../table-file.ts';

const folder = fileURLToPath(new URL('../../../../../oracles/parquet/writers/', import.meta.url));
const count = 1000,
  symbols = ['EURUSD', 'XAUUSD', 'naïve', ''];
const sign = (i: number): number => (i % 2 === 0 ? 1 : -1);
/** i² 7919 mod 1000003, exact. */
const mixed = (i: number): number => (i * i * 7919) % 1_000_003;
const rows: { readonly [column: string]: (i: number) => unknown } = {
  time: (i) => 1_700_000_000_000_000_000n + BigInt(i * i * 1001),
  micros: (i) => (-1_700_000_000_000_000n + BigInt(i * i * 1001)) * 1000n,
  integer: (i) => (i % 7 === 3 ? -9n : BigInt(mixed(i) - 500_000)),
  wide: (i) => BigInt(sign(i)) * ((1n << 62n) + BigInt(i)),
  small: (i) => (i % 13) - 6,
  price: (i) => ((i * 37) % 1009) / 100,
  size: (i) => (i % 50 > 40 ? NaN : (i % 50) / 2),
  flag: (i) => ((i * i) % 3 === 0 ? 1 : 0),
  symbol: (i) => (i % 11 === 5 ? undefined : symbols[(i * i) % 4]),
  id: (i) => `id-${i * i}`,
};

function valuesOf({ columns, texts }: TableSlice, name: string): unknown[] {
  return Array.from(columns[name] as Float64Array, (value) => (texts[name] ? texts[name][value] : value));
}

const files = readdirSync(folder).filter((file) => !file.includes('kinds'));

describe('files of pyarrow, DuckDB and polars', () => {
  test('there is one of each codec and encoding', () => {
    expect(files.length).toBe(17);
  });

  test.each(files)('every value of %s is read', async (file) => {
    const table = await openParquet(join(folder, file), { nulls: { integer: -9n } }),
      whole = await table.read();
    expect(whole.length).toBe(count);
    for (const [name, value] of Object.entries(rows)) {
      expect(valuesOf(whole, name), name).toEqual(Array.from({ length: count }, (_, i) => value(i)));
    }
    await table.close();
  });

  test.each(files)('a range of time of %s is the rows between, in one piece and group by group, whatever its index', async (file) => {
    const table = await openParquet(join(folder, file), { nulls: { integer: -9n } });
    for (const [first, end] of [
      [123, 456],
      [699, 702],
      [0, 1],
      [998, 1000],
    ]) {
      const from = rows.time(first) as bigint,
        to = end === count ? undefined : (rows.time(end) as bigint);
      const part = await table.read({ from, to, columns: ['integer', 'symbol', 'price'] });
      expect([part.base, part.length]).toEqual([first, end - first]);
      let at = first;
      for await (const slice of table.stream({ from, to, columns: ['integer', 'symbol', 'price'] })) {
        expect(slice.base).toBe(at);
        for (const name of Object.keys(slice.columns))
          expect(valuesOf(slice, name)).toEqual(Array.from({ length: slice.length }, (_, i) => rows[name](at + i)));
        at += slice.length;
      }
      expect(at).toBe(end);
      expect(valuesOf(part, 'price')).toEqual(Array.from({ length: end - first }, (_, i) => rows.price(first + i)));
    }
    await table.close();
  });

  test.each(['pyarrow-kinds.parquet', 'pyarrow-kinds-plain.parquet'])(
    'times of twelve bytes, decimals of any width and half floats of %s',
    async (file) => {
      const table = await openParquet(join(folder, file)),
        whole = await table.read();
      const expected: { readonly [column: string]: (i: number) => unknown } = {
        int96: rows.time,
        // The double nearest to the decimal, as its text is read.
        narrow: (i) => Number(`${sign(i) * mixed(i)}e-5`),
        middle: (i) => Number(`${sign(i) * mixed(i)}e-2`),
        broad: (i) => (i % 9 === 4 ? NaN : Number(`${BigInt(sign(i) * mixed(i)) * 10n ** 20n + 7n}e-20`)),
        half: (i) => (i - 500) / 8,
      };
      for (const name of Object.keys(table.schema))
        expect(valuesOf(whole, name), name).toEqual(Array.from({ length: count }, (_, i) => expected[name](i)));
      expect(Object.keys(table.schema).length).toBe(file === 'pyarrow-kinds.parquet' ? 5 : 4);
      await table.close();
    },
  );
});
