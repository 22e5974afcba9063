import { defineEngine, eventCode, eventKinds, oneOf, positiveInteger, type Engine, type EventKind, type F64 } from '@zanzibar/core';
import { levelColumns } from '../levels/level-columns.ts';

/**
 * Volume-weighted average price since an event: since the bar of a swing, read from the bar on at which the swing is known.
 *
 * Definition  the anchor is the event of `kind` known by this bar, its own included, with the latest originRow; one that is told again later stays. Mean and deviation as in `vwapBands` over the rows from the anchor's originRow on, that one included. Before an anchor is known there is no value:
 *             none is written for the rows between its origin and the row at which it is known
 * Units       price and volume in; vwap a price, deviation an unsigned difference, anchorRow the origin's row     Warm-up  until an anchor is known     Lag  0
 * NaN         while a price or volume since the anchor is NaN, there was no volume, or the anchor lies more than `reach` rows back when it becomes known
 * Source      the anchored form of chart practice; here without its usual look-ahead, values on bars at which the anchor was not known yet
 * Oracle      reference packages/engines/test/reference/weighted-moments.ts
 * Example     high, low and close 1 4 7, volume 1 2 1, a swing of row 1 known at row 2 gives NaN NaN 5
 */
export interface AnchoredVwapOptions {
  /** Kind of event that anchors. @defaultValue 'swing' */
  kind: EventKind;
  /** Direction of the events that anchor; either takes both. @defaultValue 'either' */
  side: 'up' | 'down' | 'either';
  /** Rows back that are kept. @defaultValue 256 */
  reach: number;
}

export const anchoredVwap: Engine<
  AnchoredVwapOptions, F64<'high' | 'low' | 'close' | 'volume'>, F64<'vwap' | 'deviation' | 'anchorRow'>, {}, { anchors: typeof levelColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'anchoredVwap',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64', volume: 'f64' },
  reads: { anchors: levelColumns },
  aligned: { vwap: 'f64', deviation: 'f64', anchorRow: 'f64' },
  sparse: ['vwap', 'deviation', 'anchorRow'],
  defaults: { kind: 'swing', side: 'either', reach: 256 } as AnchoredVwapOptions,
  check({ kind, side, reach }) {
    oneOf('anchoredVwap: kind', kind, eventKinds);
    oneOf('anchoredVwap: side', side, ['up', 'down', 'either']);
    positiveInteger('anchoredVwap: reach', reach);
  },
  units: { deviation: 'range', anchorRow: 'count' },
  mirror: { none: 'of a high and a low of one bar, or of one side alone, the mirrored market takes the other' },
  scale: 'exact',
  init: ({ reach }) => ({ anchor: NaN, total: 0, mean: NaN, squares: 0, prices: new Float64Array(reach), sizes: new Float64Array(reach) }),

  advance(state, { base, high, low, close, volume, tables, offsets }, { vwap, deviation, anchorRow }, from, to, { kind, side, reach }) {
    const { anchors } = tables, first = offsets.anchors, { prices, sizes } = state, code = eventCode[kind], wanted = side === 'up' ? 1 : side === 'down' ? -1 : 0;
    for (let i = from; i < to; i++) {
      const row = base + i, place = row % reach;
      let isNew = false;
      prices[place] = (high[i] + low[i] + close[i]) / 3;
      sizes[place] = volume[i];
      for (let k = first[i]; k < first[i + 1]; k++) {
        if (anchors.kind[k] !== code || (wanted !== 0 && anchors.direction[k] !== wanted) || anchors.originRow[k] <= state.anchor) continue;
        state.anchor = anchors.originRow[k];
        isNew = true;
      }
      if (isNew) {
        state.total = 0;
        state.mean = state.squares = row - state.anchor < reach ? 0 : NaN;
        for (let r = state.anchor; r <= row && state.mean === state.mean; r++) add(state, prices[r % reach], sizes[r % reach]);
      } else if (state.anchor === state.anchor) add(state, prices[place], sizes[place]);
      const isKnown = state.anchor === state.anchor && state.total !== 0;
      vwap[i] = isKnown ? state.mean : NaN;
      deviation[i] = isKnown ? Math.sqrt(state.squares / state.total) : NaN;
      anchorRow[i] = state.anchor;
    }
  },
});

function add(sums: { total: number; mean: number; squares: number }, price: number, size: number): void {
  if (size === 0) return;
  const isFirst = sums.total === 0, distance = isFirst ? 0 : price - sums.mean;
  // An anchor out of reach has left NaN there, which stays.
  if (isFirst && sums.mean === sums.mean) sums.mean = price;
  sums.total += size;
  sums.mean += distance * (size / sums.total);
  sums.squares += size * distance * (price - sums.mean);
}
