/** Candles and what engines found on them as one SVG, without a run: for notebooks and studies. */
import type { EventTable } from '@zanzibar/core';
import type { ResultTable } from '../result/result-table.ts';
import { millisecondsOf } from './display-time.ts';
import { addEvents, digitsOf, type Overlays } from './report-candles.ts';
import { svgOfCandles } from './svg-candles.ts';

export interface CandleColumns {
  readonly openTime: BigInt64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export interface EventCandleOptions {
  /** What stands above. */
  readonly title: string;
  /** Row after the last that is drawn. @defaultValue the number of bars */
  readonly until?: number;
  /** Candles before it. @defaultValue 160 */
  readonly count?: number;
}

/**
 * Candles with zones, breaks and labels of event tables on the same bars, from the row on at which each was known. Errors: RangeError for a count or an end that is none.
 *
 * @example tslab.display.html(renderSvgEvents(bars, { gaps: fairValueGaps(bars).events }, { title: 'Gaps' }));
 */
export function renderSvgEvents(bars: CandleColumns, events: { readonly [node: string]: EventTable }, { title, until, count }: EventCandleOptions): string {
  const end = until ?? bars.close.length;
  if (!(Number.isInteger(end) && end > 0 && end <= bars.close.length)) throw new RangeError(`renderSvgEvents: until must be an integer from 1 to ${bars.close.length}, was ${end}`);
  const overlays: Overlays = { zones: [], swings: [], breaks: [], labels: [] }, pick = (column: Float64Array): number[] => [...column.subarray(0, end)];
  for (const node in events) addEvents(node, events[node] as unknown as ResultTable, overlays);
  const open = pick(bars.open), close = pick(bars.close), time = millisecondsOf(bars.openTime);
  return svgOfCandles({
    title, instrument: title, interval: '', price: `${end} bars`, digits: Math.min(5, digitsOf(open.slice(-20), close.slice(-20))), row: open.map((_, row) => row), time: [...time].slice(0, end), open, high: pick(bars.high), low: pick(bars.low), close,
    rowCount: end, ...overlays, fills: [], trips: [],
  }, 'renderSvgEvents', count);
}
