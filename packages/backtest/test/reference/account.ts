import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import { Money, Rounding } from './rounding.ts';

/** Cash and netted positions (`fills.md` 33, 34, 62). */
export class ReferenceAccount {
  readonly instruments: readonly TradedInstrument[];
  readonly options: SimulationOptions;
  readonly rounding: Rounding[];
  readonly money: Money;
  /** Balances of other currencies, by name, and how to ask for the time. */
  readonly foreign: { readonly [currency: string]: Money };
  private readonly time: () => bigint;
  readonly held: number[];
  readonly average: number[];
  /** B17, oldest first. */
  readonly lots: { quantity: number; price: number }[][];
  /** What a long and a short would close on, and the row that it is of. */
  readonly marks: { long: number; short: number; row: number }[];
  /** Net result of the round trip that is open, and of the last one that closed, in units of money. */
  readonly net: number[];
  readonly closedNet: number[];

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions, time: () => bigint) {
    this.time = time;
    this.instruments = instruments;
    this.options = options;
    this.rounding = instruments.map(instrument => new Rounding(instrument.tick, instrument.quantityStep));
    const hasGrid = instruments.some(instrument => !Number.isNaN(instrument.tick));
    this.money = new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), options.cash ?? 100_000);
    const own = options.currency ?? instruments.find(({ currency }) => currency)?.currency, others = new Set(instruments.map(({ currency }) => currency).filter(currency => currency && currency !== own));
    this.foreign = Object.fromEntries([...others].sort().map(currency => [currency, new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), 0)]));
    this.held = instruments.map(() => 0);
    this.average = instruments.map(() => NaN);
    this.lots = instruments.map(() => []);
    this.marks = instruments.map(() => ({ long: NaN, short: NaN, row: -1 }));
    this.net = instruments.map(() => 0);
    this.closedNet = instruments.map(() => 0);
  }

  /** B14. */
  private rateOf(currency: string): number {
    const { time, rate } = this.options.rates![currency];
    let row = 0;
    for (let k = 0; k < time.length; k++) if (time[k] <= this.time()) row = k;
    return rate[row];
  }

  moneyOf(i: number): Money {
    return this.foreign[this.instruments[i].currency ?? ''] ?? this.money;
  }

  /** Multiplier x rate. */
  worth(i: number): number {
    const { currency = '', multiplier } = this.instruments[i];
    return this.foreign[currency] ? multiplier * this.rateOf(currency) : multiplier;
  }

  cash(): number {
    return Object.entries(this.foreign).reduce((sum, [currency, money]) => sum + money.value * this.rateOf(currency), this.money.value);
  }

  equity(): number {
    let equity = this.cash();
    this.instruments.forEach((_, i) => {
      const quantity = this.held[i], multiplier = this.worth(i);
      if (quantity !== 0) equity += ((quantity > 0 ? this.marks[i].long : this.marks[i].short) - this.average[i]) * quantity * multiplier;
    });
    return equity;
  }

  /** Books a fill and returns its fee: `scheduled`, or that of the plain rates. */
  book(i: number, side: number, quantity: number, price: number, isTaker: boolean, scheduled?: number): number {
    const { multiplier } = this.instruments[i], money = this.moneyOf(i), costs = this.options.costs ?? {};
    const points = (isTaker ? costs.takerBasisPoints : costs.makerBasisPoints) ?? costs.basisPoints ?? 0;
    const fee = scheduled ?? money.round(price * quantity * multiplier * points / 10000 + (costs.perUnit ?? 0) * quantity);
    const before = this.held[i], closed = before * side < 0 ? Math.min(quantity, Math.abs(before)) : 0, opened = this.rounding[i].quantity(quantity - closed);
    const share = closed === quantity ? fee : money.round(fee * closed / quantity);
    if (closed > 0) {
      const profit = this.options.lots === 'fifo' ? this.closeLots(i, closed, price, Math.sign(before)) : money.round((price - this.average[i]) * closed * Math.sign(before) * multiplier);
      money.add(profit);
      this.held[i] = this.rounding[i].quantity(before + side * closed);
      this.net[i] += money.units(profit) - money.units(share);
      if (this.held[i] === 0) {
        this.closedNet[i] = this.net[i];
        this.net[i] = 0;
      }
    }
    if (opened > 0) this.net[i] -= money.units(fee) - (closed > 0 ? money.units(share) : 0);
    money.add(-fee);
    if (opened > 0) {
      const held = Math.abs(this.held[i]);
      this.average[i] = held === 0 ? price : (this.average[i] * held + price * opened) / (held + opened);
      this.held[i] = this.rounding[i].quantity(this.held[i] + side * opened);
    }
    if (this.options.lots === 'fifo') {
      const lots = this.lots[i];
      if (opened > 0) lots.push({ quantity: opened, price });
      this.average[i] = lots.length === 1 ? lots[0].price : lots.reduce((sum, lot) => sum + lot.quantity * lot.price, 0) / lots.reduce((sum, lot) => sum + lot.quantity, 0);
    }
    if (this.held[i] === 0) this.average[i] = NaN;
    return fee;
  }

  private closeLots(i: number, quantity: number, price: number, side: number): number {
    const lots = this.lots[i], money = this.moneyOf(i);
    let left = quantity, units = 0, profit = 0;
    while (left > 0 && lots.length > 0) {
      const part = Math.min(left, lots[0].quantity), of = money.round((price - lots[0].price) * part * side * this.instruments[i].multiplier);
      units += money.units(of);
      profit += of;
      left = this.rounding[i].quantity(left - part);
      lots[0].quantity = this.rounding[i].quantity(lots[0].quantity - part);
      if (lots[0].quantity === 0) lots.shift();
    }
    return money.perUnit === 0 ? profit : units / money.perUnit;
  }
}
