/**
 * What it costs, or brings, to hold a position: funding of perpetuals, borrow of shares sold short, swap of currencies.
 *
 * Definition  funding: at its time longs pay price x quantity x multiplier x rate to shorts, who receive it (the reverse where the rate is negative); borrow: a short position
 *             pays price x quantity x multiplier x rate / dayCount for every UTC day; swap: at the end of each session a position gets its points x quantity x multiplier, three times
 *             on the day whose settlement runs over the weekend. All of it for what is held then (`fills.md` C11 to C14).
 * Units       rates as shares of notional (funding a charge, borrow a year), points in price; money in account currency, rounded once a charge
 * Absent      a rate that is NaN, a gap in the times of charges and a time before the first rate are errors on construction: what is absent is not zero
 */
import { DataError, dayOf, formatInterval, formatTime, knownOptions, nonNegativeInteger, oneOf, positiveInteger, positiveNumber, weekday } from '@zanzibar/core';
import { AsOf, type DatedNumber } from './as-of.ts';

/** Funding of a perpetual future. */
export interface FundingRates {
  /** When each rate is charged (`row`), or from when it holds (`interval`). UTC nanoseconds, ascending. */
  readonly time: BigInt64Array;
  /** Share of notional that longs pay to shorts, negative where shorts pay. */
  readonly rate: Float64Array;
  /** The venue's mark price at each charge. @defaultValue what the position would close on */
  readonly price?: Float64Array;
  /** Distance of charges, nanoseconds. */
  readonly every: number;
  /** `row`: each row is charged at its time. `interval`: at every multiple of `every` plus `offset` since 1970 the rate that holds then. @defaultValue 'row' */
  readonly charge?: 'row' | 'interval';
  /** Nanoseconds. @defaultValue 0 */
  readonly offset?: number;
}

/** The fee for borrowing what was sold short. */
export interface BorrowRate {
  /** Share of notional a year. */
  readonly rate: DatedNumber;
  /** Days of the year by which it is divided. @defaultValue 360 */
  readonly dayCount?: number;
  /** When a day is charged, nanoseconds after midnight UTC. @defaultValue 0 */
  readonly at?: number;
}

/** Swap points of a currency pair or CFD: price units a unit and night, positive is received, as brokers state them. */
export interface OvernightSwap {
  readonly long: DatedNumber;
  readonly short: DatedNumber;
  /** Day, by the end of its session, that counts three nights; pairs that settle after one day have Thursday. @defaultValue 'wednesday' */
  readonly tripleDay?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'none';
}

export interface Financing {
  readonly funding?: FundingRates;
  readonly borrow?: BorrowRate;
  readonly swap?: OvernightSwap;
}

/** One charge: what longs and shorts pay a unit, in price, or as a share of the price. */
export interface Charge {
  readonly kind: 'charge';
  readonly time: bigint;
  /** The column of `equity` that it goes to. */
  readonly column: 'funding' | 'borrow';
  readonly long: number;
  readonly short: number;
  /** Multiplies `long` and `short`; NaN: what the position would close on. */
  readonly price: number;
}

const perDay = 86_400_000_000_000n;
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** What a charge takes from a position, not rounded; `mark` is what it would close on. */
export function chargeOf({ long, short, price }: Charge, held: number, mark: number, multiplier: number): number {
  return (price === price ? price : mark) * held * multiplier * (held > 0 ? long : -short);
}

/** All charges in `[from, to)`, in order of time. Errors: RangeError, DataError with the row. */
export function chargesWithin(id: string, financing: Financing, from: bigint, to: bigint, sessionEnd: (time: bigint) => bigint): Charge[] {
  const { funding, borrow, swap } = financing;
  knownOptions(`financing of ${id}`, financing, ['funding', 'borrow', 'swap']);
  const charges = [...(funding ? fundingWithin(`funding of ${id}`, funding, from, to) : []), ...(borrow ? borrowWithin(`borrow of ${id}`, borrow, from, to) : []), ...(swap ? swapWithin(`swap of ${id}`, swap, from, to, sessionEnd) : [])];
  return charges.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function fundingWithin(what: string, funding: FundingRates, from: bigint, to: bigint): Charge[] {
  const { time, every, price, charge = 'row', offset = 0 } = funding, rates = new AsOf(what, { time, value: funding.rate }, 'finite'), step = BigInt(every), charges: Charge[] = [];
  knownOptions(what, funding, ['time', 'rate', 'price', 'every', 'charge', 'offset']);
  oneOf(`${what}: charge`, charge, ['row', 'interval']);
  positiveInteger(`${what}: every`, every);
  nonNegativeInteger(`${what}: offset`, offset);
  const prices = price === undefined ? undefined : new AsOf(`${what}: price`, { time, value: price }, 'finite');
  const add = (at: bigint, row: number): void => {
    charges.push({ kind: 'charge', time: at, column: 'funding', long: rates.value[row], short: -rates.value[row], price: prices?.value[row] ?? NaN });
  };
  if (charge === 'row') {
    let before = from;
    for (let row = 0; row <= time.length; row++) {
      if (row < time.length && time[row] < from) continue;
      const at = row < time.length && time[row] < to ? time[row] : to;
      if (2n * (at - before) > 3n * step) throw new DataError(`${what}: no rate between ${formatTime(before)} and ${formatTime(at)}, where charges are ${formatInterval(every)} apart: what is absent is not zero`, { row, column: 'time' });
      if (at === to) break;
      add(at, row);
      before = at;
    }
    return charges;
  }
  for (let at = firstAt(from, step, BigInt(offset)); at < to; at += step) {
    const row = rates.rowAt(at);
    if (row < 0 || time[row] <= at - step) {
      throw new DataError(`${what}: no rate for ${formatTime(at)}, ${row < 0 ? 'there is none before it' : `the last one before it is of ${formatTime(time[row])}`} and rates are ${formatInterval(every)} apart: what is absent is not zero`, { row: row + 1, column: 'time' });
    }
    add(at, row);
  }
  return charges;
}

function borrowWithin(what: string, borrow: BorrowRate, from: bigint, to: bigint): Charge[] {
  const { dayCount = 360, at = 0 } = borrow, rate = new AsOf(`${what}: rate`, borrow.rate, 'notNegative'), charges: Charge[] = [];
  knownOptions(what, borrow, ['rate', 'dayCount', 'at']);
  positiveNumber(`${what}: dayCount`, dayCount);
  nonNegativeInteger(`${what}: at`, at);
  for (let time = firstAt(from, perDay, BigInt(at)); time < to; time += perDay) charges.push({ kind: 'charge', time, column: 'borrow', long: 0, short: rate.at(time) / dayCount, price: NaN });
  return charges;
}

function swapWithin(what: string, swap: OvernightSwap, from: bigint, to: bigint, sessionEnd: (time: bigint) => bigint): Charge[] {
  const { tripleDay = 'wednesday' } = swap, long = new AsOf(`${what}: long`, swap.long, 'finite'), short = new AsOf(`${what}: short`, swap.short, 'finite'), charges: Charge[] = [];
  knownOptions(what, swap, ['long', 'short', 'tripleDay']);
  oneOf(`${what}: tripleDay`, tripleDay, [...days.slice(1, 6), 'none']);
  for (let time = sessionEnd(from - 1n), before = from - 1n; time < to && time > before; before = time, time = sessionEnd(time)) {
    // The day of a session is that on which it ends: one that ends at midnight belongs to the day before.
    const nights = days[weekday(dayOf(time - 1n))] === tripleDay ? 3 : 1;
    if (time >= from) charges.push({ kind: 'charge', time, column: 'funding', long: -long.at(time) * nights, short: -short.at(time) * nights, price: 1 });
  }
  return charges;
}

/** The first multiple of `step` plus `offset` since 1970 at or after `from`. */
function firstAt(from: bigint, step: bigint, offset: bigint): bigint {
  const past = (((from - offset) % step) + step) % step;
  return past === 0n ? from : from + step - past;
}
