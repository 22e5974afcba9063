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
  version: 2,
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
  init({ mean, shape, deviation, maximumRunLength: most }) {
    const scale = shape * deviation * deviation, probability = new Float64Array(most + 1);
    probability[0] = 1;
    // `count`: run lengths that can have been reached. `roots` are those of the scales.
    return {
      count: 1, likeliest: 0, probability, means: new Float64Array(most + 1).fill(mean), scales: new Float64Array(most + 1).fill(scale), roots: new Float64Array(most + 1).fill(Math.sqrt(scale)),
      products: new Float64Array(most + 1), grownScales: new Float64Array(most + 1), grownRoots: new Float64Array(most + 1),
    };
  },

  advance(state, { base, value }, { runLength, meanRunLength, recentProbability, events }, from, to, options) {
    const tables = tablesOf(options);
    for (let i = from; i < to; i++) {
      runLength[i] = meanRunLength[i] = recentProbability[i] = NaN;
      if (value[i] !== value[i]) continue;
      observe(state, tables, value[i], options);
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

/** By run length: the constant of Student's density and its logarithm, what a squared distance adds to the scale, and what part of a distance the mean moves. */
interface RunTables { readonly constants: Float64Array; readonly logConstants: Float64Array; readonly additions: Float64Array; readonly moves: Float64Array }

/** By options, so that a row finds them made; they follow from the options, so they are no state. */
const tablesByOptions: WeakMap<BayesianChangePointsOptions, RunTables> = new WeakMap();

function tablesOf(options: BayesianChangePointsOptions): RunTables {
  let tables = tablesByOptions.get(options);
  if (tables === undefined) tablesByOptions.set(options, (tables = makeTables(options)));
  return tables;
}

function makeTables({ weight, shape, maximumRunLength: most }: BayesianChangePointsOptions): RunTables {
  const logConstants = new Float64Array(most + 1), additions = new Float64Array(most + 1), moves = new Float64Array(most + 1);
  for (let r = 0; r <= most; r++) {
    const a = shape + r / 2, k = weight + r;
    logConstants[r] = logGamma(a + 0.5) - logGamma(a) + 0.5 * logarithm(k / (2 * Math.PI * (k + 1)));
    additions[r] = k / (2 * (k + 1));
    moves[r] = 1 / (k + 1);
  }
  return { constants: logConstants.map(exponential), logConstants, additions, moves };
}

type Runs = {
  count: number; likeliest: number; probability: Float64Array; means: Float64Array; scales: Float64Array; roots: Float64Array;
  products: Float64Array; grownScales: Float64Array; grownRoots: Float64Array;
};

/** One value: every run length grows by one or ends. */
function observe(state: Runs, tables: RunTables, x: number, { expectedRunLength, mean, shape, deviation }: BayesianChangePointsOptions): void {
  const { probability, means, scales, roots, products, grownScales, grownRoots } = state, { additions, moves } = tables, most = probability.length - 1, hazard = 1 / expectedRunLength, last = state.count - 1;
  for (let r = 0; r <= last; r++) {
    const distance = x - means[r], scale = scales[r] + additions[r] * distance * distance;
    grownScales[r] = scale;
    grownRoots[r] = Math.sqrt(scale);
  }
  let total = Number.isInteger(2 * shape) && shape <= 500 ? weighByPowers(state, tables, 2 * shape) : 0;
  // Powers that are not whole or take long; or so unlikely a value that densities, or their digits, are lost below the smallest numbers.
  if (!(total > 1e-150)) total = weighByLogarithms(state, tables, shape);
  const keep = (1 - hazard) / total, longest = last === most ? products[most] * keep : 0;
  for (let r = Math.min(last, most - 1); r >= 0; r--) {
    probability[r + 1] = products[r] * keep;
    means[r + 1] = means[r] + (x - means[r]) * moves[r];
    scales[r + 1] = grownScales[r];
    roots[r + 1] = grownRoots[r];
  }
  // Runs at the most and beyond it are one.
  probability[most] += longest;
  probability[0] = hazard;
  means[0] = mean;
  scales[0] = shape * deviation * deviation;
  roots[0] = Math.sqrt(scales[0]);
  if (state.count <= most) state.count++;
}

/** Probability times density of each run length, t = constant (b / b')^a / root of b' with b' the scale after x, and their sum; 2 a = first + r is whole, so its power takes a few products. */
function weighByPowers({ count, probability, roots, products, grownRoots }: Runs, { constants }: RunTables, first: number): number {
  let total = 0;
  for (let r = 0; r < count; r++) {
    const inverse = 1 / grownRoots[r];
    let square = roots[r] * inverse, power = 1;
    for (let n = first + r; n > 0; n >>= 1) {
      if ((n & 1) === 1) power *= square;
      square *= square;
    }
    products[r] = probability[r] * constants[r] * inverse * power;
    total += products[r];
  }
  return total;
}

/** The same for any shape and any value, each divided by the largest density: log t = constant + a log b - (a + 1/2) log b'. */
function weighByLogarithms({ count, probability, scales, products, grownScales }: Runs, { logConstants }: RunTables, shape: number): number {
  let largest = -Infinity, total = 0;
  for (let r = 0; r < count; r++) {
    const a = shape + r / 2;
    products[r] = logConstants[r] + a * logarithm(scales[r]) - (a + 0.5) * logarithm(grownScales[r]);
    if (probability[r] > 0 && products[r] > largest) largest = products[r];
  }
  for (let r = 0; r < count; r++) {
    products[r] = probability[r] > 0 ? probability[r] * exponential(products[r] - largest) : 0;
    total += products[r];
  }
  return total;
}
