/** What a strategy sees of its account. */
import { orderKinds } from '@zanzibar/core';
import type { Account, OpenOrder, OpenPosition } from '../strategy/strategy.ts';
import type { Call } from './call.ts';
import { HedgedPosition } from './holding.ts';
import { liquidationPrice, requirement } from './margin.ts';
import { isEnd } from './order.ts';
import { follow } from './trail.ts';
import type { Venue } from './venue.ts';

export class AccountView implements Account {
  private readonly venue: Venue;
  private readonly call: Call;

  constructor(venue: Venue, call: Call) {
    this.venue = venue;
    this.call = call;
  }

  get cash(): number {
    return this.venue.ledger.cash(this.venue.clock);
  }

  get equity(): number {
    return this.venue.ledger.equity(this.venue.markets, this.venue.clock);
  }

  get margin(): number {
    return requirement(this.venue, this.venue.limits?.initial ?? 0);
  }

  liquidationPrice(instrument?: string): number {
    return liquidationPrice(this.venue, this.venue.markets[this.call.instrumentOf(instrument)]);
  }

  position(instrument?: string): number {
    return this.venue.markets[this.call.instrumentOf(instrument)].position;
  }

  averagePrice(instrument?: string): number {
    return this.venue.markets[this.call.instrumentOf(instrument)].average;
  }

  positions(instrument?: string): readonly OpenPosition[] {
    const { markets } = this.venue, only = instrument === undefined ? -1 : this.call.instrumentOf(instrument), open: OpenPosition[] = [];
    for (const market of markets) {
      if (only >= 0 && market.rank !== only) continue;
      for (const holding of market.holdings) {
        const { position, average } = holding;
        if (position !== 0) open.push({ positionId: holding instanceof HedgedPosition ? holding.id : NaN, instrument: market.facts.id, side: Math.sign(position), quantity: Math.abs(position), entryPrice: average });
      }
    }
    return open;
  }

  openOrders(instrument?: string): readonly number[] {
    const { venue } = this, ids: number[] = [], only = instrument === undefined ? -1 : this.call.instrumentOf(instrument);
    for (const slot of venue.pool.slots) {
      if (slot.order >= 0 && !isEnd(slot.state) && (only < 0 || slot.instrument === only)) ids.push(slot.order);
    }
    return ids.sort((a, b) => a - b);
  }

  order(orderId: number): OpenOrder | undefined {
    const { venue } = this, slot = venue.pool.find(orderId);
    if (slot === undefined || isEnd(slot.state)) return undefined;
    const market = venue.markets[slot.instrument], instrument = market.facts.id;
    // On ticks nobody has followed the market since it was last looked at.
    if (slot.trail !== null && slot.livePlace >= 0 && !slot.isTriggered && !market.isBars) follow(market, slot, market.unprocessed(venue.clock));
    return {
      orderId, instrument, kind: orderKinds[slot.form], side: slot.side, quantity: venue.remaining(slot), price: slot.limit, stopPrice: slot.stop, state: slot.state,
    };
  }
}
