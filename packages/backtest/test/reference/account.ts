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
  /** What a long and a short would close on. */
  readonly marks: { long: number; short: number }[];

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions) {
    this.instruments = instruments;
    this.options = options;
    this.rounding = instruments.map(instrument => new Rounding(instrument.tick, instrument.quantityStep));
    const hasGrid = instruments.some(instrument => !Number.isNaN(instrument.tick));
    this.money = new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), options.cash ?? 100_000);
    this.held = instruments.map(() => 0);
    this.average = instruments.map(() => NaN);
    this.marks = instruments.map(() => ({ long: NaN, short: NaN }));
  }

  equity(): number {
    let equity = this.money.value;
    this.instruments.forEach(({ multiplier }, i) => {
      const quantity = this.held[i];
      if (quantity !== 0) equity += ((quantity > 0 ? this.marks[i].long : this.marks[i].short) - this.average[i]) * quantity * multiplier;
    });
    return equity;
  }

  /** Books a fill and returns its fee: `scheduled`, or that of the plain rates. */
  book(i: number, side: number, quantity: number, price: number, isTaker: boolean, scheduled?: number): number {
    const { multiplier } = this.instruments[i], costs = this.options.costs ?? {};
    const points = (isTaker ? costs.takerBasisPoints : costs.makerBasisPoints) ?? costs.basisPoints ?? 0;
    const fee = scheduled ?? this.money.round(price * quantity * multiplier * points / 10000 + (costs.perUnit ?? 0) * quantity);
    const before = this.held[i], closed = before * side < 0 ? Math.min(quantity, Math.abs(before)) : 0, opened = this.rounding[i].quantity(quantity - closed);
    if (closed > 0) {
      this.money.add(this.money.round((price - this.average[i]) * closed * Math.sign(before) * multiplier));
      this.held[i] = this.rounding[i].quantity(before + side * closed);
    }
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
