import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tableDigest } from '../digest.ts';
import { openCatalogue } from '../io/index.ts';
import { quoteSchema, tradeSchema } from '../schemas.ts';
import { generateMarket } from './generate-market.ts';

const data = join(dirname(fileURLToPath(import.meta.url)), '../../../../data');

test('the sample catalogue holds exactly what the generator makes, undamaged, and its README states the digests', async () => {
  const catalogue = await openCatalogue(data), market = generateMarket({ seed: 1, days: 10 }), readme = readFileSync(join(data, 'README.md'), 'utf8');
  expect(await catalogue.verify()).toEqual([]);
  for (const [kind, schema, columns] of [['quotes', quoteSchema, market.quotes], ['trades', tradeSchema, market.trades]] as const) {
    const stored = await catalogue.read({ kind, venue: 'sample', symbol: 'EURUSD' });
    const digest = tableDigest(schema, stored.columns, { length: stored.length, texts: stored.texts });
    expect(digest).toBe(tableDigest(schema, columns));
    expect(readme).toContain(digest);
  }
});
