/**
 * The data hash of a run: the digest of its list of (kind, instrument, day, digest), from and to.
 *
 * Days of catalogues have digests already; a file counts as one day of its content, and so does a strategy's source of columns of its own.
 */
import { createHash } from 'node:crypto';
import { columnTypeOf, tableDigest, type Schema } from '@zanzibar/core';
import { nodeHasher } from '../result/digests.ts';
import type { PreparedRun } from '../run/prepare.ts';
import type { LoadedMarket, StreamedMarket } from './load-market.ts';

export function dataHash(markets: readonly (LoadedMarket | StreamedMarket)[], { from, to, strategy, parameters }: Pick<PreparedRun, 'from' | 'to' | 'strategy' | 'parameters'>): string {
  const entries = markets.flatMap(market => {
    const { kind, instrument: { id }, days } = market, { columns, ticks } = market as Partial<LoadedMarket>;
    const own = daysOf(days, columns ?? {}).map(({ date, digest }) => [kind, id, date, digest].join(' '));
    return ticks === undefined ? own : [...own, ...daysOf(ticks.days, ticks.columns).map(({ date, digest }) => ['inside', ticks.kind, id, date, digest].join(' '))];
  });
  for (const [name, source] of Object.entries(strategy.sources(parameters))) if (source.kind === 'custom') entries.push(['custom', name, 'all', contentDigest(source.columns)].join(' '));
  return createHash('sha256').update([...entries.sort(), from, to].join('\n')).digest('hex');
}

function daysOf(days: LoadedMarket['days'], columns: LoadedMarket['columns']): LoadedMarket['days'] {
  return days.length > 0 ? days : [{ date: 'file', digest: contentDigest(columns) }];
}

/** Digest of all columns; plain lists of numbers count as doubles. */
function contentDigest(columns: { readonly [column: string]: any }): string {
  const arrays = Object.fromEntries(Object.entries(columns).filter(([, values]) => columnTypeOf(values) !== undefined || Array.isArray(values)).map(([name, values]) => [name, Array.isArray(values) ? Float64Array.from(values) : values]));
  // A code column tells itself apart from counts by nothing but its name, and digests the same.
  const schema: Schema = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, columnTypeOf(values)!]));
  return tableDigest(schema, arrays, { createHasher: nodeHasher });
}
