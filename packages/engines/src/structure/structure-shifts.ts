import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { lowestRow } from './leg-extreme.ts';

/**
 * Structure shifts: changes of character whose leg shows displacement, by the body of the breaking bar or by a fair value gap on the way.
 *
 * Definition  A `changeOfCharacter` up of bar t over the swing of row q is a `marketStructureShift` if close[t] - open[t] >= minimumBody * atr[t - 1] and is
 *             above 0, or if a gap up has all its three bars in the leg: from the row of the lowest low between q and t (of equals the last, bar t - 1 if
 *             none lies between, at most `lookback` bars back) to t. Down mirrors
 * Units       price in, and `atr` in price (wire it: `{ atr: 'atr/atr' }`); direction, originRow, level0 are those of the change of character, ref its id,
 *             value the body in its direction in average true ranges of the bar before, NaN where that is 0 or not known
 * Warm-up     that of the swings     Lag  none of its own: knownRow is the bar that breaks
 * NaN         a body that is none shows no displacement, and such a bar is no lowest
 * Source      inner-circle trading practice, no primary source; displacement in two readings that are common
 * Oracle      reference packages/engines/test/reference/breaks-by-scan.ts
 * Oracle      reference packages/engines/test/reference/drawn-structures.ts
 * Example     a change of character up whose bar opens at 2 and closes at 4, with an atr of 2 before it, is a shift of value 1
 */
export interface StructureShiftsOptions {
  /** Average true ranges of the body that is displacement. @defaultValue 1 */
  minimumBody: number;
  /** Bars back in which the leg is looked for. @defaultValue 500 */
  lookback: number;
}

const breakColumns = { id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', level0: 'f64' } as const;
const gapColumns = { kind: 'i16', direction: 'i8', originRow: 'f64' } as const;

export const structureShifts: Engine<
  StructureShiftsOptions, F64<'open' | 'high' | 'low' | 'close' | 'atr'>, {}, { events: typeof eventSchema }, { breaks: typeof breakColumns; gaps: typeof gapColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'structureShifts',
  version: 2,
  input: { open: 'f64', high: 'f64', low: 'f64', close: 'f64', atr: 'f64' },
  reads: { breaks: breakColumns, gaps: gapColumns },
  appended: { events: eventSchema },
  kinds: ['marketStructureShift'],
  refersTo: { events: 'breaks' },
  defaults: { minimumBody: 1, lookback: 500 },
  check({ minimumBody, lookback }) {
    nonNegativeNumber('structureShifts: minimumBody', minimumBody);
    positiveInteger('structureShifts: lookback', lookback);
  },
  units: { value: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ lookback }) => ({ atr: NaN, gapUp: -Infinity, gapDown: -Infinity, lows: new Float64Array(lookback).fill(NaN), highs: new Float64Array(lookback).fill(NaN) }),

  advance(state, { base, open, high, low, close, atr, tables, offsets }, { events }, from, to, { minimumBody, lookback }) {
    const { breaks, gaps } = tables, { lows, highs } = state;
    let place = (base + from) % lookback;
    for (let i = from; i < to; i++) {
      const row = base + i;
      for (let k = offsets.gaps[i]; k < offsets.gaps[i + 1]; k++) {
        if (gaps.kind[k] !== eventCode.fairValueGap) continue;
        if (gaps.direction[k] > 0) state.gapUp = gaps.originRow[k];
        else state.gapDown = gaps.originRow[k];
      }
      for (let k = offsets.breaks[i]; k < offsets.breaks[i + 1]; k++) {
        if (breaks.kind[k] !== eventCode.changeOfCharacter) continue;
        const direction = breaks.direction[k], body = (close[i] - open[i]) * direction, legStart = lowestRow(direction > 0 ? lows : highs, breaks.originRow[k], row);
        const hasBody = body > 0 && body >= minimumBody * state.atr, hasGap = (direction > 0 ? state.gapUp : state.gapDown) - 1 >= legStart;
        if (!hasBody && !hasGap) continue;
        const value = state.atr > 0 ? body / state.atr : NaN;
        appendEvent(events, eventCode.marketStructureShift, direction, breaks.originRow[k], row, breaks.id[k], breaks.level0[k], NaN, value);
      }
      lows[place] = low[i];
      // Turned over, so that one search serves both sides.
      highs[place] = -high[i];
      place = place + 1 === lookback ? 0 : place + 1;
      state.atr = atr[i];
    }
  },
});
