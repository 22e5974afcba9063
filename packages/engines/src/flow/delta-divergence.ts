import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { swingColumns } from '../structure/structure-breaks.ts';

/**
 * Delta divergence: a higher high of price on a lower total of delta, or a lower low on a higher one.
 *
 * Definition  two swing highs in a row, as they become known, the later one higher by price and lower by the cumulative delta at the close of its bar: direction -1; lows mirror. Equal ones
 *             are none. A swing is compared only if its bar is one of the last `lookback` ones and none before the last row whose `anchor` is not 0, where the total began anew
 * Units       originRow is the later swing's, ref its id, level0 and level1 the two prices, lower first, value the later total less the earlier one
 * Warm-up     that of the swings     Lag  that of the swings: knownRow proves the later one
 * NaN         a swing whose total is NaN is none
 * Source      trading practice without a primary source
 * Oracle      reference packages/engines/test/reference/delta.ts
 * Oracle      reference packages/engines/test/reference/trades-by-scan.ts
 * Example     highs 100 and 105 on totals 10 and 8 give divergence: direction -1, levels 100 and 105, value -2
 */
export interface DeltaDivergenceOptions {
  /** Rows for which totals are kept: more than the swings' lag. @defaultValue 64 */
  lookback: number;
}

export const deltaDivergence: Engine<DeltaDivergenceOptions, F64<'cumulativeDelta'>, {}, { events: typeof eventSchema }, { swings: typeof swingColumns }, { anchor: 'i8' }> =
  /* @__PURE__ */ defineEngine({
    name: 'deltaDivergence',
    input: { cumulativeDelta: 'f64' },
    optional: { anchor: 'i8' },
    reads: { swings: swingColumns },
    appended: { events: eventSchema },
    kinds: ['divergence'],
    refersTo: { events: 'swings' },
    units: { value: 'signed' },
    defaults: { lookback: 64 },
    check({ lookback }) {
      positiveInteger('deltaDivergence: lookback', lookback);
    },
    mirror: 'exact',
    scale: 'exact',
    // The last high and low with their totals, the first row that counts, and the totals of the last rows.
    init: ({ lookback }) => ({ high: NaN, highTotal: NaN, low: NaN, lowTotal: NaN, start: NaN, totals: new Float64Array(lookback) }),

    advance(state, { base, cumulativeDelta, anchor, tables, offsets }, { events }, from, to, { lookback }) {
      const { swings } = tables, start = offsets.swings, { totals } = state;
      for (let i = from; i < to; i++) {
        const row = base + i;
        if (!(state.start <= row) || (anchor !== undefined && anchor[i] !== 0)) {
          state.start = row;
          state.high = state.low = NaN;
        }
        totals[row % lookback] = cumulativeDelta[i];
        for (let k = start[i]; k < start[i + 1]; k++) {
          const origin = swings.originRow[k], price = swings.level0[k];
          if (swings.kind[k] !== eventCode.swing || origin < state.start || origin <= row - lookback) continue;
          const total = totals[origin % lookback];
          if (total !== total) continue;
          if (swings.direction[k] > 0) {
            if (price > state.high && total < state.highTotal) appendEvent(events, eventCode.divergence, -1, origin, row, swings.id[k], state.high, price, total - state.highTotal);
            state.high = price;
            state.highTotal = total;
          } else {
            if (price < state.low && total > state.lowTotal) appendEvent(events, eventCode.divergence, 1, origin, row, swings.id[k], price, state.low, total - state.lowTotal);
            state.low = price;
            state.lowTotal = total;
          }
        }
      }
    },
  });
