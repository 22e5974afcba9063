/** The account: cash, and one netted position per instrument at its average price (`fills.md` 33, 34 and 62). */
import type { Clock } from '../simulator/clock.ts';
import type { Market } from '../simulator/market.ts';
import type { Costs, SimulationOptions } from '../simulator/setup.ts';
import { Money } from './money.ts';

export class Ledger {
  readonly money: Money;
  readonly start: number;
  private readonly makerPoints: number;
  private readonly takerPoints: number;
  private readonly perUnit: number;

  constructor(options: SimulationOptions, hasGrid: boolean) {
    const { perUnit = 0, basisPoints = 0, makerBasisPoints, takerBasisPoints }: Costs = options.costs ?? {};
    this.money = new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), options.cash ?? 100_000);
    this.start = this.money.counted;
    this.makerPoints = makerBasisPoints ?? basisPoints;
    this.takerPoints = takerBasisPoints ?? basisPoints;
    this.perUnit = perUnit;
  }

  /** Books a fill and returns its fee in units of money: `scheduled`, or where that is NaN the plain rates. */
  book(market: Market, side: number, quantity: number, price: number, isTaker: boolean, scheduled: number): number {
    const { money } = this, { multiplier, position } = market, points = isTaker ? this.takerPoints : this.makerPoints;
    let fee = scheduled;
    if (fee !== fee) fee = points === 0 && this.perUnit === 0 ? 0 : money.count((price * quantity * multiplier * points) / 10000 + this.perUnit * quantity);
    let opened = quantity, held = position;
    if (held * side < 0) {
      const size = held < 0 ? -held : held, closed = quantity < size ? quantity : size;
      const profit = money.count((price - market.average) * closed * (held > 0 ? 1 : -1) * multiplier);
      money.counted += profit;
      held = market.cleanQuantity(held + side * closed);
      opened = market.cleanQuantity(quantity - closed);
    }
    money.counted -= fee;
    if (opened > 0) {
      const size = held < 0 ? -held : held;
      market.average = size === 0 ? price : (market.average * size + price * opened) / (size + opened);
      held = market.cleanQuantity(held + side * opened);
    }
    if (held === 0) market.average = NaN;
    market.position = held;
    return fee;
  }

  /** Cash and every position at what it would close on. */
  equity(markets: readonly Market[], clock: Clock): number {
    let equity = this.money.value;
    for (const market of markets) {
      if (market.position !== 0) equity += (market.mark(clock) - market.average) * market.position * market.multiplier;
    }
    return equity;
  }
}
