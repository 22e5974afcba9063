/**
 * Writes what `make.py` reads: `quotes.parquet` and `cases.json` in the folder that is named.
 *
 *   npx tsx --conditions=@zanzibar/source oracles/nautilus/inputs.ts FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeParquet } from '@zanzibar/core/io';
import { casesText, makeCases, makeQuotes } from '../../packages/backtest/test/nautilus/cases.ts';

const folder = process.argv[2];
if (folder === undefined) throw new RangeError('inputs: needs the folder to write to');
mkdirSync(folder, { recursive: true });
const quotes = makeQuotes(), { time, bid, ask, bidSize, askSize } = quotes;
await writeParquet(
  join(folder, 'quotes.parquet'),
  { columns: { time, bid, ask, bidSize, askSize } },
  { schema: { time: 'i64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' }, record: 'quotes' },
);
writeFileSync(join(folder, 'cases.json'), casesText(makeCases(quotes)));
