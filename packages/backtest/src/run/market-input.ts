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
  /** Funding (a perpetual must have it), borrow (an equity that is sold short must have it), swap. */
  readonly financing?: Financing;
}
