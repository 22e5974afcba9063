/** The data hash of a run: the digest of its list of (kind, instrument, day, digest), from and to. */
import { createHash } from 'node:crypto';
import { tableDigest, type Schema } from '@zanzibar/core';
import { nodeHasher } from '../result/digests.ts';
import type { PreparedRun } from '../run/prepare.ts';
import type { LoadedMarket } from './load-market.ts';

/** Days of catalogues have digests already; files count as one day of their content. */
export function dataHash(markets: readonly LoadedMarket[], { from, to }: Pick<PreparedRun, 'from' | 'to'>): string {
  const entries = markets.flatMap(market => {
    const days = market.days.length > 0 ? market.days : [{ date: 'file', digest: contentDigest(market) }];
    return days.map(({ date, digest }) => [market.kind, market.instrument.id, date, digest].join(' '));
  });
  return createHash('sha256').update([...entries.sort(), from, to].join('\n')).digest('hex');
}

function contentDigest({ columns }: LoadedMarket): string {
  const arrays = Object.fromEntries(Object.entries(columns).filter(([, values]) => values instanceof Float64Array || values instanceof BigInt64Array || values instanceof Int8Array));
  const schema: Schema = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, values instanceof Float64Array ? 'f64' : values instanceof BigInt64Array ? 'i64' : 'i8']));
  return tableDigest(schema, arrays, { createHasher: nodeHasher });
}
