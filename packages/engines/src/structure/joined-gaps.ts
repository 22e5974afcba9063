import { appendEvent, defineEngine, eventCode, eventSchema, type Engine } from '@zanzibar/core';

const gapColumns = { id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', level0: 'f64', level1: 'f64' } as const;

/**
 * Joined gaps: fair value gaps of one direction in bars that follow one another, as one zone.
 *
 * Definition  A gap whose middle bar is the next one after that of the gap before, with the same direction, is joined to it (and to what that was joined to):
 *             `joined`, from the lowest to the highest edge of all of them, at the row that proves the newer one. The older gaps stay on record
 * Units       levels are the edges of the union, lower first; originRow is the middle bar of the oldest, ref the id of the newest, value how many are joined
 * Warm-up     3 rows     Lag  none that is fixed: as many rows as gaps
 * NaN         reads no prices
 * Source      the option of the reference library, which deletes the older rows
 * Oracle      shared smart-money-concepts-computed/btcusd_1m_20170903/fvg_join_consecutive.csv.gz
 * Oracle      reference packages/engines/test/reference/gaps-by-scan.ts
 * Example     high 2 3 6 8, low 1 2 4 6: gaps 2 to 4 and 3 to 6 are joined at row 3, levels 2 and 6, value 2
 */
export const joinedGaps: Engine<{}, {}, {}, { events: typeof eventSchema }, { gaps: typeof gapColumns }> = /* @__PURE__ */ defineEngine({
  name: 'joinedGaps',
  input: {},
  reads: { gaps: gapColumns },
  appended: { events: eventSchema },
  kinds: ['joined'],
  refersTo: { events: 'gaps' },
  defaults: {},
  units: { value: 'count' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ direction: 0, first: NaN, last: NaN, lower: NaN, upper: NaN, count: 0 }),

  advance(state, { base, tables, offsets }, { events }, from, to) {
    const { gaps } = tables, start = offsets.gaps;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (gaps.kind[k] !== eventCode.fairValueGap) continue;
        const direction = gaps.direction[k], origin = gaps.originRow[k], isNext = direction === state.direction && origin === state.last + 1;
        state.direction = direction;
        state.first = isNext ? state.first : origin;
        state.last = origin;
        state.lower = isNext ? Math.min(state.lower, gaps.level0[k]) : gaps.level0[k];
        state.upper = isNext ? Math.max(state.upper, gaps.level1[k]) : gaps.level1[k];
        state.count = isNext ? state.count + 1 : 1;
        if (isNext) appendEvent(events, eventCode.joined, direction, state.first, base + i, gaps.id[k], state.lower, state.upper, state.count);
      }
    }
  },
});
