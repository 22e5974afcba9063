/** Cuts a case's rows into groups as they would come: at any row of ticks, and where no bar is open. */
import type { RandomStream } from '@zanzibar/core';
import type { DecisionRows, Group, MarketRows } from '../../src/simulator/setup.ts';
import type { Case } from './cases.ts';

export interface GroupOfRows {
  readonly group: Group;
  /** Frontier to which the simulator then runs. */
  readonly until: bigint;
}

/** When a row becomes known: at a time, and if by a market row, by which. */
interface Known { readonly time: bigint; readonly instrument: number; readonly row: number; readonly list: 'markets' | 'decisions'; readonly at: number }

const byTheClock = -1;

function knownRows({ rows, family, sources }: Case): Known[] {
  const known: Known[] = [];
  rows.markets.forEach((market, at) => {
    for (let row = 0; row < market.length; row++) {
      known.push(family === 'bars' ? { time: market.closeTime![row], instrument: byTheClock, row, list: 'markets', at } : { time: market.time[row], instrument: at, row, list: 'markets', at });
    }
  });
  rows.decisions.forEach(({ time, toRow, provedBy, length }, at) => {
    const { kind, instrument } = sources[at], market = rows.markets[instrument];
    for (let row = 0; row < length; row++) {
      const cutBy = provedBy?.[row] ?? NaN, last = kind === 'tick' ? row : !Number.isNaN(cutBy) ? cutBy : toRow ? toRow[row] - 1 : byTheClock, isByRow = last >= 0 && market.time[last] >= time[row];
      known.push(isByRow ? { time: market.time[last], instrument, row: last, list: 'decisions', at } : { time: time[row], instrument: byTheClock, row, list: 'decisions', at });
    }
  });
  const before = (a: Known, b: Known): number => a.instrument - b.instrument || a.row - b.row || (a.list === b.list ? a.at - b.at : a.list === 'markets' ? -1 : 1);
  return known.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : before(a, b)));
}

export function cutGroups(of: Case, random: RandomStream, size: () => number): GroupOfRows[] {
  const { rows, family } = of, known = knownRows(of), groups: GroupOfRows[] = [], taken = { markets: rows.markets.map(() => 0), decisions: rows.decisions.map(() => 0) };
  const isOpen = (time: bigint): boolean => rows.markets.some(market => market.time.some((open, i) => open < time && time < market.closeTime![i]));
  const belongTogether = (last: Known, next: Known | undefined): boolean => {
    if (next === undefined) return false;
    if (family === 'bars') return next.time === last.time || isOpen(last.time);
    return last.time === next.time && (last.instrument === byTheClock || (last.instrument === next.instrument && last.row === next.row));
  };
  for (let at = 0; at < known.length;) {
    let end = Math.min(known.length, at + size());
    while (belongTogether(known[end - 1], known[end])) end++;
    const from = { markets: [...taken.markets], decisions: [...taken.decisions] };
    for (; at < end; at++) taken[known[at].list][known[at].at]++;
    const last = known[end - 1].time, next = known[end]?.time, isEarly = family !== 'bars' && next !== undefined && next > last + 1n && random.uniform() < 0.5;
    groups.push({ group: slice(rows, from, taken), until: isEarly ? next - 1n : last });
  }
  return groups;
}

const columns = ['time', 'closeTime', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size', 'open', 'high', 'low', 'close', 'volume', 'askOpen', 'askHigh', 'askLow', 'askClose', 'toRow', 'segment', 'provedBy'];

function slice(rows: Group, from: { markets: number[]; decisions: number[] }, to: { markets: number[]; decisions: number[] }): Group {
  const part = (table: MarketRows | DecisionRows, start: number, end: number): any => {
    const result: Record<string, unknown> = { base: start, length: end - start };
    for (const column of columns) {
      const values = (table as unknown as Record<string, Float64Array | undefined>)[column];
      if (values) result[column] = values.slice(start, end);
    }
    if ('starts' in table && table.starts) result.starts = table.starts.filter(row => row >= start && row < end);
    return result;
  };
  return { markets: rows.markets.map((market, i) => part(market, from.markets[i], to.markets[i])), decisions: rows.decisions.map((decisions, s) => part(decisions, from.decisions[s], to.decisions[s])) };
}
