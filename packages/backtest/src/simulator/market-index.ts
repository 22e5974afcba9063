/** What is known of a group of rows before any run: that they are sound, and the index that finds prices in them. Shared by every run over them. */
import { DataError, isOnGrid, makeGrid } from '@zanzibar/core';
import { type FirstPassage, indexPrices, indexQuotes } from './first-passage.ts';
import type { MarketRows, TradedInstrument } from './setup.ts';

export interface MarketIndex {
  /** What buyers and sellers meet; bars have none. */
  readonly buy: FirstPassage | undefined;
  readonly sell: FirstPassage | undefined;
  /** Bars: each closes at or before the next one opens. */
  readonly isSequential: boolean;
}

/**
 * Checks a group of rows (order of time, prices on the grid, bars that close after they open) and indexes its prices.
 *
 * `Simulator.load` does this for rows without an `index`; runs that share rows give them one. Errors: DataError with the row.
 */
export function indexMarket(facts: TradedInstrument, rows: MarketRows, isCrossedTraded: boolean = false): MarketIndex {
  const { base, length, time, bid, ask, price, open, high, low, close, askOpen, askHigh, askLow, askClose } = rows;
  for (let i = 1; i < length; i++) {
    if (time[i] < time[i - 1]) throw new DataError(`${facts.id}: times must not decrease`, { row: base + i, column: facts.market === 'bars' ? 'openTime' : 'time' });
  }
  if (facts.market === 'quotes') {
    checkOnGrid(facts, bid, 'bid', base, length);
    checkOnGrid(facts, ask, 'ask', base, length);
  } else for (const [name, column] of Object.entries({ price, open, high, low, close, askOpen, askHigh, askLow, askClose })) checkOnGrid(facts, column, name, base, length);
  if (facts.market === 'bars') {
    const { closeTime } = rows;
    if (closeTime === undefined) throw new TypeError(`${facts.id}: a market of bars needs the column "closeTime"`);
    let isSequential = true;
    for (let i = 0; i < length; i++) {
      if (closeTime[i] <= time[i]) throw new DataError(`${facts.id}: a bar must close after it opens`, { row: base + i, column: 'closeTime' });
      if (i > 0 && closeTime[i] < closeTime[i - 1]) throw new DataError(`${facts.id}: times must not decrease`, { row: base + i, column: 'closeTime' });
      if (i > 0 && closeTime[i - 1] > time[i]) isSequential = false;
    }
    return { buy: undefined, sell: undefined, isSequential };
  }
  if (bid && ask) {
    if (isCrossedTraded) return { buy: indexPairs(ask, bid, ask, length), sell: indexPairs(bid, bid, ask, length), isSequential: true };
    const both = indexQuotes(bid, ask, length);
    return { buy: both.ask, sell: both.bid, isSequential: true };
  }
  const both = indexPrices(price ?? new Float64Array(0), length);
  return { buy: both, sell: both, isSequential: true };
}

/** Crossed quotes trade: only rows with a NaN side are left out. */
function indexPairs(column: Float64Array, bid: Float64Array, ask: Float64Array, length: number): FirstPassage {
  const whole = new Float64Array(length);
  for (let i = 0; i < length; i++) whole[i] = bid[i] === bid[i] && ask[i] === ask[i] ? column[i] : NaN;
  return indexPrices(whole, length);
}

/** Throws at the first price that is not on the grid. */
export function checkOnGrid(facts: Pick<TradedInstrument, 'id' | 'tick'>, column: Float64Array | undefined, name: string, base: number, length: number): void {
  if (column === undefined) return;
  const grid = makeGrid(facts.tick);
  if (!grid.isGrid) return;
  const { numerator, denominator } = grid;
  for (let i = 0; i < length; i++) {
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, faster than Math.round; what fails here is looked at exactly.
    const price = column[i], ticks = (price * denominator) / numerator + 6755399441055744 - 6755399441055744;
    if ((ticks * numerator) / denominator !== price && price === price && !isOnGrid(grid, price)) {
      throw new DataError(`${facts.id}: ${price} is not on the grid of ${facts.tick}; quality can round or drop such rows`, { row: base + i, column: name });
    }
  }
}
