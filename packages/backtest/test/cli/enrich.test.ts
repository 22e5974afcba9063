/** `zanzibar enrich` and `zanzibar engines`. Oracle: the engines run in this process, hyparquet reading what was written, and the register. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
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
