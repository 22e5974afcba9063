import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parseTime } from '../time.ts';
import { readPreset } from './preset-reader.ts';
import type { PresetName } from './presets.ts';
import { readSource } from './source-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-vendor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const market = fileURLToPath(new URL('../../../../../shared/market/', import.meta.url));

/** The table of these lines; `name` is the file's. */
async function rows(preset: PresetName, name: string, lines: readonly string[], options: object = {}): Promise<{ [column: string]: unknown[] }> {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { tables } = await readPreset({ preset, file, ...options });
  const [table] = Object.values(tables);
  return Object.fromEntries(Object.entries(table.columns).map(([column, values]) => [column, Array.from(values as Float64Array)]));
}

describe('rows of the layout that each vendor documents (oracle: the rows as written)', () => {
  test('TrueFX: pair, UTC time, bid and ask; the pair must be the symbol, however it is spelt', async () => {
    const lines = ['EUR/USD,20090501 00:00:00.056,1.32231,1.32236', 'EUR/USD,20090501 00:00:00.299,1.3223,1.32235'];
    expect(await rows('truefx', 'EURUSD-2009-05.csv', lines, { symbol: 'EURUSD' })).toEqual({
      time: [parseTime('2009-05-01T00:00:00.056Z'), parseTime('2009-05-01T00:00:00.299Z')], bid: [1.32231, 1.3223], ask: [1.32236, 1.32235],
    });
    await expect(rows('truefx', 'EURUSD-2009-05.csv', lines, { symbol: 'GBPUSD' })).rejects.toThrow('holds symbol EUR/USD, not GBPUSD');
  });

  test('HistData: ticks and minute bars, ASCII and MetaTrader, five hours behind UTC in winter and in summer', async () => {
    expect(await rows('histdata', 'DAT_ASCII_EURUSD_T_201202.csv', ['20120201 000000660,1.306600,1.306770,0'], { symbol: 'EURUSD' })).toEqual({
      time: [parseTime('2012-02-01T05:00:00.660Z')], bid: [1.3066], ask: [1.30677],
    });
    const bar = { open: [1.3066], high: [1.3067], low: [1.3065], close: [1.30655], volume: [0] };
    expect(await rows('histdata', 'DAT_ASCII_EURUSD_M1_2012.csv', ['20120701 000100;1.306600;1.306700;1.306500;1.306550;0'])).toEqual({
      openTime: [parseTime('2012-07-01T05:01:00Z')], closeTime: [parseTime('2012-07-01T05:02:00Z')], ...bar,
    });
    expect(await rows('histdata', 'DAT_MT_EURUSD_M1_2012.csv', ['2012.07.01,00:01,1.306600,1.306700,1.306500,1.306550,0'])).toEqual({
      openTime: [parseTime('2012-07-01T05:01:00Z')], closeTime: [parseTime('2012-07-01T05:02:00Z')], ...bar,
    });
    await expect(rows('histdata', 'DAT_ASCII_EURUSD_T_201203.csv', ['20120301 000000660,1,2,0'], { symbol: 'USDJPY' })).rejects.toThrow('says symbol EURUSD, not USDJPY');
  });

  test('Dukascopy: JForex and dukascopy-node, ticks and bars; sizes in units, not in millions', async () => {
    const tick = { bid: [1.12086], ask: [1.12088], bidSize: [1_120_000], askSize: [750_000] };
    expect(await rows('dukascopy', 'EURUSD_Ticks_02.01.2020-02.01.2020.csv', ['Gmt time,Ask,Bid,AskVolume,BidVolume', '02.01.2020 00:00:00.123,1.12088,1.12086,0.75,1.12'])).toEqual({
      time: [parseTime('2020-01-02T00:00:00.123Z')], ...tick,
    });
    expect(await rows('dukascopy', 'eurusd-tick-2020-01-02-2020-01-03.csv', ['timestamp,askPrice,bidPrice,askVolume,bidVolume', '1577923200123,1.12088,1.12086,0.75,1.12'], { symbol: 'EURUSD' })).toEqual({
      time: [parseTime('2020-01-02T00:00:00.123Z')], ...tick,
    });
    const bars = { open: [1.1], high: [1.2], low: [1], close: [1.15], volume: [335_900_024.414062] };
    expect(await rows('dukascopy', 'EURUSD_Candlestick_1_M_BID_02.01.2020-02.01.2020.csv', ['Gmt time,Open,High,Low,Close,Volume', '02.01.2020 00:01:00.000,1.1,1.2,1,1.15,335.900024414062'], { interval: '1m' })).toEqual({
      openTime: [parseTime('2020-01-02T00:01:00Z')], closeTime: [parseTime('2020-01-02T00:02:00Z')], ...bars,
    });
    expect(await rows('dukascopy', 'eurusd-m1-bid-2020.csv', ['timestamp,open,high,low,close,volume', '1577923260000,1.1,1.2,1,1.15,335.900024414062'], { interval: '1m' })).toMatchObject(bars);
    await expect(rows('dukascopy', 'EURUSD_Ticks_x.csv', ['Local time,Ask,Bid,AskVolume,BidVolume', '02.01.2020 00:00:00.123 GMT+0100,1,1,1,1'])).rejects.toThrow('is of none of the forms of preset dukascopy');
  });

  test('Binance trades: milliseconds and microseconds, spot and futures, header or none; a buyer who was the maker is a sale (rows of its README)', async () => {
    const one = { time: [1583709433583000000n], price: [17.8018], size: [5.69], side: [-1], id: [51175358n] };
    expect(await rows('binance-trades', 'BNBUSDT-trades-2020-03.csv', ['51175358,17.80180000,5.69000000,101.29224200,1583709433583,True,True'], { symbol: 'BNB/USDT' })).toEqual(one);
    expect(await rows('binance-trades', 'BNBUSDT-trades-2025-03.csv', ['51175358,17.80180000,5.69000000,101.29224200,1583709433583000,True,True'])).toEqual(one);
    expect(await rows('binance-trades', 'BTCUSD_PERP-trades-2020-06.csv', ['id,price,qty,base_qty,time,is_buyer_maker', '28457,9635.0,1,0.01037883,1591250192508,false'], { symbol: 'BTCUSD_PERP' })).toEqual({
      time: [1591250192508000000n], price: [9635], size: [1], side: [1], id: [28457n],
    });
  });

  test('Binance aggregate trades, spot and futures (rows of its README)', async () => {
    expect(await rows('binance-aggtrades', 'XRPUSDT-aggTrades-2020-12-25.csv', ['7,0.20000000,50.00000000,3,5,1608872400000,False,True'])).toEqual({
      time: [1608872400000000000n], price: [0.2], size: [50], side: [1], id: [7n],
    });
    const header = 'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker';
    expect(await rows('binance-aggtrades', 'ETHBTC-aggTrades-2017-06.csv', [header, '26129,0.01633102,4.70443515,27781,27781,1498793709153,true'])).toEqual({
      time: [1498793709153000000n], price: [0.01633102], size: [4.70443515], side: [-1], id: [26129n],
    });
  });

  test('Kraken: seconds with or without decimals', async () => {
    expect(await rows('kraken-trades', 'XBTUSD.csv', ['1381095255,122.0,0.10000000', '1381095255.7342,123.61,0.2'])).toEqual({
      time: [1381095255000000000n, 1381095255734200000n], price: [122, 123.61], size: [0.1, 0.2],
    });
  });

  test('Lean crypto: tick trades, and tick quotes with sizes (rows of its crypto readme)', async () => {
    const start = parseTime('2018-04-04') + 86_400_000_000n;
    expect(await rows('lean-tick', '20180404_btcusd_tick_trade.csv', ['86400,232.40,93.1'], { venue: 'coinbase', symbol: 'BTCUSD' })).toEqual({ time: [start], price: [232.4], size: [93.1] });
    expect(await rows('lean-tick', '20180404_btcusd_tick_quote.csv', ['86400,232.40,20392.0,232.42,8059.5'], { venue: 'coinbase' })).toEqual({
      time: [start], bid: [232.4], ask: [232.42], bidSize: [20392], askSize: [8059.5],
    });
  });

  test('JSON of another form, cut short or empty is refused', async () => {
    await expect(rows('freqtrade-trades', 'a.json', ['[[1,"2",null'])).rejects.toThrow('is no JSON, or was cut short');
    await expect(rows('freqtrade-trades', 'a.json', ['[]'])).rejects.toThrow('has no rows');
    await expect(rows('freqtrade-trades', 'a.json', ['{"a":1}'])).rejects.toThrow('is no list of trades');
    await expect(rows('dukascopy', 'a.json', ['{"timestamp":1,"multiplier":0.1,"ask":1,"bid":1,"times":[1],"asks":[],"bids":[1],"askVolumes":[1],"bidVolumes":[1]}'])).rejects.toThrow('has 0 asks for 1 times');
    await expect(rows('binance-trades', 'a.json', ['[[1,2]]'])).rejects.toThrow(/fields/);
    await expect(readSource(join(folder, 'x.parquet'), { preset: 'truefx' })).rejects.toThrow('preset truefx is of delimited files');
  });
});

describe.skipIf(!existsSync(market))('recorded files (skipped without ../shared/market; oracle: its README, and their own text)', () => {
  test.each([
    ['quotes/misc/truefx_usdjpy_20130101.csv', 'truefx', 1000, '2013-01-01T22:00:00.295Z', '2013-01-01T22:35:13.494Z', [86.655, 86.728]],
    ['quotes/misc/histdata_eurusd_20200101.csv.gz', 'histdata', 9500, '2020-01-01T22:00:00.065Z', '2020-01-02T04:00:52.125Z', [1.1212, 1.12172]],
  ] as const)('%s', async (path, preset, count, first, last, [bid, ask]) => {
    const { tables } = await readPreset({ preset, file: join(market, path) }),
      { columns, length } = tables[''],
      time = columns.time as BigInt64Array;
    expect([length, time[0], time[count - 1]]).toEqual([count, parseTime(first), parseTime(last)]);
    expect([(columns.bid as Float64Array)[0], (columns.ask as Float64Array)[0]]).toEqual([bid, ask]);
  });

  test('Kraken: 148 trades', async () => {
    const { tables } = await readPreset({ preset: 'kraken-trades', file: join(market, 'ticks/kraken/BCHEUR.csv') }),
      { columns, length } = tables[''];
    expect([length, (columns.time as BigInt64Array)[0], (columns.time as BigInt64Array)[147]]).toEqual([148, 1672531436000000000n, 1672615187000000000n]);
    expect([(columns.price as Float64Array)[0], (columns.size as Float64Array)[0]]).toEqual([90.54, 1.1044842]);
  });

  test('XRP/ETH: Parquet, Feather, JSON rows and ccxt objects are the same 12,477 trades, bit by bit', async () => {
    const files = ['XRP_ETH-trades.parquet', 'XRP_ETH-trades.feather', 'XRP_ETH-trades.json.gz'];
    const read = async (name: string): Promise<{ [column: string]: unknown }> =>
      (await readSource(join(market, 'ticks/binance-xrpeth', name), { preset: 'freqtrade-trades', symbol: name.startsWith('XRP_ETH') ? 'XRP/ETH' : undefined })).tables[''].columns;
    const objects = await read('XRP_OLD-trades.json.gz'),
      raw = JSON.parse(gunzipSync(readFileSync(join(market, 'ticks/binance-xrpeth/XRP_OLD-trades.json.gz'))).toString()) as { info: { a: number; p: string; q: string; T: number; m: boolean } }[];
    expect(objects).toEqual({
      time: BigInt64Array.from(raw, ({ info }) => BigInt(info.T) * 1_000_000n),
      price: Float64Array.from(raw, ({ info }) => Number(info.p)),
      size: Float64Array.from(raw, ({ info }) => Number(info.q)),
      side: Int8Array.from(raw, ({ info }) => (info.m ? -1 : 1)),
      id: BigUint64Array.from(raw, ({ info }) => BigInt(info.a)),
    });
    expect((objects.time as BigInt64Array).length).toBe(12_477);
    for (const name of files) {
      const columns = await read(name);
      for (const column of Object.keys(objects)) expect(columns[column], `${name} ${column}`).toEqual(objects[column]);
    }
  });

  test('Binance BTCUSDT trades in Parquet: consecutive ids, sides of both kinds', async () => {
    const { tables } = await readSource(join(market, 'ticks/binance-btcusdt/btcusdt-trades_20210108.parquet'), { preset: 'binance-trades' }),
      { columns, length } = tables[''],
      id = columns.id as BigUint64Array;
    expect([length, id[length - 1] - id[0]]).toEqual([2001, 2000n]);
    expect((columns.time as BigInt64Array)[0] / 1_000_000_000n).toBe(parseTime('2021-01-08T00:00:00Z') / 1_000_000_000n);
    expect(new Set(columns.side as Int8Array)).toEqual(new Set([1, -1]));
  });

  test("an hour of Dukascopy's JSON: differences summed in integer points, sizes in units", async () => {
    const path = join(market, 'ticks/dukascopy/ticks-EUR-USD-2026-7-13-12.json'),
      hour = JSON.parse(readFileSync(path, 'utf8')) as { asks: number[]; bids: number[]; times: number[]; bidVolumes: number[] };
    const { tables } = await readPreset({ preset: 'dukascopy', file: path }),
      { columns, length } = tables[''],
      sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    expect(length).toBe(3551);
    expect((columns.time as BigInt64Array)[length - 1]).toBe(BigInt(1783944000000 + sum(hour.times)) * 1_000_000n);
    expect((columns.ask as Float64Array)[length - 1]).toBe((114277 + sum(hour.asks)) / 100_000);
    expect((columns.bid as Float64Array)[length - 1]).toBe((114273 + sum(hour.bids)) / 100_000);
    expect((columns.bidSize as Float64Array)[0]).toBeCloseTo(hour.bidVolumes[0] * 1e6, 5);
    // Within the hour, and the ask above the bid on every tick: a wrong sum would not keep both.
    expect((columns.time as BigInt64Array)[length - 1] < parseTime('2026-07-13T13:00:00Z')).toBe(true);
    expect((columns.ask as Float64Array).every((ask, i) => ask > (columns.bid as Float64Array)[i])).toBe(true);
  });

  test.each([
    ['bars/coinbase/minute/btcusd/20161007_trade.zip', 'lean-minute', 'coinbase', ['trade'], 1419],
    ['bars/coinbase/minute/btcusd/20180404_quote.zip', 'lean-minute', 'coinbase', ['bid', 'ask'], 1437],
    ['bars/coinbase/second/btcusd/20161007_trade.zip', 'lean-second', 'coinbase', ['trade'], 4063],
    ['bars/bybit/minute/btcusdt/20221213_trade.zip', 'lean-minute', 'bybit', ['trade'], 1440],
    ['bars/bybit/minute/btcusdt/20221213_quote.zip', 'lean-minute', 'bybit', ['bid', 'ask'], 721],
  ] as const)('Lean crypto: %s', async (path, preset, venue, names, count) => {
    const { tables } = await readPreset({ preset, file: join(market, path), venue });
    expect([Object.keys(tables), ...Object.values(tables).map(({ length }) => length)]).toEqual([names, ...names.map(() => count)]);
    const day = basename(path).slice(0, 8);
    const open = Object.values(tables)[0].columns.openTime as BigInt64Array;
    expect(new Date(Number(open[0] / 1_000_000n)).toISOString().slice(0, 10).replaceAll('-', '')).toBe(day);
  });

  test.each(['ETH', 'LTC', 'XMR', 'XLM', 'DASH', 'TRX'])('%s/BTC bars of five minutes in Feather with LZ4 buffers are those that lz4js and Apache read', async (coin) => {
    const { sharedFeather } = await import('../../test/shared-feather.ts'),
      path = `bars/crypto-5m/${coin}_BTC-5m.feather`;
    const layout = { record: 'bars', interval: '5m', time: 'open', columns: { time: 'date', open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume' } } as const;
    const { tables } = await readSource(join(market, path), layout),
      theirs = sharedFeather(`market/${path}`);
    const { columns } = tables[''];
    expect(columns.openTime).toEqual(theirs.date);
    for (const name of ['open', 'high', 'low', 'close', 'volume']) expect(columns[name], name).toEqual(theirs[name]);
    expect((columns.closeTime as BigInt64Array)[0] - (columns.openTime as BigInt64Array)[0]).toBe(300_000_000_000n);
  });
});
