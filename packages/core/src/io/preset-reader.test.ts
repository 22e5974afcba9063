import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DataError } from '../errors.ts';
import { parseTime } from '../time.ts';
import { csvBytes } from './csv-reader.ts';
import { readPreset } from './preset-reader.ts';
import type { PresetName } from './presets.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-preset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const market = fileURLToPath(new URL('../../../../../shared/market/', import.meta.url));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const times = (column: unknown): string[] => Array.from(column as BigInt64Array, String);

describe('presets on small files of each form (oracle: the rows as written)', () => {
  test('Binance klines: milliseconds and, from 2025 on, microseconds; header or none; buys and the rest of the volume', async () => {
    const row = (time: string): string => `${time},1,3,0.5,2,10,1499644799999,20,7,4,8,0\n`;
    const old = await readPreset({
      preset: 'binance-klines',
      file: write('BTCUSDT-1m-2017-07.csv', row('1499644740000')),
      interval: '1m',
      symbol: 'BTC/USDT',
    });
    const header = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n';
    const young = await readPreset({
      preset: 'binance-klines',
      file: write('BTCUSDT-1m-2025-01.csv', header + row('1735689600000000')),
      interval: '1m',
    });
    expect(old.tables.trade.columns).toEqual({
      openTime: BigInt64Array.of(1499644740000000000n),
      closeTime: BigInt64Array.of(1499644800000000000n),
      open: Float64Array.of(1),
      high: Float64Array.of(3),
      low: Float64Array.of(0.5),
      close: Float64Array.of(2),
      volume: Float64Array.of(10),
      buyVolume: Float64Array.of(4),
      sellVolume: Float64Array.of(6),
      tickCount: Float64Array.of(7),
    });
    expect(times(young.tables.trade.columns.openTime)).toEqual([String(parseTime('2025-01-01'))]);
    await expect(readPreset({ preset: 'binance-klines', file: join(folder, 'BTCUSDT-1m-2025-01.csv') })).rejects.toThrow(
      'preset binance-klines: interval is needed',
    );
  });

  test('MetaTrader 5: date and time in two columns of a zone, days without a time', async () => {
    const prices = '<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n',
      row = '1.1\t1.3\t1\t1.2\t55\t0\t12\n';
    const hours = write('EURUSD_H1.csv', `<DATE>\t<TIME>\t${prices}2024.01.02\t03:00:00\t${row}`),
      daily = write('EURUSD_D1.csv', `<DATE>\t${prices}2024.01.02\t${row}`);
    const hour = await readPreset({ preset: 'mt5', file: hours, timeZone: '+02:00', interval: '1h' }),
      day = await readPreset({ preset: 'mt5', file: daily, timeZone: '+02:00', interval: '1d' });
    expect(times(hour.tables.bid.columns.openTime)).toEqual([String(parseTime('2024-01-02T01:00:00Z'))]);
    expect(times(hour.tables.bid.columns.closeTime)).toEqual([String(parseTime('2024-01-02T02:00:00Z'))]);
    expect(times(day.tables.bid.columns.openTime)).toEqual([String(parseTime('2024-01-01T22:00:00Z'))]);
    expect((hour.tables.bid.columns.tickCount as Float64Array)[0]).toBe(55);
    await expect(readPreset({ preset: 'mt5', file: hours, interval: '1h' })).rejects.toThrow('preset mt5: timeZone is needed');
  });

  test('Yahoo: days of the exchange; a row of nulls is refused with its row', async () => {
    const header = 'Date,Open,High,Low,Close,Adj Close,Volume\n',
      day = '2024-01-02,10,12,9,11,10.5,1000\n';
    const { tables } = await readPreset({ preset: 'yahoo', file: write('SPY.csv', header + day), timeZone: 'America/New_York' });
    expect(times(tables.trade.columns.openTime)).toEqual([String(parseTime('2024-01-02T05:00:00Z'))]);
    expect((tables.trade.columns.close as Float64Array)[0]).toBe(11);
    const error = await readPreset({
      preset: 'yahoo',
      file: write('GAP.csv', `${header}${day}2024-01-03,null,null,null,null,null,null\n`),
      timeZone: 'America/New_York',
    }).catch((caught: unknown) => caught);
    expect((error as DataError).place).toEqual({ file: join(folder, 'GAP.csv'), row: 1, column: 'open' });
  });

  test('Lean: trade ticks by name, sized quotes by their fields, and the zone of the venue', async () => {
    const trade = await readPreset({ preset: 'lean-tick', file: write('20240102_btcusd_tick_trade.csv', '1.5,42000.5,0.25\n'), venue: 'coinbase' });
    const quote = await readPreset({
      preset: 'lean-tick',
      file: write('20240102_btcusd_tick_quote.csv', '1.5,42000,2,42001,3\n'),
      venue: 'Coinbase',
    });
    expect(trade.record).toBe('trades');
    expect(trade.tables[''].columns).toEqual({
      time: BigInt64Array.of(parseTime('2024-01-02') + 1_500_000n),
      price: Float64Array.of(42_000.5),
      size: Float64Array.of(0.25),
    });
    expect(Object.keys(quote.tables[''].columns)).toEqual(['time', 'bid', 'ask', 'bidSize', 'askSize']);
    await expect(readPreset({ preset: 'lean-tick', file: join(folder, '20240102_btcusd_tick_quote.csv'), venue: 'nowhere' })).rejects.toThrow(
      'the zone of venue "nowhere" is not known',
    );
  });

  test('a file of another form, another symbol or an unknown preset is refused', async () => {
    const file = write('20240102_eurusd_tick_quote.csv', '1,2,3,4\n');
    await expect(readPreset({ preset: 'lean-tick', file, venue: 'oanda' })).rejects.toThrow('has 4 fields; files of preset lean-tick have 3 or 5');
    await expect(readPreset({ preset: 'lean-tick', file, venue: 'oanda', symbol: 'XAUUSD' })).rejects.toThrow('says symbol EURUSD, not XAUUSD');
    await expect(readPreset({ preset: 'lean' as PresetName, file })).rejects.toThrow('preset must be one of lean-tick');
  });
});

describe.skipIf(!existsSync(market))("Lean's real files (skipped without ../shared/market; oracle: its README)", () => {
  const read = async (path: string, preset: PresetName, venue: string): Promise<number> => {
    let rows = 0;
    for (const name of readdirSync(join(market, path)))
      rows += (await readPreset({ preset, file: join(market, path, name), venue })).tables[''].length;
    return rows;
  };

  test('all ticks: OANDA EURUSD 321,559, FXCM EURUSD 675,401, XAUUSD 972,213', async () => {
    expect(await read('quotes/oanda-fx/eurusd', 'lean-tick', 'oanda')).toBe(321_559);
    expect(await read('quotes/fxcm/eurusd', 'lean-tick', 'fxcm')).toBe(675_401);
    expect(await read('quotes/oanda-cfd/xauusd', 'lean-tick', 'oanda')).toBe(972_213);
  });

  test('fractions of a millisecond are exact: every time of a gold day equals its digits in BigInt arithmetic', async () => {
    const file = join(market, 'quotes/oanda-cfd/xauusd/20140504_quote.zip'),
      { tables } = await readPreset({ preset: 'lean-tick', file, venue: 'oanda' });
    const lines = new TextDecoder()
        .decode((await csvBytes(file)).bytes)
        .trim()
        .split(/\r?\n/),
      start = parseTime('2014-05-04');
    expect(lines.length).toBe(9889);
    lines.forEach((line, row) => {
      const [time, bid, ask] = line.split(','),
        [whole, fraction = ''] = time.split('.');
      expect((tables[''].columns.time as BigInt64Array)[row]).toBe(start + BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0')));
      expect([(tables[''].columns.bid as Float64Array)[row], (tables[''].columns.ask as Float64Array)[row]]).toEqual([Number(bid), Number(ask)]);
    });
  });

  test("FXCM's clock is five hours behind UTC", async () => {
    const { tables } = await readPreset({ preset: 'lean-tick', file: join(market, 'quotes/fxcm/eurusd/20140501_quote.zip'), venue: 'fxcm' });
    expect((tables[''].columns.time as BigInt64Array)[0]).toBe(parseTime('2014-05-01T05:00:01.787Z'));
  });

  test.each([
    ['bars/oanda/second/eurusd/20140506_quote.zip', 'lean-second', 'oanda', 18_679, '2014-05-06T00:00:00Z', '2014-05-06T23:59:56Z'],
    ['bars/fxcm/minute/eurusd/20140502_quote.zip', 'lean-minute', 'fxcm', 958, '2014-05-02T05:00:00Z', '2014-05-02T20:59:00Z'],
    ['bars/oanda/hour/xauusd.zip', 'lean-hour', 'oanda', 76_499, '2006-03-20T00:00:00Z', '2019-02-25T23:00:00Z'],
    ['bars/fxcm/daily/gbpusd.zip', 'lean-daily', 'fxcm', 3278, '2007-03-30T05:00:00Z', '2018-07-17T05:00:00Z'],
  ] as const)('%s gives a bid and an ask table with both times', async (path, preset, venue, rows, first, last) => {
    const { tables, record } = await readPreset({ preset, file: join(market, path), venue });
    expect([record, Object.keys(tables)]).toEqual(['bars', ['bid', 'ask']]);
    for (const { columns, length } of Object.values(tables)) {
      expect(length).toBe(rows);
      expect(Object.keys(columns)).toEqual(['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume']);
      const open = columns.openTime as BigInt64Array;
      expect([open[0], open[rows - 1]]).toEqual([parseTime(first), parseTime(last)]);
    }
  });

  test('trade bars have one table with volume', async () => {
    const { tables } = await readPreset({
      preset: 'lean-minute',
      file: join(market, 'bars/binance/minute/btcbusd/20221213_trade.zip'),
      venue: 'binance',
    });
    expect(Object.keys(tables)).toEqual(['trade']);
    expect([tables.trade.length, (tables.trade.columns.volume as Float64Array)[0]]).toEqual([1440, 110.66042]);
  });
});
