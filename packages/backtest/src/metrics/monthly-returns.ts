/**
 * Monthly returns: growth of equity from the end of one UTC month to the end of the next.
 *
 * Definition  last equity of the month / last equity before it - 1, cash at the start before the first. A row on the first instant of a month is the end of
 *             the month before: bars that close at midnight belong to the day that they are of. A month without a row has no entry.
 * Units       fraction; profit in account currency.  NaN  after equity of 0 or less.
 * Example     100 at the start, 110 in January, 99 in March -> 2024-01 0.1, 2024-03 -0.1
 */
import { civilDate, dayNumber, dayOf, dayStart } from '@zanzibar/core';
import { periodEnds } from './return-period.ts';

export interface MonthlyReturn {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly value: number;
  readonly profit: number;
}

export function monthlyReturns(start: number, time: BigInt64Array, equity: ArrayLike<number>): MonthlyReturn[] {
  let before = start;
  return Array.from(periodEnds(time, monthEnd), (row): MonthlyReturn => {
    const { year, month } = civilDate(dayOf(time[row] - 1n)), now = equity[row], out = { year, month, value: before > 0 ? now / before - 1 : NaN, profit: now - before };
    before = now;
    return out;
  });
}

/** The first instant of the next month, which still belongs to this one. */
function monthEnd(time: bigint): bigint {
  const { year, month } = civilDate(dayOf(time - 1n));
  return dayStart(dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1));
}
