import { cosine, defineEngine, exponential, oneOf, positiveInteger, sine, type Engine, type F64 } from '@zanzibar/core';
import { correlationOf } from '../regime/window-correlation.ts';
import { goertzelCoefficients, goertzelPowers } from './goertzel-power.ts';

/**
 * Dominant cycle by the autocorrelation periodogram: the period at which past moves repeat themselves most. Timing only: no evidence is claimed that it
 * predicts; an information coefficient and a deflated Sharpe ratio are the judges.
 *
 * Definition  high-pass of two poles at `longest`: w = sqrt(2) pi / longest, a = (cos w + sin w - 1) / cos w, h = (1 - a / 2)^2 (x - 2 x1 + x2) + 2 (1 - a) h1 -
 *             (1 - a)^2 h2; super smoother at `shortest`: q = exp(-sqrt(2) pi / shortest), f = (1 - c2 - c3) (h + h1) / 2 + c2 f1 + c3 f2, c2 = 2 q cos(sqrt(2) pi /
 *             shortest), c3 = -q^2. r(l), l = 0 to longest: Pearson's correlation of f with f l rows before over `averaging` rows (0: l rows). S(p), p = shortest to
 *             longest: (sum of r(n) cos(2 pi n / p))^2 + (... sin)^2 over n = 3 to longest, R = 0.2 S^2 + 0.8 R1. peak = 0.995 peak1, then the largest R where that is
 *             more; power = R / peak. `period` = the mean of p over powers of at least 1/2, by power; `share` the largest R over the sum of all, which noise has as well:
 *             short correlations make peaks of it (`goertzelCycle` has a test). `circle` legacy370
 *             takes 370 degrees for 2 pi, as the published listing does: its periods are 2 % too long
 * Units       price in; rows and a ratio out     Warm-up  3 longest - 1 rows     Lag  0 (the filters delay by some shortest / 2 rows)
 * NaN         from one on until the segment ends; where nothing moves; period where no power reaches 1/2; rows before the first number are skipped
 * Source      J. F. Ehlers, Cycle Analytics for Traders, 2013, chapter 8 (listing 8-3); filters of chapters 3 and 7, whose .707 and 1.414
 *             are roots of 1/2 and 2 here, which moves correlations by less than 0.001; where no power reaches 1/2, the listing repeats its last period
 * Oracle      paper packages/engines/test/papers/market-cycles.ts
 * Oracle      reference packages/engines/test/reference/autocorrelation-periodogram.ts
 * Oracle      paper packages/engines/test/papers/dominant-cycle.ts
 * Oracle      program oracles/talib/expected.json
 * Example     a sine of 20 rows gives 20.3 on average, with legacy370 20.8
 */
export interface AutocorrelationPeriodogramOptions {
  /** Shortest period. @defaultValue 10 */
  shortest: number;
  /** Longest period. @defaultValue 48 */
  longest: number;
  /** Rows of each correlation; 0 takes as many as its lag. @defaultValue 3 */
  averaging: number;
  /** A full circle in the transform. @defaultValue 'full360' */
  circle: 'full360' | 'legacy370';
}

export const autocorrelationPeriodogram: Engine<AutocorrelationPeriodogramOptions, F64<'close'>, F64<'period' | 'share'>> = /* @__PURE__ */ defineEngine({
  name: 'autocorrelationPeriodogram',
  version: 2,
  input: { close: 'f64' },
  aligned: { period: 'f64', share: 'f64' },
  sparse: ['period', 'share'],
  defaults: { shortest: 10, longest: 48, averaging: 3, circle: 'full360' } as AutocorrelationPeriodogramOptions,
  check({ shortest, longest, averaging, circle }) {
    positiveInteger('autocorrelationPeriodogram: shortest', shortest);
    if (shortest < 3) throw new RangeError(`autocorrelationPeriodogram: shortest must be at least 3, was ${shortest}`);
    if (!(Number.isSafeInteger(longest) && longest > shortest)) throw new RangeError(`autocorrelationPeriodogram: longest must be an integer above shortest, was ${longest}`);
    if (!(averaging === 0 || (Number.isSafeInteger(averaging) && averaging >= 3))) throw new RangeError(`autocorrelationPeriodogram: averaging must be 0 or an integer of at least 3, was ${averaging}`);
    oneOf('autocorrelationPeriodogram: circle', circle, ['full360', 'legacy370']);
  },
  units: { period: 'count', share: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init({ shortest, longest }) {
    const count = longest - shortest + 1;
    return {
      rows: 0, x1: NaN, x2: NaN, h1: 0, h2: 0, f1: 0, f2: 0, at: 0, peak: 0, filtered: new Float64Array(2 * (2 * longest + 3)), correlations: new Float64Array(longest + 1), smoothed: new Float64Array(count),
      powers: new Float64Array(count),
    };
  },

  advance(state, { close }, { period, share }, from, to, options) {
    const { filtered } = state, { shortest, longest, averaging } = options, size = filtered.length >> 1, { coefficients, filters } = tablesOf(options);
    const gain = filters[0], highOne = filters[1], highTwo = filters[2], c1 = filters[3], c2 = filters[4], c3 = filters[5];
    for (let i = from; i < to; i++) {
      const x = close[i];
      period[i] = share[i] = NaN;
      if (state.rows === 0 && x !== x) continue;
      const h = state.rows < 2 ? 0 : gain * (x - 2 * state.x1 + state.x2) + highOne * state.h1 - highTwo * state.h2;
      const f = state.rows < 2 ? 0 : (c1 * (h + state.h1)) / 2 + c2 * state.f1 + c3 * state.f2;
      state.x2 = state.x1;
      state.x1 = x;
      state.h2 = state.h1;
      state.h1 = h;
      state.f2 = state.f1;
      state.f1 = f;
      state.at = state.at + 1 === size ? 0 : state.at + 1;
      // Twice, so that the newest values are one stretch.
      filtered[state.at] = filtered[state.at + size] = f;
      if (state.rows < 3 * longest) {
        state.rows++;
        if (state.rows <= 2 * longest + 2) continue;
      }
      if (f !== f) continue;
      correlate(state, averaging);
      const center = transform(state, shortest, coefficients);
      if (state.rows < 3 * longest) continue;
      period[i] = center;
      share[i] = shareOf(state);
    }
  },
});

/** Goertzel's coefficient of every period, and what the two filters weigh; they follow from the options, so they are no state. */
interface PeriodogramTables { readonly coefficients: Float64Array; readonly filters: Float64Array }

/** By options, so that a row finds them made. */
const tablesByOptions: WeakMap<AutocorrelationPeriodogramOptions, PeriodogramTables> = new WeakMap();

function tablesOf(options: AutocorrelationPeriodogramOptions): PeriodogramTables {
  let tables = tablesByOptions.get(options);
  if (tables === undefined) tablesByOptions.set(options, (tables = makeTables(options)));
  return tables;
}

function makeTables({ shortest, longest, circle }: AutocorrelationPeriodogramOptions): PeriodogramTables {
  const turn = circle === 'legacy370' ? 370 / 360 : 1, coefficients = goertzelCoefficients(Float64Array.from({ length: longest - shortest + 1 }, (_, k) => turn / (shortest + k)));
  const w = (Math.SQRT2 * Math.PI) / longest, alongside = cosine(w), alpha = (alongside + sine(w) - 1) / alongside, keep = 1 - alpha, gain = (1 - alpha / 2) * (1 - alpha / 2);
  const q = exponential((-Math.SQRT2 * Math.PI) / shortest), c2 = 2 * q * cosine((Math.SQRT2 * Math.PI) / shortest), c3 = -q * q;
  return { coefficients, filters: Float64Array.of(gain, 2 * keep, keep * keep, 1 - c2 - c3, c2, c3) };
}

type Spectrum = { at: number; peak: number; filtered: Float64Array; correlations: Float64Array; smoothed: Float64Array; powers: Float64Array };

/** Correlations of the filtered column with itself at every lag. */
function correlate({ at, filtered, correlations }: Spectrum, averaging: number): void {
  const last = at + (filtered.length >> 1);
  let sumX = 0, squaresX = 0, known = 0;
  for (let lag = 0; lag < correlations.length; lag++) {
    const count = averaging === 0 ? lag : averaging;
    // The newest values are the same at every lag.
    for (; known < count; known++) {
      const x = filtered[last - known];
      sumX += x;
      squaresX += x * x;
    }
    let sumY = 0, squaresY = 0, cross = 0;
    for (let k = last; k > last - count; k--) {
      const y = filtered[k - lag];
      sumY += y;
      squaresY += y * y;
      cross += filtered[k] * y;
    }
    const r = correlationOf(count * cross - sumX * sumY, count * squaresX - sumX * sumX, count * squaresY - sumY * sumY);
    correlations[lag] = r === r ? r : 0;
  }
}

/** Smooths the power of every period and returns the mean period of the strong ones, NaN where there is none. */
function transform(state: Spectrum, shortest: number, coefficients: Float64Array): number {
  const { correlations, smoothed, powers } = state;
  let largest = 0;
  // The size of a transform does not depend on where its angles begin.
  goertzelPowers(correlations, coefficients, powers, 3);
  for (let p = 0; p < smoothed.length; p++) {
    const square = powers[p];
    smoothed[p] = 0.2 * square * square + 0.8 * smoothed[p];
    if (smoothed[p] > largest) largest = smoothed[p];
  }
  state.peak = Math.max(0.995 * state.peak, largest);
  let weights = 0, sum = 0;
  for (let p = 0; p < smoothed.length; p++) {
    const power = smoothed[p] / state.peak;
    if (!(power >= 0.5)) continue;
    weights += power;
    sum += power * (p + shortest);
  }
  return weights > 0 ? sum / weights : NaN;
}

function shareOf({ smoothed }: Spectrum): number {
  let largest = 0, sum = 0;
  for (let p = 0; p < smoothed.length; p++) {
    sum += smoothed[p];
    if (smoothed[p] > largest) largest = smoothed[p];
  }
  return sum > 0 ? largest / sum : NaN;
}
