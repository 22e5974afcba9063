import { appendEvent, calendarOf, calendarRules, dayOf, dayStart, defineEngine, eventCode, eventSchema, localToUtc, nanosecondsPerSecond, oneOf, timeHalves, utcToLocal, zoneOffset, type Engine } from '@zanzibar/core';
import { isAtOrAfter } from './calendar-periods.ts';
import { killZones, type SessionRule } from './kill-zones.ts';

/** Events, with the trade date that a session belongs to: a day number, 0 is 1970-01-01. */
export const sessionSchema: typeof eventSchema & { readonly tradeDate: 'f64' } = { ...eventSchema, tradeDate: 'f64' };

/**
 * Sessions and kill zones: which bars lie in a stretch of the day, its high and low as they develop, and those of the last one once it is over.
 *
 * Definition  a bar is in the session in which it opens: from `start` on, before `end`, on the clocks of `zone`; an end at or before the start is that of the next
 *             day. sessionHigh and sessionLow are the extremes so far, in its bars only. It is over with its bar whose closeTime is at or after the end, else with
 *             the first bar that opens there: then previousHigh and previousLow become its extremes.
 *             Events: `sessionLevel` of high and low, `violated` at the first high > it (low < it), `superseded` by the next session's, `segmentEnd` at a cut.
 *             Its tradeDate is that of its start in the calendar
 * Units       price in; direction +1 the high, -1 the low; level0 the price; originRow the first bar that reached it, knownRow the row with which it is over
 * Warm-up     none; a session of which the data hold a part counts with that part     Lag  0
 * NaN         such a price is no extreme and violates nothing; a session without prices leaves the levels as they were. sessionHigh and sessionLow outside
 * Source      hours are convention: those of public pages differ, which is why they are data. Zone rules are those that ship with the library
 * Oracle      reference packages/engines/test/reference/periods.ts
 * Oracle      program oracles/smart-money-concepts/periods-and-sessions.json
 * Example     hourly bars that open at 1:00 to 4:00 UTC with high 5 7 6 8, session 02:00 to 04:00 UTC: sessionHigh NaN 7 7 NaN, previousHigh NaN NaN 7 7
 */
export interface SessionsOptions extends SessionRule {
  /** Calendar that says which trade date a session belongs to. @defaultValue 'fx-week' */
  calendar: string;
}

export const sessions: Engine<
  SessionsOptions, { openTime: 'i64'; closeTime: 'i64'; high: 'f64'; low: 'f64' },
  { isOpen: 'i8'; sessionHigh: 'f64'; sessionLow: 'f64'; previousHigh: 'f64'; previousLow: 'f64' }, { events: typeof sessionSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'sessions',
  input: { openTime: 'i64', closeTime: 'i64', high: 'f64', low: 'f64' },
  aligned: { isOpen: 'i8', sessionHigh: 'f64', sessionLow: 'f64', previousHigh: 'f64', previousLow: 'f64' },
  sparse: ['isOpen', 'sessionHigh', 'sessionLow', 'previousHigh', 'previousLow'],
  appended: { events: sessionSchema },
  kinds: ['sessionLevel', 'violated', 'superseded', 'segmentEnd'],
  defaults: { ...killZones.london, calendar: 'fx-week' } as SessionsOptions,
  check({ zone, start, end, calendar }) {
    try {
      zoneOffset(zone, 0n);
    } catch (cause) {
      throw new RangeError(`sessions: ${(cause as Error).message}`, { cause });
    }
    secondOfDay('sessions: start', start);
    secondOfDay('sessions: end', end);
    oneOf('sessions: calendar', calendar, calendarRules.map(({ name }) => name));
  },
  units: { isOpen: 'count' },
  pairs: [['sessionHigh', 'sessionLow'], ['previousHigh', 'previousLow']],
  mirror: 'exact',
  scale: 'exact',
  init: () => ({
    // Start and end of the session around or after the last row.
    window: BigInt64Array.of(-(1n << 63n), -(1n << 63n)), tradeDate: NaN, high: NaN, highRow: NaN, low: NaN, lowRow: NaN,
    previousHigh: NaN, highId: NaN, highDate: NaN, isHighBroken: 0, previousLow: NaN, lowId: NaN, lowDate: NaN, isLowBroken: 0,
  }),

  advance(state, { base, openTime, closeTime, high, low }, { isOpen, sessionHigh, sessionLow, previousHigh, previousLow, events }, from, to, options) {
    const { window } = state, opens = timeHalves(openTime), closes = timeHalves(closeTime), bounds = timeHalves(window);
    for (let i = from; i < to; i++) {
      const row = base + i;
      if (isAtOrAfter(opens, i, bounds, 1)) {
        complete(events, state, row);
        findWindow(window, openTime[i], options);
        state.tradeDate = calendarOf(options.calendar).tradeDate(window[0]);
      }
      const isIn = isAtOrAfter(opens, i, bounds, 0);
      if (high[i] > state.previousHigh && state.isHighBroken === 0) {
        state.isHighBroken = 1;
        tell(events, eventCode.violated, 1, row, row, state.highId, state.previousHigh, state.highDate);
      }
      if (low[i] < state.previousLow && state.isLowBroken === 0) {
        state.isLowBroken = 1;
        tell(events, eventCode.violated, -1, row, row, state.lowId, state.previousLow, state.lowDate);
      }
      if (isIn && high[i] === high[i] && !(state.high >= high[i])) {
        state.high = high[i];
        state.highRow = row;
      }
      if (isIn && low[i] === low[i] && !(state.low <= low[i])) {
        state.low = low[i];
        state.lowRow = row;
      }
      isOpen[i] = isIn ? 1 : 0;
      sessionHigh[i] = isIn ? state.high : NaN;
      sessionLow[i] = isIn ? state.low : NaN;
      if (isIn && isAtOrAfter(closes, i, bounds, 1)) complete(events, state, row);
      previousHigh[i] = state.previousHigh;
      previousLow[i] = state.previousLow;
    }
  },

  end(state, { base }, { events }, row) {
    if (state.highId === state.highId) tell(events, eventCode.segmentEnd, 1, base + row, base + row, state.highId, state.previousHigh, state.highDate);
    if (state.lowId === state.lowId) tell(events, eventCode.segmentEnd, -1, base + row, base + row, state.lowId, state.previousLow, state.lowDate);
  },
});

interface Session {
  tradeDate: number; high: number; highRow: number; low: number; lowRow: number;
  previousHigh: number; highId: number; highDate: number; isHighBroken: number; previousLow: number; lowId: number; lowDate: number; isLowBroken: number;
}
type SessionEvents = Parameters<typeof appendEvent>[0] & { readonly tradeDate: Float64Array };

/** The session is over: its extremes become the previous ones. */
function complete(events: SessionEvents, session: Session, row: number): void {
  if (session.high === session.high) {
    if (session.highId === session.highId) tell(events, eventCode.superseded, 1, row, row, session.highId, session.previousHigh, session.highDate);
    session.highId = tell(events, eventCode.sessionLevel, 1, session.highRow, row, NaN, session.high, session.tradeDate);
    session.previousHigh = session.high;
    session.highDate = session.tradeDate;
    session.isHighBroken = 0;
  }
  if (session.low === session.low) {
    if (session.lowId === session.lowId) tell(events, eventCode.superseded, -1, row, row, session.lowId, session.previousLow, session.lowDate);
    session.lowId = tell(events, eventCode.sessionLevel, -1, session.lowRow, row, NaN, session.low, session.tradeDate);
    session.previousLow = session.low;
    session.lowDate = session.tradeDate;
    session.isLowBroken = 0;
  }
  session.high = session.low = NaN;
}

function tell(events: SessionEvents, kind: number, direction: number, origin: number, row: number, ref: number, level: number, tradeDate: number): number {
  const id = appendEvent(events, kind, direction, origin, row, ref, level, NaN, NaN);
  events.tradeDate[events.length - 1] = tradeDate;
  return id;
}

/** Writes the first session that ends after `time`; called once a session. */
function findWindow(window: BigInt64Array, time: bigint, { zone, start, end }: SessionRule): void {
  const perSecond = BigInt(nanosecondsPerSecond), from = BigInt(secondOfDay('sessions: start', start)), until = BigInt(secondOfDay('sessions: end', end));
  // From two days back: a session that began yesterday may last until today.
  for (let day = dayOf(utcToLocal(zone, time)) - 2; ; day++) {
    window[1] = localToUtc(zone, dayStart(until > from ? day : day + 1) + until * perSecond);
    if (window[1] <= time) continue;
    window[0] = localToUtc(zone, dayStart(day) + from * perSecond);
    return;
  }
}

/** Seconds since midnight of `09:30`; 24:00 is written 00:00. */
function secondOfDay(what: string, text: string): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!parts) throw new RangeError(`${what} must be a time of day such as 09:30, was ${text}`);
  return (Number(parts[1]) * 60 + Number(parts[2])) * 60;
}
