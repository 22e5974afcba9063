import { defineEngine, positiveNumber, timeHalves, type Engine } from '@zanzibar/core';
import { dayOfRow, dayWeights, needEphemeris, planets, speedAt, weightedLongitude, wrapDegrees, type Ephemeris } from './ephemeris.ts';

/**
 * Planetary outlook, literally: the scores and the confidence that a published program makes of aspects, Moon and Mercury, on true longitudes. Numbers without
 * evidence: an information coefficient and a deflated Sharpe ratio are the judges. It gives no direction.
 *
 * Definition  pairs of Sun, Moon, Mercury, Venus, Mars, Jupiter, Saturn whose separation lies within `orb` of 0, 60, 90, 120 or 180 degrees, else of 30, 45, 135 or 150;
 *             influence (a + b) / 2 of .3, .4, .5, .2, .6, .7, .8; of the five with most (equals in order of the list): trine and sextile add it to `bullish`,
 *             square and opposition to `bearish` and half to `volatility`, conjunction .3 of it to volatility. volatility + .3 in the literal full moon (37.5 to
 *             62.5 % of the way from new to new), + .2 while Mercury is retrograde. confidence = min(.85, floor(30 * score) / 100) of the score that leads by more than
 *             .5, else .5. reversalWindow 1 where the Moon's longitude is less than 3 degrees past a multiple of 90 (not before it: a defect that is kept)
 * Units       time in; scores, a share and a flag out     Warm-up  0 rows     Lag  0     NaN  outside the ephemeris
 * Source      Quantam-imo/quantum-market-observer, backend/core/astro_engine.py and backend/engines/astro.py, less its invented positions (up to 160 degrees off on
 *             2026-01-27), its wall clock and its retrograde months
 * Oracle      reference packages/engines/test/reference/planetary-outlook.ts
 * Example     without any aspect: bullish and bearish 0, confidence .5
 */
export interface PlanetaryOutlookOptions {
  /** What `planetaryEphemeris` gave; without one it throws. */
  ephemeris: Ephemeris | null;
  /** Degrees around an angle that count. @defaultValue 2 */
  orb: number;
}

const influence: readonly number[] = [0.3, 0.4, 0.5, 0.2, 0.6, 0.7, 0.8], strongest = 5;
const angles: readonly number[] = [0, 60, 90, 120, 180, 30, 45, 135, 150];

export const planetaryOutlook: Engine<
  PlanetaryOutlookOptions, { readonly closeTime: 'i64' },
  { readonly bullish: 'f64'; readonly bearish: 'f64'; readonly volatility: 'f64'; readonly confidence: 'f64'; readonly reversalWindow: 'i8' }
> = /* @__PURE__ */ defineEngine({
  name: 'planetaryOutlook',
  version: 2,
  input: { closeTime: 'i64' },
  aligned: { bullish: 'f64', bearish: 'f64', volatility: 'f64', confidence: 'f64', reversalWindow: 'i8' },
  sparse: ['bullish', 'bearish', 'volatility', 'confidence'],
  defaults: { ephemeris: null, orb: 2 } as PlanetaryOutlookOptions,
  check: ({ orb }) => positiveNumber('planetaryOutlook: orb', orb),
  units: { bullish: 'ratio', bearish: 'ratio', volatility: 'ratio', confidence: 'ratio', reversalWindow: 'count' },
  mirror: { none: 'time only: no price is read' },
  scale: { none: 'time only: no price is read' },
  init({ ephemeris }) {
    needEphemeris('planetaryOutlook', ephemeris);
    return { longitudes: new Float64Array(influence.length), shares: new Float64Array(6), weights: new Float64Array(strongest), kinds: new Float64Array(strongest) };
  },

  advance({ longitudes, shares, weights, kinds }, { closeTime }, { bullish, bearish, volatility, confidence, reversalWindow }, from, to, { ephemeris, orb }) {
    const halves = timeHalves(closeTime), mercury = planets.indexOf('Mercury');
    for (let i = from; i < to; i++) {
      const day = dayOfRow(halves, i), k = dayWeights(ephemeris!, day, shares);
      for (let p = 0; p < longitudes.length; p++) longitudes[p] = weightedLongitude(ephemeris!, p, k, shares);
      const known = strongestAspects(longitudes, orb, weights, kinds), isKnown = longitudes[0] === longitudes[0];
      let up = 0, down = 0, wild = 0;
      for (let k = 0; k < known; k++) {
        if (kinds[k] === 120 || kinds[k] === 60) up += weights[k];
        else if (kinds[k] === 90 || kinds[k] === 180) {
          down += weights[k];
          wild += weights[k] * 0.5;
        } else if (kinds[k] === 0) wild += weights[k] * 0.3;
      }
      const ahead = longitudes[1] - longitudes[0], phase = ahead / 360 - Math.floor(ahead / 360), moon = longitudes[1] - 90 * Math.floor(longitudes[1] / 90);
      if (phase >= 0.375 && phase < 0.625) wild += 0.3;
      if (speedAt(ephemeris!, mercury, day) < 0) wild += 0.2;
      const leader = up > down + 0.5 ? up : down > up + 0.5 ? down : NaN;
      bullish[i] = isKnown ? up : NaN;
      bearish[i] = isKnown ? down : NaN;
      volatility[i] = isKnown ? wild : NaN;
      confidence[i] = !isKnown ? NaN : leader === leader ? Math.min(85, Math.floor(leader * 30)) / 100 : 0.5;
      reversalWindow[i] = moon < 3 ? 1 : 0;
    }
  },
});

/** Fills the influences and angles of the strongest, most first; returns their number. */
function strongestAspects(longitudes: Float64Array, orb: number, weights: Float64Array, kinds: Float64Array): number {
  let known = 0;
  for (let a = 0; a < longitudes.length; a++) {
    for (let b = a + 1; b < longitudes.length; b++) {
      const separation = Math.abs(wrapDegrees(longitudes[a] - longitudes[b])), angle = angleOf(separation, orb), weight = (influence[a] + influence[b]) / 2;
      if (angle !== angle || (known === weights.length && weight <= weights[known - 1])) continue;
      let place = known < weights.length ? known++ : known - 1;
      for (; place > 0 && weights[place - 1] < weight; place--) {
        weights[place] = weights[place - 1];
        kinds[place] = kinds[place - 1];
      }
      weights[place] = weight;
      kinds[place] = angle;
    }
  }
  return known;
}

/** The first angle of the list that is near. */
function angleOf(separation: number, orb: number): number {
  for (const angle of angles) if (Math.abs(separation - angle) <= orb) return angle;
  return NaN;
}
