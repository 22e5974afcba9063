import { cosine, defineEngine, exponential, logarithm, positiveInteger, sine, type Engine, type F64 } from '@zanzibar/core';
import { detrendWindow, pushTwice } from './cycle-window.ts';
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
  version: 2,
  input: { close: 'f64' },
  aligned: { period: 'f64', share: 'f64', significance: 'f64', persistence: 'f64' },
  sparse: ['period', 'share', 'significance', 'persistence'],
  defaults: { length: 96, shortest: 10, longest: 48 },
  check: options => checkCycleWindow('goertzelCycle', options),
  warmup: ({ length }) => length - 1,
  units: { period: 'count', share: 'ratio', significance: 'ratio', persistence: 'ratio' },
  mirror: { none: 'a rounding may choose another of two periods that are as strong' },
  scale: 'exact',
  init: ({ length, shortest, longest }) => ({
    rows: 0, at: 0, window: new Float64Array(2 * length), straight: new Float64Array(length), tapered: new Float64Array(length), powers: new Float64Array(longest - shortest + 1),
  }),

  advance(state, { close }, output, from, to, options) {
    const { window, straight, tapered, powers } = state, { period, share, significance, persistence } = output, { length, shortest } = options, { taper, coefficients, waves } = tablesOf(options);
    for (let i = from; i < to; i++) {
      state.at = pushTwice(window, state.at, close[i]);
      if (state.rows < length) state.rows++;
      period[i] = share[i] = significance[i] = persistence[i] = NaN;
      if (state.rows < length) continue;
      const whole = detrendWindow(window, state.at, straight);
      if (!(whole > 0)) continue;
      for (let k = 0; k < length; k++) tapered[k] = straight[k] * taper[k];
      goertzelPowers(tapered, coefficients, powers);
      let best = 0, largest = -1, sum = 0;
      for (let k = 0; k < powers.length; k++) {
        sum += powers[k];
        if (!(powers[k] > largest)) continue;
        largest = powers[k];
        best = k;
      }
      period[i] = shortest + best;
      share[i] = largest / sum;
      significance[i] = harmonicSignificance(straight, whole, 6 * best, waves);
      persistence[i] = bartelsProbability(straight, shortest + best, waves[6 * best], waves[6 * best + 1]);
    }
  },
});

/** Hann's window, Goertzel's coefficients, and six numbers of each period's wave about the middle of the window. */
interface CycleTables { readonly taper: Float64Array; readonly coefficients: Float64Array; readonly waves: Float64Array }

/** By options, so that a row finds them made; they follow from the options, so they are no state. */
const tablesByOptions: WeakMap<GoertzelCycleOptions, CycleTables> = new WeakMap();

function tablesOf(options: GoertzelCycleOptions): CycleTables {
  let tables = tablesByOptions.get(options);
  if (tables === undefined) tablesByOptions.set(options, (tables = makeTables(options)));
  return tables;
}

function makeTables({ length, shortest, longest }: GoertzelCycleOptions): CycleTables {
  const frequencies = Float64Array.from({ length: longest - shortest + 1 }, (_, k) => 1 / (shortest + k)), waves = new Float64Array(6 * frequencies.length);
  frequencies.forEach((_, k) => {
    const w = (2 * Math.PI) / (shortest + k), start = length % 2 === 0 ? w / 2 : 0;
    let even = 0, odd = 0;
    for (let row = 0; row < length; row++) {
      const angle = w * (row - (length - 1) / 2);
      even += cosine(angle) * cosine(angle);
      odd += sine(angle) * sine(angle);
    }
    // A row's turn, the angle of the row next to the middle, and the sums of squares over the window.
    waves.set([cosine(w), sine(w), cosine(start), sine(start), even, odd], 6 * k);
  });
  return { taper: Float64Array.from({ length }, (_, k) => 0.5 - 0.5 * cosine((2 * Math.PI * k) / (length - 1))), coefficients: goertzelCoefficients(frequencies), waves };
}

export function checkCycleWindow(engine: string, { length, shortest, longest }: GoertzelCycleOptions): void {
  positiveInteger(`${engine}: shortest`, shortest);
  if (shortest < 3) throw new RangeError(`${engine}: shortest must be at least 3, was ${shortest}`);
  if (!(Number.isSafeInteger(longest) && longest > shortest)) throw new RangeError(`${engine}: longest must be an integer above shortest, was ${longest}`);
  if (!(Number.isSafeInteger(length) && length >= longest)) throw new RangeError(`${engine}: length must be an integer of at least longest, was ${length}`);
}

/** A ring from its oldest value on, less its least-squares line; returns the sum of squares that is left, 0 for what is a rounding of a line. */
export function detrend(ring: Float64Array, oldest: number, straight: Float64Array): number {
  return detrendWindow(Float64Array.from(ring, (_, k) => ring[(oldest + k) % ring.length]), 0, straight);
}

/**
 * What noise explains as much as the best cosine and sine with. About the middle of the window the two have nothing in common, and rows at one distance are a pair;
 * the angle goes round by turning a vector: a cosine a row would cost more than all the rest.
 */
function harmonicSignificance(values: Float64Array, whole: number, wave: number, waves: Float64Array): number {
  const length = values.length, stepC = waves[wave], stepS = waves[wave + 1];
  let above = length >> 1, below = above - 1, c = waves[wave + 2], s = waves[wave + 3], even = 0, odd = 0;
  if (length % 2 === 1) {
    even = values[above++];
    c = stepC;
    s = stepS;
  }
  for (; above < length; above++, below--) {
    const turned = c * stepC - s * stepS;
    even += (values[above] + values[below]) * c;
    odd += (values[above] - values[below]) * s;
    s = s * stepC + c * stepS;
    c = turned;
  }
  const rest = Math.max(0, whole - (even * even) / waves[wave + 4] - (odd * odd) / waves[wave + 5]);
  return exponential(((length - 4) / 2) * logarithm(rest / whole));
}

function bartelsProbability(values: Float64Array, period: number, stepC: number, stepS: number): number {
  const cycles = Math.floor(values.length / period);
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
