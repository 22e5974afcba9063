/** The account on every market row: liquidation, then locks, and what the venue does then (`fills.md` B7 to B12). */
import { againstOrder, exitReasons, roundToGrid } from '@zanzibar/core';
import type { ActionsView } from './actions.ts';
import { atMark, fill } from './fill.ts';
import type { Holding } from './holding.ts';
import { exposureOf, liquidationPrice, requirement } from './margin.ts';
import type { Market } from './market.ts';
import { accepted, cancelled, held, insideRange, isEnd, stop, submitted, type Slot } from './order.ts';
import { event, taker } from './records.ts';
import { reason, type Venue } from './venue.ts';

const liquidated: number = exitReasons.indexOf('liquidation');

/** After a row's own orders. */
export function guardAccount(venue: Venue, actions: ActionsView): void {
  const { ledger, markets, clock } = venue, limits = venue.limits!;
  if (limits.maintenance > 0) {
    const needed = requirement(venue, limits.maintenance);
    if (needed > 0 && ledger.equity(markets, clock) <= needed) liquidate(venue, actions, undefined, NaN);
  }
  if (limits.dailyLoss === 0 && limits.maximumDrawdown === 0) return;
  if (!limits.locks(venue, ledger.equity(markets, clock))) return;
  withdraw(venue, reason.locked, slot => !slot.isReduceOnly && (markets[slot.instrument].hedge !== null || markets[slot.instrument].position * slot.side >= 0));
  if (limits.closesOnLock) for (const market of markets) for (const holding of market.holdings.slice()) if (holding.position !== 0) closePosition(venue, actions, market, holding, market.mark(clock, holding.position), 'lock');
}

/** A bar's range against the price at which the account ends; false where a stop that closes the position comes before it, and it must be asked again behind the orders. */
export function guardRange(venue: Venue, actions: ActionsView, market: Market, row: number, isAfter: boolean): boolean {
  const price = liquidationPrice(venue, market), { hedge } = market, side = (hedge === null ? market.position : exposureOf(hedge.positions, venue.limits!.maintenance)) > 0 ? -1 : 1, at = row - market.base;
  if (!(price === price)) return true;
  const level = roundToGrid(market.prices, price, againstOrder(side));
  if (!(side < 0 ? market.sellLow[at] <= level : market.buyHigh[at] >= level)) return true;
  if (!isAfter && market.live.some(slot => slot.side === side && (hedge === null || slot.isReduceOnly) && isStopBefore(slot, level, row))) return false;
  liquidate(venue, actions, market, level);
  return true;
}

function isStopBefore(slot: Slot, level: number, row: number): boolean {
  return slot.kind === stop && slot.turn === slot.side && !slot.isTriggered && (slot.insideBar === row ? slot.insideLook === insideRange : slot.eligible <= row) && (level - slot.stop) * slot.side >= 0;
}

/** Every order that is at the venue ends, then every position; `at` closes at this level, others at their marks. */
function liquidate(venue: Venue, actions: ActionsView, at: Market | undefined, level: number): void {
  const { markets, clock, fills, ledger } = venue, limits = venue.limits!;
  withdraw(venue, reason.liquidation, () => true);
  limits.isLiquidating = true;
  for (const market of markets) {
    for (const holding of market.holdings.slice()) {
      if (holding.position === 0) continue;
      const quantity = Math.abs(holding.position);
      closePosition(venue, actions, market, holding, market === at ? level : market.mark(clock, holding.position), 'liquidation');
      const row = fills.log.at - 1, money = ledger.moneyOf(market.rank), extra = money.count((fills.price[row] * quantity * market.multiplier * limits.liquidationPoints) / 10000);
      fills.facts[row] |= liquidated << 5;
      if (extra === 0) continue;
      money.counted -= extra;
      fills.fee.set(row, money.amount(money.count(fills.fee.value(fills.log.length - 1)) + extra));
    }
  }
  limits.isLiquidating = false;
}

/** Cancels orders at the venue, by id. */
function withdraw(venue: Venue, why: number, isMeant: (slot: Slot) => boolean): void {
  for (const slot of venue.pool.ascending()) {
    if (slot.hasArrived && !isEnd(slot.state) && slot.state !== held && isMeant(slot)) venue.finish(slot, event.cancel, cancelled, why);
  }
}

function closePosition(venue: Venue, actions: ActionsView, market: Market, holding: Holding, level: number, tag: string): void {
  const side = holding.position > 0 ? -1 : 1, slot = actions.ownOrder(market, side, Math.abs(holding.position), tag, holding), { base, carriedRow, markRow, isBars } = market, standing = isBars ? -1 : market.standing(venue.clock);
  venue.atOnce.add(slot.order);
  venue.move(slot, submitted);
  venue.execute(slot, event.submit, reason.none);
  venue.move(slot, accepted);
  venue.execute(slot, event.accept, reason.none);
  fill(venue, market, slot, isBars ? markRow - base : standing < 0 ? carriedRow - base : standing, market.slipped(level, side), level, taker, atMark);
}
