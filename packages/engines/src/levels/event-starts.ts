import { defineEngine, eventCode, eventKinds, oneOf, type Engine, type EventKind } from '@zanzibar/core';

const anchorColumns = { kind: 'i16', direction: 'i8' } as const;

/**
 * Event starts: the bars at which an event became known: the anchor of VWAP, delta and volume profile since a break, a sweep or a swing.
 *
 * Definition  anchor is 1 in the bar with which an event of `kind`, and of `direction` unless that is 0, became known (its knownRow, never its originRow), else 0
 * Units       1 or 0     Warm-up  that of the events     Lag  none of its own
 * NaN         no prices are read
 * Source      definition ours; `anchoredVwap` counts from the bar of the event itself and shows it from the known row on
 * Oracle      reference packages/engines/test/reference/anchors.ts
 * Example     swings known at rows 2 (a high) and 5 (a low), direction -1: 0 0 0 0 0 1
 */
export interface EventStartsOptions {
  /** Kind of the events. @defaultValue 'swing' */
  kind: EventKind;
  /** 1 or -1: only those of that direction. @defaultValue 0 */
  direction: number;
}

export const eventStarts: Engine<EventStartsOptions, {}, { anchor: 'i8' }, {}, { anchors: typeof anchorColumns }> = /* @__PURE__ */ defineEngine({
  name: 'eventStarts',
  input: {},
  reads: { anchors: anchorColumns },
  aligned: { anchor: 'i8' },
  sparse: ['anchor'],
  defaults: { kind: 'swing', direction: 0 } as EventStartsOptions,
  check({ kind, direction }) {
    oneOf('eventStarts: kind', kind, eventKinds);
    if (direction !== 0 && direction !== 1 && direction !== -1) throw new RangeError(`eventStarts: direction must be 1, -1 or 0, was ${direction}`);
  },
  units: { anchor: 'count' },
  warmup: () => 0,
  mirror: { none: 'a direction names one side; with direction 0 the anchors of both are the same' },
  scale: 'exact',
  init: () => ({}),

  advance(_, { tables, offsets }, { anchor }, from, to, { kind, direction }) {
    const code = eventCode[kind], { anchors } = tables, start = offsets.anchors;
    for (let i = from; i < to; i++) {
      anchor[i] = 0;
      for (let k = start[i]; k < start[i + 1]; k++) if (anchors.kind[k] === code && (direction === 0 || anchors.direction[k] === direction)) anchor[i] = 1;
    }
  },
});
