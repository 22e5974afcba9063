import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Misreading } from './records.ts';
import { Money, Rounding } from './rounding.ts';

/** What one position holds: that of an instrument, or (H1) that of an order. */
export interface Pocket {
  readonly instrument: number;
  /** The order that opened it, NaN with netting. */
  readonly id: number;
  /** Signed. */
  quantity: number;
  average: number;
  /** B17, oldest first. */
  readonly lots: { quantity: number; price: number }[];
  /** Net result so far, in units of money. */
  net: number;
}

/** Cash and positions (`fills.md` 33, 34, 62, H1 to H5). */
export class ReferenceAccount {
  readonly instruments: readonly TradedInstrument[];
  readonly options: SimulationOptions;
  readonly rounding: Rounding[];
  readonly money: Money;
  /** Balances of other currencies, by name, and how to ask for the time. */
  readonly foreign: { readonly [currency: string]: Money };
  private readonly time: () => bigint;
  readonly isHedging: boolean;
  /** Netting: one an instrument, whether it holds anything or not. Hedging: those that are open, as they were opened. */
  private pockets: Pocket[];
  /** What a long and a short would close on, and the row that it is of. */
  readonly marks: { long: number; short: number; row: number }[];
  /** Net result of the last round trip that closed, in units of money. */
  readonly closedNet: number[];

  private readonly misreading: Misreading | undefined;

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions, time: () => bigint, misreading?: Misreading) {
    this.time = time;
    this.misreading = misreading;
    this.instruments = instruments;
    this.options = options;
    this.rounding = instruments.map(instrument => new Rounding(instrument.tick, instrument.quantityStep));
    const hasGrid = instruments.some(instrument => !Number.isNaN(instrument.tick));
    this.money = new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), options.cash ?? 100_000);
    const own = options.currency ?? instruments.find(({ currency }) => currency)?.currency, others = new Set(instruments.map(({ currency }) => currency).filter(currency => currency && currency !== own));
    this.foreign = Object.fromEntries([...others].sort().map(currency => [currency, new Money(options.moneyUnit ?? (hasGrid ? 1e-6 : 0), 0)]));
    this.isHedging = options.positionMode === 'hedging';
    this.pockets = this.isHedging ? [] : instruments.map((_, i) => emptyPocket(i, NaN));
    this.marks = instruments.map(() => ({ long: NaN, short: NaN, row: -1 }));
    this.closedNet = instruments.map(() => 0);
  }

  /** B14. */
  private rateOf(currency: string): number {
    const { time, rate } = this.options.rates![currency];
    let row = 0;
    for (let k = 0; k < time.length; k++) if (this.misreading === 'rateAfterRows' ? time[k] < this.time() : time[k] <= this.time()) row = k;
    return rate[row];
  }

  moneyOf(i: number): Money {
    const { currency = '' } = this.instruments[i], own = this.foreign[currency];
    if (own === undefined) return this.money;
    return this.misreading === 'oneBalance' ? Object.assign(Object.create(own) as Money, { add: (amount: number) => this.money.add(this.money.round(amount * this.rateOf(currency))) }) : own;
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
    if (this.misreading === 'equityOfSum') {
      this.instruments.forEach((_, i) => { const held = this.held(i); if (held !== 0 && this.open(i).length > 0) equity += ((held > 0 ? this.marks[i].long : this.marks[i].short) - this.open(i)[0].average) * held * this.worth(i); });
      return equity;
    }
    for (const pocket of this.open()) equity += (this.mark(pocket) - pocket.average) * pocket.quantity * this.worth(pocket.instrument);
    return equity;
  }

  mark({ instrument, quantity }: Pocket): number {
    return quantity > 0 ? this.marks[instrument].long : this.marks[instrument].short;
  }

  /** What is open, by instrument, then in order of opening. */
  open(instrument?: number): Pocket[] {
    const open = this.pockets.filter(pocket => pocket.quantity !== 0 && (instrument === undefined || pocket.instrument === instrument));
    return open.sort((a, b) => a.instrument - b.instrument);
  }

  /** Signed, all together. */
  held(i: number): number {
    return this.rounding[i].quantity(this.open(i).reduce((sum, { quantity }) => sum + quantity, 0));
  }

  averageOf(i: number): number {
    const open = this.open(i), sides = new Set(open.map(({ quantity }) => Math.sign(quantity)));
    if (open.length === 1) return open[0].average;
    return sides.size !== 1 ? NaN : open.reduce((sum, { quantity, average }) => sum + Math.abs(quantity) * average, 0) / open.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
  }

  /** H1 to H3: what an order opens or reduces. */
  pocketOf(order: { readonly id: number; readonly instrument: number; readonly side: number; readonly reduceOnly: boolean; readonly positionId: number }): Pocket {
    const { instrument, side, id } = order;
    if (!this.isHedging) return this.pockets[instrument];
    const open = this.open(instrument), name = Number.isNaN(order.positionId) ? id : order.positionId;
    const mayTakeAny = (order.reduceOnly && (Number.isNaN(order.positionId) || this.misreading === 'boundTakesOldest')) || (this.misreading === 'netted' && Number.isNaN(order.positionId)), against = open.filter(({ quantity }) => quantity * side < 0);
    const oldest = mayTakeAny ? against[this.misreading === 'youngestFirst' ? against.length - 1 : 0] : undefined;
    return oldest ?? open.find(pocket => pocket.id === name) ?? emptyPocket(instrument, name);
  }

  /** Books a fill and returns its fee: `scheduled`, or that of the plain rates. */
  book(pocket: Pocket, side: number, quantity: number, price: number, isTaker: boolean, scheduled?: number): number {
    const i = pocket.instrument, { multiplier } = this.instruments[i], money = this.moneyOf(i), costs = this.options.costs ?? {};
    const points = (isTaker ? costs.takerBasisPoints : costs.makerBasisPoints) ?? costs.basisPoints ?? 0;
    const fee = scheduled ?? money.round(price * quantity * multiplier * points / 10000 + (costs.perUnit ?? 0) * quantity);
    const before = pocket.quantity, closed = before * side < 0 ? Math.min(quantity, Math.abs(before)) : 0, opened = this.rounding[i].quantity(quantity - closed);
    const share = closed === quantity ? fee : money.round(fee * closed / quantity);
    if (closed > 0) {
      const profit = this.options.lots === 'fifo' ? this.closeLots(pocket, closed, price, Math.sign(before)) : money.round((price - pocket.average) * closed * Math.sign(before) * multiplier);
      money.add(profit);
      pocket.quantity = this.rounding[i].quantity(before + side * closed);
      pocket.net += money.units(profit) - (this.misreading === 'lossByGross' ? 0 : money.units(share));
      if (pocket.quantity === 0) {
        this.closedNet[i] = pocket.net;
        pocket.net = 0;
      }
    }
    if (opened > 0 && this.misreading !== 'lossByGross') pocket.net -= money.units(fee) - (closed > 0 ? money.units(share) : 0);
    money.add(-fee);
    if (opened > 0) {
      const held = Math.abs(pocket.quantity);
      pocket.average = held === 0 ? price : (pocket.average * held + price * opened) / (held + opened);
      pocket.quantity = this.rounding[i].quantity(pocket.quantity + side * opened);
    }
    if (this.options.lots === 'fifo') {
      const { lots } = pocket;
      if (opened > 0) lots.push({ quantity: opened, price });
      pocket.average = lots.length === 1 ? lots[0].price : lots.reduce((sum, lot) => sum + lot.quantity * lot.price, 0) / lots.reduce((sum, lot) => sum + lot.quantity, 0);
    }
    if (pocket.quantity === 0) pocket.average = NaN;
    if (this.isHedging) this.pockets = [...this.pockets.filter(other => other !== pocket || pocket.quantity !== 0), ...(this.pockets.includes(pocket) || pocket.quantity === 0 ? [] : [pocket])];
    return fee;
  }

  private closeLots({ instrument: i, lots }: Pocket, quantity: number, price: number, side: number): number {
    const money = this.moneyOf(i);
    let left = quantity, units = 0, profit = 0;
    if (this.misreading === 'youngestLot') lots.reverse();
    while (left > 0 && lots.length > 0) {
      const part = Math.min(left, lots[0].quantity), of = (this.misreading === 'roundedTogether' ? (amount: number) => amount : (amount: number) => money.round(amount))((price - lots[0].price) * part * side * this.instruments[i].multiplier);
      units += this.misreading === 'roundedTogether' ? of * (money.perUnit === 0 ? 1 : money.perUnit) : money.units(of);
      profit += of;
      left = this.rounding[i].quantity(left - part);
      lots[0].quantity = this.rounding[i].quantity(lots[0].quantity - part);
      if (lots[0].quantity === 0) lots.shift();
    }
    if (this.misreading === 'youngestLot') lots.reverse();
    return money.perUnit === 0 ? profit : Math.round(units) / money.perUnit;
  }
}

function emptyPocket(instrument: number, id: number): Pocket {
  return { instrument, id, quantity: 0, average: NaN, lots: [], net: 0 };
}
