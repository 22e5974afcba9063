/**
 * Round trips: from flat to flat or to a reversal, at average prices, made from the fills (`fills.md`, section on round trips).
 */
import { GrowingTable, roundTripSchema } from '@zanzibar/core';
import type { Venue } from '../simulator/venue.ts';

export function roundTripsTable(_venue: Venue, _tags: readonly string[]): GrowingTable {
  return new GrowingTable(roundTripSchema);
}
