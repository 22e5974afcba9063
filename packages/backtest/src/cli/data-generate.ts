/** `zanzibar data generate`: a seeded market, written as a catalogue. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMarket, quoteSchema, tradeSchema } from '@zanzibar/core';
import { importFiles, writeParquet } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  root: { type: 'text', value: 'FOLDER', about: 'the catalogue (required)' },
  seed: { type: 'text', value: 'NUMBER', about: 'everything random follows from it (default 1)' },
  from: { type: 'text', value: 'DATE', about: 'first trade date (default 2024-01-08)' },
  days: { type: 'text', value: 'COUNT', about: 'trade dates (default 10)' },
  'quotes-per-day': { type: 'text', value: 'COUNT', about: 'mean number of quote changes (default 26000)' },
  symbol: { type: 'text', value: 'NAME', about: 'default EURUSD' },
  venue: { type: 'text', value: 'NAME', about: 'default sample' },
};

export const dataGenerateVerb: Verb = {
  help: helpText('data generate --root FOLDER', 'Writes quotes and trades of a generated FX-like market: the same seed gives the same bytes anywhere.', flags, ['zanzibar data generate --root out/market --seed 7 --days 5']),
  async run(argv, console, signal) {
    const given = parseFlags('data generate', argv, flags), root = given.text('root'), symbol = given.text('symbol') ?? 'EURUSD', venue = given.text('venue') ?? 'sample', seed = given.number('seed') ?? 1;
    if (root === undefined) throw new UsageError('data generate: --root FOLDER is needed', '--root');
    if (given.words.length > 0) throw new UsageError(`data generate: ${given.words[0]} is too much, the folder is named by --root`, given.words[0]);
    const from = given.text('from'), days = given.number('days'), quotesPerDay = given.number('quotes-per-day');
    const { quotes, trades } = generateMarket({ seed, ...(from === undefined ? {} : { from }), ...(days === undefined ? {} : { days }), ...(quotesPerDay === undefined ? {} : { quotesPerDay }) });
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
