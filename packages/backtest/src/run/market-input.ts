/** What a run reads: one instrument's facts and its rows. */
import type { Calendar, Instrument, InstrumentActions, SourceColumns } from '@zanzibar/core';
import type { Financing } from '../ledger/financing.ts';

export interface MarketInput {
  readonly instrument: Instrument;
  readonly kind: 'quotes' | 'trades' | 'bars';
  /** Typed columns of the record's schema, in order of time; what is absent is its default. */
  readonly columns: SourceColumns;
  /** Bars: length of each, nanoseconds. */
  readonly interval?: number;
  /** Trading hours. @defaultValue the calendar that the instrument names */
  readonly calendar?: Calendar;
  /** Splits, dividends and rolls. An equity must have them, stated for all of the run: an empty list says that there were none. */
  readonly actions?: InstrumentActions;
  /** Bars: what they were made of. It decides what came first in a bar that reaches stop and target; the strategy never sees it. */
  readonly ticks?: TickInput;
  /** Funding (a perpetual must have it), borrow (an equity that is sold short must have it), swap. */
  readonly financing?: Financing;
}

/** Ticks inside bars: `time`, `bid` and `ask` of quotes, `time` and `price` of trades, in order of time and on the grid of their instrument. */
export interface TickInput {
  readonly kind: 'quotes' | 'trades';
  readonly columns: SourceColumns;
}
