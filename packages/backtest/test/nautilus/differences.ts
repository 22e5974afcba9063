/** Why an order ended otherwise in NautilusTrader: each name has a condition on the quotes that must hold, so nothing is put under a name for convenience. */
import { inTicks, latency, workingRows, type Case, type Quotes } from './cases.ts';
import type { Outcomes } from './our-fills.ts';

export type Leg = 'entry' | 'stop' | 'target';
export type Difference = 'gappedStop' | 'stopInMarket' | 'nakedEntry' | 'lateCancel' | 'firstQuote' | 'unexplained';

/** One order of a case: `at` is its place in the outcomes, `entry` that of its entry. */
export interface CaseOrder {
  readonly request: Case;
  readonly leg: Leg;
  readonly at: number;
  readonly entry: number;
}

export function ordersOf(cases: readonly Case[]): CaseOrder[] {
  const orders: CaseOrder[] = [];
  for (const request of cases) {
    const entry = orders.length;
    for (const leg of request.stop === null ? (['entry'] as const) : (['entry', 'stop', 'target'] as const)) orders.push({ request, leg, at: orders.length, entry });
  }
  return orders;
}

/** Same row, same price and same liquidity, or filled by neither and rejected by neither. */
export function isSame(ours: Outcomes, theirs: Outcomes, at: number): boolean {
  return ours.row[at] === theirs.row[at] && (ours.row[at] < 0 || (ours.ticks[at] === theirs.ticks[at] && ours.taker[at] === theirs.taker[at]));
}

export function differenceOf({ request, leg, at, entry }: CaseOrder, ours: Outcomes, theirs: Outcomes, quotes: Quotes): Difference {
  const side = leg === 'entry' ? request.side : -request.side, isStop = leg === 'stop' || (leg === 'entry' && request.kind === 'stop');
  const level = (leg === 'entry' ? request.price : request[leg]) ?? NaN, row = theirs.row[at], arrival = rowAfter(quotes, request.row);
  const taken = (k: number, on: number = side): number => inTicks(on > 0 ? quotes.ask[k] : quotes.bid[k]);
  const isThrough = (k: number, price: number, on: number = side): boolean => on * (taken(k, on) - price) >= 0;
  // Filled by both on one row: theirs at the stop price, ours at the quote that met it, which is worse.
  if (isStop && row >= 0 && ours.row[at] === row && theirs.ticks[at] === level && ours.ticks[at] === taken(row) && side * (ours.ticks[at] - level) > 0) return 'gappedStop';
  // The first quote that the order can meet is at or beyond its stop: they reject it, ours fills there.
  if (isStop && leg === 'entry' && row === -2 && isThrough(arrival, level) && ours.row[at] === arrival && ours.ticks[at] === taken(arrival)) return 'stopInMarket';
  // The quote that filled the entry is at or beyond the stop of its bracket: they reject both legs.
  if (leg !== 'entry' && row === -2 && theirs.row[entry] >= 0 && theirs.row[entry] === ours.row[entry]) {
    const isNaked = isThrough(theirs.row[entry], request.stop!, -request.side) && theirs.row[at + (leg === 'stop' ? 1 : -1)] === -2;
    if (isNaked) return 'nakedEntry';
  }
  // A cancel is on its way when the next quote comes: theirs reaches the venue after that quote was matched, ours before.
  if (row >= 0 && ours.row[at] === -1 && row === rowAfter(quotes, request.row + workingRows)) return 'lateCancel';
  // A limit that the first quote meets and the quote before did not: theirs takes at that quote, ours was there first and makes at its own price.
  if (leg === 'entry' && request.kind === 'limit' && row === arrival && ours.row[at] === row && theirs.taker[at] === 1 && ours.taker[at] === 0 && theirs.ticks[at] === taken(row)) {
    if (side * (taken(row) - level) <= 0 && side * (taken(row - 1) - level) > 0) return 'firstQuote';
  }
  return 'unexplained';
}

/** The first row whose time is at or after that of `row` and the latency. */
function rowAfter({ time }: Quotes, row: number): number {
  const least = time[row] + BigInt(latency);
  let next = row + 1;
  while (time[next] < least) next++;
  return next;
}
