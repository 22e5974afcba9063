/** `zanzibar enrich` and `zanzibar engines`. Oracle: the engines run in this process, hyparquet reading what was written, and the register. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { combine } from '@zanzibar/core';
import { liquidityPools, sweeps } from '@zanzibar/engines/liquidity';
import { swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import { root, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('enrich'), data = ['--data', join(root, 'data'), '--symbol', 'EURUSD', '--quiet'];

test('bars of the sample are written with engine columns, events beside them, and both open in another reader', async () => {
  const out = join(folder.root, 'enriched.parquet');
  const { code, out: printed, error } = await zanzibar(['enrich', ...data, '--timeframes', '5m,1h', '--engines', 'short=atr,swings,structureBreaks', '--set', 'short.period=5', '--set', 'swings.left=3', '--out', out, '--json']);
  expect([code, error]).toEqual([0, '']);
  const { data: told } = JSON.parse(printed), file = await asyncBufferFromFile(out), metadata = await parquetMetadataAsync(file);
  expect(metadata.key_value_metadata).toEqual(expect.arrayContaining([{ key: 'zanzibar.schema', value: 'enrichedBars' }, { key: 'zanzibar.version', value: '1.0' }, { key: 'instrument', value: 'EURUSD.SAMPLE' }]));
  const rows = await parquetReadObjects({ file, compressors }), events = await parquetReadObjects({ file: await asyncBufferFromFile(told.eventsOut), compressors });
  expect([rows.length, events.length]).toEqual([told.bars, told.events]);
  expect(Object.keys(rows[0]).slice(-2)).toEqual(['5m_short', '1h_short']);
  expect(rows.slice(0, 5).map(row => row['5m_short'])).toEqual([NaN, NaN, NaN, NaN, NaN]);
  // An hour's value stands for the twelve bars that close with it and after it.
  const changes = rows.map((row, i) => i > 0 && row['1h_short'] === row['1h_short'] && row['1h_short'] !== rows[i - 1]['1h_short'] ? i : -1).filter(i => i >= 0);
  expect(changes.length).toBeGreaterThan(50);
  for (const i of changes) expect(Number(rows[i].closeTime) % 3_600_000).toBe(0);
  expect([...new Set(events.map(event => event.source))].sort()).toEqual(['1h_structureBreaks', '1h_swings', '5m_structureBreaks', '5m_swings']);
});

test('with --float32 the columns of engines are the same numbers as 32-bit floats, those of bars are not touched', async () => {
  const outs = ['double', 'single'].map(name => join(folder.root, `${name}.parquet`));
  for (const [k, out] of outs.entries()) expect((await zanzibar(['enrich', ...data, '--timeframes', '1h', '--engines', 'atr,sma', '--out', out, ...(k === 1 ? ['--float32'] : [])])).code).toBe(0);
  const [double, single] = await Promise.all(outs.map(async out => parquetReadObjects({ file: await asyncBufferFromFile(out), compressors })));
  expect(single.length).toBe(double.length);
  for (const [i, row] of single.entries()) expect([row['1h_atr'], row['1h_sma'], row.close, row.closeTime]).toEqual([Math.fround(double[i]['1h_atr'] as number), Math.fround(double[i]['1h_sma'] as number), double[i].close, double[i].closeTime]);
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(outs[1]));
  expect(['1h_atr', 'close'].map(name => schema.find(element => element.name === name)!.type)).toEqual(['FLOAT', 'DOUBLE']);
});

test('one engine over a file runs what it reads before it: tables, and a column that the file does not have', async () => {
  const bars = join(folder.root, 'bars.csv');
  expect((await zanzibar(['bars', '--data', join(root, 'data'), '--record', 'quotes', '--every', '5m', '--out', bars, '--quiet'])).code).toBe(0);
  const columns = Object.fromEntries(['open', 'high', 'low', 'close'].map(name => {
    const [header, ...rows] = readFileSync(bars, 'utf8').trim().split('\n').map(line => line.split(',')), at = header.indexOf(name);
    return [name, Float64Array.from(rows, row => Number(row[at]))];
  })) as { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array };
  const byHand = combine({
    atr: [atr, 'bars', { period: 5 }], swings: [swings, 'bars', { left: 2 }], pools: [liquidityPools, 'bars', { atrMultiple: 0.3 }, { swings: 'swings.events', atr: 'atr/atr' }], sweeps: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }],
  })({ bars: columns }).sweeps.events;
  const { code, out, error } = await zanzibar(['engine', 'sweeps', '--data', bars, '--set', 'atr.period=5', '--set', 'swings.left=2', '--set', 'levels.atrMultiple=0.3', '--json', '--quiet']);
  expect([code, error]).toEqual([0, '']);
  const told = JSON.parse(out).data.tables.events as { knownRow: number; direction: number; level0: number }[];
  expect(told.length).toBeGreaterThan(20);
  expect(told.map(({ knownRow, direction, level0 }) => [knownRow, direction, level0])).toEqual(Array.from({ length: byHand.length }, (_, k) => [byHand.knownRow[k], byHand.direction[k], byHand.level0[k]]));
  expect((await zanzibar(['engine', 'footprint', '--data', bars, '--quiet'])).error).toContain('footprint reads the table "trades", which no engine makes of a file of bars');
  expect((await zanzibar(['engine', 'sweeps', '--data', bars, '--set', 'gaps.cap=3', '--quiet'])).error).toContain('sweeps reads no table "gaps", it reads levels, swings, atr');
});

test('engines lists every engine, by family, by inputs, and one in full', async () => {
  const register = JSON.parse(readFileSync(join(root, 'packages/engines/register.json'), 'utf8')) as { name: string; family: string; inputs: string[]; source: string; oracles: { file: string }[] }[];
  const all = await zanzibar(['engines', '--json']);
  expect(JSON.parse(all.out).data.engines).toEqual(register);
  const text = (await zanzibar(['engines'])).out.trimEnd().split('\n');
  expect(text.map(line => line.split(' ')[0])).toEqual(register.map(({ name }) => name));
  const names = async (...argv: string[]): Promise<string[]> => JSON.parse((await zanzibar(['engines', ...argv, '--json'])).out).data.engines.map(({ name }: { name: string }) => name);
  expect(await names('--family', 'structure')).toEqual(register.filter(({ family }) => family === 'structure').map(({ name }) => name));
  expect(await names('--inputs', 'trades')).toEqual(register.filter(({ inputs }) => inputs.includes('trades')).map(({ name }) => name));
  const { out } = await zanzibar(['engines', 'atr']), entry = register.find(({ name }) => name === 'atr')!;
  for (const words of [entry.source, entry.oracles[0].file, '--set period  14', 'period rows']) expect(out).toContain(words);
});

test('engines over quotes and over trades stand beside those over bars, and one over the other says so', async () => {
  const columns = async (record: string, engines: string, ...more: string[]): Promise<string[]> => {
    const { code, out, error } = await zanzibar(['enrich', ...data, '--record', record, '--timeframes', '1h', '--engines', engines, ...more, '--out', join(folder.root, `${record}.parquet`), '--json']);
    expect([code, error]).toEqual([0, '']);
    return JSON.parse(out).data.columns.slice(13);
  };
  expect(await columns('quotes', 'atr,orderFlowImbalance,barOrderFlowImbalance')).toEqual(['1h_atr', '1h_barOrderFlowImbalance_sum', '1h_barOrderFlowImbalance_normalised', 'quotes_orderFlowImbalance_orderFlowImbalance', 'quotes_orderFlowImbalance_depth']);
  expect(await columns('trades', 'vpin,tradeSign,delta', '--set', 'vpin.bucketVolume=50')).toEqual(expect.arrayContaining(['1h_delta_delta', 'trades_vpin', 'trades_tradeSign_side']));
  const { code, error } = await zanzibar(['enrich', ...data, '--record', 'quotes', '--timeframes', '1h', '--engines', 'vpin', '--out', join(folder.root, 'none.parquet')]);
  expect([code, error]).toEqual([2, expect.stringContaining('enrich: vpin goes over trades (it needs price, size), and the data are quotes: name trades with --record')]);
});

test('what is wrong with the words is told by name, and nothing is written', async () => {
  const before = folder.list(), out = join(folder.root, 'never.parquet'), refused = async (argv: string[], message: RegExp): Promise<void> => {
    const { code, error } = await zanzibar(argv);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  };
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'magic', '--out', out], /enrich: there is no engine "magic"/);
  await refused(['enrich', ...data, '--engines', 'atr', '--out', out], /enrich: --timeframes LIST is needed/);
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'atr', '--out', 'x.txt'], /enrich: --out FILE ending in \.parquet, \.arrow or \.feather is needed, was x\.txt/);
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'atr,atr', '--out', out], /enrich: atr is there twice, name one of them otherwise: other=atr/);
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'atr', '--set', 'rsi.period=3', '--out', out], /enrich: --set rsi\.period=3 is no NODE\.OPTION=VALUE of atr/);
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'atr', '--set', 'atr.period=0.5', '--out', out], /atr: period must be a positive integer, was 0\.5/);
  await refused(['enrich', ...data, '--timeframes', '5m', '--engines', 'structureBreaks', '--out', out], /structureBreaks reads the table "swings", and there is no engine called swings/);
  await refused(['enrich', ...data, '--timeframes', '5 parsecs', '--engines', 'atr', '--out', out], /5 parsecs/);
  await refused(['engines', '--family', 'magic'], /engines: --family must be one of .*structure.*, was magic/);
  await refused(['engines', '--inputs', 'tea'], /engines: --inputs must be one of price, trades, quotes, book, was tea/);
  expect(folder.list()).toEqual(before);
});
