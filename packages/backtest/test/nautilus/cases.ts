/**
 * Quotes and orders that NautilusTrader and our simulator are both given.
 *
 * A case is one request on one row, alone on the account: its entry (market, limit or stop, some with a bracket) is sent on row `case.row`; `workingRows`
 * later all that still works is cancelled, and `flattenRows` after that what is held is closed. So no case touches the next one.
 */
import { generateMarket, randomStream, type GeneratedMarket } from '@zanzibar/core';

export const tick = 0.0001, ticksPerUnit = 10_000, workingRows = 110, flattenRows = 4, rowsPerCase = 120;
/** What a message needs to the venue, so that what is sent on a row meets the next one in both programs. */
export const latency = 1;

export type EntryKind = 'market' | 'limit' | 'stop';

/** Prices in ticks; null: none. `stop` and `target` are the legs of a bracket. */
export interface Case {
  readonly row: number;
  readonly kind: EntryKind;
  readonly side: 1 | -1;
  readonly quantity: number;
  readonly price: number | null;
  readonly stop: number | null;
  readonly target: number | null;
}

export type Quotes = GeneratedMarket['quotes'];

/** Quotes that mostly move tick by tick, with jumps. */
export function makeQuotes(): Quotes {
  return generateMarket({
    seed: 1221, days: 20, tick, quotesPerDay: 100_000, tradesPerDay: 0, dailyVolatility: 0.004, jumpsPerDay: 20, spreadTicks: 2,
  }).quotes;
}

export function inTicks(price: number): number {
  return Math.round(price * ticksPerUnit);
}

/**
 * The requests, by their own stream: a quarter each of market, limit and stop orders and brackets. Limits are 4 ticks through the touch to 8 away from it,
 * stops 2 to 9 ticks away and one in forty 1 tick, stops of brackets 6 to 12 and targets 3 to 9 ticks from the entry.
 */
export function makeCases({ bid, ask }: Quotes): Case[] {
  const random = randomStream(1221, 'cases'), whole = (from: number, to: number): number => from + Math.floor((to - from + 1) * random.uniform());
  return Array.from({ length: Math.floor(bid.length / rowsPerCase) }, (_, i): Case => {
    const row = i * rowsPerCase, side = random.uniform() < 0.5 ? 1 : -1, isBracket = i % 4 === 3;
    const kind = (['market', 'limit', 'stop'] as const)[isBracket ? whole(0, 1) : i % 4], touch = inTicks(side > 0 ? ask[row] : bid[row]);
    const price = kind === 'limit' ? touch - side * whole(-4, 8) : kind === 'stop' ? touch + side * (whole(0, 39) === 0 ? 1 : whole(2, 9)) : null, entry = price ?? touch;
    return {
      row, kind, side, quantity: whole(1, 1000), price, stop: isBracket ? entry - side * whole(6, 12) : null, target: isBracket ? entry + side * whole(3, 9) : null,
    };
  });
}

/** What the script reads, and what its digest is of. */
export function casesText(cases: readonly Case[]): string {
  return JSON.stringify({ tick, latency, workingRows, flattenRows, cases });
}
