/** What is said of many columns at once: a digest of their orders, and where their money went. */
import { CompensatedSum, tableDigest, type Schema } from '@zanzibar/core';
import type { ColumnFills } from '../simulator/column-fills.ts';
import type { ColumnsOutput } from '../simulator/simulate-columns.ts';
import { nodeHasher } from './digests.ts';

const columnFillSchema: Schema = { column: 'i32', side: 'i8', time: 'i64', row: 'i32', quantity: 'f64', price: 'f64', fee: 'f64' };

/**
 * Digest of the orders of `simulateColumns` and their fills, 64 hexadecimal digits: every order goes to the market and fills whole, so the fills say both.
 *
 * Two runs with one hash sent the same orders of the same columns and got the same fills, to the last bit.
 */
export function columnsOrderHash(fills: ColumnFills): string {
  const { length, column, side, time, row, quantity, price, fee } = fills;
  return tableDigest(columnFillSchema, { column, side, time, row, quantity, price, fee }, { length, createHasher: nodeHasher });
}

/** By column, in the account's money: `gross` is `net` and the fees that were paid. */
export interface ColumnsAttribution {
  readonly gross: Float64Array;
  readonly fee: Float64Array;
  readonly net: Float64Array;
}

/**
 * Where the money of every column of `simulateColumns` went.
 *
 * Definition  net = final equity - cash at the start, fee the sum of the fees of the column's fills, gross = net + fee: what the same fills would have made for
 *             nothing
 * Units       account currency
 */
export function columnsAttribution(cash: number, { fills, equity }: ColumnsOutput): ColumnsAttribution {
  const count = equity.length, gross = new Float64Array(count), fee = new Float64Array(count), net = new Float64Array(count), { length, column, fee: fees } = fills;
  for (let at = 0; at < length; ) {
    const k = column[at], sum = new CompensatedSum();
    for (; at < length && column[at] === k; at++) sum.add(fees[at]);
    fee[k] = sum.total;
  }
  for (let k = 0; k < count; k++) {
    net[k] = equity[k] - cash;
    gross[k] = net[k] + fee[k];
  }
  return { gross, fee, net };
}
