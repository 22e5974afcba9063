/** `zanzibar data generate`: a seeded market, written as a catalogue, or the bars of a schematic with their labels. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMarket, quoteSchema, schematics, tradeSchema, type Schematic } from '@zanzibar/core';
import { importFiles, writeParquet } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { generateSchematicFiles } from './generate-schematic-files.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const ofMarkets = ['days', 'quotes-per-day', 'symbol', 'venue'], ofSchematics = ['noise', 'volume-noise', 'missing', 'decoys'];

const flags: Flags = {
  root: { type: 'text', value: 'FOLDER', about: 'the catalogue (required)' },
  seed: { type: 'text', value: 'NUMBER', about: 'everything random follows from it (default 1)' },
  from: { type: 'text', value: 'DATE', about: 'first trade date (default 2024-01-08)' },
  days: { type: 'text', value: 'COUNT', about: 'trade dates (default 10)' },
  'quotes-per-day': { type: 'text', value: 'COUNT', about: 'mean number of quote changes (default 26000)' },
  symbol: { type: 'text', value: 'NAME', about: 'default EURUSD' },
  venue: { type: 'text', value: 'NAME', about: 'default sample' },
  schematic: { type: 'text', value: 'NAME', about: `instead: bars that follow a Wyckoff schematic, and a file of where its events lie: ${schematics.join(', ')}` },
  noise: { type: 'text', value: 'NUMBER', about: 'of a schematic: deviation of the noise on closes, in mean moves within the range (default 0)' },
  'volume-noise': { type: 'text', value: 'SHARE', about: 'of a schematic: share of the bars that change volumes (default 0)' },
  missing: { type: 'text', value: 'SHARE', about: 'of a schematic: probability with which an event is left out (default 0)' },
  decoys: { type: 'text', value: 'COUNT', about: 'of a schematic: ranges without a climax before it (default 0)' },
};

export const dataGenerateVerb: Verb = {
  help: helpText('data generate --root FOLDER', 'Writes quotes and trades of a generated FX-like market: the same seed gives the same bytes anywhere.', flags, [
    'zanzibar data generate --root out/market --seed 7 --days 5', 'zanzibar data generate --root out/schematics --schematic accumulation --seed 7 --noise 0.5 --volume-noise 0.5',
  ]),
  async run(argv, console, signal) {
    const given = parseFlags('data generate', argv, flags), root = given.text('root'), symbol = given.text('symbol') ?? 'EURUSD', venue = given.text('venue') ?? 'sample', seed = given.number('seed') ?? 1;
    if (root === undefined) throw new UsageError('data generate: --root FOLDER is needed', '--root');
    if (given.words.length > 0) throw new UsageError(`data generate: ${given.words[0]} is too much, the folder is named by --root`, given.words[0]);
    const schematic = given.text('schematic'), stray = (schematic === undefined ? ofSchematics : ofMarkets).find(flag => given.text(flag) !== undefined);
    if (stray !== undefined) throw new UsageError(`data generate: --${stray} goes ${schematic === undefined ? 'with' : 'without'} --schematic`, `--${stray}`);
    if (schematic !== undefined) {
      const start = given.text('from'), noise = given.number('noise') ?? 0, volumeNoise = given.number('volume-noise') ?? 0, missing = given.number('missing') ?? 0, decoys = given.number('decoys') ?? 0;
      const files = await named(generateSchematicFiles, root, { schematic: schematic as Schematic, seed, noise, volumeNoise, missing, decoys, ...(start === undefined ? {} : { from: start }) });
      console.line(`${files.rows} bars in ${files.bars}, ${files.events} events in ${files.labels}`);
      console.result({ root, schematic, seed, ...files });
      return exitCode.done;
    }
    const from = given.text('from'), days = given.number('days'), quotesPerDay = given.number('quotes-per-day');
    const { quotes, trades } = await named(generateMarket, { seed, ...(from === undefined ? {} : { from }), ...(days === undefined ? {} : { days }), ...(quotesPerDay === undefined ? {} : { quotesPerDay }) });
    const folder = await mkdtemp(join(tmpdir(), 'zanzibar-'));
    try {
      let rows = 0;
      for (const [record, schema, columns] of [['quotes', quoteSchema, quotes], ['trades', tradeSchema, trades]] as const) {
        const file = join(folder, `generated-${record}.parquet`);
        await writeParquet(file, { columns: columns as never }, { schema, record });
        const result = await importFiles({ root, files: [file], venue, symbol, record, signal });
        rows += result.rows;
        if (!result.isComplete) throw new Interrupted(`interrupted: ${root} holds ${rows} rows, and not yet the ${record}; run it again`);
        console.line(`${result.rows} ${record} in ${result.written.length} files of ${root}`);
      }
      console.result({ root, symbol, venue, seed, rows });
      return exitCode.done;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Runs it; an option that it refuses is named as the flag that gave it. */
async function named<A extends unknown[], R>(make: (...given: A) => R, ...given: A): Promise<Awaited<R>> {
  try {
    return await make(...given);
  } catch (error) {
    const [, option, rest] = /^generate\w+: (\w+) (.*)/.exec((error as Error).message) ?? [], flag = option?.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`);
    if (error instanceof RangeError && flag !== undefined && Object.hasOwn(flags, flag)) throw new UsageError(`data generate: --${flag} ${rest}`, `--${flag}`);
    throw error;
  }
}
