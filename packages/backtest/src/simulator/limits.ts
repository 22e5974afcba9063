/**
 * What keeps the account from opening more (`fills.md` B4 to B10): positions at once, cooldowns, locks and margin.
 *
 * A run without limits and margin has none of this. Locks and liquidation look at every market row; the others only at fills.
 */
import { reasons, type Reason } from '@zanzibar/core';
import type { Holding } from './holding.ts';
import type { Market } from './market.ts';
import type { SimulatorSetup } from './setup.ts';
import type { Slot } from './order.ts';
import type { Venue } from './venue.ts';

const code = (word: Reason): number => reasons.indexOf(word), locked = code('locked'), cooling = code('cooldown'), tooMany = code('positionLimit'), tooLittle = code('insufficientCash');
const forever = (1n << 63n) - 1n;

export class Limits {
  readonly maximumPositions: number;
  private readonly afterExit: bigint;
  private readonly afterLoss: bigint;
  readonly dailyLoss: number;
  readonly maximumDrawdown: number;
  readonly closesOnLock: boolean;
  /** Shares of notional; 0 is none. */
  readonly initial: number;
  readonly maintenance: number;
  readonly liquidationPoints: number;
  /** Every market row is looked at. */
  readonly isWatching: boolean;
  /** By instrument: nothing opens before. */
  coolUntil: bigint[];
  lockedUntil: bigint = -forever;
  /** The session whose loss counts: its end, and equity at the last look before it. */
  dayEnd: bigint;
  dayStart: number;
  peak: number;
  last: number;
  isLiquidating = false;

  constructor({ options, instruments, from }: SimulatorSetup, cash: number) {
    const { limits = {}, margin } = options, { maximumPositions = Infinity, cooldownAfterExit = 0, cooldownAfterLoss = 0, dailyLoss = 0, maximumDrawdown = 0, onLock = 'keep' } = limits;
    const need = (isGood: boolean, name: string, rule: string, value: unknown): void => {
      if (!isGood) throw new RangeError(`${name} must be ${rule}, was ${String(value)}`);
    };
    need(maximumPositions === Infinity || (Number.isSafeInteger(maximumPositions) && maximumPositions > 0), 'limits: maximumPositions', 'a positive integer', maximumPositions);
    need(Number.isSafeInteger(cooldownAfterExit) && cooldownAfterExit >= 0, 'limits: cooldownAfterExit', 'nanoseconds of at least 0', cooldownAfterExit);
    need(Number.isSafeInteger(cooldownAfterLoss) && cooldownAfterLoss >= 0, 'limits: cooldownAfterLoss', 'nanoseconds of at least 0', cooldownAfterLoss);
    need(dailyLoss >= 0 && dailyLoss < 1, 'limits: dailyLoss', 'a share of at least 0 and below 1', dailyLoss);
    need(maximumDrawdown >= 0 && maximumDrawdown < 1, 'limits: maximumDrawdown', 'a share of at least 0 and below 1', maximumDrawdown);
    need(onLock === 'keep' || onLock === 'close', 'limits: onLock', 'keep or close', onLock);
    this.initial = margin?.initial ?? 0;
    this.maintenance = margin?.maintenance ?? this.initial / 2;
    this.liquidationPoints = margin?.liquidationBasisPoints ?? 0;
    need(margin === undefined || (this.initial > 0 && Number.isFinite(this.initial)), 'margin: initial', 'a positive share of notional', this.initial);
    need(this.maintenance >= 0 && this.maintenance < 1 && this.maintenance <= this.initial, 'margin: maintenance', 'a share of notional below 1 and at most initial', this.maintenance);
    need(this.liquidationPoints >= 0, 'margin: liquidationBasisPoints', 'at least 0', this.liquidationPoints);
    this.maximumPositions = maximumPositions;
    this.afterExit = BigInt(cooldownAfterExit);
    this.afterLoss = BigInt(cooldownAfterLoss);
    this.dailyLoss = dailyLoss;
    this.maximumDrawdown = maximumDrawdown;
    this.closesOnLock = onLock === 'close';
    this.isWatching = dailyLoss > 0 || maximumDrawdown > 0 || this.initial > 0;
    this.coolUntil = instruments.map(() => -forever);
    this.dayEnd = instruments.length === 0 ? forever : instruments[0].sessionEnd(from);
    this.dayStart = this.peak = this.last = cash;
  }

  /** Why an order must not open, 0 if it may: what it would fill now is more than it can reduce. */
  forbids(venue: Venue, market: Market, holding: Holding, side: number, quantity: number, price: number): number {
    const { rank } = market, { position } = holding, size = position < 0 ? -position : position, opened = position * side < 0 ? quantity - size : quantity, now = venue.clock.time;
    if (opened <= 0) return 0;
    if (now < this.lockedUntil) return locked;
    if (now < this.coolUntil[rank]) return cooling;
    if (position === 0 && venue.markets.reduce((count, { holdings }) => holdings.reduce((sum, { position: held }) => (held === 0 ? sum : sum + 1), count), 0) >= this.maximumPositions) return tooMany;
    if (this.initial === 0) return 0;
    const after = position * side < 0 ? opened : size + quantity;
    const { ledger, clock } = venue;
    let equity = ledger.cash(clock), needed = 0;
    for (const other of venue.markets) {
      const worth = ledger.worth(other, clock);
      for (const one of other.holdings) {
        if (one === holding || one.position === 0) continue;
        const mark = other === market ? price : other.mark(clock, one.position);
        equity += (mark - one.average) * one.position * worth;
        needed += Math.abs(one.position) * Math.abs(mark) * worth * this.initial;
      }
      if (other !== market) continue;
      if (position !== 0) equity += (price - holding.average) * position * worth;
      needed += after * Math.abs(price) * worth * this.initial;
    }
    return equity < needed ? tooLittle : 0;
  }

  /** Why an order is denied on sending, 0 if it is not: in a lock or a cooldown, without a position that it could reduce. */
  denies(venue: Venue, market: Market, slot: Slot): number {
    if (slot.isReduceOnly || (market.hedge === null && market.position * slot.side < 0)) return 0;
    const now = venue.clock.time;
    return now < this.lockedUntil ? locked : now < this.coolUntil[market.rank] ? cooling : 0;
  }

  /** A fill has closed the position. */
  close(venue: Venue, { rank }: Market): void {
    if (this.afterExit === 0n && this.afterLoss === 0n) return;
    const { trips, clock } = venue, cool = (time: bigint): void => void (this.coolUntil[rank] = time > this.coolUntil[rank] ? time : this.coolUntil[rank]);
    cool(clock.time + this.afterExit);
    if (this.afterLoss === 0n) return;
    if (!this.isLiquidating) trips.settle(venue);
    if (this.isLiquidating || trips.lastNet < 0) cool(clock.time + this.afterLoss);
  }

  /** Looks at equity on a row: true where a lock begins. */
  locks(venue: Venue, equity: number): boolean {
    const { setup, clock } = venue, now = clock.time;
    if (!(equity === equity)) return false;
    if (now >= this.dayEnd) {
      this.dayStart = this.last;
      this.dayEnd = setup.instruments[0].sessionEnd(now);
    }
    this.last = equity;
    if (equity > this.peak) this.peak = equity;
    let until = this.lockedUntil;
    if (this.dailyLoss > 0 && equity <= this.dayStart * (1 - this.dailyLoss)) until = this.dayEnd > until ? this.dayEnd : until;
    if (this.maximumDrawdown > 0 && equity <= this.peak * (1 - this.maximumDrawdown)) until = forever;
    if (until === this.lockedUntil) return false;
    this.lockedUntil = until;
    return true;
  }

  save(): object {
    const { coolUntil, lockedUntil, dayEnd, dayStart, peak, last } = this;
    return { coolUntil, lockedUntil, dayEnd, dayStart, peak, last };
  }
}
