import { cosine, defineEngine, exponential, logarithm, positiveInteger, sine, type Engine, type F64 } from '@zanzibar/core';
import { goertzelCoefficients, goertzelPowers } from './goertzel-power.ts';

/**
 * Dominant cycle by Goertzel's algorithm: the whole period that holds most power in the last rows, and how likely noise would hold as much. Timing only: no
 * evidence is claimed that it predicts; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  y = the last `length` values less their least-squares line. `period`: of p = shortest to longest the one with the largest goertzelPower of y times Hann's window
 *             (0.5 - 0.5 cos(2 pi i / (length - 1))) at 1 / p; `share` that power over the sum of all p. `significance`: probability that noise explains as much of y as the
 *             best cosine and sine of that period do, (rest / whole)^((length - 4) / 2), which is the F test with 2 and length - 4 degrees of freedom. `persistence`:
 *             Bartels' probability that the cycle turns up at random, exp(-m |mean of v|^2 / mean of |v|^2), v the m >= 2 vectors (cosine, sine) of the newest whole
 *             cycles. Both are of one period: the best of many is less significant than they say
 * Units       price in; rows, a ratio and probabilities out     Warm-up  length - 1 rows     Lag  0
 * NaN         while the window holds one; where nothing moves off the line; persistence with fewer than two whole cycles
 * Source      as `goertzelPower`; J. Bartels, Zur Morphologie geophysikalischer Zeitfunktionen, Sitzungsberichte Preussische Akademie, 1935
 * Oracle      program oracles/cycles/expected.json
 * Example     a sine of 20 rows, length 100: period 20, significance and persistence near 0
 */
export interface GoertzelCycleOptions {
  /** Rows in the window. @defaultValue 96 */
  length: number;
  /** Shortest period. @defaultValue 10 */
  shortest: number;
  /** Longest period. @defaultValue 48 */
  longest: number;
}

export const goertzelCycle: Engine<GoertzelCycleOptions, F64<'close'>, F64<'period' | 'share' | 'significance' | 'persistence'>> = /* @__PURE__ */ defineEngine({
  name: 'goertzelCycle',
  input: { close: 'f64' },
  aligned: { period: 'f64', share: 'f64', significance: 'f64', persistence: 'f64' },
  sparse: ['period', 'share', 'significance', 'persistence'],
  defaults: { length: 96, shortest: 10, longest: 48 },
  check: options => checkCycleWindow('goertzelCycle', options),
  warmup: ({ length }) => length - 1,
  units: { period: 'count', share: 'ratio', significance: 'ratio', persistence: 'ratio' },
  mirror: { none: 'a rounding may choose another of two periods that are as strong' },
  scale: 'exact',
  init({ length, shortest, longest }) {
    const taper = Float64Array.from({ length }, (_, k) => 0.5 - 0.5 * cosine((2 * Math.PI * k) / (length - 1))), count = longest - shortest + 1;
    const coefficients = goertzelCoefficients(Float64Array.from({ length: count }, (_, k) => 1 / (shortest + k)));
    return { rows: 0, at: 0, window: new Float64Array(length), straight: new Float64Array(length), tapered: new Float64Array(length), taper, coefficients, powers: new Float64Array(count) };
  },

  advance(state, { close }, output, from, to, { length, shortest }) {
    const { window, straight, tapered, taper, coefficients, powers } = state, { period, share, significance, persistence } = output;
    for (let i = from; i < to; i++) {
      window[state.at] = close[i];
      state.at = state.at + 1 === length ? 0 : state.at + 1;
      if (state.rows < length) state.rows++;
      period[i] = share[i] = significance[i] = persistence[i] = NaN;
      if (state.rows < length || !(detrend(window, state.at, straight) > 0)) continue;
      for (let k = 0; k < length; k++) tapered[k] = straight[k] * taper[k];
      goertzelPowers(tapered, coefficients, powers);
      let best = NaN, largest = -1, sum = 0;
      for (let k = 0; k < powers.length; k++) {
        sum += powers[k];
        if (!(powers[k] > largest)) continue;
        largest = powers[k];
        best = shortest + k;
      }
      period[i] = best;
      share[i] = largest / sum;
      significance[i] = harmonicSignificance(straight, best);
      persistence[i] = bartelsProbability(straight, best);
    }
  },
});

export function checkCycleWindow(engine: string, { length, shortest, longest }: GoertzelCycleOptions): void {
  positiveInteger(`${engine}: shortest`, shortest);
  if (shortest < 3) throw new RangeError(`${engine}: shortest must be at least 3, was ${shortest}`);
  if (!(Number.isSafeInteger(longest) && longest > shortest)) throw new RangeError(`${engine}: longest must be an integer above shortest, was ${longest}`);
  if (!(Number.isSafeInteger(length) && length >= longest)) throw new RangeError(`${engine}: length must be an integer of at least longest, was ${length}`);
}

/** A ring from its oldest value on, less its least-squares line; returns the sum of squares that is left, 0 for what is a rounding of a line. */
export function detrend(ring: Float64Array, oldest: number, straight: Float64Array): number {
  const count = ring.length, middle = (count - 1) / 2;
  let sum = 0, cross = 0;
  for (let k = 0, at = oldest; k < count; k++) {
    straight[k] = ring[at];
    sum += ring[at];
    at = at + 1 === count ? 0 : at + 1;
  }
  const mean = sum / count;
  let whole = 0;
  for (let k = 0; k < count; k++) {
    straight[k] -= mean;
    cross += (k - middle) * straight[k];
    whole += straight[k] * straight[k];
  }
  const slope = cross / ((count * (count * count - 1)) / 12);
  let rest = 0;
  for (let k = 0; k < count; k++) {
    straight[k] -= slope * (k - middle);
    rest += straight[k] * straight[k];
  }
  return rest > 1e-24 * (whole + count * mean * mean) ? rest : rest === rest ? 0 : NaN;
}

/** What noise explains as much as the best cosine and sine with. The angle goes round by turning a vector: a cosine a row would cost more than all the rest. */
function harmonicSignificance(values: Float64Array, period: number): number {
  const count = values.length, stepC = cosine((2 * Math.PI) / period), stepS = sine((2 * Math.PI) / period);
  let c = 1, s = 0, cc = 0, ss = 0, cs = 0, cx = 0, sx = 0, whole = 0;
  for (let k = 0; k < count; k++) {
    const x = values[k], turned = c * stepC - s * stepS;
    cc += c * c;
    ss += s * s;
    cs += c * s;
    cx += c * x;
    sx += s * x;
    whole += x * x;
    s = s * stepC + c * stepS;
    c = turned;
  }
  const determinant = cc * ss - cs * cs, a = (cx * ss - sx * cs) / determinant, b = (sx * cc - cx * cs) / determinant, rest = Math.max(0, whole - a * cx - b * sx);
  return exponential(((count - 4) / 2) * logarithm(rest / whole));
}

function bartelsProbability(values: Float64Array, period: number): number {
  const cycles = Math.floor(values.length / period), stepC = cosine((2 * Math.PI) / period), stepS = sine((2 * Math.PI) / period);
  if (cycles < 2) return NaN;
  let sumA = 0, sumB = 0, squares = 0;
  for (let m = 0, k = values.length - cycles * period; m < cycles; m++) {
    let a = 0, b = 0, c = 1, s = 0;
    for (let n = 0; n < period; n++, k++) {
      const turned = c * stepC - s * stepS;
      a += values[k] * c;
      b += values[k] * s;
      s = s * stepC + c * stepS;
      c = turned;
    }
    sumA += a;
    sumB += b;
    squares += a * a + b * b;
  }
  return exponential(-(sumA * sumA + sumB * sumB) / squares);
}
