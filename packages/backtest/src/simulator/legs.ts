/** The legs of a bracket: exits that are written with their entry and rest when it fills (`fills.md` 23 to 28, O10, O14, O15). */
import { againstOrder, codeOf, passiveSide, trailUnits } from '@zanzibar/core';
import type { OrderRequest } from '../strategy/strategy.ts';
import type { ActionsView } from './actions.ts';
import type { Market } from './market.ts';
import { bracket, held, limit, market as marketKind, stop, trailingStop, type Slot } from './order.ts';
import { event } from './records.ts';
import { inPrice, inRisk, inTicks, isDistance } from './trail.ts';
import { reason, type Venue } from './venue.ts';

const stepUnits = ['price', 'ticks', 'R'] as const;

/** Writes the legs that a request asks for: stop, target, time. `row` is that of the call. Errors: RangeError for a number of rows to hold that is none. */
export function writeLegs(actions: ActionsView, venue: Venue, market: Market, entry: Slot, request: OrderRequest, row: number): void {
  const { stop: stopPrice = NaN, stopTrail = NaN, stopSteps, target = NaN, hold = NaN, holdRows = NaN } = request, side = -entry.side;
  if (stopPrice === stopPrice || stopTrail === stopTrail || stopSteps !== undefined) {
    const slot = actions.slot(market, side, stop, NaN, actions.rounded(market, stopPrice, againstOrder(side)));
    if (stopTrail === stopTrail || stopSteps !== undefined) {
      slot.form = trailingStop;
      actions.trail(market, slot, stopSteps === undefined ? { side, trail: stopTrail, trailUnit: request.trailUnit, activationPrice: request.trailFrom } : { side });
      if (stopSteps !== undefined) slot.trail!.steps = { unit: unitOf(request), profits: stopSteps.map(({ profit }) => profit), stops: stopSteps.map(({ stop: to }) => to), at: [], to: [] };
    }
    writeLeg(venue, entry, slot, NaN, NaN, row);
  }
  if (target === target) writeLeg(venue, entry, actions.slot(market, side, limit, actions.rounded(market, target, passiveSide(side)), NaN), NaN, NaN, row);
  if (hold === hold || holdRows === holdRows) writeLeg(venue, entry, actions.slot(market, side, marketKind, NaN, NaN), hold, holdRows, row);
}

/** Checks what a request asks of its exits: false where the protecting stop has nothing to move by. Errors: RangeError for rows to hold that are none. */
export function canProtect(request: OrderRequest): boolean {
  const { stop: stopPrice = NaN, stopTrail = NaN, stopSteps, trailUnit = 'price', hold = NaN, holdRows = NaN } = request;
  if (holdRows === holdRows && !(Number.isInteger(holdRows) && holdRows > 0)) throw new RangeError(`order: holdRows must be a positive integer, was ${holdRows}`);
  if (holdRows === holdRows && hold === hold) throw new RangeError(`order: hold and holdRows exclude each other, were ${hold} and ${holdRows}`);
  if (stopTrail === stopTrail && !isDistance(codeOf(trailUnits, trailUnit), stopTrail)) return false;
  if (stopSteps === undefined) return true;
  if (stopTrail === stopTrail || stopSteps.length === 0 || (unitOf(request) === inRisk && stopPrice !== stopPrice)) return false;
  return stopSteps.every(({ profit, stop: to }) => profit > 0 && profit < Infinity && to > -Infinity && to < profit);
}

function unitOf({ stepUnit = 'R' }: OrderRequest): number {
  return [inPrice, inTicks, inRisk][codeOf(stepUnits, stepUnit)];
}

function writeLeg(venue: Venue, entry: Slot, slot: Slot, hold: number, holdRows: number, row: number): void {
  slot.parent = entry;
  slot.quantity = 0;
  slot.timeInForce = 0;
  slot.isReduceOnly = true;
  if (venue.isHedging) slot.positionId = entry.order;
  slot.isPostOnly = false;
  slot.linkKind = bracket;
  slot.linkGroup = entry.order;
  slot.hold = hold;
  slot.holdRows = holdRows;
  slot.isActive = hold !== hold;
  slot.place = entry.place;
  venue.orders.write(slot, entry.quantity, venue.clock, row);
  venue.move(slot, held);
  venue.execute(slot, event.submit, reason.none);
  if (entry.leg0 === null) entry.leg0 = slot;
  else if (entry.leg1 === null) entry.leg1 = slot;
  else entry.leg2 = slot;
  entry.liveLegs++;
}
