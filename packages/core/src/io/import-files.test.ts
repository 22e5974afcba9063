import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { tableDigest } from '../digest.ts';
import { DataError } from '../errors.ts';
import { formatTime, parseTime } from '../time.ts';
import { openCatalogue } from './catalogue.ts';
import type { SeriesQuery } from './catalogue.ts';
import { importFiles } from './import-files.ts';
import type { ImportOptions } from './import-files.ts';
import { writeParquet } from './parquet-writer.ts';
import type { TableSlice } from './table-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-catalogue-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const market = fileURLToPath(new URL('../../../../../shared/market/', import.meta.url));
const oracle = fileURLToPath(new URL('../../../../oracles/parquet/', import.meta.url));

let root = '',
  count = 0;
beforeEach(() => {
  root = join(folder, `catalogue-${count++}`);
});

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Every file of the catalogue with its bytes. */
function contents(): { [path: string]: string } {
  const paths = existsSync(root)
    ? readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];
  return Object.fromEntries(paths.sort().map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path).toString('base64')]));
}

// Two local days of a clock five hours behind UTC: the first one's last tick lies on the UTC day of the second one.
const first = write('20140501_eurusd_tick_quote.csv', '0,1.1,1.2\n82800000,1.3,1.4\n'),
  second = write('20140502_eurusd_tick_quote.csv', '0,1.5,1.6\n3600000.5,1.7,1.8\n');
const lean: Omit<ImportOptions, 'root' | 'files'> = { preset: 'lean-tick', venue: 'fxcm', symbol: 'EURUSD' };
const series: SeriesQuery = { kind: 'quotes', venue: 'fxcm', symbol: 'EURUSD' };
const times = ({ columns }: TableSlice): string[] => Array.from((columns.time ?? columns.openTime) as BigInt64Array, formatTime);

describe('import', () => {
  test('a local day lies on two UTC dates, and a UTC date holds the rows of two files in order', async () => {
    const result = await importFiles({ ...lean, root, files: [first, second] });
    expect(result).toEqual({
      rows: 4,
      offGrid: 0,
      isComplete: true,
      written: [
        'kind=quotes/venue=fxcm/symbol=EURUSD/date=2014-05-01/part.parquet',
        'kind=quotes/venue=fxcm/symbol=EURUSD/date=2014-05-02/part.parquet',
      ],
    });
    const catalogue = await openCatalogue(root),
      rows = await catalogue.read(series);
    expect(times(rows)).toEqual(['2014-05-01T05:00:00Z', '2014-05-02T04:00:00Z', '2014-05-02T05:00:00Z', '2014-05-02T06:00:00.000500Z']);
    expect(Array.from(rows.columns.bid as Float64Array)).toEqual([1.1, 1.3, 1.5, 1.7]);
    expect(catalogue.files[1].sources.map(({ name, rows: held }) => [name, held])).toEqual([
      ['20140501_eurusd_tick_quote.csv', 1],
      ['20140502_eurusd_tick_quote.csv', 2],
    ]);
    expect(await catalogue.verify()).toEqual([]);
  });

  test('importing again, in another order or one file at a time gives the same bytes', async () => {
    await importFiles({ ...lean, root, files: [first, second] });
    const once = contents();
    await importFiles({ ...lean, root, files: [second] });
    await importFiles({ ...lean, root, files: [second, first] });
    expect(contents()).toEqual(once);
    root = join(folder, `catalogue-${count++}`);
    await importFiles({ ...lean, root, files: [second] });
    await importFiles({ ...lean, root, files: [first] });
    expect(contents()).toEqual(once);
  });

  test('importing with the right zone after the wrong one leaves nothing of the wrong one', async () => {
    await importFiles({ ...lean, root, files: [first, second] });
    const right = contents();
    root = join(folder, `catalogue-${count++}`);
    await importFiles({ ...lean, root, files: [first, second], timeZone: '+14:00' });
    expect((await openCatalogue(root)).files.map((file) => file.path.slice(-23, -13))).toEqual(['2014-04-30', '2014-05-01']);
    await importFiles({ ...lean, root, files: [first, second] });
    expect(contents()).toEqual(right);
  });

  test('the digest of a day is that of its rows, whatever files they came from', async () => {
    await importFiles({ ...lean, root, files: [first, second] });
    const catalogue = await openCatalogue(root),
      day = await catalogue.read({ ...series, from: parseTime('2014-05-02') });
    expect(catalogue.days({ ...series, from: parseTime('2014-05-02') })).toEqual([
      { date: '2014-05-02', rows: 3, digest: tableDigest(day.schema, day.columns) },
    ]);
    expect(catalogue.days(series).map(({ date }) => date)).toEqual(['2014-05-01', '2014-05-02']);
    expect(catalogue.days({ ...series, to: parseTime('2014-05-02') }).length).toBe(1);
  });

  test('bars lie under their interval and price, long ones by year, with a digest for every day', async () => {
    const bars = (time: string): string => `${time},1,2,0.5,1.5,0,1.1,2.1,0.6,1.6,0\n`;
    await importFiles({ ...lean, preset: 'lean-daily', root, files: [write('eurusd.csv', bars('20131231 00:00') + bars('20140101 00:00'))] });
    const catalogue = await openCatalogue(root);
    expect(catalogue.files.map((file) => file.path)).toEqual(
      ['ask', 'bid'].flatMap((price) =>
        [2013, 2014].map((year) => `kind=bars/venue=fxcm/symbol=EURUSD/interval=1d/price=${price}/year=${year}/part.parquet`),
      ),
    );
    const ask = await catalogue.read({ kind: 'bars', venue: 'fxcm', symbol: 'EURUSD', interval: '1d', price: 'ask' });
    expect(times(ask)).toEqual(['2013-12-31T05:00:00Z', '2014-01-01T05:00:00Z']);
    expect(Array.from(ask.columns.close as Float64Array)).toEqual([1.6, 1.6]);
    expect(catalogue.coverage().map(({ price, rows, days }) => [price, rows, days.length])).toEqual([
      ['ask', 2, 2],
      ['bid', 2, 2],
    ]);
  });

  test('a Parquet file comes in by the names of its columns', async () => {
    const file = join(folder, 'bars.parquet'),
      minute = 60_000_000_000n;
    const columns = {
      stamp: BigInt64Array.of(minute, 2n * minute),
      o: Float64Array.of(1, 2),
      h: Float64Array.of(1, 2),
      l: Float64Array.of(1, 2),
      c: Float64Array.of(1, 2),
    };
    await writeParquet(file, { columns }, { schema: { stamp: 'i64', o: 'f64', h: 'f64', l: 'f64', c: 'f64' } });
    const options: ImportOptions = {
      root,
      files: [file],
      venue: 'v',
      symbol: 'A/B',
      record: 'bars',
      columns: { time: 'stamp', open: 'o', high: 'h', low: 'l', close: 'c' },
      interval: '1m',
      time: 'close',
    };
    await importFiles(options);
    const rows = await (await openCatalogue(root)).read({ kind: 'bars', venue: 'v', symbol: 'A/B', interval: '1m', price: 'trade' });
    expect(Object.keys(contents())[0]).toBe('kind=bars/venue=v/symbol=A%2FB/interval=1m/price=trade/date=1970-01-01/part.parquet');
    expect([rows.columns.openTime, rows.columns.closeTime]).toEqual([BigInt64Array.of(0n, minute), BigInt64Array.of(minute, 2n * minute)]);
    await expect(importFiles({ ...options, time: undefined })).rejects.toThrow("bars need time: 'open' or 'close'");
  });

  test('progress is told after each file, and a stop between files leaves what was done whole', async () => {
    const seen: number[] = [],
      signal = { aborted: false };
    const result = await importFiles({
      ...lean,
      root,
      files: [first, second],
      signal,
      onProgress: ({ filesDone, fileCount, rows }) => {
        seen.push(filesDone, fileCount, rows);
        signal.aborted = true;
      },
    });
    expect([seen, result.isComplete]).toEqual([[1, 2, 2], false]);
    expect(await (await openCatalogue(root)).verify()).toEqual([]);
  });
});

describe('refusals leave the catalogue as it was', () => {
  const cases: [string, () => Partial<ImportOptions>, string][] = [
    ['an unsorted file', () => ({ files: [write('20140503_eurusd_tick_quote.csv', '5,1,2\n4,1,2\n')] }), 'row 1, column "time"'],
    ['a negative price', () => ({ files: [write('20140504_eurusd_tick_quote.csv', '5,1,2\n6,-1,2\n')] }), 'row 1, column "bid": -1 is no price'],
    ['another form', () => ({ files: [write('20140505_eurusd_tick_quote.csv', '5;1;2\n')] }), 'has 1 fields'],
    ['an empty file', () => ({ files: [write('20140506_eurusd_tick_quote.csv', '')] }), 'is empty'],
    ['a truncated zip', () => ({ files: [write('20140507_quote.zip', 'PK\u0003\u0004half')] }), 'was cut short'],
    ['another symbol', () => ({ files: [write('20140508_xauusd_tick_quote.csv', '5,1,2\n')] }), 'says symbol XAUUSD, not EURUSD'],
    [
      'a Parquet file of two symbols',
      () => ({ preset: undefined, record: 'quotes', files: [join(oracle, 'mixed-symbols.parquet')] }),
      'row 3, column "symbol": holds symbol XAUUSD, not EURUSD',
    ],
    [
      'a copy of an imported file under another name',
      () => ({ files: [write('20140501_copy.csv', readFileSync(first, 'utf8'))] }),
      '20140501_copy.csv: is a copy of 20140501_eurusd_tick_quote.csv',
    ],
    [
      'a file within the times of another',
      () => ({ files: [write('20140502_part.csv', '1800000,1,2\n')] }),
      'two files hold the same time, import one of them',
    ],
    [
      'a file that fits on its first day and not on its second',
      () => ({ files: [write('20140501_late.csv', '7200000,1,2\n81000000,1,2\n84600000,1,2\n')] }),
      'two files hold the same time',
    ],
    ['an unknown preset', () => ({ files: [first], preset: 'unknown' as 'mt5' }), 'preset must be one of'],
    ['a venue without zone', () => ({ files: [first], venue: 'nowhere' }), 'give timeZone'],
    ['no files', () => ({ files: [] }), 'files is empty'],
  ];

  test.each(cases)('%s', async (_, options, message) => {
    await importFiles({ ...lean, root, files: [first, second] });
    const before = contents();
    await expect(importFiles({ ...lean, root, files: [first], ...options() })).rejects.toThrow(message);
    expect(contents()).toEqual(before);
  });
});

describe('reading a catalogue', () => {
  test('streams row groups with a running base, cut to the times and columns asked for', async () => {
    await importFiles({ ...lean, root, files: [first, second] });
    const parts: TableSlice[] = [];
    for await (const part of (await openCatalogue(root)).stream({
      ...series,
      from: parseTime('2014-05-01T05:00:00Z'),
      to: parseTime('2014-05-02T05:00:00Z'),
      columns: ['ask'],
    }))
      parts.push(part);
    expect(parts.map(({ base, length, columns }) => [base, length, Object.keys(columns), Array.from(columns.ask as Float64Array)])).toEqual([
      [0, 1, ['ask'], [1.2]],
      [1, 1, ['ask'], [1.4]],
    ]);
  });

  test('a range without rows gives none; an unknown symbol or column names what there is', async () => {
    await importFiles({ ...lean, root, files: [first] });
    const catalogue = await openCatalogue(root);
    expect((await catalogue.read({ ...series, from: parseTime('2020-01-01') })).length).toBe(0);
    await expect(catalogue.read({ ...series, symbol: 'GBPUSD' })).rejects.toThrow(
      'has no kind=quotes/venue=fxcm/symbol=GBPUSD, it has kind=quotes/venue=fxcm/symbol=EURUSD',
    );
    await expect(catalogue.read({ ...series, columns: ['price'] })).rejects.toThrow('quotes have no column "price"');
    await expect(catalogue.read({ ...series, kind: 'bars' })).rejects.toThrow('bars need their interval');
  });

  test('damage is found by the hash, a missing file by its name, no catalogue by its folder', async () => {
    await importFiles({ ...lean, root, files: [first] });
    const catalogue = await openCatalogue(root),
      [one, two] = catalogue.files.map((file) => join(root, file.path)),
      bytes = readFileSync(one);
    bytes[10] ^= 1;
    writeFileSync(one, bytes);
    rmSync(two);
    expect((await catalogue.verify()).map(({ problem }) => problem)).toEqual(['is damaged: its hash is not that of the manifest', 'is missing']);
    await expect(catalogue.read({ ...series, from: parseTime('2014-05-02') })).rejects.toThrow('there is no such file');
    await expect(importFiles({ ...lean, root, files: [first] })).rejects.toThrow('delete it and import 20140501_eurusd_tick_quote.csv again');
    rmSync(one);
    await importFiles({ ...lean, root, files: [first] });
    expect(await (await openCatalogue(root)).verify()).toEqual([]);
    await expect(openCatalogue(join(folder, 'nowhere'))).rejects.toThrow(DataError);
  });

  test('a manifest of another major version, or one cut short, is refused by name', async () => {
    await importFiles({ ...lean, root, files: [first] });
    const path = join(root, 'manifest.json'),
      text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"version": "1.0"', '"version": "2.0"'));
    await expect(openCatalogue(root)).rejects.toThrow('holds schema "catalogue" version 2.0');
    writeFileSync(path, text.slice(0, 100));
    await expect(openCatalogue(root)).rejects.toThrow('was cut short');
  });

  test('a file whose rows run backwards is named with its row, also where two files do not follow each other', async () => {
    await importFiles({ ...lean, root, files: [first, second] });
    const catalogue = await openCatalogue(root),
      [one] = catalogue.files.map((file) => join(root, file.path));
    await writeParquet(
      one,
      { columns: { time: BigInt64Array.of(parseTime('2014-05-03')), bid: Float64Array.of(1), ask: Float64Array.of(2) } },
      { schema: { time: 'i64', bid: 'f64', ask: 'f64' } },
    );
    await expect(catalogue.read(series)).rejects.toThrow(
      /date=2014-05-02.part\.parquet, row 0, column "time": starts before the file in front of it ends/,
    );
  });
});

describe.skipIf(!existsSync(market))('real files (skipped without ../shared/market)', () => {
  test('eight FXCM days import whole and in order of time, over UTC dates', async () => {
    const days = join(market, 'quotes/fxcm/eurusd'),
      files = readdirSync(days).map((name) => join(days, name));
    expect((await importFiles({ ...lean, root, files })).rows).toBe(675_401);
    const catalogue = await openCatalogue(root),
      rows = await catalogue.read({ ...series, columns: ['bid'] });
    expect(rows.length).toBe(675_401);
    expect(catalogue.coverage()[0].days.map(({ date }) => date)).toEqual([
      '2014-05-01',
      '2014-05-02',
      '2014-05-04',
      '2014-05-05',
      '2014-05-06',
      '2014-05-07',
      '2014-05-08',
      '2014-05-09',
    ]);
    expect(formatTime(catalogue.coverage()[0].lastTime)).toMatch(/^2014-05-09T20:59:11/);
  });
});
