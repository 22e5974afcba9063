import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '@zanzibar/core/io';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '', file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labels-'));
  file = join(folder, 'prices.csv');
  await writeFile(file, 'time,open,high,low,close\n2024-01-02T10:01:00Z,1,3,1,2\n2024-01-02T10:02:00Z,2,4,2,3\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (time: 'open' | 'close' | undefined) =>
  readCsv({ file, record: 'bars', interval: '1m', timeFormat: 'iso', columns: { time: 'time', open: 'open', high: 'high', low: 'low', close: 'close' }, ...(time ? { time } : {}) });

/** Oracle: the file's author says that times label the close; 10:01 UTC of that day in nanoseconds. */
async function knownAtTheirClose(time: 'open' | 'close'): Promise<void> {
  const { columns } = await read(time), close = columns.closeTime as BigInt64Array, open = columns.openTime as BigInt64Array;
  expect(close[0]).toBe(1_704_189_660_000_000_000n);
  expect(open[0]).toBe(1_704_189_600_000_000_000n);
}

test('pitfall 4: bars are known at the close that their label names', () => knownAtTheirClose('close'));

test('pitfall 4: bars without a declared convention are refused', async () => {
  await expect(read(undefined)).rejects.toThrow(/bars need time: 'open' or 'close'/);
});

test('pitfall 4: the wrong convention is caught: every bar known a minute off', async () => {
  await expect(knownAtTheirClose('open')).rejects.toThrow();
});
