import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, oneOf, type Engine, type F64 } from '@zanzibar/core';

/**
 * Structure breaks: price passes the last unbroken swing, with the trend (break of structure) or against it (change of character).
 *
 * Definition  h, l: the last swing high and low known by this bar, its own included. If h is unbroken and close > h + minimumBreak (mode `wick`: high),
 *             h is broken, and the event is changeOfCharacter if the trend was down, else breakOfStructure; the trend is then up. l mirrors.
 *             A swing breaks once. Where one bar breaks both, the side of the trend goes first; without a trend both are initial and none begins
 * Units       price in; direction is that of the break, originRow, level0 and ref are row, price and id of the swing, value 1 for breaks before any trend
 * Warm-up     that of the swings     Lag  none of its own: knownRow is the bar that breaks
 * NaN         such a bar breaks nothing
 * Source      inner-circle trading practice without a primary source; the rule (one break a swing, by the close) as LuxAlgo's Smart Money Concepts states it
 * Oracle      hand packages/engines/src/structure/structure-breaks.test.ts
 * Example     close 1 2 1 3, swing high 2 of row 1 known at row 2 gives breakOfStructure: direction 1, originRow 1, knownRow 3, level0 2, value 1
 */
export interface StructureBreaksOptions {
  /** What has to pass the level: the close, or the high or low. @defaultValue 'close' */
  mode: 'close' | 'wick';
  /** Price by which it has to pass; 0 means beyond. @defaultValue 0 */
  minimumBreak: number;
}

/** What it reads of the swings' events. */
export const swingColumns = { id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', knownRow: 'f64', level0: 'f64' } as const;

export const structureBreaks: Engine<
  StructureBreaksOptions, F64<'high' | 'low' | 'close'>, {}, { events: typeof eventSchema }, { swings: typeof swingColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'structureBreaks',
  input: { high: 'f64', low: 'f64', close: 'f64' },
  reads: { swings: swingColumns },
  appended: { events: eventSchema },
  kinds: ['breakOfStructure', 'changeOfCharacter'],
  refersTo: { events: 'swings' },
  defaults: { mode: 'close', minimumBreak: 0 } as StructureBreaksOptions,
  check({ mode, minimumBreak }) {
    oneOf('structureBreaks: mode', mode, ['close', 'wick']);
    nonNegativeNumber('structureBreaks: minimumBreak', minimumBreak);
  },
  units: { value: 'count' },
  optionUnits: { minimumBreak: 'range' },
  mirror: 'exact',
  scale: 'exact',
  // A level of NaN is broken or not there: nothing compares with it.
  init: () => ({ trend: 0, high: NaN, highRow: NaN, highId: NaN, low: NaN, lowRow: NaN, lowId: NaN }),

  advance(state, { base, high, low, close, tables, offsets }, { events }, from, to, { mode, minimumBreak }) {
    const { swings } = tables, start = offsets.swings, top = mode === 'close' ? close : high, bottom = mode === 'close' ? close : low;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        if (swings.direction[k] > 0) {
          state.high = swings.level0[k];
          state.highRow = swings.originRow[k];
          state.highId = swings.id[k];
        } else {
          state.low = swings.level0[k];
          state.lowRow = swings.originRow[k];
          state.lowId = swings.id[k];
        }
      }
      const up = top[i] > state.high + minimumBreak, down = bottom[i] < state.low - minimumBreak;
      if (!up && !down) continue;
      const before = state.trend, row = base + i, initial = before === 0 ? 1 : 0;
      if (down && before < 0) appendEvent(events, eventCode.breakOfStructure, -1, state.lowRow, row, state.lowId, state.low, NaN, initial);
      if (up) {
        const kind = before < 0 ? eventCode.changeOfCharacter : eventCode.breakOfStructure;
        appendEvent(events, kind, 1, state.highRow, row, state.highId, state.high, NaN, initial);
      }
      if (down && before >= 0) {
        const kind = before > 0 ? eventCode.changeOfCharacter : eventCode.breakOfStructure;
        appendEvent(events, kind, -1, state.lowRow, row, state.lowId, state.low, NaN, initial);
      }
      if (up) state.high = NaN;
      if (down) state.low = NaN;
      // Of two breaks the one against the trend came last.
      state.trend = up && down ? 0 - before : up ? 1 : -1;
    }
  },
});
