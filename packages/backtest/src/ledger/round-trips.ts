/**
 * Round trips: from flat to flat, or to a reversal, read off the fills (`fills.md` 74).
 *
 * Definition  entryPrice and exitPrice are quantity-weighted means of the trip's fills, quantity is all that was closed; gross is the sum of the realised
 *             profits, each rounded as in the ledger; costs are the fees (of a fill that reverses: shared by quantity); mae and mfe are the largest moves
 *             against and for the entry price, at the side it would close on, over the market rows from entry to exit, both included (bars: their ranges).
 * Units       prices in price, gross, costs and net in account currency
 */
import { exitReasons, roundTripSchema, type GrowingTable, type Split } from '@zanzibar/core';
import type { Market } from '../simulator/market.ts';
import { tableOf, textColumn } from '../simulator/output.ts';
import type { Venue } from '../simulator/venue.ts';
import { type Charge, chargeOf } from './financing.ts';
import type { Money } from './money.ts';
import { splitHolding } from './split-holding.ts';

/** A trip; plain fields, which are part of the snapshot while it is open. */
export interface Trip {
  readonly id: number;
  readonly instrument: number;
  readonly side: number;
  readonly entryTime: bigint;
  readonly entryRow: number;
  readonly entryTag: number;
  entered: number;
  entryValue: number;
  exited: number;
  exitValue: number;
  /** Units of money. */
  gross: number;
  costs: number;
  /** Extremes of the side it would close on, over the rows before `tracked`. */
  low: number;
  high: number;
  tracked: number;
  exitTime: bigint;
  exitRow: number;
  exitTag: number;
  exitReason: number;
  /** Its quantities are whole steps: no split has left a part of one. */
  isWhole: boolean;
}

const reversed: number = exitReasons.indexOf('reverse'), ordered: number = exitReasons.indexOf('order');

export class RoundTrips {
  /** Fills read so far, counted from the log's own start. */
  read = 0;
  trips = 0;
  readonly held: number[];
  readonly average: number[];
  readonly open: (Trip | null)[];
  closed: Trip[] = [];
  /** Trips closed before the snapshot from which this run goes on. */
  base = 0;
  /** Units of money, recomputed. */
  realised = 0;
  fees = 0;
  dividends = 0;
  funding = 0;
  borrow = 0;
  private readonly range: Float64Array = new Float64Array(2);

  constructor(instruments: number) {
    this.held = Array.from({ length: instruments }, () => 0);
    this.average = Array.from({ length: instruments }, () => NaN);
    this.open = Array.from({ length: instruments }, () => null);
  }

  /** Reads the fills that have come, and the rows of open trips before these rows go. */
  settle(venue: Venue): void {
    const { fills, markets, clock } = venue, { log } = fills;
    for (; this.read < log.length; this.read++) this.take(venue, this.read);
    for (const trip of this.open) if (trip !== null) this.track(markets[trip.instrument], trip, markets[trip.instrument].passed(clock));
  }

  /** A dividend, by the holding that the fills give. */
  pay({ rank, multiplier }: Market, amount: number, money: Money): void {
    this.dividends += money.count(amount * this.held[rank] * multiplier);
  }

  /** A charge for holding, likewise; `mark` is what the position would close on. */
  finance({ rank, multiplier }: Market, charge: Charge, mark: number, money: Money): void {
    this[charge.column] += money.count(chargeOf(charge, this.held[rank], mark, multiplier));
  }

  /** A split, after all fills before it have been read; `mark` is the last price before it. */
  split(rank: number, action: Split, mark: number, venue: Venue): void {
    const { money } = venue.ledger, market = venue.markets[rank], trip = this.open[rank], ratio = action.numerator / action.denominator;
    if (trip === null) return;
    const after = splitHolding(this.held[rank], this.average[rank], mark, market.multiplier, market.quantities, action), profit = money.count(after.profit);
    trip.isWhole &&= after.paidOut === 0;
    trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered * ratio) : trip.entered * ratio;
    trip.exited = trip.isWhole ? market.cleanQuantity(trip.exited * ratio) : trip.exited * ratio + after.paidOut;
    trip.exitValue += after.price * after.paidOut;
    trip.gross += profit;
    trip.low /= ratio;
    trip.high /= ratio;
    this.realised += profit;
    this.held[rank] = after.held;
    this.average[rank] = after.average;
    if (after.held !== 0) return;
    trip.exitTime = venue.clock.time;
    trip.exitRow = market.passed(venue.clock) - 1;
    trip.exitReason = ordered;
    this.closed.push(trip);
    this.open[rank] = null;
  }

  private take(venue: Venue, at: number): void {
    const { fills } = venue, { log } = fills, { money } = venue.ledger, facts: number = log.value(1, at), instrument = facts >> 8, side = (facts & 7) - 2;
    const market = venue.markets[instrument], price: number = log.value(4, at), quantity: number = log.value(5, at), fee = money.count(fills.fee.value(at)), before = this.held[instrument];
    let trip = this.open[instrument], opened = quantity, held = before, share = 0;
    this.fees += fee;
    if (before * side < 0 && trip !== null) {
      const size = Math.abs(before), closed = Math.min(quantity, size), profit = money.count((price - this.average[instrument]) * closed * (before > 0 ? 1 : -1) * market.multiplier);
      share = closed === quantity ? fee : money.count((fills.fee.value(at) * closed) / quantity);
      this.realised += profit;
      trip.gross += profit;
      trip.costs += share;
      trip.exited = trip.isWhole ? market.cleanQuantity(trip.exited + closed) : trip.exited + closed;
      trip.exitValue += price * closed;
      held = market.cleanQuantity(before + side * closed);
      opened = market.cleanQuantity(quantity - closed);
      if (held === 0) {
        trip.exitTime = log.value(2, at);
        trip.exitRow = log.value(3, at);
        trip.exitTag = fills.tag.value(at);
        trip.exitReason = opened > 0 ? reversed : (facts >> 5) & 7;
        this.track(market, trip, trip.exitRow + 1);
        this.closed.push(trip);
        this.open[instrument] = trip = null;
      }
    }
    if (opened > 0) {
      const size = Math.abs(held), row: number = log.value(3, at);
      this.average[instrument] = size === 0 ? price : (this.average[instrument] * size + price * opened) / (size + opened);
      held = market.cleanQuantity(held + side * opened);
      trip ??= this.open[instrument] = {
        id: this.trips++, instrument, side, entryTime: log.value(2, at), entryRow: row, entryTag: fills.tag.value(at), entered: 0, entryValue: 0, exited: 0, exitValue: 0,
        gross: 0, costs: 0, low: Infinity, high: -Infinity, tracked: row, exitTime: 0n, exitRow: -1, exitTag: -1, exitReason: 0, isWhole: true,
      };
      trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered + opened) : trip.entered + opened;
      trip.entryValue += price * opened;
      trip.costs += fee - share;
    }
    if (held === 0) this.average[instrument] = NaN;
    this.held[instrument] = held;
  }

  private track(market: Market, trip: Trip, end: number): void {
    const { range } = this;
    if (end <= trip.tracked) return;
    market.extremes(-trip.side, trip.tracked, end, range);
    if (range[0] < trip.low) trip.low = range[0];
    if (range[1] > trip.high) trip.high = range[1];
    trip.tracked = end;
  }
}

export function roundTripsTable(venue: Venue, tags: readonly string[]): GrowingTable {
  const { trips } = venue;
  trips.settle(venue);
  const { closed } = trips, { length } = closed, { money } = venue.ledger, of = (value: (trip: Trip) => number): Float64Array => Float64Array.from(closed, value);
  const entry = (trip: Trip): number => trip.entryValue / trip.entered, instrument = textColumn(length, row => venue.markets[closed[row].instrument].facts.id);
  const tag = (name: 'entryTag' | 'exitTag'): { readonly codes: Int32Array; readonly texts: string[] } => textColumn(length, row => tags[closed[row][name]]);
  const entryTag = tag('entryTag'), exitTag = tag('exitTag');
  return tableOf(roundTripSchema, length, trips.base, {
    positionId: of(trip => trip.id), instrument: instrument.codes, side: Int8Array.from(closed, trip => trip.side), entryTime: BigInt64Array.from(closed, trip => trip.entryTime),
    entryRow: of(trip => trip.entryRow), exitTime: BigInt64Array.from(closed, trip => trip.exitTime), exitRow: of(trip => trip.exitRow), entryPrice: of(entry),
    exitPrice: of(trip => trip.exitValue / trip.exited), quantity: of(trip => trip.exited), gross: of(trip => money.amount(trip.gross)), costs: of(trip => money.amount(trip.costs)),
    net: of(trip => money.amount(trip.gross - trip.costs)), mae: of(trip => Math.max(0, trip.side > 0 ? entry(trip) - trip.low : trip.high - entry(trip))),
    mfe: of(trip => Math.max(0, trip.side > 0 ? trip.high - entry(trip) : entry(trip) - trip.low)), exitReason: Int8Array.from(closed, trip => trip.exitReason),
    entryTag: entryTag.codes, exitTag: exitTag.codes,
  }, { instrument: instrument.texts, entryTag: entryTag.texts, exitTag: exitTag.texts });
}
