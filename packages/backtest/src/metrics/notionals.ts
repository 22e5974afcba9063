import { numbersOf, textOf, type ResultTable } from '../result/result-table.ts';

/** A fill's notional in account currency; the rate is that of the fee's currency, which is the one that prices are in. */
export function notionals(fills: ResultTable, multipliers: { readonly [instrument: string]: number } = {}): Float64Array {
  const price = numbersOf(fills, 'price'), quantity = numbersOf(fills, 'quantity'), rate = fills.columns.rate === undefined ? undefined : numbersOf(fills, 'rate');
  return Float64Array.from({ length: fills.length }, (_, i) => price[i] * quantity[i] * (multipliers[textOf(fills, 'instrument', i)] ?? 1) * (rate === undefined ? 1 : rate[i]));
}
