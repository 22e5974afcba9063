/** What an instrument's rows show of one order: the first row that could fill it, and how near its price came. */
import type { MarketInput } from './market-input.ts';
import { firstAtOrAfter } from './replay.ts';

export interface MarketRow {
  readonly row: number;
  readonly time: bigint;
  /** `bid 1.1, ask 1.2`, `price 1.1`, `open 1.1, high ...`. */
  readonly words: string;
}

export interface Approach {
  readonly time: bigint;
  /** The price of the side that the order deals with, where it came nearest. */
  readonly price: number;
  /** What is left to the level; 0 or less: the level was touched or passed. */
  readonly distance: number;
}

const tradedSides = { quotes: { buy: 'ask', sell: 'bid' }, trades: { buy: 'price', sell: 'price' }, bars: { buy: 'low', sell: 'high' } } as const;

/** First row that exists for orders in `[from, to)`; bars count by their open. */
export function firstRow(input: MarketInput, from: bigint, to: bigint, doesCrossedTrade: boolean): MarketRow | undefined {
  const times = timesOf(input), length = lengthOf(input);
  for (let row = firstAtOrAfter(times, from, length); row < length && times[row] < to; row++) if (exists(input, row, doesCrossedTrade)) return { row, time: times[row], words: wordsOf(input, row) };
  return undefined;
}

/**
 * Where the market came nearest to a level in `[from, to)`.
 *
 * @param isAbove the level is reached from below: of buy stops and sell limits
 */
export function nearestApproach(input: MarketInput, side: number, level: number, isAbove: boolean, from: bigint, to: bigint, doesCrossedTrade: boolean): Approach | undefined {
  const { kind, columns } = input, times = timesOf(input), length = lengthOf(input), name = kind === 'bars' ? (isAbove ? 'high' : 'low') : tradedSides[kind][side > 0 ? 'buy' : 'sell'];
  const asks: { readonly [column: string]: string } = { high: 'askHigh', low: 'askLow' }, values = (kind === 'bars' && side > 0 ? columns[asks[name]] : undefined) ?? columns[name];
  let best = NaN, at = -1;
  for (let row = firstAtOrAfter(times, from, length); row < length && times[row] < to; row++) {
    const price = Number(values[row]);
    if (Number.isNaN(price) || !exists(input, row, doesCrossedTrade) || !(at < 0 || (isAbove ? price > best : price < best))) continue;
    best = price;
    at = row;
  }
  return at < 0 ? undefined : { time: times[at], price: best, distance: isAbove ? level - best : best - level };
}

function timesOf({ kind, columns }: MarketInput): BigInt64Array {
  return (kind === 'bars' ? (columns.openTime ?? columns.closeTime) : columns.time) as BigInt64Array;
}

function lengthOf(input: MarketInput): number {
  return (input.columns.length as number | undefined) ?? timesOf(input).length;
}

/** Sentence 12 of docs/fills.md. */
function exists({ kind, columns: { bid, ask } }: MarketInput, row: number, doesCrossedTrade: boolean): boolean {
  return kind !== 'quotes' || (doesCrossedTrade ? bid[row] === bid[row] && ask[row] === ask[row] : ask[row] >= bid[row]);
}

function wordsOf({ kind, columns }: MarketInput, row: number): string {
  const names = kind === 'quotes' ? ['bid', 'ask'] : kind === 'trades' ? ['price'] : ['open', 'high', 'low', 'close'];
  return names.map(name => `${name} ${columns[name][row]}`).join(', ');
}
