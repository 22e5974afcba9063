/** The random-entry baseline of a result, for its report. */
import { compensatedSum } from '@zanzibar/core';
import { randomEntryBaseline } from '../metrics/random-entry.ts';
import type { RandomEntryInput } from '../metrics/random-entry.ts';
import { minimumSamples } from '../metrics/metric.ts';
import { numbersOf, textOf, timesOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { numberText } from './figure-text.ts';
import { histogramOf } from './histogram.ts';
import type { ReportHistogram } from './report-model.ts';

/** Bars, and fifty times the trips, that all draws may have together: about half a second. */
const budget = 50_000_000;

/** Undefined below the minimum of round trips, and for instruments without bars in the result. */
export function randomEntries(result: Result): { readonly histogram: ReportHistogram; readonly text: string } | undefined {
  const { roundTrips, summary } = result, { manifest, attribution } = summary, net = numbersOf(roundTrips, 'net');
  if (roundTrips.length < minimumSamples.roundTrips) return undefined;
  const instruments = manifest.instruments.map(({ id, multiplier }) => instrumentOf(result, id, multiplier));
  if (instruments.reduce((sum, found) => sum + (found?.trips.length ?? 0), 0) < roundTrips.length) return undefined;
  const costs = attribution.spread + attribution.slippage + attribution.latency + attribution.impact + attribution.fee, actual = compensatedSum(net);
  const draws = Math.min(1000, Math.max(100, Math.floor(budget / (50 * roundTrips.length + instruments.reduce((sum, found) => sum + (found?.close.length ?? 0), 0)))));
  const { net: drawn, rank, seed } = randomEntryBaseline({ instruments: instruments.filter(found => found !== undefined), costs, actual, draws });
  return {
    histogram: { ...histogramOf('Random entries', manifest.currency, drawn), mark: { value: actual, label: 'this run' } },
    text: `Random entries: the same round trips at random bars, ${draws} times (seed ${seed}), same sides, quantities, lengths and costs. This run made more than ${numberText(100 * rank, 1)} % of them.`,
  };
}

/** Closes of the instrument's shortest bars, and its trips counted in them. */
function instrumentOf({ bars, roundTrips, fills }: Result, id: string, multiplier: number): RandomEntryInput['instruments'][number] | undefined {
  const [chosen] = Object.values(bars).filter(({ instrument, table }) => instrument === id && table.length > 1).sort((a, b) => b.table.length - a.table.length);
  if (chosen === undefined) return undefined;
  const opens = timesOf(chosen.table, 'openTime'), entry = timesOf(roundTrips, 'entryTime'), exit = timesOf(roundTrips, 'exitTime'), side = numbersOf(roundTrips, 'side'), quantity = numbersOf(roundTrips, 'quantity');
  const own = Array.from({ length: roundTrips.length }, (_, i) => i).filter(i => textOf(roundTrips, 'instrument', i) === id), rate = ratesOf(fills, id, timesOf(chosen.table, 'closeTime'));
  return { id, close: numbersOf(chosen.table, 'close'), ...(rate && { rate }), trips: own.map(i => ({ side: side[i], size: quantity[i] * multiplier, bars: barAt(opens, exit[i]) - barAt(opens, entry[i]) })) };
}

/** Account currency for one of the instrument's as of each bar, as far as its fills tell it: that of the last one by then, before the first that of the first. */
function ratesOf(fills: Result['fills'], id: string, times: BigInt64Array): Float64Array | undefined {
  if (fills.columns.rate === undefined) return undefined;
  const rate = numbersOf(fills, 'rate'), filled = timesOf(fills, 'time'), own = Array.from({ length: fills.length }, (_, i) => i).filter(i => textOf(fills, 'instrument', i) === id);
  let at = 0;
  return Float64Array.from(times, time => {
    while (at + 1 < own.length && filled[own[at + 1]] <= time) at++;
    return own.length === 0 ? 1 : rate[own[at]];
  });
}

/** How many bars open at or before a time. */
function barAt(opens: BigInt64Array, time: bigint): number {
  let low = 0, high = opens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (opens[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
