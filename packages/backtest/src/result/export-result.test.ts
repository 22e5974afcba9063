/** Oracle: the tables of the result itself, cell by cell, read back by a CSV splitter of this test, by hyparquet and by apache-arrow. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitReasons, formatTime, orderKinds, parseTime } from '@zanzibar/core';
import { openParquet } from '@zanzibar/core/io';
import { seededResult } from '../../test/seeded-result.ts';
import { exportFormats, exportResult } from './export-result.ts';
import { resultTable, numbersOf, textOf, timesOf } from './result-table.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zanzibar-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const made = seededResult({ bars: 600 });

/** Rows of a CSV text as objects, quotes understood. */
function parseCsv(text: string): Record<string, string>[] {
  const rows = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)], lines: string[][] = [[]];
  for (const [, quoted, plain, end] of rows) {
    lines[lines.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') lines.push([]);
  }
  const [head, ...body] = lines.slice(0, -1);
  return body.map(line => Object.fromEntries(head.map((name, k) => [name, line[k]])));
}

/** A value of another reader as our CSV writes it: times as ISO 8601, none as empty. */
function cellText(value: unknown): string {
  if (typeof value === 'bigint') return value === 0n ? '' : formatTime(value);
  return value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
}

describe('a result for other programs', () => {
  test('CSV: every table with all columns of its record, codes as words, times as ISO 8601, none as empty', async () => {
    const at = join(folder, 'csv'), files = await exportResult(at, made, 'csv'), read = async (stage: string): Promise<Record<string, string>[]> => parseCsv(await readFile(join(at, files[stage]), 'utf8'));
    expect(Object.keys(files)).toEqual(['metrics', ...made.digests.stages.filter(stage => stage !== 'ticks')]);
    const orders = await read('orders'), trips = await read('roundTrips'), events = await read('engines/gaps.events');
    expect(Object.keys(orders[0])).toEqual(Object.keys(made.orders.schema));
    expect(orders.map(({ kind }) => kind)).toEqual(Array.from(numbersOf(made.orders, 'kind'), code => orderKinds[code]));
    expect(orders.map(({ price }) => (price === '' ? NaN : Number(price)))).toEqual(Array.from(numbersOf(made.orders, 'price')));
    expect(new Set(orders.map(({ expireTime }) => expireTime))).toEqual(new Set(['']));
    expect(trips.map(({ exitReason, entryTag }) => [exitReason, entryTag])).toEqual(Array.from({ length: made.roundTrips.length }, (_, i) => [exitReasons[numbersOf(made.roundTrips, 'exitReason')[i]], textOf(made.roundTrips, 'entryTag', i)]));
    expect(trips.map(({ entryTime }) => parseTime(entryTime))).toEqual(Array.from(timesOf(made.roundTrips, 'entryTime')));
    expect(new Set(events.map(({ kind }) => kind))).toContain('fairValueGap');
    const metrics = await read('metrics'), { figures } = made.summary.metrics;
    expect(metrics.map(({ name, value }) => [name, value === '' ? NaN : Number(value)])).toEqual(Object.entries(figures).map(([name, { value }]) => [name, value]));
    expect(JSON.parse(await readFile(join(at, 'export.json'), 'utf8'))).toMatchObject({ schema: 'zanzibar/export', version: '1.0', format: 'csv', orderHash: made.digests.orderHash(), tables: { fills: { file: 'fills.csv', rows: made.fills.length } } });
  });

  test('Parquet: the same bits, words and timestamps', async () => {
    const at = join(folder, 'parquet'), files = await exportResult(at, made, 'parquet'), file = await openParquet(join(at, files.roundTrips));
    const { columns, texts, length } = await file.read();
    await file.close();
    expect([length, Object.keys(columns)]).toEqual([made.roundTrips.length, Object.keys(made.roundTrips.schema)]);
    for (const name of ['net', 'entryPrice', 'mae']) expect(Array.from(columns[name] as Float64Array)).toEqual(Array.from(numbersOf(made.roundTrips, name)));
    expect(columns.entryTime).toEqual(timesOf(made.roundTrips, 'entryTime').slice());
    expect(Array.from(columns.exitReason as Int32Array, code => texts.exitReason[code])).toEqual(Array.from(numbersOf(made.roundTrips, 'exitReason'), code => exitReasons[code]));
    expect(Object.values(files).every(name => name.endsWith('.parquet'))).toBe(true);
  });

  test('every cell of every table comes back, by hyparquet from Parquet and by apache-arrow from Arrow', async () => {
    const csv = join(folder, 'cells-csv'), parquet = join(folder, 'cells-parquet'), arrow = join(folder, 'cells-arrow'), files = await exportResult(csv, made, 'csv'), packed = await exportResult(parquet, made, 'parquet'), shared = await exportResult(arrow, made, 'arrow');
    let cells = 0;
    for (const stage of Object.keys(files)) {
      const wanted = parseCsv(await readFile(join(csv, files[stage]), 'utf8')), rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(parquet, packed[stage])), parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: value => value as never } }), table = tableFromIPC(await readFile(join(arrow, shared[stage])));
      expect([rows.length, table.numRows], stage).toEqual([wanted.length, wanted.length]);
      const names = Object.keys(wanted[0] ?? {}), vectors = names.map(name => table.getChild(name)!);
      for (const [k, name] of names.entries()) {
        const isTime = String(vectors[k].type).startsWith('Timestamp'), values = isTime ? (vectors[k].toArray() as BigInt64Array) : undefined;
        for (const [row, line] of wanted.entries()) {
          for (const value of [rows[row][name], values === undefined ? vectors[k].get(row) : values[row]]) if (cellText(value) !== line[name]) expect(`${stage}, row ${row}, ${name}: ${cellText(value)}`).toBe(line[name]);
          cells++;
        }
      }
    }
    expect(cells).toBeGreaterThan(20_000);
  });

  test('a run without trades exports tables without rows in every format', async () => {
    const still = seededResult({ bars: 25 });
    for (const format of exportFormats) {
      const at = join(folder, `still-${format}`), files = await exportResult(at, still, format);
      expect((await readdir(at)).sort()).toEqual([...Object.values(files), 'export.json'].sort());
    }
    expect(await readFile(join(folder, 'still-csv', 'fills.csv'), 'utf8')).toBe(`${Object.keys(still.fills.schema).join(',')}\n`);
  });

  test('tags with commas, quotes and line breaks, no tag, and nanoseconds survive', async () => {
    const odd = 'a "b", c\nd', fills = made.fills, times = timesOf(fills, 'time').slice();
    times[0] += 123n;
    const trips = resultTable(made.roundTrips.schema, { ...made.roundTrips.columns, entryTag: Int32Array.from({ length: made.roundTrips.length }, (_, i) => (i === 0 ? 0 : -1)) }, made.roundTrips.length, { ...made.roundTrips.texts, entryTag: [odd] });
    const files = await exportResult(join(folder, 'odd'), { ...made, roundTrips: trips, fills: resultTable(fills.schema, { ...fills.columns, time: times }, fills.length, fills.texts) }, 'csv');
    const rows = parseCsv(await readFile(join(folder, 'odd', files.roundTrips), 'utf8'));
    expect(rows.slice(0, 2).map(({ entryTag }) => entryTag)).toEqual([odd, '']);
    expect(parseCsv(await readFile(join(folder, 'odd', files.fills), 'utf8'))[0].time).toBe(formatTime(times[0]));
  });

  test('an older export is replaced, another folder is refused and stays as it was, an unknown format is named', async () => {
    const at = join(folder, 'again'), foreign = await mkdtemp(join(folder, 'foreign-'));
    await exportResult(at, made, 'parquet');
    await exportResult(at, made, 'csv');
    expect((await readdir(at)).filter(name => name.endsWith('.parquet'))).toEqual([]);
    await writeFile(join(foreign, 'thesis.txt'), 'years of work');
    await expect(exportResult(foreign, made, 'csv')).rejects.toThrow(/is not empty and no export \(it has thesis.txt\)/);
    expect(await readFile(join(foreign, 'thesis.txt'), 'utf8')).toBe('years of work');
    await expect(exportResult(at, made, 'xls' as never)).rejects.toThrow('exportResult: format must be one of csv, parquet, arrow, was xls');
    expect((await readdir(folder)).filter(name => name.startsWith('.'))).toEqual([]);
  });
});
