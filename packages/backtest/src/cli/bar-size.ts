/** What `--every` of `zanzibar bars` says: a time, or a number and what is counted. */
import { dollarBars, imbalanceBars, rangeBars, renkoBars, runBars, tickBars, volumeBars, type TickPrice } from '@zanzibar/core';
import { UsageError } from './usage-error.ts';

/** How ticks become bars: which price, on which grid. */
export interface BarPrice {
  readonly price: TickPrice;
  readonly ticksPerUnit: number;
}

type Maker = (columns: any, size: number, price: BarPrice) => { readonly bars: any };

const information = (engine: typeof imbalanceBars, of: 'tick' | 'volume' | 'dollar'): Maker => (columns, expectedTicks, price) => engine(columns, { of, expectedTicks, ...price });

/** By the word behind the number; those that count ticks need whole numbers, and those that weigh sizes need a column of them. */
const makers: { readonly [word: string]: { readonly make: Maker; readonly isWhole?: true; readonly isSized?: true } } = {
  ticks: { make: (columns, count, price) => tickBars(columns, { count, ...price }), isWhole: true },
  volume: { make: (columns, volume, price) => volumeBars(columns, { volume, ...price }), isSized: true },
  dollar: { make: (columns, value, price) => dollarBars(columns, { value, ...price }), isSized: true },
  range: { make: (columns, range, price) => rangeBars(columns, { range, ...price }) },
  renko: { make: (columns, box, price) => renkoBars(columns, { box, ...price }) },
  'tick-imbalance': { make: information(imbalanceBars, 'tick'), isWhole: true },
  'volume-imbalance': { make: information(imbalanceBars, 'volume'), isWhole: true, isSized: true },
  'dollar-imbalance': { make: information(imbalanceBars, 'dollar'), isWhole: true, isSized: true },
  'tick-run': { make: information(runBars, 'tick'), isWhole: true },
  'volume-run': { make: information(runBars, 'volume'), isWhole: true, isSized: true },
  'dollar-run': { make: information(runBars, 'dollar'), isWhole: true, isSized: true },
};

export const barWords: readonly string[] = Object.keys(makers);

export interface BarSize {
  make(columns: any, price: BarPrice): { readonly bars: any };
}

/** Undefined where `every` is no number with such a word, so a time. */
export function parseBarSize(every: string): BarSize | undefined {
  const match = /^([\d.]+(?:e\d+)?)([a-z][a-z-]*)$/.exec(every),
    word = match?.[2] === 'tick' ? 'ticks' : match?.[2];
  if (!match || word === undefined || !Object.hasOwn(makers, word)) return undefined;
  const size = Number(match[1]),
    { make, isWhole, isSized } = makers[word];
  if (!(size > 0 && Number.isFinite(size)) || (isWhole && !Number.isSafeInteger(size)))
    throw new UsageError(`bars: --every must be ${isWhole ? 'at least 1 tick' : 'a number above 0'}, was ${every}`, '--every');
  return {
    make(columns, price) {
      if (isSized && columns.size === undefined) throw new UsageError(`bars: bars of ${word} need traded sizes, the data has none`, '--every');
      return make(columns, size, price);
    },
  };
}
