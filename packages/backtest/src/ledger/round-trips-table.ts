/** Closed round trips as the table of the schema. */
import { roundTripSchema, type GrowingTable } from '@zanzibar/core';
import { tableOf, textColumn } from '../simulator/output.ts';
import type { Venue } from '../simulator/venue.ts';
import type { Trip } from './trip.ts';

export function roundTripsTable(venue: Venue, tags: readonly string[]): GrowingTable {
  const { trips } = venue;
  trips.settle(venue);
  const { closed } = trips, { length } = closed, { currencies, hasLots } = venue.ledger, of = (value: (trip: Trip) => number): Float64Array => Float64Array.from(closed, value);
  // Of another currency: at the rate as of the exit.
  const amount = (units: number, { instrument, exitTime }: Trip): number => venue.ledger.moneyOf(instrument).amount(units) * (currencies === null ? 1 : currencies.rateAt(instrument, exitTime));
  const entry = (trip: Trip): number => trip.entryValue / trip.entered, instrument = textColumn(length, row => venue.markets[closed[row].instrument].facts.id);
  const tag = (name: 'entryTag' | 'exitTag'): { readonly codes: Int32Array; readonly texts: string[] } => textColumn(length, row => tags[closed[row][name]]);
  const entryTag = tag('entryTag'), exitTag = tag('exitTag');
  return tableOf(roundTripSchema, length, trips.base, {
    positionId: of(trip => trip.id), lotId: hasLots ? of(trip => trip.lotId) : undefined, instrument: instrument.codes, side: Int8Array.from(closed, trip => trip.side), entryTime: BigInt64Array.from(closed, trip => trip.entryTime),
    entryRow: of(trip => trip.entryRow), exitTime: BigInt64Array.from(closed, trip => trip.exitTime), exitRow: of(trip => trip.exitRow), entryPrice: of(entry),
    exitPrice: of(trip => trip.exitValue / trip.exited), quantity: of(trip => trip.exited), gross: of(trip => amount(trip.gross, trip)), costs: of(trip => amount(trip.costs, trip)),
    net: of(trip => amount(trip.gross - trip.costs, trip)), mae: of(trip => Math.max(0, trip.side > 0 ? entry(trip) - trip.low : trip.high - entry(trip))),
    mfe: of(trip => Math.max(0, trip.side > 0 ? trip.high - entry(trip) : entry(trip) - trip.low)), exitReason: Int8Array.from(closed, trip => trip.exitReason),
    entryTag: entryTag.codes, exitTag: exitTag.codes,
  }, { instrument: instrument.texts, entryTag: entryTag.texts, exitTag: exitTag.texts });
}
