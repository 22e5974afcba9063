/** Data of runs. Oracle: the rows that were written, and contracts.md 6 and 10. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTime, generateMarket, parseTime, quoteSchema, tradeSchema } from '@zanzibar/core';
import { importFiles, writeParquet } from '@zanzibar/core/io';
import { dataHash } from './data-hash.ts';
import { loadMarkets, type LoadedMarket } from './load-market.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-load-')), root = join(folder, 'catalogue'), { quotes, trades } = generateMarket({ seed: 4, days: 4, quotesPerDay: 800, tradesPerDay: 100 });
const quoteFile = join(folder, 'mine.parquet'), tradeFile = join(folder, 'trades.parquet');
beforeAll(async () => {
  await writeParquet(quoteFile, { columns: quotes as never }, { schema: quoteSchema, record: 'quotes' });
  await writeParquet(tradeFile, { columns: trades as never }, { schema: tradeSchema, record: 'trades' });
  for (const venue of ['a', 'b']) await importFiles({ root, files: [quoteFile], venue, symbol: 'EURUSD', record: 'quotes' });
  await importFiles({ root, files: [tradeFile], venue: 'a', symbol: 'EURUSD', record: 'trades' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strategy = { name: 'none', parameters: {}, sources: () => ({}) }, hash = (markets: readonly LoadedMarket[], over: object = {}): string => dataHash(markets, { from: 0n, to: 9n, strategy, parameters: {}, ...over });

describe('catalogues', () => {
  test('quotes before trades unless another record is named; several instruments at once, sorted by nobody', async () => {
    const [first, second] = await loadMarkets({ data: [root], symbols: ['EURUSD.B', 'eurusd.a'] });
    expect([first.instrument.id, first.kind, second.instrument.id, second.kind]).toEqual(['EURUSD.B', 'quotes', 'EURUSD.A', 'quotes']);
    expect(first.columns.bid).toEqual(quotes.bid);
    const [third] = await loadMarkets({ data: [root], symbols: ['EURUSD.A'], record: 'trades' });
    expect(third.columns.price).toEqual(trades.price);
  });

  test('from is inclusive, to exclusive; reading starts where the engines need it', async () => {
    const from = quotes.time[1200], to = quotes.time[1700], [plain] = await loadMarkets({ data: [root], symbols: ['EURUSD.A'], from, to });
    expect([plain.columns.time[0], plain.columns.time.at(-1) < to]).toEqual([from, true]);
    const [warm] = await loadMarkets({ data: [root], symbols: ['EURUSD.A'], from, to, startOf: (calendar, time) => calendar.sessionOpen(calendar.tradeDate(time)) });
    expect(warm.columns.time[0] < from).toBe(true);
    expect(formatTime(warm.columns.time[0]).slice(0, 10)).toBe(formatTime(from).slice(0, 10));
    expect(hash([warm], { from, to })).toBe(hash(await loadMarkets({ data: [root], symbols: ['EURUSD.A'], from, to, startOf: (calendar, time) => calendar.sessionOpen(calendar.tradeDate(time)) }), { from, to }));
  });

  test('history is no reason to run without rows: they must lie in the run itself', async () => {
    await expect(loadMarkets({ data: [root], symbols: ['EURUSD.A'], from: parseTime('2024-02-01'), startOf: () => 0n })).rejects.toThrow(/EURUSD\.A has no quotes from 2024-02-01T00:00:00Z .*its rows go from 2024-01-07/);
  });

  test('hours come from the days of the whole series, not from those of the run', async () => {
    const [market] = await loadMarkets({ data: [root], symbols: ['EURUSD.A'], from: parseTime('2024-01-09'), to: parseTime('2024-01-10') });
    expect(market.instrument.calendar).toBe('24x7');
    expect((await loadMarkets({ data: [root], symbols: ['EURUSD.A'], calendar: 'fx-week' }))[0].instrument.calendar).toBe('fx-week');
  });
});

test('flags that would do nothing are refused', async () => {
  await expect(loadMarkets({ data: [root], symbols: ['EURUSD.A'], interval: '1m' })).rejects.toThrow(/--interval is about bars, .* has quotes of EURUSD\.A/);
  await expect(loadMarkets({ data: [root], symbols: ['EURUSD.A'], preset: 'mt5', zone: 'UTC' })).rejects.toThrow(/--preset, --zone: about files only/);
});

describe('files', () => {
  test('the name of the file is the instrument, one symbol each renames them', async () => {
    expect((await loadMarkets({ data: [quoteFile] }))[0].instrument.id).toBe('MINE.FILE');
    const markets = await loadMarkets({ data: [quoteFile, tradeFile], symbols: ['EURUSD.OANDA', 'gold'] });
    expect(markets.map(({ instrument }) => [instrument.id, instrument.tick])).toEqual([['EURUSD.OANDA', 0.00001], ['GOLD.FILE', NaN]]);
    await expect(loadMarkets({ data: [quoteFile, tradeFile], symbols: ['x'] })).rejects.toThrow('2 files need 2 symbols in their order, were x');
  });

  test('a stated tick leaves the other facts of a known instrument alone', async () => {
    const [{ instrument }] = await loadMarkets({ data: [quoteFile], symbols: ['EURUSD.OANDA'], tick: 0.0001 });
    expect(instrument).toMatchObject({ tick: 0.0001, quantityStep: 1, minimumQuantity: 1, calendar: 'fx-week', settleCurrency: 'USD' });
  });

  test('bars that state both ends tell their length; one that was cut short does not change it', async () => {
    const minute = 60_000_000_000n, openTime = BigInt64Array.from({ length: 20 }, (_, k) => BigInt(k) * minute), closeTime = openTime.map((time, k) => time + (k === 7 ? minute / 2n : minute)), flat = new Float64Array(20).fill(1), file = join(folder, 'bars.parquet');
    await writeParquet(file, { columns: { openTime, closeTime, open: flat, high: flat, low: flat, close: flat } }, { schema: { openTime: 'i64', closeTime: 'i64', open: 'f64', high: 'f64', low: 'f64', close: 'f64' }, record: 'bars' });
    expect((await loadMarkets({ data: [file] }))[0]).toMatchObject({ kind: 'bars', interval: 60e9 });
  });
});

describe('data hash', () => {
  test('changes with any column, kind, instrument, from, to and columns of one\'s own; not with the order of instruments', async () => {
    const [a] = await loadMarkets({ data: [quoteFile] }), [b] = await loadMarkets({ data: [tradeFile] }), base = hash([a, b]);
    const changed = (market: LoadedMarket, column: string, value: unknown): LoadedMarket => ({ ...market, columns: { ...market.columns, [column]: value } }), bid = a.columns.bid.slice();
    bid[77] += 1e-9;
    const custom = { ...strategy, sources: () => ({ news: { kind: 'custom' as const, columns: { time: BigInt64Array.of(1n), x: [1] } } }) }, other = { ...strategy, sources: () => ({ news: { kind: 'custom' as const, columns: { time: BigInt64Array.of(1n), x: [2] } } }) };
    const all = [base, hash([changed(a, 'bid', bid), b]), hash([changed(a, 'segment', Int32Array.from(a.columns.bid as Float64Array, (_, i) => (i > 5 ? 1 : 0))), b]), hash([{ ...a, instrument: { ...a.instrument, id: 'X.Y' } }, b]), hash([a, b], { to: 10n }), hash([a, b], { from: 1n }), hash([a]), hash([a, b], { strategy: custom }), hash([a, b], { strategy: other })];
    expect(new Set(all).size).toBe(all.length);
    expect(hash([b, a])).toBe(base);
  });
});
