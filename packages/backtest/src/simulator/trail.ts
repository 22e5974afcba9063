/**
 * Stop prices that follow the market (`fills.md` O5 to O9): a function of the best price that the order has seen, which only ever tightens.
 *
 * On ticks nothing is done row by row: `follow` catches up when somebody looks, and `trailing-passage.ts` finds the row that fires.
 */
import { againstOrder, passiveSide, roundToGrid } from '@zanzibar/core';
import type { Market } from './market.ts';
import type { Slot } from './order.ts';

/** Codes of core's `trailUnits`. */
export const inPrice = 0, inTicks = 1, inBasisPoints = 2;
/** Unit of steps: the distance from the entry to its stop price. */
export const inRisk = 3;

/** Profits from which on a stop price stands elsewhere, and where, beside the entry's price; once that is known, as prices. */
export interface StopSteps {
  readonly unit: number;
  profits: number[];
  stops: number[];
  at: number[];
  to: number[];
}

/** What an order whose stop price moves has beside its slot. */
export class Trail {
  unit: number = inPrice;
  /** In `unit`, above 0; basis points below 10,000, so that the level never goes back. */
  distance: number = NaN;
  /** Stop price that was asked for: it holds until the level is tighter. NaN is none. */
  given: number = NaN;
  /** Price from which on it trails; NaN: from its first eligible row. */
  activation: number = NaN;
  /** Best price for the position since it began to trail, NaN before that. */
  extreme: number = NaN;
  /** In place of a distance. */
  steps: StopSteps | null = null;
  /** Ticks: rows before this one have been taken in. */
  row = 0;
}

/** Is this a distance that an order can trail at? */
export function isDistance(unit: number, distance: number): boolean {
  return distance > 0 && distance < (unit === inBasisPoints ? 10_000 : Infinity);
}

/** The distance in price, where the best price is `extreme`. */
export function distanceAt(market: Market, { unit, distance }: Trail, extreme: number): number {
  if (unit === inPrice) return distance;
  return unit === inTicks ? distance * market.tick : (Math.abs(extreme) * distance) / 10_000;
}

/** The stop price that an order works at with this best price. */
export function stopAt(market: Market, slot: Slot, trail: Trail, extreme: number): number {
  const { side } = slot, { given } = trail;
  if (extreme !== extreme) return given;
  if (trail.steps !== null) return steppedStop(trail.steps, side, given, extreme);
  const level = roundToGrid(market.prices, extreme + side * distanceAt(market, trail, extreme), againstOrder(side));
  return (level - given) * side >= 0 ? given : level;
}

function steppedStop({ at, to }: StopSteps, side: number, given: number, extreme: number): number {
  let stop = given;
  for (let k = 0; k < at.length; k++) if ((at[k] - extreme) * side >= 0 && !((to[k] - stop) * side >= 0)) stop = to[k];
  return stop;
}

/** The entry of a leg has filled at a price: where its steps lie. */
export function standSteps(market: Market, leg: Slot, { steps, given }: Trail, price: number): void {
  if (steps === null) return;
  const { side } = leg, unit = steps.unit === inRisk ? Math.abs(price - given) : steps.unit === inTicks ? market.tick : 1;
  steps.at = steps.profits.map(profit => roundToGrid(market.prices, price - side * profit * unit, passiveSide(side)));
  steps.to = steps.stops.map(stop => roundToGrid(market.prices, price - side * stop * unit, againstOrder(side)));
}

/** Sets the stop price by what has been seen. */
export function tighten(market: Market, slot: Slot, trail: Trail): void {
  slot.stop = stopAt(market, slot, trail, trail.extreme);
}

/** A price that the order has been tested against: it may begin the trail, or raise it. */
export function takeIn(market: Market, slot: Slot, trail: Trail, price: number): void {
  const { side } = slot, { extreme, activation } = trail;
  if (extreme !== extreme ? price !== price || (activation - price) * side < 0 : !((extreme - price) * side > 0)) return;
  trail.extreme = price;
  market.isDirty = true;
  tighten(market, slot, trail);
}

const range: Float64Array = new Float64Array(2);

/** Ticks: takes in the rows up to `to`, exclusive, of which none has fired it. */
export function follow(market: Market, slot: Slot, to: number): void {
  const trail = slot.trail!, { side } = slot;
  if (to <= trail.row) return;
  const from = trail.extreme === trail.extreme ? trail.row : beginning(market, slot, trail, to);
  trail.row = to;
  if (from >= to) return;
  market.extremes(side, from, to, range);
  const best = side > 0 ? range[0] : range[1];
  if (trail.extreme === trail.extreme && !((trail.extreme - best) * side > 0)) return;
  if (best === Infinity || best === -Infinity) return;
  trail.extreme = best;
  tighten(market, slot, trail);
}

/** Ticks: the row from `trail.row` on with which it begins to trail, `to` or later if none before that does. */
export function beginning(market: Market, slot: Slot, trail: Trail, to: number): number {
  const { activation, row } = trail, { base, length, index } = market;
  if (activation !== activation) return market.firstExisting(row);
  const from = Math.max(row - base, 0), end = Math.min(to - base, length);
  if (index === undefined || from >= end) return to;
  return base + (slot.side > 0 ? index.buy!.first(from, end, activation, Infinity) : index.sell!.first(from, end, -Infinity, activation));
}
