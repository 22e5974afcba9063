/** One instrument of a run: its facts, its calendar, and where its sessions begin. */
import type { Calendar, Instrument } from '@zanzibar/core';
import type { TradedInstrument } from '../simulator/setup.ts';

export interface Market extends TradedInstrument {
  readonly instrument: Instrument;
  readonly kind: 'quotes' | 'trades' | 'bars';
  readonly interval: number | undefined;
  readonly calendar: Calendar;
  /** Options of the quality step that belong to this instrument. */
  readonly quality: object;
  /** Session opens around the run, for bars aligned to them. */
  readonly sessionOpens: BigInt64Array;
  /** When each given row is known. */
  readonly knownTimes: BigInt64Array;
}
