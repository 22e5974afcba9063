import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { DataError } from '../errors.ts';
import { parseTime } from '../time.ts';
import { parseNumber } from './csv-number.ts';
import { readCsv } from './csv-reader.ts';
import type { CsvOptions } from './csv-reader.ts';
import { openParquet } from './parquet-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const market = fileURLToPath(new URL('../../../../../shared/market/', import.meta.url));

const quotes: Omit<CsvOptions, 'text' | 'file'> = { record: 'quotes', columns: { time: 0, bid: 1, ask: 2 }, timeFormat: 'iso' };
const bars: Omit<CsvOptions, 'text' | 'file'> = {
  record: 'bars',
  columns: { time: 'time', open: 'open', high: 'high', low: 'low', close: 'close' },
  timeFormat: 'iso',
  timeZone: 'UTC',
  interval: '1m',
  time: 'open',
};

async function refusal(options: CsvOptions): Promise<DataError> {
  const error = await readCsv(options).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
}

describe('numbers (oracle: JavaScript, whose Number(text) is the nearest double)', () => {
  const parse = (text: string): number | undefined => {
    const bytes = new TextEncoder().encode(`;${text};`);
    return parseNumber(bytes, 1, bytes.length - 1);
  };

  test('any decimal is the nearest double, by the fast way and by the slow one', () => {
    const texts = [
      '0',
      '-0',
      '1.38727',
      '0.1',
      '1e-7',
      '-12.5',
      '123456789012345678',
      '9007199254740993',
      '0.30000000000000004',
      '1.7976931348623157e308',
      '5e-324',
      '.5',
      '5.',
      '+7',
      '0.000000000000000000000001',
      '00000000000000000000000000001.5',
      '1234567890.123456789012345',
    ];
    let seed = 1;
    for (let i = 0; i < 20_000; i++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const digits = String(seed) + String((seed * 7) % 1_000_003),
        at = seed % digits.length;
      texts.push(`${digits.slice(0, at)}.${digits.slice(at)}`.replace(/^\./, '0.'));
    }
    for (const text of texts) expect(Object.is(parse(text), Number(text)), text).toBe(true);
  });

  test('a missing value is NaN, anything else is refused', () => {
    for (const text of ['', 'NaN', 'null', 'N/A', '.', '-']) expect(parse(text), text).toBeNaN();
    for (const text of ['abc', '1,5', '1.2.3', '0x10', 'Infinity', '--1', '1e', '12 3']) expect(parse(text), text).toBeUndefined();
  });
});

describe('delimited text', () => {
  test('ticks come as exact times and nearest doubles; quotes, blanks, CRLF, blank lines and a byte order mark do not matter', async () => {
    const text = '\ufeff2014-05-01T00:00:00.000000001Z, 1.38727 ,1.38729\r\n\r\n"2014-05-01T02:00:00+02:00","1.1","1.2"\r\n'.replace(
      '00:00:00.000000001Z',
      '00:00:00Z',
    );
    const { columns, length, schema } = await readCsv({ ...quotes, text });
    expect(length).toBe(2);
    expect(schema).toEqual({ time: 'i64', bid: 'f64', ask: 'f64' });
    expect(Array.from(columns.time as BigInt64Array)).toEqual([parseTime('2014-05-01'), parseTime('2014-05-01')]);
    expect(Array.from(columns.bid as Float64Array)).toEqual([1.38727, 1.1]);
  });

  test('columns are found by header names in any order and any capitals; others are left out', async () => {
    const text = 'Close;Time;Note;Open;High;Low\n4;2014-05-01 00:00;a;1;5;0.5\n';
    const { columns } = await readCsv({ ...bars, text, delimiter: ';' });
    expect(Object.keys(columns)).toEqual(['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume']);
    expect((columns.close as Float64Array)[0]).toBe(4);
  });

  test('trades have sides from texts and ids of 64 bits', async () => {
    const { columns } = await readCsv({
      text: '1,18446744073709551615,buy,10,2\n2,7,SELL,10.5,3\n',
      record: 'trades',
      columns: { time: 0, id: 1, side: 2, price: 3, size: 4 },
      timeFormat: 's',
      header: false,
      values: { side: { buy: 1, sell: -1 } },
    });
    expect(Array.from(columns.side as Int8Array)).toEqual([1, -1]);
    expect(Array.from(columns.id as BigUint64Array)).toEqual([18446744073709551615n, 7n]);
  });

  test('a gzipped file reads as the plain one', async () => {
    const text = '2014-05-01T00:00:00Z,1,2\n',
      plain = join(folder, 'a.csv'),
      packed = join(folder, 'a.csv.gz');
    writeFileSync(plain, text);
    writeFileSync(packed, gzipSync(text));
    expect(await readCsv({ ...quotes, file: packed })).toEqual(await readCsv({ ...quotes, file: plain }));
  });

  test('prices go through the grid that the caller gives', async () => {
    const seen: string[] = [];
    const { offGrid } = await readCsv({
      ...quotes,
      text: '2014-05-01T00:00:00Z,1,2\n',
      onGrid: (column, name, noise) => seen.push(`${name} ${noise} ${column.length}`),
    });
    expect(seen).toEqual(['bid f64 1', 'ask f64 1']);
    expect(offGrid).toBe(3);
  });
});

describe('bars', () => {
  const text = 'time,open,high,low,close\n2014-05-01T00:00:00,1,3,0.5,2\n2014-05-01T00:01:00,2,3,1,2\n';

  test('get both their times, from the open or from the close', async () => {
    const open = (await readCsv({ ...bars, text })).columns,
      close = (await readCsv({ ...bars, text, time: 'close' })).columns;
    expect([(open.openTime as BigInt64Array)[0], (open.closeTime as BigInt64Array)[0]]).toEqual([
      parseTime('2014-05-01'),
      parseTime('2014-05-01T00:01:00Z'),
    ]);
    expect([(close.openTime as BigInt64Array)[0], (close.closeTime as BigInt64Array)[0]]).toEqual([
      parseTime('2014-04-30T23:59:00Z'),
      parseTime('2014-05-01'),
    ]);
  });

  test('without an interval, or without saying which end their times label, they are refused', async () => {
    await expect(readCsv({ ...bars, text, interval: undefined })).rejects.toThrow('bars need their interval, such as 1m');
    await expect(readCsv({ ...bars, text, time: undefined })).rejects.toThrow("bars need time: 'open' or 'close'");
  });

  test('days are days of the zone: 23 hours where New York goes to summer time', async () => {
    const days = 'time,open,high,low,close\n2014-03-08,1,1,1,1\n2014-03-09,1,1,1,1\n2014-03-10,1,1,1,1\n';
    const { columns } = await readCsv({ ...bars, text: days, timeZone: 'America/New_York', interval: '1d' });
    const hours = Array.from(columns.closeTime as BigInt64Array, (close, i) => Number(close - (columns.openTime as BigInt64Array)[i]) / 3600e9);
    expect(hours).toEqual([24, 23, 24]);
    expect((columns.openTime as BigInt64Array)[2]).toBe(parseTime('2014-03-10T04:00:00Z'));
  });

  test('newest-first files are turned round when they say so, and refused otherwise', async () => {
    const newest = 'time,open,high,low,close\n2014-05-01T00:01:00,2,3,1,2\n2014-05-01T00:00:00,1,3,0.5,2\n';
    const { columns } = await readCsv({ ...bars, text: newest, order: 'descending' });
    expect(Array.from(columns.open as Float64Array)).toEqual([1, 2]);
    expect((await refusal({ ...bars, text: newest })).place).toEqual({ file: 'text', row: 1, column: 'openTime' });
  });
});

describe('bad text names file, row and column', () => {
  const first = '2014-05-01T00:00:00Z,1,2\n';

  test.each([
    ['a word for a price', `${first}2014-05-01T00:00:01Z,x,2\n`, { row: 1, column: '1' }, '"x" is no number'],
    ['a missing price', `${first}2014-05-01T00:00:01Z,,2\n`, { row: 1, column: 'bid' }, 'the price is missing'],
    ['NaN', `${first}2014-05-01T00:00:01Z,1,NaN\n`, { row: 1, column: 'ask' }, 'the price is missing'],
    ['a negative price', `${first}2014-05-01T00:00:01Z,-1,2\n`, { row: 1, column: 'bid' }, '-1 is no price'],
    ['zero', `${first}2014-05-01T00:00:01Z,1,0\n`, { row: 1, column: 'ask' }, '0 is no price'],
    ['a huge price', `${first}2014-05-01T00:00:01Z,1e300,2\n`, { row: 1, column: 'bid' }, '1e+300 is too large'],
    ['a time of another form', `${first}01.05.2014,1,2\n`, { row: 1, column: '0' }, '"01.05.2014" is no time of format iso'],
    ['a time without zone', `${first}2014-05-01T00:00:01,1,2\n`, { row: 1, column: '0' }, 'states no zone: give timeZone'],
    ['a time out of order', `${first}2014-04-30T00:00:01Z,1,2\n`, { row: 1, column: 'time' }, 'is before 2014-05-01T00:00:00Z'],
    ['a short row', `${first}2014-05-01T00:00:01Z,1\n`, { row: 1 }, 'has 2 fields, 3 are expected'],
    ['a long row', `${first}2014-05-01T00:00:01Z,1,2,3\n`, { row: 1 }, 'has 4 fields, 3 are expected'],
    ['an open quote', `${first}"2014-05-01T00:00:01Z,1,2\n`, { row: 1 }, 'a quoted field does not end on its line'],
    ['no rows at all', '', {}, 'is empty'],
  ])('%s', async (_, text, place, message) => {
    const error = await refusal({ ...quotes, text });
    expect(error.place).toEqual({ file: 'text', ...place });
    expect(error.message).toContain(message);
  });

  test('a header without rows, an unknown column and a repeated bar are refused', async () => {
    expect((await refusal({ ...bars, text: 'time,open,high,low,close\n' })).message).toBe('text: has a header and no rows');
    expect((await refusal({ ...bars, text: 'time,open,high,low,last\n1,2,3,4,5\n' })).message).toContain(
      'there is no column "close", the header has time, open, high, low, last',
    );
    const twice = 'time,open,high,low,close\n2014-05-01T00:00,1,1,1,1\n2014-05-01T00:00,1,1,1,1\n';
    expect((await refusal({ ...bars, text: twice })).message).toContain('row 1, column "openTime": time 2014-05-01T00:00:00Z repeats');
  });

  test('a table of two symbols is refused at the first row of the second', async () => {
    const text = 'time,bid,ask,symbol\n2014-05-01T00:00:00Z,1,2,EURUSD\n2014-05-01T00:00:01Z,1,2,XAUUSD\n',
      columns = { time: 'time', bid: 'bid', ask: 'ask' };
    expect((await refusal({ ...quotes, columns, text })).message).toBe(
      'text, row 1, column "symbol": holds symbol XAUUSD, not EURUSD: a table is of one instrument',
    );
    expect((await refusal({ ...quotes, columns, text, symbol: 'GBPUSD' })).place.row).toBe(0);
  });

  test('negative and missing prices are read where the caller says that they are meant', async () => {
    const text = `${first}2014-05-01T00:00:01Z,-1,\n`;
    expect(Array.from((await readCsv({ ...quotes, text, prices: 'any' })).columns.ask as Float64Array)).toEqual([2, NaN]);
    expect((await refusal({ ...quotes, text, prices: 'signed' })).place.column).toBe('ask');
  });

  test('files that are missing, empty or cut short are refused by name', async () => {
    const cut = join(folder, 'cut.csv.gz'),
      empty = join(folder, 'empty.csv');
    writeFileSync(cut, gzipSync('2014-05-01T00:00:00Z,1,2\n'.repeat(100)).subarray(0, 40));
    writeFileSync(empty, '');
    expect((await refusal({ ...quotes, file: cut })).message).toContain('cut.csv.gz: is no gzip file, or was cut short');
    expect((await refusal({ ...quotes, file: empty })).message).toMatch(/empty\.csv: is empty$/);
    expect((await refusal({ ...quotes, file: join(folder, 'none.csv') })).message).toMatch(/none\.csv: there is no such file$/);
  });

  test('options that do not fit are refused', async () => {
    await expect(readCsv({ ...quotes })).rejects.toThrow('give either file or text');
    await expect(readCsv({ ...quotes, text: first, delimeter: ';' } as CsvOptions)).rejects.toThrow('unknown option "delimeter"');
    await expect(readCsv({ ...quotes, text: first, columns: { time: 0, price: 1 } })).rejects.toThrow('quotes have no column "price"');
    await expect(readCsv({ ...quotes, text: first, columns: { bid: 1 } })).rejects.toThrow('columns must say where time stands');
    await expect(readCsv({ ...quotes, text: first, delimiter: '#' })).rejects.toThrow('delimiter must be one of');
    expect((await refusal({ ...quotes, text: first, columns: { time: 0, bid: 7 } })).message).toContain('has 3 fields, column 7 is asked for');
  });
});

describe.skipIf(!existsSync(market))('real files (skipped without ../shared/market)', () => {
  test('the XRP/ETH trades have 12,477 rows in Parquet, equal to the JSON beside them', async () => {
    const table = await openParquet(join(market, 'ticks/binance-xrpeth/XRP_ETH-trades.parquet'), {
      columns: { time: 'timestamp', id: 'id', side: 'side', price: 'price', size: 'amount' },
      schema: { time: 'i64', id: 'u64', side: 'i8', price: 'f64', size: 'f64' },
      timeUnit: 'ms',
      values: { side: { buy: 1, sell: -1 } },
    });
    const { columns, length } = await table.read();
    await table.close();
    const { readFileSync } = await import('node:fs'),
      { gunzipSync } = await import('node:zlib');
    const rows = JSON.parse(gunzipSync(readFileSync(join(market, 'ticks/binance-xrpeth/XRP_ETH-trades.json.gz'))).toString()) as [
      number,
      string,
      null,
      string,
      number,
      number,
    ][];
    expect(length).toBe(12_477);
    expect(rows.length).toBe(length);
    for (let row = 0; row < length; row++) {
      const [time, id, , side, price, amount] = rows[row];
      expect((columns.time as BigInt64Array)[row]).toBe(BigInt(time) * 1_000_000n);
      expect((columns.id as BigUint64Array)[row]).toBe(BigInt(id));
      expect((columns.side as Int8Array)[row]).toBe(side === 'buy' ? 1 : -1);
      expect([(columns.price as Float64Array)[row], (columns.size as Float64Array)[row]]).toEqual([price, amount]);
    }
  });

  test('HistData and TrueFX ticks, FXCM minutes and S&P days have the rows and times that their README states', async () => {
    const spans: [CsvOptions, number, string, string][] = [
      [
        {
          file: 'quotes/misc/histdata_eurusd_20200101.csv.gz',
          record: 'quotes',
          columns: { time: 0, bid: 1, ask: 2 },
          timeFormat: 'pattern:YYYYMMDD hhmmssf',
          timeZone: 'UTC-5',
        },
        9500,
        '2020-01-01T22:00:00.065Z',
        '2020-01-02T04:00:52.125Z',
      ],
      [
        { file: 'quotes/misc/truefx_usdjpy_20130101.csv', record: 'quotes', columns: { time: 0, bid: 1, ask: 2 }, timeFormat: 'iso' },
        1000,
        '2013-01-01T22:00:00.295Z',
        '2013-01-01T22:35:13.494Z',
      ],
      [
        {
          file: 'bars/fxcm-m1/gbpusd-m1-bid-2012.csv.gz',
          record: 'bars',
          columns: { time: 0, open: 1, high: 2, low: 3, close: 4 },
          timeFormat: 'iso',
          interval: '1m',
          time: 'open',
        },
        30_117,
        '2012-02-01',
        '2012-03-01',
      ],
      [
        {
          file: 'bars/index/sp500.csv.gz',
          record: 'bars',
          columns: { time: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: 'Volume' },
          timeFormat: 'pattern:M/D/YYYY',
          timeZone: 'America/New_York',
          interval: '1d',
          time: 'open',
        },
        5031,
        '1999-01-04T05:00:00Z',
        '2018-12-31T05:00:00Z',
      ],
    ];
    for (const [options, rows, firstTime, lastTime] of spans) {
      const { columns, length } = await readCsv({ ...options, file: join(market, options.file!) });
      const time = (columns.time ?? columns.openTime) as BigInt64Array;
      expect([length, time[0], time[length - 1]], options.file).toEqual([rows, parseTime(firstTime), parseTime(lastTime)]);
    }
  });

  test('the deliberately messy Tesla file is refused at its broken first row', async () => {
    const error = await refusal({
      file: join(market, 'bars/panels/tesla_messy_2015_2018.csv'),
      record: 'bars',
      columns: { time: 'date', open: 'open', high: 'high', low: 'low', close: 'close' },
      timeFormat: 'pattern:YYYY/MM/DD',
      timeZone: 'America/New_York',
      interval: '1d',
      time: 'open',
      order: 'descending',
    });
    expect(error.place.row).toBe(0);
    expect(error.message).toContain('"11:34" is no time');
  });
});
