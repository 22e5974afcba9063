/** Files of the field in ../shared/market; expected rows as its README states them (it names 16 decimals for NautilusTrader's fixed-size integers; this file has 18). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openParquet } from '../parquet-reader.ts';

const market = fileURLToPath(new URL('../../../../../../shared/market/', import.meta.url)),
  isThere = existsSync(market);
if (!isThere) console.warn('parquet/market.test.ts: ../shared/market is not there, its files are not read');

describe.skipIf(!isThere)('files of the field', () => {
  test('prices and sizes of NautilusTrader are integers of sixteen bytes with eighteen decimals', async () => {
    const columns = { time: 'ts_event', bid: 'bid_price', ask: 'ask_price', bidSize: 'bid_size', askSize: 'ask_size' };
    const table = await openParquet(`${market}quotes/misc/nautilus_quote_tick_eurusd_2019.parquet`, {
      columns,
      schema: { time: 'i64' },
      decimals: { bid: 18, ask: 18, bidSize: 18, askSize: 18 },
    });
    const { columns: read, length } = await table.read(),
      time = read.time as BigInt64Array,
      bid = read.bid as Float64Array,
      ask = read.ask as Float64Array;
    expect(length).toBe(10_000);
    expect([time[0], time[length - 1]].map((value) => new Date(Number(value / 1_000_000n)).toISOString())).toEqual([
      '2019-01-01T23:00:00.078Z',
      '2019-01-02T01:36:09.581Z',
    ]);
    // Of five decimals each is the double nearest to its decimal.
    expect([...bid, ...ask].every((price) => Math.round(price * 100_000) / 100_000 === price)).toBe(true);
    expect(bid.every((price, row) => price <= ask[row])).toBe(true);
    // By pyarrow 26.0.1: the unscaled integers are 1146050000000000000, 1145350000000000000 and 10^24.
    expect([bid[0], ask[length - 1], (read.bidSize as Float64Array)[0]]).toEqual([1.14605, 1.14535, 1_000_000]);
    await table.close();
  });

  test('brotli pages, milliseconds and texts of Binance are read', async () => {
    const table = await openParquet(`${market}ticks/binance-btcusdt/btcusdt-trades_20210108.parquet`, {
      columns: { time: 'timestamp', price: 'price', size: 'quantity', side: 'buyer_maker' },
    });
    const { columns, length, texts } = await table.read(),
      time = columns.time as BigInt64Array;
    expect(length).toBe(2_001);
    expect(new Date(Number(time[0] / 1_000_000n)).toISOString().slice(0, 19)).toBe('2021-01-08T00:00:00');
    expect(new Date(Number(time[length - 1] / 1_000_000n)).toISOString().slice(0, 19)).toBe('2021-01-08T00:00:46');
    expect([...texts.side].sort()).toEqual(['False', 'True']);
    await table.close();
  });

  test('12,477 trades with rising ids, some in the millisecond before', async () => {
    const table = await openParquet(`${market}ticks/binance-xrpeth/XRP_ETH-trades.parquet`, {
      columns: { time: 'timestamp', id: 'id', type: 'type', side: 'side' },
      schema: { time: 'i64', id: 'u64', type: 'text', side: 'i8' },
      values: { side: { buy: 1, sell: -1 } },
      timeUnit: 'ms',
    });
    const { columns, length, texts } = await table.read(),
      time = columns.time as BigInt64Array,
      id = columns.id as BigUint64Array;
    let equal = 0;
    for (let row = 1; row < length; row++) {
      equal += Number(time[row] === time[row - 1]);
      expect(id[row] > id[row - 1]).toBe(true);
    }
    expect([length, equal, texts.type]).toEqual([12_477, 2_490, ['None']]);
    expect(new Date(Number(time[0] / 1_000_000n)).toISOString()).toBe('2019-10-11T00:00:11.620Z');
    expect([...new Set(columns.side as Int8Array)].sort()).toEqual([-1, 1]);
    await table.close();
  });
});
