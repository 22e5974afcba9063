/**
 * Where the money went: profit at undisturbed prices, and what each kind of cost took of it.
 *
 * Definition  net = final equity - cash at the start. Each cost is the sum over fills of its column, in account currency at the fill's rate; a positive number
 *             was paid. Funding, borrow and dividends are sums of the equity table's columns. gross = net + all costs - dividends: what the same fills would
 *             have made at the mid, without delay and for nothing.
 * Units       account currency
 */
import { compensatedSum } from '@zanzibar/core';
import { numbersOf } from './result-table.ts';
import type { ResultTable } from './result-table.ts';

export interface Attribution {
  readonly gross: number;
  readonly spread: number;
  readonly slippage: number;
  readonly latency: number;
  readonly impact: number;
  readonly fee: number;
  readonly funding: number;
  readonly borrow: number;
  readonly dividends: number;
  readonly net: number;
}

export function attribution(cash: number, fills: ResultTable, equity: ResultTable): Attribution {
  const rate = fills.columns.rate === undefined ? undefined : numbersOf(fills, 'rate');
  const cost = (column: string): number => {
    const values = numbersOf(fills, column);
    return compensatedSum(rate === undefined ? Float64Array.from(values) : Float64Array.from(values, (value, row) => value * rate[row]));
  };
  const flow = (column: string): number => compensatedSum(Float64Array.from(numbersOf(equity, column)));
  const final = equity.length > 0 ? numbersOf(equity, 'equity')[equity.length - 1] : cash;
  const net = final - cash;
  const spread = cost('spreadCost'), slippage = cost('slippageCost'), latency = cost('latencyCost'), impact = cost('impactCost'), fee = cost('fee');
  const funding = flow('funding'), borrow = flow('borrow'), dividends = flow('dividends');
  const gross = compensatedSum(Float64Array.of(net, spread, slippage, latency, impact, fee, funding, borrow, -dividends));
  return { gross, spread, slippage, latency, impact, fee, funding, borrow, dividends, net };
}
