import { appendEvent, defineEngine, eventCode, eventSchema, exponential, logarithm, logGamma, positiveInteger, positiveNumber, type Engine, type F64 } from '@zanzibar/core';

/**
 * Bayesian online change points (BOCPD): how probable it is that the present regime of a normal column began r rows ago.
 *
 * Definition  prior of each regime normal-inverse-gamma (mean m, weight k, shape a, scale b = a * deviation^2), so that x is Student's t with 2 a degrees of
 *             freedom; hazard H = 1 / expectedRunLength. With each value, for each run length r: p'[r + 1] = p[r] t_r(x) (1 - H), p'[0] = H sum of p t(x), over
 *             their sum; m, k, a, b updated. Run lengths of `maximumRunLength` and more are one, judged by its last rows. `runLength` is the likeliest r > 0 (p[0] is
 *             always H), `meanRunLength` sum of r p[r], `recentProbability` the sum of p[r] over r < recent. `changePoint` where runLength did not grow: originRow
 *             row - runLength + 1 the first of the new regime, value p of that run length
 * Units       value of any unit in; rows and probabilities out     Warm-up  0 rows     Lag  none fixed: from originRow to knownRow
 * NaN         a value of NaN is none: its row has NaN and changes nothing
 * Source      R. P. Adams and D. J. C. MacKay, Bayesian online changepoint detection, arXiv 0710.3742, 2007; K. P. Murphy, Conjugate Bayesian analysis of
 *             the Gaussian distribution, 2007, for the update
 * Oracle      program oracles/regime/expected.json
 * Example     value 0, H 1/250: p[0] = 1/250, p[1] = 249/250; runLength 1, meanRunLength 0.996, recentProbability 1
 */
export interface BayesianChangePointsOptions {
  /** Rows that a regime lasts on average. @defaultValue 250 */
  expectedRunLength: number;
  /** Mean of a regime before any of its values. @defaultValue 0 */
  mean: number;
  /** Values that this mean weighs as much as. @defaultValue 1 */
  weight: number;
  /** Half the degrees of freedom with which `deviation` is known. @defaultValue 1 */
  shape: number;
  /** Deviation of a regime before any of its values; 1 for standardised ones. @defaultValue 1 */
  deviation: number;
  /** Run lengths that are told apart; a row costs as many steps. @defaultValue 100 */
  maximumRunLength: number;
  /** Run lengths below it are recent. @defaultValue 10 */
  recent: number;
}

export const bayesianChangePoints: Engine<
  BayesianChangePointsOptions, F64<'value'>, F64<'runLength' | 'meanRunLength' | 'recentProbability'>, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'bayesianChangePoints',
  input: { value: 'f64' },
  aligned: { runLength: 'f64', meanRunLength: 'f64', recentProbability: 'f64' },
  appended: { events: eventSchema },
  kinds: ['changePoint'],
  defaults: { expectedRunLength: 250, mean: 0, weight: 1, shape: 1, deviation: 1, maximumRunLength: 100, recent: 10 },
  check({ expectedRunLength, mean, weight, shape, deviation, maximumRunLength, recent }) {
    if (!(Number.isFinite(expectedRunLength) && expectedRunLength > 1)) throw new RangeError(`bayesianChangePoints: expectedRunLength must be above 1, was ${expectedRunLength}`);
    if (!Number.isFinite(mean)) throw new RangeError(`bayesianChangePoints: mean must be a number, was ${mean}`);
    positiveNumber('bayesianChangePoints: weight', weight);
    positiveNumber('bayesianChangePoints: shape', shape);
    positiveNumber('bayesianChangePoints: deviation', deviation);
    positiveInteger('bayesianChangePoints: maximumRunLength', maximumRunLength);
    positiveInteger('bayesianChangePoints: recent', recent);
  },
  warmup: () => 0,
  units: { runLength: 'count', meanRunLength: 'count', recentProbability: 'ratio', value: 'ratio' },
  optionUnits: { mean: 'change', deviation: 'range' },
  mirror: 'exact',
  scale: { none: 'its logarithms round differently, and may choose another of two run lengths that are as likely' },
  init({ mean, weight, shape, deviation, maximumRunLength: most }) {
    const constants = new Float64Array(most + 1), scale = shape * deviation * deviation, means = new Float64Array(most + 1).fill(mean);
    for (let r = 0; r <= most; r++) {
      const a = shape + r / 2, k = weight + r;
      constants[r] = logGamma(a + 0.5) - logGamma(a) + 0.5 * logarithm(k / (2 * Math.PI * (k + 1)));
    }
    const scales = new Float64Array(most + 1).fill(scale), logScales = new Float64Array(most + 1).fill(logarithm(scale)), probability = new Float64Array(most + 1);
    probability[0] = 1;
    // `count`: run lengths that can have been reached.
    return { count: 1, likeliest: 0, constants, probability, means, scales, logScales, densities: new Float64Array(most + 1) };
  },

  advance(state, { base, value }, { runLength, meanRunLength, recentProbability, events }, from, to, options) {
    for (let i = from; i < to; i++) {
      runLength[i] = meanRunLength[i] = recentProbability[i] = NaN;
      if (value[i] !== value[i]) continue;
      observe(state, value[i], options);
      const { probability, count } = state, before = state.likeliest, row = base + i;
      let likeliest = 1, mean = 0, recent = 0;
      for (let r = 0; r < count; r++) {
        if (r > 0 && probability[r] > probability[likeliest]) likeliest = r;
        mean += r * probability[r];
        if (r < options.recent) recent += probability[r];
      }
      runLength[i] = likeliest;
      meanRunLength[i] = mean;
      recentProbability[i] = recent;
      // At the most a run that goes on cannot be seen to grow.
      if (likeliest < before || (likeliest === before && before < options.maximumRunLength)) {
        appendEvent(events, eventCode.changePoint, 0, row - likeliest + 1, row, NaN, NaN, NaN, probability[likeliest]);
      }
      state.likeliest = likeliest;
    }
  },
});

type Runs = { count: number; likeliest: number; constants: Float64Array; probability: Float64Array; means: Float64Array; scales: Float64Array; logScales: Float64Array; densities: Float64Array };

/** One value: every run length grows by one or ends. */
function observe(state: Runs, x: number, { expectedRunLength, mean, weight, shape, deviation }: BayesianChangePointsOptions): void {
  const { constants, probability, means, scales, logScales, densities } = state, most = probability.length - 1, hazard = 1 / expectedRunLength, last = state.count - 1;
  let largest = -Infinity;
  for (let r = 0; r <= last; r++) {
    const k = weight + r, distance = x - means[r], a = shape + r / 2, scale = scales[r] + (k * distance * distance) / (2 * (k + 1)), log = logarithm(scale);
    // log t = constant + a log b - (a + 1/2) log b', b' the scale after x.
    densities[r] = constants[r] + a * logScales[r] - (a + 0.5) * log;
    if (probability[r] > 0 && densities[r] > largest) largest = densities[r];
    means[r] += distance / (k + 1);
    scales[r] = scale;
    logScales[r] = log;
  }
  let total = 0;
  for (let r = 0; r <= last; r++) {
    probability[r] = probability[r] > 0 ? probability[r] * exponential(densities[r] - largest) : 0;
    total += probability[r];
  }
  const keep = (1 - hazard) / total;
  const longest = last === most ? probability[most] * keep : 0;
  for (let r = Math.min(last, most - 1); r >= 0; r--) {
    probability[r + 1] = probability[r] * keep;
    means[r + 1] = means[r];
    scales[r + 1] = scales[r];
    logScales[r + 1] = logScales[r];
  }
  // Runs at the most and beyond it are one.
  probability[most] += longest;
  probability[0] = hazard;
  means[0] = mean;
  scales[0] = shape * deviation * deviation;
  logScales[0] = logarithm(scales[0]);
  if (state.count <= most) state.count++;
}
