/** Which price of a tick makes the bar, and how ticks enter it. */
import { nonNegativeInteger, oneOf } from '../errors.ts';
import type { Schema, SomeColumns } from '../table.ts';
import {
  buyVolumeField, closeField, fromRowField, highField, lowField, openField, sellVolumeField, tickCountField, toRowField, volumeField,
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
  return ticksPerUnit > 0 ? (Math.round((bid + ask) * ticksPerUnit) + 0) / (2 * ticksPerUnit) : (bid + ask) / 2;
}

/** The columns that a price is made of, looked up once a block; the second is only read for mids. */
export interface PriceColumns {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly isMid: boolean;
  readonly ticksPerUnit: number;
}

export function priceColumns(engine: string, columns: SomeColumns<typeof tickColumns>, { price, ticksPerUnit }: TickPriceOptions): PriceColumns {
  const isMid = price === 'mid', name = price === 'trade' ? 'price' : isMid ? 'bid' : price, first = columns[name], second = isMid ? columns.ask : first;
  if (first === undefined || second === undefined) throw new TypeError(`${engine}: column "${first === undefined ? name : 'ask'}" is missing, price is "${price}"`);
  return { first, second, isMid, ticksPerUnit };
}

/** Is there a price at position i? */
export function hasPrice({ first, second, isMid }: PriceColumns, i: number): boolean {
  return first[i] === first[i] && (!isMid || second[i] === second[i]);
}

/**
 * Takes rows `[from, to)` into the bar at `at` of `values`, until it holds `most` ticks; returns the first row not taken.
 *
 * A row whose price is NaN is no tick of this price: it is passed over and counts nowhere.
 */
export function takeTicks(
  values: Float64Array, at: number, prices: PriceColumns, size: Float64Array | undefined, side: Int8Array | undefined, base: number, from: number, to: number, most: number,
): number {
  const { first, second, isMid, ticksPerUnit } = prices;
  let open = values[at + openField], high = values[at + highField], low = values[at + lowField], close = values[at + closeField];
  let volume = values[at + volumeField], buyVolume = values[at + buyVolumeField], sellVolume = values[at + sellVolumeField];
  let tickCount = values[at + tickCountField], lastRow = values[at + toRowField] - base - 1, i = from;
  for (; i < to && tickCount < most; i++) {
    const p = isMid ? midPrice(first[i], second[i], ticksPerUnit) : first[i];
    if (p !== p) continue;
    if (tickCount === 0) {
      open = p;
      values[at + fromRowField] = base + i;
    }
    if (p > high) high = p;
    if (p < low) low = p;
    close = p;
    tickCount++;
    lastRow = i;
    if (size !== undefined) {
      volume += size[i];
      if (side !== undefined) {
        if (side[i] > 0) buyVolume += size[i];
        else if (side[i] < 0) sellVolume += size[i];
      }
    }
  }
  values[at + openField] = open;
  values[at + highField] = high;
  values[at + lowField] = low;
  values[at + closeField] = close;
  values[at + volumeField] = volume;
  values[at + buyVolumeField] = buyVolume;
  values[at + sellVolumeField] = sellVolume;
  values[at + tickCountField] = tickCount;
  values[at + toRowField] = base + lastRow + 1;
  return i;
}
