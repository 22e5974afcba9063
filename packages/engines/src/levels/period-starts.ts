import { defineEngine, timeHalves, type Engine } from '@zanzibar/core';
import { checkPeriod, enterPeriod, isAtOrAfter, newPeriod } from './calendar-periods.ts';

/**
 * Period starts: the bars with which a session, or another period of a calendar, begins: the anchor of session VWAP, delta and volume profile.
 *
 * Definition  anchor is 1 in the first bar that opens in another period than the bar before, else 0; periods are those of `previousHighLow`. The first row, and the first
 *             after a cut, has no bar before and is 0: what is anchored begins there anyway
 * Units       1 or 0     Warm-up  0 rows     Lag  0
 * NaN         only times are read
 * Source      sessions of the calendars that ship with the library; definition ours
 * Oracle      reference packages/engines/test/reference/anchors.ts
 * Example     bars that open at 20:00, 21:00, 22:00 and 23:00 UTC of 2024-01-09, period 1d of the currency week, which turns at 17:00 in New York: 0 0 1 0
 */
export interface PeriodStartsOptions {
  /** An interval below a day (15m, 1h, 4h ...), 1d, 1w or 1M. @defaultValue '1d' */
  period: string;
  /** Calendar whose sessions are the days; 24x7 has those of UTC. @defaultValue 'fx-week' */
  calendar: string;
}

export const periodStarts: Engine<PeriodStartsOptions, { openTime: 'i64' }, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'periodStarts',
  input: { openTime: 'i64' },
  aligned: { anchor: 'i8' },
  sparse: ['anchor'],
  defaults: { period: '1d', calendar: 'fx-week' },
  check: ({ period, calendar }) => checkPeriod('periodStarts', period, calendar),
  units: { anchor: 'count' },
  warmup: () => 0,
  lag: () => 0,
  mirror: 'exact',
  scale: 'exact',
  init: ({ period }) => ({ present: newPeriod(period), hasBefore: 0 }),

  advance(state, { openTime }, { anchor }, from, to, { period, calendar }) {
    const { present } = state, opens = timeHalves(openTime), bounds = timeHalves(present);
    for (let i = from; i < to; i++) {
      const isStart = isAtOrAfter(opens, i, bounds, 0);
      if (isStart) enterPeriod(present, period, calendar, openTime[i]);
      anchor[i] = isStart ? state.hasBefore : 0;
      state.hasBefore = 1;
    }
  },
});
