import { cosine, defineEngine, exponential, logarithm, positiveInteger, sine, type Engine, type F64 } from '@zanzibar/core';
import { foldPairs, periodogram, waveAt, waveTable } from './periodogram.ts';

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
  init: ({ length, shortest, longest }) => ({
    rows: 0, at: 0, window: new Float64Array(2 * length), straight: new Float64Array(length), pairs: new Float64Array(2 * ((length + 1) >> 1)), tapered: new Float64Array(2 * ((length + 1) >> 1)),
    powers: new Float64Array(longest - shortest + 1),
  }),

  advance(state, { close }, output, from, to, options) {
    const { window, straight, pairs, tapered, powers } = state, { period, share, significance, persistence } = output, { length, shortest } = options, tables = tablesOf(options), { taper, waves, steps } = tables;
    for (let i = from; i < to; i++) {
      state.at = pushTwice(window, state.at, close[i]);
      if (state.rows < length) state.rows++;
      period[i] = share[i] = significance[i] = persistence[i] = NaN;
      if (state.rows < length) continue;
      const whole = detrend(window, state.at, straight);
      if (!(whole > 0)) continue;
      foldPairs(straight, 0, pairs);
      for (let k = 0; k < pairs.length; k++) tapered[k] = pairs[k] * taper[k];
      periodogram(tapered, waves, powers);
      let best = 0, largest = -1, sum = 0;
      for (let k = 0; k < powers.length; k++) {
        sum += powers[k];
        if (!(powers[k] > largest)) continue;
        largest = powers[k];
        best = k;
      }
      period[i] = shortest + best;
      share[i] = largest / sum;
      significance[i] = harmonicSignificance(pairs, whole, length, best, tables);
      persistence[i] = bartelsProbability(straight, shortest + best, steps[2 * best], steps[2 * best + 1]);
    }
  },
});

/** Hann's window by distance from the middle (each distance twice), the waves of all periods, the sums of squares of their cosines and sines, and cosine and sine of one row's turn. */
interface CycleTables { readonly taper: Float64Array; readonly waves: Float64Array; readonly squares: Float64Array; readonly steps: Float64Array }

/** By options, so that a row finds them made; they follow from the options, so they are no state. */
const tablesByOptions: WeakMap<GoertzelCycleOptions, CycleTables> = new WeakMap();

function tablesOf(options: GoertzelCycleOptions): CycleTables {
  let tables = tablesByOptions.get(options);
  if (tables === undefined) tablesByOptions.set(options, (tables = makeTables(options)));
  return tables;
}

function makeTables({ length, shortest, longest }: GoertzelCycleOptions): CycleTables {
  const half = (length + 1) >> 1, upper = length >> 1, waves = waveTable(length, Float64Array.from({ length: longest - shortest + 1 }, (_, k) => 1 / (shortest + k))), squares = new Float64Array(2 * (longest - shortest + 1));
  const taper = Float64Array.from({ length: 2 * half }, (_, k) => 0.5 - 0.5 * cosine((2 * Math.PI * (upper + (k >> 1))) / (length - 1)));
  for (let k = 0; k < squares.length; k++) {
    for (let j = 0; j < half; j++) {
      const value = waves[waveAt(half, k >> 1, j) + 4 * (k & 1)];
      squares[k] += (length % 2 === 1 && j === 0 ? 1 : 2) * value * value;
    }
  }
  const steps = squares.map((_, k) => (k % 2 === 0 ? cosine : sine)((2 * Math.PI) / (shortest + (k >> 1))));
  return { taper, waves, squares, steps };
}

export function checkCycleWindow(engine: string, { length, shortest, longest }: GoertzelCycleOptions): void {
  positiveInteger(`${engine}: shortest`, shortest);
  if (shortest < 3) throw new RangeError(`${engine}: shortest must be at least 3, was ${shortest}`);
  if (!(Number.isSafeInteger(longest) && longest > shortest)) throw new RangeError(`${engine}: longest must be an integer above shortest, was ${longest}`);
  if (!(Number.isSafeInteger(length) && length >= longest)) throw new RangeError(`${engine}: length must be an integer of at least longest, was ${length}`);
}

/** Puts a value into a window of the newest ones, where every value stands twice, half the array apart: the window is one stretch. Returns where the next one goes, where the window begins. */
export function pushTwice(window: Float64Array, at: number, value: number): number {
  const length = window.length >> 1;
  window[at] = window[at + length] = value;
  return at + 1 === length ? 0 : at + 1;
}

/** The window from its oldest value on, less its least-squares line; returns the sum of squares that is left, 0 for what is a rounding of a line. */
export function detrend(window: Float64Array, oldest: number, straight: Float64Array): number {
  const count = straight.length, middle = (count - 1) / 2, anchor = window[oldest], spread = (count * (count * count - 1)) / 12;
  let sum = 0, cross = 0;
  for (let k = 0; k < count; k++) {
    const x = window[oldest + k] - anchor;
    sum += x;
    cross += (k - middle) * x;
  }
  const mean = sum / count, slope = cross / spread, level = anchor + mean;
  let rest = 0;
  for (let k = 0; k < count; k++) {
    const y = window[oldest + k] - anchor - mean - slope * (k - middle);
    straight[k] = y;
    rest += y * y;
  }
  return rest > 1e-24 * (rest + slope * slope * spread + count * level * level) ? rest : rest === rest ? 0 : NaN;
}

/** What noise explains as much as the best cosine and sine with; about the middle of the window the two have nothing in common. */
function harmonicSignificance(pairs: Float64Array, whole: number, length: number, best: number, { waves, squares }: CycleTables): number {
  const half = pairs.length >> 1;
  let even = 0, odd = 0;
  for (let j = 0, at = waveAt(half, best, 0); j < half; j++, at += 8) {
    even += pairs[2 * j] * waves[at];
    odd += pairs[2 * j + 1] * waves[at + 4];
  }
  const rest = Math.max(0, whole - (even * even) / squares[2 * best] - (odd * odd) / squares[2 * best + 1]);
  return exponential(((length - 4) / 2) * logarithm(rest / whole));
}

/** The angle goes round by turning a vector, which takes less time than to look up both its sides. */
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
