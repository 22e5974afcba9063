/** The one bar that an engine of ticks has begun: it takes stretches of rows, and is written at the row that proves it. */
import { takeTicks, type PriceColumns } from './tick-price.ts';
import { barFields, clearBar, closeTimeField, openTimeField, tickCountField, timeFields, toRowField, writeBar, type BarTable } from './unfinished-bars.ts';

/** Figures and times of the bar, in the places that `unfinished-bars.ts` names. A type, not an interface, so that it is a record of state values. */
export type OneBar = {
  values: Float64Array;
  times: BigInt64Array;
};

/** What ticks have besides their price. */
export interface TickColumns {
  readonly base: number;
  readonly time: BigInt64Array;
  readonly size?: Float64Array;
  readonly side?: Int8Array;
}

export function noBar(): OneBar {
  const values = new Float64Array(barFields);
  clearBar(values, 0);
  return { values, times: new BigInt64Array(timeFields) };
}

/** Takes rows `[from, to)`, which all have a price, into the bar. */
export function takeStretch({ values, times }: OneBar, prices: PriceColumns, { base, time, size, side }: TickColumns, from: number, to: number): void {
  if (from === to) return;
  if (values[tickCountField] === 0) times[openTimeField] = time[from];
  takeTicks(values, 0, prices, size, side, base, from, to);
}

/** Writes the bar: position i proves it. The next one begins empty. */
export function finishBar({ values, times }: OneBar, bars: BarTable, { base, time }: TickColumns, i: number): void {
  times[closeTimeField] = time[i];
  values[toRowField] = base + i + 1;
  writeBar(bars, values, 0, times, 0);
  clearBar(values, 0);
}
