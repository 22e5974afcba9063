import { appendEvent, defineEngine, eventCode, eventSchema, timeHalves, type Engine } from '@zanzibar/core';
import { checkPeriod, enterPeriod, isAtOrAfter, newPeriod } from './calendar-periods.ts';

/**
 * Previous high and low: the extremes of the last completed period, from 15 minutes to months, by the sessions of a calendar.
 *
 * Definition  a bar belongs to the period in which it opens. Periods of less than a day are counted from the opening of each session and end with it, `1d` is
 *             a trade date, `1w` the trade dates from Monday on, `1M` those of a month; what lies between sessions belongs to the next one.
 *             With the first bar of a period, the highest high and lowest low of the last period with bars become previousHigh and previousLow. isHighBroken
 *             from the first high > previousHigh on, that bar's own included, until the period ends; isLowBroken mirrors.
 *             Events: `periodLevel` of high and low, `violated` where a flag is set, `superseded` by the next level, `segmentEnd` at a cut
 * Units       price in; direction +1 the high, -1 the low; level0 the price; originRow the first bar that reached it, knownRow the first bar of the next period
 * Warm-up     the first period that the data hold, whole or in part     Lag  0
 * NaN         such a price is no extreme and breaks nothing; a period without prices leaves the levels as they were
 * Source      definition ours. smart-money-concepts shows the first bar of each period the period before last, and its weeks are always one too old
 * Oracle      reference packages/engines/test/reference/periods.ts
 * Oracle      program oracles/smart-money-concepts/periods-and-sessions.json
 * Example     daily bars with high 5 7 6, low 1 2 3, period 1d: previousHigh NaN 5 7, previousLow NaN 1 2, isHighBroken 0 1 0
 */
export interface PreviousHighLowOptions {
  /** An interval below a day (15m, 1h, 4h ...), 1d, 1w or 1M. @defaultValue '1d' */
  period: string;
  /** Calendar whose sessions are the days; 24x7 has those of UTC. @defaultValue 'fx-week' */
  calendar: string;
}

export const previousHighLow: Engine<
  PreviousHighLowOptions, { openTime: 'i64'; high: 'f64'; low: 'f64' }, { previousHigh: 'f64'; previousLow: 'f64'; isHighBroken: 'i8'; isLowBroken: 'i8' }, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'previousHighLow',
  input: { openTime: 'i64', high: 'f64', low: 'f64' },
  aligned: { previousHigh: 'f64', previousLow: 'f64', isHighBroken: 'i8', isLowBroken: 'i8' },
  sparse: ['previousHigh', 'previousLow', 'isHighBroken', 'isLowBroken'],
  appended: { events: eventSchema },
  kinds: ['periodLevel', 'violated', 'superseded', 'segmentEnd'],
  defaults: { period: '1d', calendar: 'fx-week' },
  check: ({ period, calendar }) => checkPeriod('previousHighLow', period, calendar),
  units: { isHighBroken: 'count', isLowBroken: 'count' },
  pairs: [['previousHigh', 'previousLow'], ['isHighBroken', 'isLowBroken']],
  mirror: 'exact',
  scale: 'exact',
  init: ({ period }) => ({
    present: newPeriod(period), high: NaN, highRow: NaN, low: NaN, lowRow: NaN,
    previousHigh: NaN, highId: NaN, isHighBroken: 0, previousLow: NaN, lowId: NaN, isLowBroken: 0,
  }),

  advance(state, { base, openTime, high, low }, { previousHigh, previousLow, isHighBroken, isLowBroken, events }, from, to, { period, calendar }) {
    const { present } = state, opens = timeHalves(openTime), bounds = timeHalves(present);
    for (let i = from; i < to; i++) {
      const row = base + i;
      if (isAtOrAfter(opens, i, bounds, 0)) {
        if (state.high === state.high) {
          if (state.highId === state.highId) appendEvent(events, eventCode.superseded, 1, row, row, state.highId, state.previousHigh, NaN, NaN);
          state.highId = appendEvent(events, eventCode.periodLevel, 1, state.highRow, row, NaN, state.high, NaN, NaN);
          state.previousHigh = state.high;
        }
        if (state.low === state.low) {
          if (state.lowId === state.lowId) appendEvent(events, eventCode.superseded, -1, row, row, state.lowId, state.previousLow, NaN, NaN);
          state.lowId = appendEvent(events, eventCode.periodLevel, -1, state.lowRow, row, NaN, state.low, NaN, NaN);
          state.previousLow = state.low;
        }
        state.high = state.low = NaN;
        state.isHighBroken = state.isLowBroken = 0;
        enterPeriod(present, period, calendar, openTime[i]);
      }
      if (high[i] > state.previousHigh && state.isHighBroken === 0) {
        state.isHighBroken = 1;
        appendEvent(events, eventCode.violated, 1, row, row, state.highId, state.previousHigh, NaN, NaN);
      }
      if (low[i] < state.previousLow && state.isLowBroken === 0) {
        state.isLowBroken = 1;
        appendEvent(events, eventCode.violated, -1, row, row, state.lowId, state.previousLow, NaN, NaN);
      }
      if (high[i] === high[i] && !(state.high >= high[i])) {
        state.high = high[i];
        state.highRow = row;
      }
      if (low[i] === low[i] && !(state.low <= low[i])) {
        state.low = low[i];
        state.lowRow = row;
      }
      previousHigh[i] = state.previousHigh;
      previousLow[i] = state.previousLow;
      isHighBroken[i] = state.isHighBroken;
      isLowBroken[i] = state.isLowBroken;
    }
  },

  end(state, { base }, { events }, row) {
    if (state.highId === state.highId) appendEvent(events, eventCode.segmentEnd, 1, base + row, base + row, state.highId, state.previousHigh, NaN, NaN);
    if (state.lowId === state.lowId) appendEvent(events, eventCode.segmentEnd, -1, base + row, base + row, state.lowId, state.previousLow, NaN, NaN);
  },
});
