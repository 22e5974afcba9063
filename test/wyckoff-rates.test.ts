// Oracle: the answer sheets of generated schematics, and markets in which there is nothing to find.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { staleDocuments } from '../scripts/generated.ts';
import { makeWyckoffRates } from '../scripts/wyckoff-rates.ts';

test.skipIf(!existsSync(join(root, '../shared/oracles')))('docs/wyckoff-rates.md is what scripts/wyckoff-rates.ts makes (needs ../shared; npm run docs:wyckoff writes it)', () => {
  expect(staleDocuments(makeWyckoffRates())).toEqual([]);
});
