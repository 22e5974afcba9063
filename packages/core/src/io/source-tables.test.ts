import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseTime } from '../time.ts';
import { readSource } from './source-tables.ts';
import { writeParquet } from './parquet-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('a file without a mapping is read by its header', () => {
  test('bars: interval and label are asked for, never guessed', async () => {
    const file = write('prices.csv', 'Date;Open;High;Low;Close;Volume\n2024-01-02;1;2;0.5;1.5;10\n2024-01-03;1;2;0.5;1.5;10\n');
    const { tables, record, interval } = await readSource(file, { interval: '1d', time: 'open', timeZone: 'UTC', columns: undefined });
    expect([record, interval, tables[''].length]).toEqual(['bars', '1d', 2]);
    expect((tables[''].columns.openTime as BigInt64Array)[1]).toBe(parseTime('2024-01-03'));
    await expect(readSource(file, { time: 'open', timeZone: 'UTC' })).rejects.toThrow('bars need their interval');
    await expect(readSource(file, { interval: '1d', timeZone: 'UTC' })).rejects.toThrow("bars need time: 'open' or 'close'");
    await expect(readSource(file, { interval: '1d', time: 'open' })).rejects.toThrow('states no zone: give timeZone');
  });

  test('quotes and trades, with times as counts of any unit', async () => {
    const quotes = await readSource(write('q.csv', 'timestamp,ask,bid\n1398902400292,2,1\n'), {}),
      trades = await readSource(write('t.csv', 'time,price,amount,id\n1398902400,5,0.5,9\n'), {});
    expect(quotes.tables[''].columns).toEqual({ time: BigInt64Array.of(1398902400292000000n), bid: Float64Array.of(1), ask: Float64Array.of(2) });
    expect(trades.tables[''].columns).toEqual({
      time: BigInt64Array.of(1398902400000000000n),
      price: Float64Array.of(5),
      size: Float64Array.of(0.5),
    });
  });

  test('a header of other names says what to give', async () => {
    await expect(readSource(write('x.csv', 'a,b,c\n1,2,3\n'), {})).rejects.toThrow('give a preset, or record, columns and timeFormat');
    await expect(readSource(write('y.csv', 'a,b,c\n1,2,3\n'), { columns: { time: 0 } })).rejects.toThrow('columns need record and timeFormat');
  });
});

describe('Parquet files as records', () => {
  test('names of the record need no mapping; bare integers are times of the unit that timeFormat says', async () => {
    const file = join(folder, 'q.parquet');
    await writeParquet(
      file,
      { columns: { stamp: Float64Array.of(1398902400292, 1398902400293), bid: Float64Array.of(1, 1), ask: Float64Array.of(2, 2) } },
      { schema: { stamp: 'f64', bid: 'f64', ask: 'f64' } },
    );
    const { tables } = await readSource(file, { record: 'quotes', columns: { time: 'stamp', bid: 'bid', ask: 'ask' }, timeFormat: 'ms' });
    expect(Array.from(tables[''].columns.time as BigInt64Array)).toEqual([1398902400292000000n, 1398902400293000000n]);
    await expect(readSource(file, { record: 'quotes' })).rejects.toThrow('has no time column among stamp, bid, ask');
    await expect(readSource(file, { record: 'quotes', columns: { time: 'stamp' }, timeFormat: 'iso' })).rejects.toThrow('the format iso is for text');
    await expect(readSource(file, {})).rejects.toThrow('say what it holds');
  });

  test('rows are checked as those of text are', async () => {
    const file = join(folder, 'bad.parquet'),
      schema = { time: 'i64', bid: 'f64', ask: 'f64' } as const;
    await writeParquet(file, { columns: { time: BigInt64Array.of(1n, 2n), bid: Float64Array.of(1, NaN), ask: Float64Array.of(2, 2) } }, { schema });
    await expect(readSource(file, { record: 'quotes' })).rejects.toThrow('row 1, column "bid": the price is missing');
    await writeParquet(file, { columns: { time: BigInt64Array.of(2n, 1n), bid: Float64Array.of(1, 1), ask: Float64Array.of(2, 2) } }, { schema });
    await expect(readSource(file, { record: 'quotes' })).rejects.toThrow('row 1, column "time"');
  });
});
