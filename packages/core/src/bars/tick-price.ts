/** Which price of a tick makes the bar, and how ticks enter it. */
import { nonNegativeInteger, oneOf } from '../errors.ts';
import type { SomeColumns } from '../table.ts';
import {
  buyVolumeField,
  closeField,
  fromRowField,
  highField,
  lowField,
  openField,
  sellVolumeField,
  tickCountField,
  toRowField,
  volumeField,
} from './unfinished-bars.ts';

export const tickPrices = ['bid', 'ask', 'mid', 'trade'] as const;
export type TickPrice = (typeof tickPrices)[number];

export interface TickPriceOptions {
  /** What the bars are made of: a side of the quotes, their middle, or the price of trades. @defaultValue 'mid' */
  readonly price: TickPrice;
  /** Ticks in one unit of price (100000 for a tick of 0.00001): mids are put on the grid of half ticks, so that equal ones are equal doubles. @defaultValue 0, no grid */
  readonly ticksPerUnit: number;
}

/** The columns that ticks may have for bars; time aside. */
export const tickColumns = { bid: 'f64', ask: 'f64', price: 'f64', size: 'f64', side: 'i8' } as const;

export function checkTickPrice(engine: string, { price, ticksPerUnit }: TickPriceOptions): void {
  oneOf(`${engine}: price`, price, tickPrices);
  nonNegativeInteger(`${engine}: ticksPerUnit`, ticksPerUnit);
}

/** Middle of a quote, on the grid of half ticks where there is a grid. */
export function midPrice(bid: number, ask: number, ticksPerUnit: number): number {
  return midOfSum(bid + ask, ticksPerUnit);
}

/** Never falls when the sum rises, so the highest sum gives the highest mid: bars compare sums and divide once. */
function midOfSum(sum: number, ticksPerUnit: number): number {
  return ticksPerUnit > 0 ? (Math.round(sum * ticksPerUnit) + 0) / (2 * ticksPerUnit) : sum / 2;
}

/** The columns that a price is made of, looked up once a block; the second is only read for mids. */
export interface PriceColumns {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly isMid: boolean;
  readonly ticksPerUnit: number;
}

export function priceColumns(engine: string, columns: SomeColumns<typeof tickColumns>, { price, ticksPerUnit }: TickPriceOptions): PriceColumns {
  const isMid = price === 'mid',
    name = price === 'trade' ? 'price' : isMid ? 'bid' : price,
    first = columns[name],
    second = isMid ? columns.ask : first;
  if (first === undefined || second === undefined)
    throw new TypeError(`${engine}: column "${first === undefined ? name : 'ask'}" is missing, price is "${price}"`);
  return { first, second, isMid, ticksPerUnit };
}

/** Is there a price at position i? */
export function hasPrice({ first, second, isMid }: PriceColumns, i: number): boolean {
  const p = isMid ? first[i] + second[i] : first[i];
  return p === p;
}

/** The price at position i, NaN where there is none. */
export function priceAt({ first, second, isMid, ticksPerUnit }: PriceColumns, i: number): number {
  return isMid ? midOfSum(first[i] + second[i], ticksPerUnit) : first[i];
}

/**
 * Takes rows `[from, to)` into the bar at `at` of `values`.
 *
 * A row whose price is NaN is no tick of this price: it is passed over and counts nowhere. One loop for each kind of column keeps each short.
 */
export function takeTicks(
  values: Float64Array,
  at: number,
  prices: PriceColumns,
  size: Float64Array | undefined,
  side: Int8Array | undefined,
  base: number,
  from: number,
  to: number,
): void {
  const { first, second, isMid, ticksPerUnit } = prices,
    before = values[at + tickCountField];
  let start = from,
    end = to;
  while (start < end && !hasPrice(prices, start)) start++;
  while (start < end && !hasPrice(prices, end - 1)) end--;
  if (start === end) return;
  let high = -Infinity,
    low = Infinity,
    tickCount = before;
  if (isMid) {
    for (let i = start; i < end; i++) {
      const sum = first[i] + second[i];
      if (sum !== sum) continue;
      if (sum > high) high = sum;
      if (sum < low) low = sum;
      tickCount++;
    }
    high = midOfSum(high, ticksPerUnit);
    low = midOfSum(low, ticksPerUnit);
  } else {
    for (let i = start; i < end; i++) {
      const p = first[i];
      if (p !== p) continue;
      if (p > high) high = p;
      if (p < low) low = p;
      tickCount++;
    }
  }
  if (before === 0) {
    values[at + openField] = isMid ? midPrice(first[start], second[start], ticksPerUnit) : first[start];
    values[at + fromRowField] = base + start;
  }
  values[at + highField] = Math.max(values[at + highField], high);
  values[at + lowField] = Math.min(values[at + lowField], low);
  values[at + closeField] = isMid ? midPrice(first[end - 1], second[end - 1], ticksPerUnit) : first[end - 1];
  values[at + tickCountField] = tickCount;
  values[at + toRowField] = base + end;
  if (size !== undefined) takeVolume(values, at, prices, size, side, start, end);
}

function takeVolume(
  values: Float64Array,
  at: number,
  prices: PriceColumns,
  size: Float64Array,
  side: Int8Array | undefined,
  from: number,
  to: number,
): void {
  let volume = values[at + volumeField],
    buyVolume = values[at + buyVolumeField],
    sellVolume = values[at + sellVolumeField];
  for (let i = from; i < to; i++) {
    if (!hasPrice(prices, i)) continue;
    volume += size[i];
    if (side === undefined) continue;
    if (side[i] > 0) buyVolume += size[i];
    else if (side[i] < 0) sellVolume += size[i];
  }
  values[at + volumeField] = volume;
  values[at + buyVolumeField] = buyVolume;
  values[at + sellVolumeField] = sellVolume;
}
