/**
 * The one order of things: (time, class, instrument rank, kind, sequence).
 *
 * Classes: 0 instrument facts, rates, funding, dividends, splits; 1 clock (bars due, then their strategies); 2 timers; 3 reports and data with a latency of
 * their own; 4 arrivals at the venue and expiries; 5 market data.
 */
export const timeClasses = ['facts', 'clock', 'timer', 'report', 'arrival', 'market'] as const;
export type TimeClass = (typeof timeClasses)[number];

export const factsClass = 0;
export const clockClass = 1;
export const timerClass = 2;
export const reportClass = 3;
export const arrivalClass = 4;
export const marketClass = 5;

/** Kinds of market data in the order in which they happen at one time, unless the venue's sequence orders them. */
export const marketKinds = ['book', 'quote', 'trade'] as const;
export type MarketKind = (typeof marketKinds)[number];

/** Where a source's rows stand among those of others at the same time. */
export interface SourceOrder {
  /** Id of the instrument: ranks follow the ids' order, never the order of naming. @defaultValue the source's name */
  readonly instrument?: string;
  /** @defaultValue 'quote' where there is a bid, else 'trade' */
  readonly kind?: MarketKind;
  /** `report` for data that reaches the strategy with a latency of its own. @defaultValue 'clock' for bars, else 'market' */
  readonly class?: TimeClass;
  /** Name of the source whose rows this one names as its known rows: events found earlier on the same bars. */
  readonly of?: string;
}

/** Order of texts by code unit: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
