/**
 * Makes the sample catalogue in data/ again: `npx tsx --conditions=@zanzibar/source scripts/make-sample-data.ts [folder]`.
 *
 * The rows follow from the seed alone; data/README.md states their digests, and this script fails where they differ.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateMarket, quoteSchema, tableDigest, tradeSchema } from '@zanzibar/core';
import { importFiles, writeParquet } from '@zanzibar/core/io';

const data = join(dirname(dirname(fileURLToPath(import.meta.url))), 'data'), root = process.argv[2] ?? data;
const market = generateMarket({ seed: 1, days: 10 });
const stated = await readFile(join(data, 'README.md'), 'utf8');
const scratch = await mkdtemp(join(tmpdir(), 'sample-'));
try {
  for (const [record, schema, columns] of [['quotes', quoteSchema, market.quotes], ['trades', tradeSchema, market.trades]] as const) {
    const digest = tableDigest(schema, columns);
    if (!stated.includes(digest)) throw new Error(`the ${record} have digest ${digest}, which data/README.md does not state`);
    const file = join(scratch, `generated-${record}.parquet`);
    await writeParquet(file, { columns }, { schema, record });
    const { rows, offGrid } = await importFiles({ root, files: [file], venue: 'sample', symbol: 'EURUSD', record });
    process.stdout.write(`${record}: ${rows} rows, ${offGrid} off the grid, digest ${digest}\n`);
  }
} finally {
  await rm(scratch, { recursive: true });
}
