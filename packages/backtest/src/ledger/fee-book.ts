/** Charges fills by fee schedules: rates by tier and liquidity, and what an order pays in all (`fills.md` C1 to C5). */
import { dayOf } from '@zanzibar/core';
import type { Market } from '../simulator/market.ts';
import type { Slot } from '../simulator/order.ts';
import { isEnd } from '../simulator/order.ts';
import type { OrderPool } from '../simulator/order-pool.ts';
import type { TradedInstrument } from '../simulator/setup.ts';
import { checkFeeSchedules, checkScopes, scopeOf, type FeeRates, type FeeSchedule, type FeeSchedules } from './fee-schedule.ts';
import type { Money } from './money.ts';
import { TradedVolume } from './traded-volume.ts';

/** One entry of the schedules: rates from 0 on, then by tier, as plain numbers. */
interface Entry {
  readonly scope: string;
  readonly schedule: FeeSchedule;
  readonly from: readonly number[];
  /** Four a tier: maker and taker basis points, maker and taker money per unit. */
  readonly rates: readonly number[];
  readonly traded: TradedVolume | null;
  readonly isByOrder: boolean;
}

/** What an order that may fill again has paid: in money before limits, in units of money, and its notional. */
interface Paid {
  owed: number;
  charged: number;
  notional: number;
}

export class FeeBook {
  /** By instrument; null: no schedule holds for it. */
  private readonly entries: readonly (Entry | null)[];
  private readonly distinct: readonly Entry[];
  private readonly paid: Map<number, Paid> = new Map();
  private readonly money: Money;

  constructor(schedules: FeeSchedules, instruments: readonly TradedInstrument[], money: Money) {
    checkFeeSchedules(schedules);
    checkScopes('fees', schedules, instruments.map(({ id }) => id));
    const byScope = new Map(Object.entries(schedules).map(([scope, schedule]) => [scope, entryOf(scope, schedule)]));
    this.entries = instruments.map(({ id }) => {
      const scope = scopeOf(schedules, id);
      return scope === undefined ? null : byScope.get(scope)!;
    });
    this.distinct = [...byScope.values()];
    this.money = money;
  }

  /** The fee of a fill in units of money; NaN where no schedule holds for the instrument. `isWhole`: the order will not fill again. */
  charge(market: Market, slot: Slot, quantity: number, price: number, isTaker: boolean, isWhole: boolean, time: bigint, pool: OrderPool): number {
    const entry = this.entries[market.rank];
    if (entry === null) return NaN;
    const { money } = this, { multiplier } = market, owed = rated(entry, price, quantity, multiplier, isTaker, time);
    if (!entry.isByOrder) return money.count(owed);
    const before = this.paid.get(slot.order), { perOrder = 0, minimum = -Infinity, maximum = Infinity, maximumBasisPoints = Infinity } = entry.schedule;
    const sum = (before?.owed ?? 0) + owed, notional = (before?.notional ?? 0) + Math.abs(price * quantity * multiplier), charged = before?.charged ?? 0;
    const share = maximumBasisPoints === Infinity ? Infinity : (notional * maximumBasisPoints) / 10000;
    const total = money.count(Math.min(Math.max(sum + perOrder, minimum), maximum, share));
    if (isWhole) this.paid.delete(slot.order);
    else if (before === undefined) this.keep(slot.order, { owed: sum, charged: total, notional }, pool);
    else Object.assign(before, { owed: sum, charged: total, notional });
    return total - charged;
  }

  /** Does a schedule hold for the instrument? */
  holdsFor({ rank }: Market): boolean {
    return this.entries[rank] !== null;
  }

  /** What an order would owe that is filled whole by one fill now, as money, not rounded; nothing is counted. Only where a schedule holds. */
  wouldOwe(market: Market, quantity: number, price: number, isTaker: boolean, time: bigint): number {
    const entry = this.entries[market.rank]!, { multiplier } = market, { schedule: { perOrder = 0, minimum = -Infinity, maximum = Infinity, maximumBasisPoints = Infinity }, traded } = entry;
    const owed = owedFrom(entry, price, quantity, multiplier, isTaker, traded === null ? 0 : traded.at(dayOf(time)));
    if (!entry.isByOrder) return owed;
    const share = maximumBasisPoints === Infinity ? Infinity : (Math.abs(price * quantity * multiplier) * maximumBasisPoints) / 10000;
    return Math.min(Math.max(owed + perOrder, minimum), maximum, share);
  }

  /** Orders that ended without being filled whole are forgotten now and then. */
  private keep(order: number, paid: Paid, pool: OrderPool): void {
    if (this.paid.size >= 1024) {
      for (const known of this.paid.keys()) {
        const slot = pool.find(known);
        if (slot === undefined || isEnd(slot.state)) this.paid.delete(known);
      }
    }
    this.paid.set(order, paid);
  }

  save(): object {
    return { paid: [...this.paid].sort(([a], [b]) => a - b).map(([order, paid]) => ({ order, ...paid })), traded: this.distinct.map(({ scope, traded }) => ({ scope, traded: traded?.save() ?? null })) };
  }

  restore(saved: any): void {
    this.paid.clear();
    for (const { order, owed, charged, notional } of saved.paid) this.paid.set(order, { owed, charged, notional });
    for (const { scope, traded } of saved.traded) this.distinct.find(entry => entry.scope === scope)?.traded?.restore(traded);
  }
}

function entryOf(scope: string, schedule: FeeSchedule): Entry {
  const { tiers = [], window = 'month', perOrder, minimum, maximum, maximumBasisPoints } = schedule, steps: readonly FeeRates[] = [schedule, ...tiers];
  const rates = steps.flatMap(({ basisPoints = 0, makerBasisPoints = basisPoints, takerBasisPoints = basisPoints, perUnit = 0, makerPerUnit = perUnit, takerPerUnit = perUnit }) => [
    makerBasisPoints, takerBasisPoints, makerPerUnit, takerPerUnit,
  ]);
  return {
    scope, schedule, from: [0, ...tiers.map(({ from }) => from)], rates, traded: tiers.length === 0 ? null : new TradedVolume(window),
    isByOrder: [perOrder, minimum, maximum, maximumBasisPoints].some(value => value !== undefined),
  };
}

/** The fill's own fee by the rates of its tier, and its volume counted. */
function rated(entry: Entry, price: number, quantity: number, multiplier: number, isTaker: boolean, time: bigint): number {
  const { traded } = entry;
  if (traded === null) return owedFrom(entry, price, quantity, multiplier, isTaker, 0);
  const volume = traded.at(dayOf(time));
  traded.add(volumeOf(entry, price, multiplier) * quantity);
  return owedFrom(entry, price, quantity, multiplier, isTaker, volume);
}

/** What a unit counts as volume. */
function volumeOf({ schedule }: Entry, price: number, multiplier: number): number {
  return schedule.volume === 'quantity' ? 1 : Math.abs(price) * multiplier;
}

/** The fill's own fee by the rates of its tier, of which `start` is the volume before it. */
function owedFrom(entry: Entry, price: number, quantity: number, multiplier: number, isTaker: boolean, start: number): number {
  const { schedule, from, rates, traded } = entry, at = isTaker ? 1 : 0;
  if (traded === null) return (price * quantity * multiplier * rates[at]) / 10000 + rates[at + 2] * quantity;
  const perUnit = volumeOf(entry, price, multiplier);
  let volume = start, tier = from.length - 1, left = quantity, owed = 0;
  while (from[tier] > volume) tier--;
  for (; schedule.isMarginal === true && tier < from.length - 1; tier++) {
    const room = (from[tier + 1] - volume) / perUnit;
    if (room >= left) break;
    owed += (price * room * multiplier * rates[4 * tier + at]) / 10000 + rates[4 * tier + at + 2] * room;
    left -= room;
    volume = from[tier + 1];
  }
  return owed + (price * left * multiplier * rates[4 * tier + at]) / 10000 + rates[4 * tier + at + 2] * left;
}
