import { appendEvent, defineEngine, eventCode, eventSchema, timeHalves, type Engine, type F64 } from '@zanzibar/core';
import { dayOfRow, longitudeAt, needEphemeris, type Ephemeris } from './ephemeris.ts';

/**
 * Moon phases: how far the Moon is ahead of the Sun, and the bars after new moon, first quarter, full moon and last quarter. Timing only, without direction: no
 * evidence is claimed that markets heed them; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  phase = longitude of the Moon less that of the Sun at closeTime, 0 up to 360; `moonQuarter` in the first row whose phase lies in another quarter of the circle
 *             than the row before: value 0 new, 1 first quarter, 2 full, 3 last quarter, direction 0. Of bars longer than a week some quarters have none
 * Units       time in, degrees out     Warm-up  0 rows     Lag  0: known when the bar closes     NaN  outside the ephemeris
 * Source      longitudes of astronomy-engine 2.1.19
 * Oracle      paper packages/engines/test/papers/planets.ts
 * Example     hourly bars: moonQuarter 0 in the bar that closes on 2024-04-08 at 19:00 UTC, after the new moon of 18:21
 */
export interface MoonPhasesOptions {
  /** What `planetaryEphemeris` gave; without one it throws. */
  ephemeris: Ephemeris | null;
}

export const moonPhases: Engine<MoonPhasesOptions, { readonly closeTime: 'i64' }, F64<'phase'>, { events: typeof eventSchema }> = /* @__PURE__ */ defineEngine({
  name: 'moonPhases',
  input: { closeTime: 'i64' },
  aligned: { phase: 'f64' },
  sparse: ['phase'],
  appended: { events: eventSchema },
  kinds: ['moonQuarter'],
  defaults: { ephemeris: null } as MoonPhasesOptions,
  lag: () => 0,
  units: { phase: 'ratio', value: 'count' },
  mirror: { none: 'time only: no price is read' },
  scale: { none: 'time only: no price is read' },
  init({ ephemeris }) {
    needEphemeris('moonPhases', ephemeris);
    return { quarter: NaN };
  },

  advance(state, { base, closeTime }, { phase, events }, from, to, { ephemeris }) {
    const halves = timeHalves(closeTime);
    for (let i = from; i < to; i++) {
      const day = dayOfRow(halves, i), ahead = longitudeAt(ephemeris!, 1, day) - longitudeAt(ephemeris!, 0, day), degrees = ahead - 360 * Math.floor(ahead / 360), quarter = Math.floor(degrees / 90);
      phase[i] = degrees;
      if (state.quarter === state.quarter && quarter === quarter && quarter !== state.quarter) appendEvent(events, eventCode.moonQuarter, 0, base + i, base + i, NaN, NaN, NaN, quarter);
      state.quarter = quarter;
    }
  },
});
