/**
 * The shortcut for plans of closes: one column of entries and exits at the market, nothing at rest, nothing scheduled. What the order machine would do with each
 * row is then known in advance; the law of drivers holds it to the machine's bits.
 */
import type { ColumnFills } from './column-fills.ts';

export interface ColumnPlan {
  readonly close: Float64Array;
  readonly time: BigInt64Array;
  /** Nonzero enters: its sign is the side. */
  readonly enter: ArrayLike<number>;
  /** Nonzero closes what is held. */
  readonly exit: ArrayLike<number>;
}

/** What an account of one column starts with and pays. */
export interface ColumnTerms {
  readonly cash: number;
  /** Units to a trade, or the share of equity in place of them. */
  readonly units: number;
  readonly fraction: number;
  readonly basisPoints: number;
  readonly perUnit: number;
  /** Fills on the row that decides, not on the next. */
  readonly isSameClose: boolean;
}

/** What is left at the end of a column. */
export interface ColumnEnd {
  cash: number;
  position: number;
  averagePrice: number;
}

/**
 * Runs one column, appending to `fills`, which has room for one a row; writes equity, if wanted, at every row. False where a close is no number: nothing is then
 * written.
 *
 * It goes from decision to decision: between them the position stays, so that only one of the two signals has to be looked for and equity is one formula.
 */
export function runColumn(column: number, plan: ColumnPlan, terms: ColumnTerms, fills: ColumnFills, end: ColumnEnd, equity: Float64Array | undefined): boolean {
  const { close, time, enter, exit } = plan, { units, fraction, basisPoints, perUnit } = terms, isShare = fraction === fraction, { length } = close;
  if (!areFinite(close)) return false;
  const { column: columns, side: sides, time: times, row: rows, quantity: quantities, price: prices, fee: fees } = fills, wait = terms.isSameClose ? 0 : 1;
  let cash = terms.cash, position = 0, average = 0, at = fills.length, row = 0;
  for (let from = 0; from < length; from = row) {
    let wanted = 0;
    if (position === 0) {
      for (; row < length; row++) {
        const entry = +enter[row];
        if (entry === 0 || entry !== entry || exit[row]) continue;
        const quantity = isShare ? (cash * fraction) / close[row] : units;
        if (!(quantity > 0) || quantity === Infinity) continue;
        wanted = entry > 0 ? quantity : -quantity;
        break;
      }
    } else {
      for (; row < length; row++) {
        if (!exit[row]) continue;
        const entry = +enter[row];
        if (entry !== 0 && entry === entry) continue;
        wanted = -position;
        break;
      }
    }
    const filled = row + wait, last = row < length ? ++row : length;
    if (equity !== undefined) {
      if (position === 0) equity.fill(cash, from, last);
      else for (let i = from; i < last; i++) equity[i] = cash + (close[i] - average) * position;
    }
    if (wanted === 0 || filled >= length) continue;
    const price = close[filled], quantity = wanted < 0 ? -wanted : wanted, fee = (price * quantity * basisPoints) / 10000 + perUnit * quantity;
    if (position !== 0) cash += (price - average) * quantity * (position > 0 ? 1 : -1);
    cash -= fee;
    columns[at] = column;
    sides[at] = wanted > 0 ? 1 : -1;
    times[at] = time[filled];
    rows[at] = filled;
    quantities[at] = quantity;
    prices[at] = price;
    fees[at++] = fee;
    if (position === 0) {
      position = wanted;
      average = price;
    } else position = 0;
  }
  fills.length = at;
  end.cash = cash;
  end.position = position;
  end.averagePrice = position === 0 ? NaN : average;
  return true;
}

function areFinite(values: Float64Array): boolean {
  const { length } = values, fours = length - (length % 4);
  let first = 0, second = 0, third = 0, fourth = 0;
  for (let i = 0; i < fours; i += 4) {
    first += values[i] - values[i];
    second += values[i + 1] - values[i + 1];
    third += values[i + 2] - values[i + 2];
    fourth += values[i + 3] - values[i + 3];
  }
  for (let i = fours; i < length; i++) first += values[i] - values[i];
  return first + second + third + fourth === 0;
}
