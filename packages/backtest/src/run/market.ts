/** One instrument of a run: its facts, its calendar, and where its sessions begin. */
import { calendarOf, type Calendar, type Instrument } from '@zanzibar/core';
import type { TradedInstrument } from '../simulator/setup.ts';
import { insideTicks } from './inside-ticks.ts';
import type { MarketInput } from './market-input.ts';
import { firstAtOrAfter } from './replay.ts';

export interface Market extends TradedInstrument {
  readonly instrument: Instrument;
  readonly kind: 'quotes' | 'trades' | 'bars';
  readonly interval: number | undefined;
  readonly calendar: Calendar;
  /** Opens of the sessions of the run, for bars aligned to them. */
  readonly sessionOpens: BigInt64Array;
  /** When each given row is known. */
  readonly knownTimes: BigInt64Array;
}

const day = 86_400_000_000_000n;
const none: Float64Array = new Float64Array(0);

/** The columns of bars of which no row has come yet: their table has none then. */
export const noBars: { readonly [column: string]: Float64Array | BigInt64Array } = {
  openTime: new BigInt64Array(0), closeTime: new BigInt64Array(0), open: new Float64Array(0), high: new Float64Array(0), low: new Float64Array(0), close: new Float64Array(0),
};

export function marketOf(input: MarketInput, from: bigint, to: bigint): Market {
  const { instrument, kind, columns, interval, calendar = calendarOf(instrument.calendar), actions, financing, halts } = input;
  const { id, tick, quantityStep, minimumQuantity, multiplier } = instrument, opens = calendar.tradeDatesBetween(from - 4n * day, to + day).map(date => calendar.sessionOpen(date));
  return {
    instrument, id, currency: instrument.settleCurrency, expires: instrument.to === 0n ? undefined : instrument.to, halts, tick, quantityStep, minimumQuantity, multiplier, kind, market: kind, interval, calendar, actions,
    ticks: insideTicks(input), financing, isBorrowUnknown: instrument.kind === 'equity' && financing?.borrow === undefined,
    sessionEnd: time => calendar.nextClose(time),
    sessionOpens: BigInt64Array.from(opens),
    knownTimes: (kind === 'bars' ? columns.closeTime : columns.time) as BigInt64Array,
  };
}

/** Finds the rows that begin a session behind a closed market, or a segment; sessions that abut are one. */
export class SessionStarts {
  private readonly calendar: Calendar;
  private end: bigint | undefined = undefined;
  private segment = NaN;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  /** Absolute rows among the next `length` ones, whose segments stand from position `at` on; the very first row begins one. */
  find(time: BigInt64Array, segment: Int32Array | undefined, base: number, length: number, at: number = 0): Float64Array {
    // Most blocks of one row begin nothing.
    if (length === 1 && this.end !== undefined && time[0] < this.end && (segment === undefined || segment[at] === this.segment)) return none;
    const { calendar } = this, starts: number[] = [];
    // The next row behind the end of the session: between rows like this only a cut begins anything.
    let past = this.end === undefined ? 0 : firstAtOrAfter(time, this.end, length);
    for (let i = 0; i < length; i++) {
      if (segment === undefined && i < past) i = past;
      if (i === length) break;
      const isFirst = this.end === undefined, isPast = i === past, isCut = segment !== undefined && segment[at + i] !== this.segment;
      if (!isFirst && !isPast && !isCut) continue;
      if (isFirst || isCut || this.wasClosed(this.end!, time[i])) starts.push(base + i);
      if (isPast) {
        this.end = calendar.nextClose(time[i]);
        past = firstAtOrAfter(time, this.end, length, i + 1);
      }
      if (segment) this.segment = segment[at + i];
    }
    return starts.length === 0 ? none : Float64Array.from(starts);
  }

  /** Was the market closed at some time in `[from, time]`? `from` is the end of a session. */
  private wasClosed(from: bigint, time: bigint): boolean {
    const { calendar } = this;
    for (let at = from; at <= time; at = calendar.nextClose(at)) if (!calendar.isOpen(at)) return true;
    return false;
  }

  save(): { end: bigint | null; segment: number } {
    return { end: this.end ?? null, segment: this.segment };
  }

  restore({ end, segment }: { end: bigint | null; segment: number }): void {
    this.end = end ?? undefined;
    this.segment = segment;
  }
}
