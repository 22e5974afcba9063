/** The account: cash, and one netted position per instrument at its average price (`fills.md` 33, 34 and 62). */
import { oneOf } from '@zanzibar/core';
import type { Clock } from '../simulator/clock.ts';
import type { Holding } from '../simulator/holding.ts';
import type { Market } from '../simulator/market.ts';
import type { Costs, SimulatorSetup } from '../simulator/setup.ts';
import { Currencies } from './currencies.ts';
import { averageOf, closeLots } from './lots.ts';
import { Money } from './money.ts';

export class Ledger {
  readonly money: Money;
  readonly start: number;
  /** Null where every instrument pays in the account's currency. */
  readonly currencies: Currencies | null;
  /** Positions have lots, not an average only. */
  readonly hasLots: boolean;
  private readonly makerPoints: number;
  private readonly takerPoints: number;
  private readonly perUnit: number;

  constructor(setup: SimulatorSetup, hasGrid: boolean) {
    const { options, instruments } = setup, unit = options.moneyUnit ?? (hasGrid ? 1e-6 : 0), account = options.currency ?? instruments.find(({ currency = '' }) => currency !== '')?.currency ?? '';
    const { perUnit = 0, basisPoints = 0, makerBasisPoints, takerBasisPoints }: Costs = options.costs ?? {};
    this.money = new Money(unit, options.cash ?? 100_000);
    this.currencies = instruments.some(({ currency = '' }) => currency !== '' && currency !== account) ? new Currencies(setup, account, unit) : null;
    this.start = this.money.counted;
    if (options.lots !== undefined) oneOf('lots', options.lots, ['average', 'fifo']);
    this.hasLots = options.lots === 'fifo';
    this.makerPoints = makerBasisPoints ?? basisPoints;
    this.takerPoints = takerBasisPoints ?? basisPoints;
    this.perUnit = perUnit;
  }

  /** The balance that an instrument pays into. */
  moneyOf(rank: number): Money {
    const { currencies } = this, place = currencies === null ? -1 : currencies.places[rank];
    return place < 0 ? this.money : currencies!.moneys[place];
  }

  /** All balances in account currency. */
  cash(clock: Clock): number {
    const { currencies } = this;
    let cash = this.money.value;
    if (currencies !== null) for (let place = 0; place < currencies.moneys.length; place++) cash += currencies.moneys[place].value * currencies.rate(place, clock);
    return cash;
  }

  /** Account currency for a price unit and quantity of an instrument. */
  worth({ rank, multiplier }: Market, clock: Clock): number {
    const { currencies } = this;
    return currencies === null ? multiplier : multiplier * currencies.rate(currencies.places[rank], clock);
  }

  /** Books a fill and returns its fee in units of money: `scheduled`, or where that is NaN the plain rates. */
  book(market: Market, holding: Holding, side: number, quantity: number, price: number, isTaker: boolean, scheduled: number): number {
    const money = this.moneyOf(market.rank), { multiplier } = market, { position } = holding, points = isTaker ? this.takerPoints : this.makerPoints;
    let fee = scheduled;
    if (fee !== fee) fee = points === 0 && this.perUnit === 0 ? 0 : money.count((price * quantity * multiplier * points) / 10000 + this.perUnit * quantity);
    let opened = quantity, held = position;
    if (held * side < 0) {
      const size = held < 0 ? -held : held, closed = quantity < size ? quantity : size;
      const profit = !this.hasLots ? money.count((price - holding.average) * closed * (held > 0 ? 1 : -1) * multiplier) : closeLots(holding.lots, closed, price, held > 0 ? 1 : -1, market, money);
      money.counted += profit;
      held = market.cleanQuantity(held + side * closed);
      opened = market.cleanQuantity(quantity - closed);
    }
    money.counted -= fee;
    if (opened > 0) {
      const size = held < 0 ? -held : held;
      holding.average = size === 0 ? price : (holding.average * size + price * opened) / (size + opened);
      held = market.cleanQuantity(held + side * opened);
    }
    if (this.hasLots) {
      if (position !== 0 && position * held <= 0) holding.lots.length = 0;
      if (opened > 0) holding.lots.push({ quantity: opened, price });
      holding.average = averageOf(holding.lots);
    }
    if (held === 0) holding.average = NaN;
    holding.position = held;
    return fee;
  }

  /** Cash and every position at what it would close on. */
  equity(markets: readonly Market[], clock: Clock): number {
    let equity = this.cash(clock);
    for (const market of markets) {
      const { holdings } = market;
      for (let k = 0; k < holdings.length; k++) {
        const { position, average } = holdings[k];
        if (position !== 0) equity += (market.mark(clock, position) - average) * position * this.worth(market, clock);
      }
    }
    return equity;
  }
}
