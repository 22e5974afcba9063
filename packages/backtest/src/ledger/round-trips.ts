/**
 * Round trips: from flat to flat, or to a reversal, in hedging those of each position, with lots one a lot; read off the fills (`fills.md` 73, B17, H10).
 *
 * Definition  entryPrice and exitPrice are quantity-weighted means of the trip's fills, quantity is all that was closed; gross is the sum of the realised
 *             profits, each rounded as in the ledger; costs are the fees (of a fill that belongs to several trips: shared by quantity); mae and mfe are the largest
 *             moves against and for the entry price, at the side it would close on, over the market rows from entry to exit, both included (bars: their ranges).
 * Units       prices in price, gross, costs and net in account currency
 */
import { exitReasons, type Split } from '@zanzibar/core';
import { HedgedPosition, type Holding } from '../simulator/holding.ts';
import type { Market } from '../simulator/market.ts';
import type { Venue } from '../simulator/venue.ts';
import { type Charge, chargeOf } from './financing.ts';
import type { Ledger } from './ledger.ts';
import { averageOf, closeLots, splitLots } from './lots.ts';
import type { Money } from './money.ts';
import { splitHolding } from './split-holding.ts';
import { beginTrip, endTrip, enterTrip, leaveTrip, scaleTrip, trackTrip, type Trip, type TripLot } from './trip.ts';

/** What the fills of an instrument, or of a position by itself, add up to. */
export interface Book {
  held: number;
  average: number;
  /** Used where the ledger has lots. */
  lots: TripLot[];
  trip: Trip | null;
}

const emptyBook = (): Book => ({ held: 0, average: NaN, lots: [], trip: null });

const reversed: number = exitReasons.indexOf('reverse'), ordered: number = exitReasons.indexOf('order');

export class RoundTrips {
  /** Fills read so far, counted from the log's own start. */
  read = 0;
  /** Trips and lots that have begun. */
  trips = 0;
  lotCount = 0;
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
  /** Net of the position that was closed last, in units of money. */
  lastNet = 0;

  constructor(instruments: number) {
    this.books = Array.from({ length: instruments }, emptyBook);
  }

  /** Reads the fills that have come, and the rows of open trips before these rows go. */
  settle(venue: Venue): void {
    const { fills } = venue, { log } = fills;
    for (; this.read < log.length; this.read++) this.take(venue, this.read);
    for (const book of this.books) this.track(venue, book);
    for (const book of this.hedged.values()) this.track(venue, book);
  }

  private track({ markets, clock, ledger: { hasLots } }: Venue, { trip, lots }: Book): void {
    if (trip === null) return;
    const market = markets[trip.instrument], end = market.passed(clock);
    if (!hasLots) trackTrip(market, trip, end);
    for (const lot of lots) trackTrip(market, lot.trip, end);
  }

  /** What the fills say of a holding. */
  bookOf(rank: number, holding: Holding): Book {
    return holding instanceof HedgedPosition ? this.hedged.get(holding.id)! : this.books[rank];
  }

  private bookAt(instrument: number, position: number): Book {
    if (position !== position) return this.books[instrument];
    let book = this.hedged.get(position);
    if (book === undefined) this.hedged.set(position, (book = emptyBook()));
    return book;
  }

  /** A dividend, by the holdings that the fills give. */
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
    const { ledger } = venue, money = ledger.moneyOf(rank), market = venue.markets[rank], book = this.bookOf(rank, holding), { trip, lots } = book, ratio = action.numerator / action.denominator;
    if (trip === null) return;
    const after = splitHolding(book.held, book.average, mark, market.multiplier, market.quantities, action);
    let profit = money.count(after.profit);
    if (ledger.hasLots) {
      splitLots(lots, ratio, market);
      for (const lot of lots) scaleTrip(lot.trip, market, ratio, lot.isPart !== true);
      profit = after.paidOut === 0 ? 0 : this.leaveLots(lots, after.paidOut, after.price, trip.side, market, money, () => 0, lot => this.endAt(venue, market, lot.trip));
      after.average = averageOf(lots);
    }
    scaleTrip(trip, market, ratio, after.paidOut === 0);
    leaveTrip(trip, market, after.paidOut, after.price, profit, 0);
    if (!this.keepApart(ledger, rank, profit)) this.realised += profit;
    book.held = after.held;
    book.average = after.held === 0 ? NaN : after.average;
    if (after.held !== 0) return;
    if (ledger.hasLots) lots.length = 0;
    else this.endAt(venue, market, trip);
    book.trip = null;
    if (holding instanceof HedgedPosition) this.hedged.delete(holding.id);
  }

  /** Nothing of it is left after a split. */
  private endAt({ clock }: Venue, market: Market, trip: Trip): void {
    trip.exitTime = clock.time;
    trip.exitRow = market.passed(clock) - 1;
    trip.exitReason = ordered;
    this.closed.push(trip);
  }

  /** Closes a quantity of the oldest lots, whose trips get their part of it; `ended` is told those of which nothing is left. */
  private leaveLots(lots: TripLot[], quantity: number, price: number, side: number, market: Market, money: Money, feeOf: (part: number, isLast: boolean) => number, ended: (lot: TripLot) => void): number {
    return closeLots(lots, quantity, price, side, market, money, (lot, part, profit, isLast) => {
      leaveTrip(lot.trip, market, part, price, profit, feeOf(part, isLast));
      if (lot.quantity === 0) ended(lot);
    });
  }

  private take(venue: Venue, at: number): void {
    const { fills, ledger } = venue, { log } = fills, facts: number = log.value(1, at), instrument = facts >> 8, money = ledger.moneyOf(instrument), side = (facts & 7) - 2;
    const market = venue.markets[instrument], price: number = log.value(4, at), quantity: number = log.value(5, at), position = fills.position.value(at), book = this.bookAt(instrument, position), before = book.held;
    const fee = money.count(fills.fee.value(at));
    let { trip } = book, opened = quantity, held = before, share = 0;
    if (!this.keepApart(ledger, instrument, -fee)) this.fees += fee;
    if (before * side < 0 && trip !== null) {
      const size = Math.abs(before), closed = Math.min(quantity, size), own = before > 0 ? 1 : -1;
      share = closed === quantity ? fee : money.count((fills.fee.value(at) * closed) / quantity);
      held = market.cleanQuantity(before + side * closed);
      opened = market.cleanQuantity(quantity - closed);
      const why = held === 0 && opened > 0 ? reversed : (facts >> 5) & 7, end = (one: Trip): void => {
        endTrip(one, fills, at, why);
        trackTrip(market, one, one.exitRow + 1);
        this.closed.push(one);
      };
      let profit: number, left = share;
      if (!ledger.hasLots) profit = money.count((price - book.average) * closed * own * market.multiplier);
      else profit = this.leaveLots(book.lots, closed, price, own, market, money, (part, isLast) => {
        const paid = isLast ? left : money.count((fills.fee.value(at) * part) / quantity);
        left -= paid;
        return paid;
      }, lot => end(lot.trip));
      if (!this.keepApart(ledger, instrument, profit)) this.realised += profit;
      leaveTrip(trip, market, closed, price, profit, share);
      if (held === 0) {
        this.lastNet = trip.gross - trip.costs;
        if (!ledger.hasLots) end(trip);
        book.lots.length = 0;
        book.trip = trip = null;
      }
    }
    if (opened > 0) {
      const size = Math.abs(held);
      book.average = size === 0 ? price : (book.average * size + price * opened) / (size + opened);
      held = market.cleanQuantity(held + side * opened);
      trip ??= book.trip = beginTrip(position === position ? position : this.trips++, NaN, instrument, side, fills, at);
      enterTrip(trip, market, opened, price, fee - share);
    }
    if (ledger.hasLots) {
      if (opened > 0) {
        const lot: TripLot = { quantity: opened, price, trip: beginTrip(trip!.id, this.lotCount++, instrument, side, fills, at) };
        enterTrip(lot.trip, market, opened, price, fee - share);
        book.lots.push(lot);
      }
      book.average = averageOf(book.lots);
    }
    if (held === 0) book.average = NaN;
    book.held = held;
    if (held === 0 && position === position) this.hedged.delete(position);
  }
}
