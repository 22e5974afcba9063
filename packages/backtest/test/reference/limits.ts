/** Limits, locks and margin exactly as `fills.md` B4 to B12 say them. */
import type { Reason } from '@zanzibar/core';
import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import type { ReferenceAccount } from './account.ts';
import { isEnd, type Misreading, type Order } from './records.ts';

export interface LimitedVenue {
  readonly account: ReferenceAccount;
  ascending(): Order[];
  finish(order: Order, event: 'cancel', state: 'cancelled', reason: Reason): void;
}

export class ReferenceLimits {
  private readonly instruments: readonly TradedInstrument[];
  private readonly account: ReferenceAccount;
  private readonly limits: NonNullable<SimulationOptions['limits']>;
  readonly margin: SimulationOptions['margin'];
  private readonly cools: bigint[];
  private lockEnds: bigint | 'never' | undefined;
  private dayEnd: bigint;
  private dayStart: number;
  private seen: number;
  private highest: number;

  private readonly misreading: Misreading | undefined;

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions, account: ReferenceAccount, from: bigint, misreading?: Misreading) {
    this.misreading = misreading;
    this.instruments = instruments;
    this.account = account;
    this.limits = options.limits ?? {};
    this.margin = options.margin;
    this.cools = instruments.map(() => -(1n << 80n));
    this.dayEnd = instruments[0].sessionEnd(from);
    this.dayStart = this.seen = this.highest = account.cash();
  }

  get maintenance(): number {
    return this.margin === undefined ? 0 : this.margin.maintenance ?? this.margin.initial / 2;
  }

  private isLocked(time: bigint): boolean {
    return this.lockEnds === 'never' || (this.lockEnds !== undefined && time < this.lockEnds);
  }

  /** B4. */
  keeps(order: Order, quantity: number, price: number, time: bigint): Reason | undefined {
    const { account } = this, i = order.instrument, own = account.pocketOf(order), isOpposite = own.quantity * order.side < 0, opened = isOpposite && this.misreading !== 'opensWhole' ? quantity - Math.abs(own.quantity) : quantity;
    if (order.reduceOnly || opened <= 0) return undefined;
    if (this.isLocked(time)) return 'locked';
    if (this.isCooling(i, time)) return 'cooldown';
    const isNew = this.misreading === 'positionsByInstrument' ? account.open(i).length === 0 : own.quantity === 0;
    if (isNew && account.open().length >= (this.limits.maximumPositions ?? Infinity)) return 'positionLimit';
    if (this.margin === undefined) return undefined;
    let equity = this.account.cash(), needed = 0;
    this.instruments.forEach((_, k) => {
      const multiplier = account.worth(k);
      for (const pocket of account.open(k)) {
        if (pocket === own) continue;
        const at = k === i ? price : account.mark(pocket);
        equity += (at - pocket.average) * pocket.quantity * multiplier;
        needed += Math.abs(pocket.quantity) * Math.abs(at) * multiplier * this.margin!.initial;
      }
      if (k !== i) return;
      if (own.quantity !== 0) equity += (price - own.average) * own.quantity * multiplier;
      needed += (this.misreading === 'marginOfHeld' ? Math.abs(own.quantity) : isOpposite ? opened : Math.abs(own.quantity) + quantity) * Math.abs(price) * multiplier * this.margin!.initial;
    });
    return equity < needed ? 'insufficientCash' : undefined;
  }

  /** B6. */
  denies(order: Order, time: bigint): Reason | undefined {
    if (order.reduceOnly || (!this.account.isHedging && this.account.held(order.instrument) * order.side < 0)) return undefined;
    if (this.misreading === 'sentInLock') return undefined;
    return this.isLocked(time) ? 'locked' : this.isCooling(order.instrument, time) ? 'cooldown' : undefined;
  }

  private isCooling(i: number, time: bigint): boolean {
    return this.misreading === 'cooldownInclusive' ? time <= this.cools[i] : time < this.cools[i];
  }

  /** B5. */
  closed(i: number, time: bigint, isLoss: boolean): void {
    const { cooldownAfterExit = 0, cooldownAfterLoss = 0 } = this.limits;
    for (const length of [cooldownAfterExit, isLoss ? cooldownAfterLoss : 0]) {
      const end = time + BigInt(length);
      if (length > 0 && end > this.cools[i]) this.cools[i] = end;
    }
  }

  requirement(share: number): number {
    const { account } = this;
    if (this.misreading === 'marginOfSum') return this.instruments.reduce((sum, _, i) => sum + Math.abs(account.held(i)) * Math.abs(account.marks[i].long || 0) * account.worth(i) * share, 0);
    return account.open().reduce((sum, pocket) => sum + Math.abs(pocket.quantity) * Math.abs(account.mark(pocket)) * account.worth(pocket.instrument) * share, 0);
  }

  /** B11. */
  isUnder(): boolean {
    const needed = this.requirement(this.maintenance);
    return needed > 0 && this.account.equity() <= needed;
  }

  /** B12. */
  liquidationPrice(i: number): number {
    const { account } = this, m = this.maintenance, own = account.open(i);
    if (own.length === 0 || m === 0) return NaN;
    let F = account.cash(), N = 0;
    for (const pocket of account.open()) {
      if (pocket.instrument === i) continue;
      F += (account.mark(pocket) - pocket.average) * pocket.quantity * account.worth(pocket.instrument);
      N += Math.abs(pocket.quantity) * Math.abs(account.mark(pocket)) * account.worth(pocket.instrument) * m;
    }
    if (account.isHedging) {
      const w = account.worth(i), falls = this.falls(i), paid = own.reduce((sum, { quantity, average }) => sum + average * quantity * w, 0);
      return falls === 0 ? NaN : (N - F + paid) / (w * falls);
    }
    const [{ quantity, average }] = own, w = Math.abs(quantity) * account.worth(i);
    return quantity > 0 ? (N - F + average * w) / (w * (1 - m)) : (F - N + average * w) / (w * (1 + m));
  }

  /** H8: above 0 a fall of the price ends the account, below 0 a rise. */
  falls(i: number): number {
    if (this.misreading === 'fallsBySum') return this.account.held(i) * (1 - this.maintenance * Math.sign(this.account.held(i)));
    return this.account.open(i).reduce((sum, { quantity }) => sum + quantity - this.maintenance * Math.abs(quantity), 0);
  }

  /** B7: does a lock begin, or become longer? */
  looks(time: bigint): boolean {
    const { dailyLoss = 0, maximumDrawdown = 0 } = this.limits, equity = this.account.equity();
    if ((dailyLoss === 0 && maximumDrawdown === 0) || Number.isNaN(equity)) return false;
    if (time >= this.dayEnd) {
      if (this.misreading !== 'dayFromStart') this.dayStart = this.seen;
      this.dayEnd = this.instruments[0].sessionEnd(time);
    }
    this.seen = equity;
    if (this.misreading !== 'drawdownFromStart') this.highest = Math.max(this.highest, equity);
    const before = this.lockEnds;
    if (this.lockEnds !== 'never' && dailyLoss > 0 && equity <= this.dayStart * (1 - dailyLoss)) this.lockEnds = this.dayEnd;
    if (maximumDrawdown > 0 && equity <= this.highest * (1 - maximumDrawdown)) this.lockEnds = 'never';
    return before !== this.lockEnds;
  }

  get closesOnLock(): boolean {
    return this.limits.onLock === 'close';
  }

  /** Orders at the venue that end with a lock (B8), or all of them (B11). */
  withdraw(venue: LimitedVenue, reason: 'locked' | 'liquidation'): void {
    for (const order of venue.ascending()) {
      if (!order.hasArrived || isEnd(order.state) || order.state === 'held') continue;
      if (reason === 'liquidation' || this.misreading === 'lockEndsExits' || (!order.reduceOnly && (this.account.isHedging || this.account.held(order.instrument) * order.side >= 0))) venue.finish(order, 'cancel', 'cancelled', reason);
    }
  }
}
