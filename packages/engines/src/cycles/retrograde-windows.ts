import { appendEvent, defineEngine, eventCode, eventSchema, oneOf, timeHalves, type Engine } from '@zanzibar/core';
import { dayOfRow, needEphemeris, planets, speedAt, type Ephemeris, type Planet } from './ephemeris.ts';

/**
 * Retrograde windows: the bars in which a planet seems to move backwards. Timing only, without direction: no evidence is claimed that markets heed them; an
 * information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  speed = change of longitude at closeTime in degrees a day; isRetrograde 1 where it is below 0. `retrogradeStarted` and `retrogradeEnded` in the first row after
 *             it turned; ref of the latter is the former, NaN where that lies before the data; direction 0
 * Units       time in; degrees a day out     Warm-up  0 rows     Lag  0: known when the bar closes     NaN  outside the ephemeris
 * Source      longitudes of astronomy-engine 2.1.19
 * Oracle      paper packages/engines/test/papers/planets.ts
 * Example     Mercury, daily bars: retrogradeStarted on 2024-04-02, retrogradeEnded on 2024-04-26
 */
export interface RetrogradeWindowsOptions {
  /** What `planetaryEphemeris` gave; without one it throws. */
  ephemeris: Ephemeris | null;
  /** Whose. @defaultValue 'Mercury' */
  planet: Planet;
}

export const retrogradeWindows: Engine<
  RetrogradeWindowsOptions, { readonly closeTime: 'i64' }, { readonly speed: 'f64'; readonly isRetrograde: 'i8' }, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'retrogradeWindows',
  input: { closeTime: 'i64' },
  aligned: { speed: 'f64', isRetrograde: 'i8' },
  sparse: ['speed'],
  appended: { events: eventSchema },
  kinds: ['retrogradeStarted', 'retrogradeEnded'],
  defaults: { ephemeris: null, planet: 'Mercury' } as RetrogradeWindowsOptions,
  check: ({ planet }) => oneOf('retrogradeWindows: planet', planet, planets),
  units: { speed: 'ratio', isRetrograde: 'count', value: 'ratio' },
  lag: () => 0,
  mirror: { none: 'time only: no price is read' },
  scale: { none: 'time only: no price is read' },
  init({ ephemeris }) {
    needEphemeris('retrogradeWindows', ephemeris);
    return { before: NaN, startId: NaN };
  },

  advance(state, { base, closeTime }, { speed, isRetrograde, events }, from, to, { ephemeris, planet }) {
    const halves = timeHalves(closeTime), index = planets.indexOf(planet);
    for (let i = from; i < to; i++) {
      const now = speedAt(ephemeris!, index, dayOfRow(halves, i)), row = base + i;
      speed[i] = now;
      isRetrograde[i] = now < 0 ? 1 : 0;
      if (state.before >= 0 && now < 0) state.startId = appendEvent(events, eventCode.retrogradeStarted, 0, row, row, NaN, NaN, NaN, now);
      if (state.before < 0 && now >= 0) {
        appendEvent(events, eventCode.retrogradeEnded, 0, row, row, state.startId, NaN, NaN, now);
        state.startId = NaN;
      }
      state.before = now;
    }
  },
});
