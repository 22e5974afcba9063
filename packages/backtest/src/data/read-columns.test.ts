/** Columns of any file. Oracle: the files, written by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { writeParquet } from '@zanzibar/core/io';
import { guessLayout } from './guess-layout.ts';
import { readColumns } from './read-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-columns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('numbers are doubles, an empty cell is none, texts are left out, names of times and sizes are the usual ones', async () => {
  const columns = await readColumns(file('a.csv', 'Date;Close;"Bid_Size";note\r\n2024-01-02;1.5;3;x\r\n2024-01-03;;4;y\r\n'), 'UTC');
  expect(columns).toEqual({ time: BigInt64Array.of(parseTime('2024-01-02'), parseTime('2024-01-03')), close: Float64Array.of(1.5, NaN), bidSize: Float64Array.of(3, 4) });
});

test('times: ISO with a zone, in the zone that is given, and counts of any unit', async () => {
  const rows = '2024-07-01T12:00:00Z\n2024-07-01 12:00:00\n2024-07-01\n1719835200\n1719835200000\n1719835200000000\n1719835200000000000\n', at = (text: string): bigint => parseTime(text);
  const { time } = await readColumns(file('b.csv', `time\n${rows}`), 'America/New_York');
  expect(Array.from(time as BigInt64Array)).toEqual([at('2024-07-01T12:00:00Z'), at('2024-07-01T16:00:00Z'), at('2024-07-01T04:00:00Z'), ...Array(4).fill(at('2024-07-01T12:00:00Z'))]);
  await expect(readColumns(file('c.csv', 'time\n2024-07-01\n'), 'Mars')).rejects.toThrow('zone: "Mars" is neither UTC');
  await expect(readColumns(file('d.csv', 'time\n2024-07-01\nnow\n'), 'UTC')).rejects.toThrow(/d\.csv, row 1, column "time"/);
});

test('a file without rows or without names is refused', async () => {
  await expect(readColumns(file('e.csv', ''), 'UTC')).rejects.toThrow('e.csv: is empty');
  await expect(readColumns(file('f.csv', 'a,b\n'), 'UTC')).rejects.toThrow('f.csv: has no rows');
  await expect(readColumns(file('g.csv', '1,2\n3,4\n'), 'UTC')).rejects.toThrow('g.csv: has no header line');
  const empty = join(folder, 'h.parquet');
  await writeParquet(empty, { columns: { close: new Float64Array(0) }, length: 0 }, { schema: { close: 'f64' } });
  await expect(readColumns(empty, 'UTC')).rejects.toThrow('has no rows');
});

test('layouts: quotes, trades and bars by their names; bars that state both ends tell their length', async () => {
  expect(await guessLayout(file('q.csv', 'Time,BID,Ask\n2024-01-01,1,2\n'))).toMatchObject({ record: 'quotes', columns: { time: 'Time', bid: 'BID', ask: 'Ask' }, timeFormat: 'iso' });
  expect(await guessLayout(file('t.csv', 'ts,price,qty\n1719835200000,1,2\n'))).toMatchObject({ record: 'trades', columns: { time: 'ts', price: 'price', size: 'qty' }, timeFormat: 'epoch' });
  const row = (open: number, minutes: number): string => `${1_719_835_200_000_000_000n + BigInt(open) * 60_000_000_000n},${1_719_835_200_000_000_000n + BigInt(open + minutes) * 60_000_000_000n},1,1,1,1`;
  expect(await guessLayout(file('o.csv', `openTime,closeTime,open,high,low,close\n${[row(0, 5), row(5, 5), row(10, 2), row(15, 5)].join('\n')}\n`))).toMatchObject({ record: 'bars', interval: '5m', time: 'open' });
  expect(await guessLayout(file('p.csv', 'time,open,high,low,close\n2024-01-01,1,1,1,1\n'))).not.toHaveProperty('interval');
});
