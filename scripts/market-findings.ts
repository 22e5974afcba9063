/**
 * docs/market-findings.md from the recorded markets of ../shared/market, which must be there.
 *
 *   npx tsx --conditions=@zanzibar/source scripts/market-findings.ts
 */
import { pathToFileURL } from 'node:url';
import { findingsTable, marketFindings } from '../packages/core/test/market-findings.ts';
import { type Documents, markdownTable, writeDocuments } from './generated.ts';

export async function makeMarketFindings(): Promise<Documents> {
  const { head, rows } = findingsTable(await marketFindings()),
    text = [
      '# What the quality rules find in recorded markets',
      '',
      'Made by `scripts/market-findings.ts`; a test makes it anew and compares. Every tick and quote file of `../shared/market`, each read on its own by readers that',
      'share nothing with those under test. A count is a number of findings; a dash is none, and rules that found nothing anywhere have no column. `jump`, `volume` and',
      '`duplicate` are asked for with their defaults: 10 % within a second; 3 deviations of the logarithm, half-life 1000 rows, from the 100th; the last 1000 rows. A gap',
      'is more than 5 s. [Records](records.md) say what each rule means; a finding changes nothing unless a policy says so.',
      '',
      markdownTable(head, rows),
      '',
      'Worth knowing: crossed and locked quotes come from feeds that merge two sources (FXCM). Trades share times by the thousand where a venue stamps milliseconds or',
      'seconds. Four encodings of the same trades (XRP/ETH) give the same counts where they hold the same columns: the Feather file is read without ids and sides,',
      'so equal trades of one millisecond count as repeats there. About one `volume` finding in a thousand rows is what large trades look like, no fault.',
      '',
    ].join('\n');
  return new Map([['docs/market-findings.md', text]]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) writeDocuments(await makeMarketFindings());
