/**
 * A round trip while it lasts: what has entered and left, and the extremes that it has seen (`fills.md` 73, B17, H10).
 *
 * Plain fields: it is part of the snapshot.
 */
import type { FillLog } from '../simulator/records.ts';
import type { Market } from '../simulator/market.ts';
import type { Lot } from './lots.ts';

export interface Trip {
  readonly id: number;
  /** Number of the lot, NaN where the trip is a position's. */
  readonly lotId: number;
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

/** A lot, and the trip that it is. */
export interface TripLot extends Lot {
  readonly trip: Trip;
}

export function beginTrip(id: number, lotId: number, instrument: number, side: number, { log, tag }: FillLog, at: number): Trip {
  const row: number = log.value(3, at);
  return {
    id, lotId, instrument, side, entryTime: log.value(2, at), entryRow: row, entryTag: tag.value(at), entered: 0, entryValue: 0, exited: 0, exitValue: 0,
    gross: 0, costs: 0, low: Infinity, high: -Infinity, tracked: row, exitTime: 0n, exitRow: -1, exitTag: -1, exitReason: 0, isWhole: true,
  };
}

export function enterTrip(trip: Trip, market: Market, quantity: number, price: number, fee: number): void {
  trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered + quantity) : trip.entered + quantity;
  trip.entryValue += price * quantity;
  trip.costs += fee;
}

export function leaveTrip(trip: Trip, market: Market, quantity: number, price: number, profit: number, fee: number): void {
  trip.gross += profit;
  trip.costs += fee;
  trip.exited = trip.isWhole ? market.cleanQuantity(trip.exited + quantity) : trip.exited + quantity;
  trip.exitValue += price * quantity;
}

/** A fill has closed it. */
export function endTrip(trip: Trip, { log, tag }: FillLog, at: number, exitReason: number): void {
  trip.exitTime = log.value(2, at);
  trip.exitRow = log.value(3, at);
  trip.exitTag = tag.value(at);
  trip.exitReason = exitReason;
}

/** Onto the scale of a split; values keep theirs. `isWhole`: of whole steps after it. */
export function scaleTrip(trip: Trip, market: Market, ratio: number, isWhole: boolean): void {
  trip.isWhole &&= isWhole;
  trip.entered = trip.isWhole ? market.cleanQuantity(trip.entered * ratio) : trip.entered * ratio;
  trip.exited = trip.isWhole ? market.cleanQuantity(trip.exited * ratio) : trip.exited * ratio;
  trip.low /= ratio;
  trip.high /= ratio;
}

const range: Float64Array = new Float64Array(2);

/** Takes in the rows before `end`. */
export function trackTrip(market: Market, trip: Trip, end: number): void {
  if (end <= trip.tracked) return;
  market.extremes(-trip.side, trip.tracked, end, range);
  if (range[0] < trip.low) trip.low = range[0];
  if (range[1] > trip.high) trip.high = range[1];
  trip.tracked = end;
}
