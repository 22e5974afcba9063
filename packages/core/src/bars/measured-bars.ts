/** Bars that are full when what was traded in them reaches a threshold: the body of volume and dollar bars. */
import { finishBar, noBar, takeStretch, type OneBar, type TickColumns } from './one-bar.ts';
import type { PriceColumns } from './tick-price.ts';
import { priceAt } from './tick-price.ts';
import type { BarTable } from './unfinished-bars.ts';

/** A type, not an interface, so that it is a record of state values. */
export type MeasuredBar = OneBar & {
  /** What the bar holds so far. */
  total: number;
};

export function noMeasuredBar(): MeasuredBar {
  return { ...noBar(), total: 0 };
}

/** Rows `[from, to)`: every row with a price and a size adds its size, or its price times its size, until `threshold` is reached. */
export function advanceMeasured(
  state: MeasuredBar,
  prices: PriceColumns,
  columns: TickColumns & { readonly size: Float64Array },
  bars: BarTable,
  from: number,
  to: number,
  threshold: number,
  isValue: boolean,
): void {
  const { size } = columns;
  let { total } = state;
  for (let i = from; i < to; ) {
    let end = i;
    for (; end < to && total < threshold; end++) {
      const price = priceAt(prices, end),
        amount = isValue || price !== price ? Math.abs(price) * size[end] : size[end];
      if (amount !== amount) break;
      total += amount;
    }
    takeStretch(state, prices, columns, i, end);
    if (total >= threshold) {
      finishBar(state, bars, columns, end - 1);
      total = 0;
      i = end;
    } else i = end + 1;
  }
  state.total = total;
}
