import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import { Money, Rounding } from './rounding.ts';

/** Cash and netted positions (`fills.md` 33, 34, 62). */
export class ReferenceAccount {
  readonly instruments: readonly TradedInstrument[];
  readonly options: SimulationOptions;
  readonly rounding: Rounding[];
  readonly money: Money;
  readonly held: number[];
  readonly average: number[];
  /** What a long and a short would close on, and the row that it is of. */
  readonly marks: { long: number; short: number; row: number }[];
  /** Net result of the round trip that is open, and of the last one that closed, in units of money. */
  readonly net: number[];
  readonly closedNet: number[];

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions) {
    this.instruments = instruments;
    this.options = options;
    this.rounding = instruments.map(instrument => new Rounding(instrument.tick, instrument.quantityStep));
    const hasGrid = instruments.some(instrument => !Number.isNaN(instrument.tick));
    this.money = new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), options.cash ?? 100_000);
    this.held = instruments.map(() => 0);
    this.average = instruments.map(() => NaN);
    this.marks = instruments.map(() => ({ long: NaN, short: NaN, row: -1 }));
    this.net = instruments.map(() => 0);
    this.closedNet = instruments.map(() => 0);
  }

  equity(): number {
    let equity = this.money.value;
    this.instruments.forEach(({ multiplier }, i) => {
      const quantity = this.held[i];
      if (quantity !== 0) equity += ((quantity > 0 ? this.marks[i].long : this.marks[i].short) - this.average[i]) * quantity * multiplier;
    });
    return equity;
  }

  /** Books a fill and returns its fee. */
  book(i: number, side: number, quantity: number, price: number, isTaker: boolean): number {
    const { multiplier } = this.instruments[i], costs = this.options.costs ?? {};
    const points = (isTaker ? costs.takerBasisPoints : costs.makerBasisPoints) ?? costs.basisPoints ?? 0;
    const fee = this.money.round(price * quantity * multiplier * points / 10000 + (costs.perUnit ?? 0) * quantity);
    const before = this.held[i], closed = before * side < 0 ? Math.min(quantity, Math.abs(before)) : 0, opened = this.rounding[i].quantity(quantity - closed);
    const share = closed === quantity ? fee : this.money.round(fee * closed / quantity);
    if (closed > 0) {
      const profit = this.money.round((price - this.average[i]) * closed * Math.sign(before) * multiplier);
      this.money.add(profit);
      this.held[i] = this.rounding[i].quantity(before + side * closed);
      this.net[i] += this.money.units(profit) - this.money.units(share);
      if (this.held[i] === 0) {
        this.closedNet[i] = this.net[i];
        this.net[i] = 0;
      }
    }
    if (opened > 0) this.net[i] -= this.money.units(fee) - (closed > 0 ? this.money.units(share) : 0);
    this.money.add(-fee);
    if (opened > 0) {
      const held = Math.abs(this.held[i]);
      this.average[i] = held === 0 ? price : (this.average[i] * held + price * opened) / (held + opened);
      this.held[i] = this.rounding[i].quantity(this.held[i] + side * opened);
    }
    if (this.held[i] === 0) this.average[i] = NaN;
    return fee;
  }
}
