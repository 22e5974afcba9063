import { defineEngine, timeHalves, type Engine, type F64 } from '@zanzibar/core';
import { dayOfRow, dayWeights, needEphemeris, planets, weightedLongitude, type Ephemeris } from './ephemeris.ts';

/**
 * Planetary longitudes: where the Sun, the Moon and the planets stand at the close of each bar. Timing only, without direction: no evidence is claimed that
 * markets heed them; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  apparent geocentric longitude on the ecliptic of date at closeTime, from daily values of the ephemeris, 0 up to 360
 * Units       time in, degrees out     Warm-up  0 rows     Lag  0     NaN  at times outside the ephemeris; prices are not read
 * Source      astronomy-engine 2.1.19
 * Oracle      paper packages/engines/test/papers/planets.ts
 * Example     2024-03-20 03:06 UTC: sun 0, the equinox
 */
export interface PlanetaryLongitudesOptions {
  /** What `planetaryEphemeris` gave; without one it throws. */
  ephemeris: Ephemeris | null;
}

type Longitudes = F64<'sun' | 'moon' | 'mercury' | 'venus' | 'mars' | 'jupiter' | 'saturn' | 'uranus' | 'neptune' | 'pluto'>;
const columns: Longitudes = { sun: 'f64', moon: 'f64', mercury: 'f64', venus: 'f64', mars: 'f64', jupiter: 'f64', saturn: 'f64', uranus: 'f64', neptune: 'f64', pluto: 'f64' };
const names = Object.keys(columns) as (keyof Longitudes)[];

export const planetaryLongitudes: Engine<PlanetaryLongitudesOptions, { readonly closeTime: 'i64' }, Longitudes> = /* @__PURE__ */ defineEngine({
  name: 'planetaryLongitudes',
  version: 2,
  input: { closeTime: 'i64' },
  aligned: columns,
  sparse: names,
  defaults: { ephemeris: null } as PlanetaryLongitudesOptions,
  units: { sun: 'ratio', moon: 'ratio', mercury: 'ratio', venus: 'ratio', mars: 'ratio', jupiter: 'ratio', saturn: 'ratio', uranus: 'ratio', neptune: 'ratio', pluto: 'ratio' },
  mirror: { none: 'time only: no price is read' },
  scale: { none: 'time only: no price is read' },
  init({ ephemeris }) {
    needEphemeris('planetaryLongitudes', ephemeris);
    return { weights: new Float64Array(6) };
  },

  advance({ weights }, { closeTime }, output, from, to, { ephemeris }) {
    const halves = timeHalves(closeTime);
    for (let i = from; i < to; i++) {
      const day = dayWeights(ephemeris!, dayOfRow(halves, i), weights);
      for (let p = 0; p < planets.length; p++) {
        const longitude = weightedLongitude(ephemeris!, p, day, weights);
        output[names[p]][i] = longitude - 360 * Math.floor(longitude / 360);
      }
    }
  },
});
