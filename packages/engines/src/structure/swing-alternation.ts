import { appendEvent, defineEngine, eventCode, eventSchema, type Engine, type EventTable, type Table } from '@zanzibar/core';

const alternationColumns = { id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', level0: 'f64' } as const;

/**
 * Swing alternation: which swings a chart drops so that highs and lows take turns.
 *
 * Definition  Of two swings in a row with one direction the more extreme stays, of equals the earlier; the other is `superseded`, at the row at which the later
 *             one is known. The swings without a `superseded` alternate. Of a bar that is both, the one with the direction of the last that stayed comes first;
 *             before any has stayed both stay, and the next swing alternates with either
 * Units       price in; direction, originRow, level0 and ref are direction, row, price and id of the swing that goes, value the row of the one that stays
 * Warm-up     that of the swings     Lag  none that is fixed: a swing goes when a later one beats it
 * NaN         reads no prices
 * Source      the alternation of zigzag charts; nothing is deleted: the reference library erases what a later swing beats
 * Oracle      shared smart-money-concepts/swing_highs_lows_result_data.csv.gz
 * Oracle      reference packages/engines/test/reference/swings-by-scan.ts
 * Example     swing highs of 5 and then 6 give one event: superseded, direction 1, level0 5
 */
export const swingAlternation: Engine<{}, {}, {}, { events: typeof eventSchema }, { swings: typeof alternationColumns }> = /* @__PURE__ */ defineEngine({
  name: 'swingAlternation',
  input: {},
  reads: { swings: alternationColumns },
  appended: { events: eventSchema },
  kinds: ['superseded'],
  refersTo: { events: 'swings' },
  defaults: {},
  units: { value: 'count' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ direction: 0, id: NaN, row: NaN, level: NaN }),

  advance(state, { base, tables, offsets }, { events }, from, to) {
    const { swings } = tables, start = offsets.swings;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        const isPair = k + 1 < start[i + 1] && swings.direction[k] !== swings.direction[k + 1];
        if (!isPair) meet(state, events, swings, k, base + i);
        else if (state.direction !== 0) {
          const isInTurn = swings.direction[k] !== state.direction;
          meet(state, events, swings, isInTurn ? k + 1 : k, base + i);
          meet(state, events, swings, isInTurn ? k : k + 1, base + i);
        }
        if (isPair) k++;
      }
    }
  },
});

type Last = { direction: number; id: number; row: number; level: number };

/** A swing comes after the last that stayed. */
function meet(last: Last, events: EventTable, swings: Table<typeof alternationColumns>, k: number, row: number): void {
  if (swings.kind[k] !== eventCode.swing) return;
  const direction = swings.direction[k], origin = swings.originRow[k], level = swings.level0[k], id = swings.id[k];
  if (direction === last.direction) {
    const isBeyond = direction > 0 ? level > last.level : level < last.level;
    if (isBeyond) appendEvent(events, eventCode.superseded, direction, last.row, row, last.id, last.level, NaN, origin);
    else appendEvent(events, eventCode.superseded, direction, origin, row, id, level, NaN, last.row);
    if (!isBeyond) return;
  }
  last.direction = direction;
  last.id = id;
  last.row = origin;
  last.level = level;
}
