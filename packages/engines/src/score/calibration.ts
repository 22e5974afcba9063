/**
 * Calibration: from scores to probabilities, learnt from scores whose outcomes are known.
 *
 * Definition  isotonic: the non-decreasing step values with the least squares against labels of 0 and 1 (pool adjacent violators; equal scores are one point, their mean
 *             label), straight between the scores that were met and level outside. logistic: p = 1 / (1 + exp(-(a + b s))) with the largest likelihood, by Newton's steps;
 *             where one score divides the labels, a and b have no finite values and the steps end at a gain below 1e-12
 * Units       scores of any unit in, probabilities out     NaN  pairs of which a score is NaN are left out; the probability of NaN is NaN
 * Errors      RangeError for lengths that differ, labels other than 0 and 1, fewer than two scores or one class only
 * Source      M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and E. Silverman, Annals of Mathematical Statistics 26 (1955) 641-647; J. C. Platt, Probabilistic
 *             Outputs for Support Vector Machines, 1999; G. W. Brier, Monthly Weather Review 78 (1950) 1-3
 * Example     scores 1 2 3 4, labels 0 1 0 1, isotonic -> 0, .5, .5, 1
 */
import { exponential, logarithmOfOnePlus } from '@zanzibar/core';

export interface Calibration {
  readonly kind: 'isotonic' | 'logistic';
  /** Isotonic: scores that were met, ascending. Logistic: empty. */
  readonly scores: Float64Array;
  /** Isotonic: probabilities at these scores. Logistic: intercept and slope. */
  readonly values: Float64Array;
  /** Known time of the last label: drivers refuse to apply the calibration to it and what came before. */
  readonly fittedThrough: bigint;
}

export function fitCalibration(kind: 'isotonic' | 'logistic', scores: ArrayLike<number>, labels: ArrayLike<number>, fittedThrough: bigint): Calibration {
  const order = checkPairs('fitCalibration', scores, labels).sort((a, b) => scores[a] - scores[b]), x = Float64Array.from(order, k => scores[k]), y = Float64Array.from(order, k => labels[k]);
  const hits = y.reduce((sum, label) => sum + label, 0);
  if (kind !== 'isotonic' && kind !== 'logistic') throw new RangeError(`fitCalibration: kind must be one of isotonic, logistic, was ${String(kind)}`);
  if (x.length < 2 || hits === 0 || hits === x.length) throw new RangeError(`fitCalibration: needs scores of both labels, were ${x.length} of which ${hits} are 1`);
  return kind === 'isotonic' ? { kind, ...poolAdjacentViolators(x, y), fittedThrough } : { kind, scores: new Float64Array(0), values: maximumLikelihood(x, y), fittedThrough };
}

/** The probability that a calibration gives a score. */
export function calibrated({ kind, scores, values }: Calibration, score: number): number {
  if (score !== score) return NaN;
  if (kind === 'logistic') return 1 / (1 + exponential(-(values[0] + values[1] * score)));
  let low = 0, high = scores.length - 1;
  if (score <= scores[0]) return values[0];
  if (score >= scores[high]) return values[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  return values[low] + ((values[high] - values[low]) * (score - scores[low])) / (scores[high] - scores[low]);
}

/** Brier's score: the mean square of probability less label, 0 perfect, .25 for always 1/2; NaN without a pair. */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const rows = checkPairs('brierScore', probabilities, labels);
  let sum = 0;
  for (const k of rows) sum += (probabilities[k] - labels[k]) * (probabilities[k] - labels[k]);
  return rows.length > 0 ? sum / rows.length : NaN;
}

export interface ReliabilityTable {
  /** Mean probability, share of labels that are 1, and count of each of equally wide bins; NaN means of empty ones. */
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
  readonly counts: Float64Array;
}

/** What was said against what came, in `bins` equally wide bins of probability; 1 belongs to the last. */
export function reliabilityTable(probabilities: ArrayLike<number>, labels: ArrayLike<number>, bins: number = 10): ReliabilityTable {
  if (!(Number.isSafeInteger(bins) && bins > 0)) throw new RangeError(`reliabilityTable: bins must be a positive integer, was ${bins}`);
  const predicted = new Float64Array(bins), observed = new Float64Array(bins), counts = new Float64Array(bins);
  for (const k of checkPairs('reliabilityTable', probabilities, labels)) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(probabilities[k] * bins)));
    predicted[bin] += probabilities[k];
    observed[bin] += labels[k];
    counts[bin]++;
  }
  for (let bin = 0; bin < bins; bin++) {
    predicted[bin] /= counts[bin];
    observed[bin] /= counts[bin];
  }
  return { predicted, observed, counts };
}

/** Rows whose score is a number. */
function checkPairs(what: string, scores: ArrayLike<number>, labels: ArrayLike<number>): number[] {
  if (scores.length !== labels.length) throw new RangeError(`${what}: scores and labels must be as many, were ${scores.length} and ${labels.length}`);
  const rows: number[] = [];
  for (let k = 0; k < scores.length; k++) {
    if (labels[k] !== 0 && labels[k] !== 1) throw new RangeError(`${what}: labels must be 0 or 1, was ${labels[k]} at ${k}`);
    if (scores[k] === scores[k]) rows.push(k);
  }
  return rows;
}

function poolAdjacentViolators(x: Float64Array, y: Float64Array): { scores: Float64Array; values: Float64Array } {
  const scores: number[] = [], sums: number[] = [], counts: number[] = [];
  for (let k = 0; k < x.length; k++) {
    const last = scores.length - 1;
    if (last >= 0 && scores[last] === x[k]) {
      sums[last] += y[k];
      counts[last]++;
    } else {
      scores.push(x[k]);
      sums.push(y[k]);
      counts.push(1);
    }
  }
  // Blocks of scores that share a value: their sum, their count and how many scores they span.
  const blocks: { sum: number; count: number; span: number }[] = [];
  for (let k = 0; k < scores.length; k++) {
    let block = { sum: sums[k], count: counts[k], span: 1 };
    while (blocks.length > 0 && blocks[blocks.length - 1].sum * block.count >= block.sum * blocks[blocks.length - 1].count) {
      const before = blocks.pop()!;
      block = { sum: before.sum + block.sum, count: before.count + block.count, span: before.span + block.span };
    }
    blocks.push(block);
  }
  return { scores: Float64Array.from(scores), values: Float64Array.from(blocks.flatMap(({ sum, count, span }) => Array<number>(span).fill(sum / count))) };
}

/** Intercept and slope, on standardised scores so that their unit does not matter to the steps. */
function maximumLikelihood(x: Float64Array, y: Float64Array): Float64Array {
  const count = x.length, center = x.reduce((sum, value) => sum + value, 0) / count, spread = Math.sqrt(x.reduce((sum, value) => sum + (value - center) * (value - center), 0) / count) || 1;
  let a = 0, b = 0, likelihood = -Infinity;
  for (let step = 0; step < 100; step++) {
    let next = 0, ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
    for (let k = 0; k < count; k++) {
      const z = (x[k] - center) / spread, linear = a + b * z, p = 1 / (1 + exponential(-linear)), w = p * (1 - p), rest = y[k] - p;
      // log(1 + exp(t)) without overflow.
      next += y[k] * linear - (Math.max(0, linear) + logarithmOfOnePlus(exponential(-Math.abs(linear))));
      ga += rest;
      gb += rest * z;
      haa += w;
      hab += w * z;
      hbb += w * z * z;
    }
    const determinant = haa * hbb - hab * hab;
    if (next - likelihood < 1e-12 * (1 + Math.abs(next)) && step > 0) break;
    likelihood = next;
    // Scores that are all alike have no slope.
    const isFlat = !(determinant > 1e-12 * haa * (hbb + 1e-300));
    a += isFlat ? ga / haa : (hbb * ga - hab * gb) / determinant;
    b += isFlat ? 0 : (haa * gb - hab * ga) / determinant;
  }
  return Float64Array.of(a - (b * center) / spread, b / spread);
}
