/**
 * Round trips: from flat to flat, or to a reversal, in hedging those of each position, read off the fills (`fills.md` 73, H10).
 *
 * Definition  entryPrice and exitPrice are quantity-weighted means of the trip's fills, quantity is all that was closed; gross is the sum of the realised
 *             profits, each rounded as in the ledger; costs are the fees (of a fill that reverses: shared by quantity); mae and mfe are the largest moves
 *             against and for the entry price, at the side it would close on, over the market rows from entry to exit, both included (bars: their ranges).
 * Units       prices in price, gross, costs and net in account currency
 */
import { exitReasons, roundTripSchema, type GrowingTable, type Split } from '@zanzibar/core';
import { HedgedPosition, type Holding } from '../simulator/holding.ts';
import type { Market } from '../simulator/market.ts';
import { tableOf, textColumn } from '../simulator/output.ts';
import type { Venue } from '../simulator/venue.ts';
import { type Charge, chargeOf } from './financing.ts';
import type { Ledger } from './ledger.ts';
import { averageOf, closeLots, openLot, type Lot } from './lots.ts';
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

/** What the fills of an instrument, or of a position by itself, add up to. */
export interface Book {
  held: number;
  average: number;
  /** Used where the ledger has lots. */
  lots: Lot[];
  trip: Trip | null;
}

const emptyBook = (): Book => ({ held: 0, average: NaN, lots: [], trip: null });

const reversed: number = exitReasons.indexOf('reverse'), ordered: number = exitReasons.indexOf('order');

export class RoundTrips {
  /** Fills read so far, counted from the log's own start. */
  read = 0;
  trips = 0;
  /** By instrument; and those of hedging, by position. */
  readonly books: readonly Book[];
  readonly hedged: Map<number, Book> = new Map();
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
    this.books = Array.from({ length: instruments }, emptyBook);
  }

  /** Reads the fills that have come, and the rows of open trips before these rows go. */
  settle(venue: Venue): void {
    const { fills, markets, clock } = venue, { log } = fills;
    for (; this.read < log.length; this.read++) this.take(venue, this.read);
    for (const { trip } of this.books) if (trip !== null) this.track(markets[trip.instrument], trip, markets[trip.instrument].passed(clock));
    for (const { trip } of this.hedged.values()) if (trip !== null) this.track(markets[trip.instrument], trip, markets[trip.instrument].passed(clock));
  }

  /** What the fills say of a holding. */
  bookOf(rank: number, holding: Holding): Book {
    return holding instanceof HedgedPosition ? this.hedged.get(holding.id)! : this.books[rank];
  }

  /** A dividend, by the holding that the fills give. */
  pay(market: Market, amount: number, ledger: Ledger): void {
    const { rank, multiplier, holdings } = market;
    const held = holdings.length === 1 ? this.bookOf(rank, holdings[0]).held : market.cleanQuantity(holdings.reduce((sum, holding) => sum + this.bookOf(rank, holding).held, 0));
    const paid = ledger.moneyOf(rank).count(amount * held * multiplier);
    if (!this.keepApart(ledger, rank, paid)) this.dividends += paid;
  }

  /** Sums of another currency than the account's are kept by currency; false for the account's. */
  private keepApart({ currencies }: Ledger, rank: number, amount: number): boolean {
    const place = currencies === null ? -1 : currencies.places[rank];
    if (place < 0) return false;
    currencies!.expected[place] += amount;
    return true;
  }

  /** A charge for holding, likewise; `mark` is what the position would close on. */
  finance({ rank, multiplier }: Market, holding: Holding, charge: Charge, mark: number, ledger: Ledger): void {
    const paid = ledger.moneyOf(rank).count(chargeOf(charge, this.bookOf(rank, holding).held, mark, multiplier));
    if (!this.keepApart(ledger, rank, -paid)) this[charge.column] += paid;
  }

  /** A split, after all fills before it have been read; `mark` is the last price before it. */
  split(rank: number, holding: Holding, action: Split, mark: number, venue: Venue): void {
    const { ledger } = venue, money = ledger.moneyOf(rank), market = venue.markets[rank], book = this.bookOf(rank, holding), { trip } = book, ratio = action.numerator / action.denominator;
    if (trip === null) return;
    const after = splitHolding(book.held, book.average, mark, market.multiplier, market.quantities, action), profit = money.count(after.profit);
    trip.isWhole &&= after.paidOut === 0;
    trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered * ratio) : trip.entered * ratio;
    trip.exited = trip.isWhole ? market.cleanQuantity(trip.exited * ratio) : trip.exited * ratio + after.paidOut;
    trip.exitValue += after.price * after.paidOut;
    trip.gross += profit;
    trip.low /= ratio;
    trip.high /= ratio;
    if (!this.keepApart(ledger, rank, profit)) this.realised += profit;
    book.held = after.held;
    book.average = after.average;
    if (after.held !== 0) return;
    trip.exitTime = venue.clock.time;
    trip.exitRow = market.passed(venue.clock) - 1;
    trip.exitReason = ordered;
    this.closed.push(trip);
    book.trip = null;
    if (holding instanceof HedgedPosition) this.hedged.delete(holding.id);
  }

  private take(venue: Venue, at: number): void {
    const { fills } = venue, { log } = fills, { ledger } = venue, facts: number = log.value(1, at), instrument = facts >> 8, money = ledger.moneyOf(instrument), side = (facts & 7) - 2;
    const market = venue.markets[instrument], price: number = log.value(4, at), quantity: number = log.value(5, at), fee = money.count(fills.fee.value(at)), position = fills.position.value(at), book = this.bookAt(instrument, position), before = book.held;
    let { trip } = book, opened = quantity, held = before, share = 0;
    if (!this.keepApart(ledger, instrument, -fee)) this.fees += fee;
    if (before * side < 0 && trip !== null) {
      const size = Math.abs(before), closed = Math.min(quantity, size), profit = !ledger.hasLots ? money.count((price - book.average) * closed * (before > 0 ? 1 : -1) * market.multiplier) : closeLots(book.lots, closed, price, before > 0 ? 1 : -1, market, money);
      share = closed === quantity ? fee : money.count((fills.fee.value(at) * closed) / quantity);
      if (!this.keepApart(ledger, instrument, profit)) this.realised += profit;
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
        book.trip = trip = null;
      }
    }
    if (opened > 0) {
      const size = Math.abs(held), row: number = log.value(3, at);
      book.average = size === 0 ? price : (book.average * size + price * opened) / (size + opened);
      held = market.cleanQuantity(held + side * opened);
      trip ??= book.trip = {
        id: position === position ? position : this.trips++, instrument, side, entryTime: log.value(2, at), entryRow: row, entryTag: fills.tag.value(at), entered: 0, entryValue: 0, exited: 0, exitValue: 0,
        gross: 0, costs: 0, low: Infinity, high: -Infinity, tracked: row, exitTime: 0n, exitRow: -1, exitTag: -1, exitReason: 0, isWhole: true,
      };
      trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered + opened) : trip.entered + opened;
      trip.entryValue += price * opened;
      trip.costs += fee - share;
    }
    if (ledger.hasLots) {
      if (opened > 0) openLot(book.lots, opened, price);
      book.average = averageOf(book.lots);
    }
    if (held === 0) book.average = NaN;
    book.held = held;
    if (held === 0 && position === position) this.hedged.delete(position);
  }

  private bookAt(instrument: number, position: number): Book {
    if (position !== position) return this.books[instrument];
    let book = this.hedged.get(position);
    if (book === undefined) this.hedged.set(position, (book = emptyBook()));
    return book;
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
  const { closed } = trips, { length } = closed, { currencies } = venue.ledger, of = (value: (trip: Trip) => number): Float64Array => Float64Array.from(closed, value);
  // Of another currency: at the rate as of the exit.
  const amount = (units: number, { instrument, exitTime }: Trip): number => venue.ledger.moneyOf(instrument).amount(units) * (currencies === null ? 1 : currencies.rateAt(instrument, exitTime));
  const entry = (trip: Trip): number => trip.entryValue / trip.entered, instrument = textColumn(length, row => venue.markets[closed[row].instrument].facts.id);
  const tag = (name: 'entryTag' | 'exitTag'): { readonly codes: Int32Array; readonly texts: string[] } => textColumn(length, row => tags[closed[row][name]]);
  const entryTag = tag('entryTag'), exitTag = tag('exitTag');
  return tableOf(roundTripSchema, length, trips.base, {
    positionId: of(trip => trip.id), instrument: instrument.codes, side: Int8Array.from(closed, trip => trip.side), entryTime: BigInt64Array.from(closed, trip => trip.entryTime),
    entryRow: of(trip => trip.entryRow), exitTime: BigInt64Array.from(closed, trip => trip.exitTime), exitRow: of(trip => trip.exitRow), entryPrice: of(entry),
    exitPrice: of(trip => trip.exitValue / trip.exited), quantity: of(trip => trip.exited), gross: of(trip => amount(trip.gross, trip)), costs: of(trip => amount(trip.costs, trip)),
    net: of(trip => amount(trip.gross - trip.costs, trip)), mae: of(trip => Math.max(0, trip.side > 0 ? entry(trip) - trip.low : trip.high - entry(trip))),
    mfe: of(trip => Math.max(0, trip.side > 0 ? trip.high - entry(trip) : entry(trip) - trip.low)), exitReason: Int8Array.from(closed, trip => trip.exitReason),
    entryTag: entryTag.codes, exitTag: exitTag.codes,
  }, { instrument: instrument.texts, entryTag: entryTag.texts, exitTag: exitTag.texts });
}
