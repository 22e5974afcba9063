/**
 * A Gaussian hidden Markov model of a column, by maximum likelihood: regimes of their own mean and deviation that follow each other at random.
 *
 * Definition  expectation-maximisation (Baum and Welch) from each of `restarts` starts until the log-likelihood gains less than `tolerance`; the best is kept.
 *             Start 0 cuts the values, in order of their distance from the median, into states of equal size; others draw means and deviations about those by
 *             `seed`. No deviation falls below `smallestDeviation` times that of all values. States are ordered by deviation: 0 is the calmest
 * Units       means and deviations those of the values; the log-likelihood is of all values
 * NaN         none among the values: a DataError names the row
 * Errors      RangeError for options and fewer than 10 values a state, DataError for NaN and values without variance
 * Source      L. E. Baum, T. Petrie, G. Soules and N. Weiss, Annals of Mathematical Statistics 41 (1970) 164-171
 * Example     fitGaussianHiddenMarkov(returns, time[time.length - 1], { states: 2 }) is the model of `hiddenMarkovRegime`
 */
import { DataError, exponential, median, nonNegativeNumber, populationStandardDeviation, positiveInteger, positiveNumber, randomStream, type RandomStream } from '@zanzibar/core';
import { backwardPass, forwardPass, newPasses, type HiddenMarkovParameters, type Passes } from './hidden-markov-passes.ts';

export interface GaussianHiddenMarkov {
  readonly start: Float64Array;
  /** Row by row: from state `k / states`, to state `k % states`. */
  readonly transition: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly logLikelihood: number;
  /** Steps of the start that won. */
  readonly iterations: number;
  /** 1 where the gain fell below the tolerance, 0 where the steps ran out. */
  readonly isConverged: number;
  /** Known time of the last value: drivers refuse to apply the model to it and what came before. */
  readonly fittedThrough: bigint;
}

export interface FitGaussianHiddenMarkovOptions {
  /** @defaultValue 2 */
  readonly states?: number;
  /** @defaultValue 4 */
  readonly restarts?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** Gain of the log-likelihood below which a start has converged. @defaultValue 1e-6 */
  readonly tolerance?: number;
  /** Steps of a start at most. @defaultValue 1000 */
  readonly iterations?: number;
  /** As a share of the deviation of all values. @defaultValue 0.001 */
  readonly smallestDeviation?: number;
  /** The first start instead of start 0: a model of earlier values. */
  readonly from?: HiddenMarkovParameters;
}

export function fitGaussianHiddenMarkov(values: ArrayLike<number>, fittedThrough: bigint, options: FitGaussianHiddenMarkovOptions = {}): GaussianHiddenMarkov {
  const { restarts = 4, seed = 1, tolerance = 1e-6, iterations = 1000, smallestDeviation = 0.001, from } = options, states = options.states ?? from?.means.length ?? 2;
  positiveInteger('fitGaussianHiddenMarkov: states', states);
  positiveInteger('fitGaussianHiddenMarkov: restarts', restarts);
  positiveInteger('fitGaussianHiddenMarkov: iterations', iterations);
  nonNegativeNumber('fitGaussianHiddenMarkov: tolerance', tolerance);
  positiveNumber('fitGaussianHiddenMarkov: smallestDeviation', smallestDeviation);
  const data = Float64Array.from(values), gap = data.findIndex(value => !Number.isFinite(value)), spread = populationStandardDeviation(data);
  if (gap >= 0) throw new DataError(`fitGaussianHiddenMarkov needs finite values, found ${data[gap]}`, { row: gap });
  if (data.length < 10 * states) throw new RangeError(`fitGaussianHiddenMarkov: ${states} states need at least ${10 * states} values, were ${data.length}`);
  if (!(spread > 0)) throw new DataError('fitGaussianHiddenMarkov: the values do not vary');
  const passes = newPasses(data.length, states), random = randomStream(seed, 'hidden Markov starts'), floor = smallestDeviation * spread;
  let best: GaussianHiddenMarkov | undefined;
  for (let k = 0; k < restarts; k++) {
    const first = k === 0 && from !== undefined ? copyOf(from) : startOf(data, states, spread, k === 0 ? undefined : random), fitted = climb(data, first, passes, tolerance, iterations, floor, fittedThrough);
    if (best === undefined || fitted.logLikelihood > best.logLikelihood) best = fitted;
  }
  return byDeviation(best!);
}

function copyOf({ start, transition, means, deviations }: HiddenMarkovParameters): HiddenMarkovParameters {
  return { start: start.slice(), transition: transition.slice(), means: means.slice(), deviations: deviations.slice() };
}

/** Regimes of markets differ in their size of moves more than in their mean, so states begin as rings about the median. */
function startOf(data: Float64Array, states: number, spread: number, random: RandomStream | undefined): HiddenMarkovParameters {
  const middle = median(data), sorted = data.slice().sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)), means = new Float64Array(states), deviations = new Float64Array(states);
  for (let k = 0; k < states; k++) {
    const ring = sorted.subarray(Math.floor((k * data.length) / states), Math.floor(((k + 1) * data.length) / states));
    let squares = 0;
    for (const value of ring) squares += (value - middle) * (value - middle);
    means[k] = middle + (random === undefined ? 0 : spread * random.normal());
    deviations[k] = Math.max(spread / 10, Math.sqrt(squares / ring.length)) * (random === undefined ? 1 : exponential(0.5 * random.normal()));
  }
  const transition = new Float64Array(states * states).fill(states > 1 ? 0.1 / (states - 1) : 1);
  if (states > 1) for (let k = 0; k < states; k++) transition[k * states + k] = 0.9;
  return { start: new Float64Array(states).fill(1 / states), transition, means, deviations };
}

function climb(data: Float64Array, model: HiddenMarkovParameters, passes: Passes, tolerance: number, iterations: number, floor: number, fittedThrough: bigint): GaussianHiddenMarkov {
  let logLikelihood = forwardPass(data, model, passes), step = 0, isConverged = 0;
  while (step < iterations && isConverged === 0) {
    backwardPass(data.length, model, passes);
    maximise(data, model, passes, floor);
    const next = forwardPass(data, model, passes);
    if (next - logLikelihood < tolerance) isConverged = 1;
    logLikelihood = next;
    step++;
  }
  return { ...model, logLikelihood, iterations: step, isConverged, fittedThrough };
}

/** The model whose expected log-likelihood under the passes is largest, written over the old one. */
function maximise(data: Float64Array, { start, transition, means, deviations }: HiddenMarkovParameters, { densities, forward, backward, scales }: Passes, floor: number): void {
  const states = means.length, count = data.length, moves = new Float64Array(states * states);
  for (let t = 0; t + 1 < count; t++) {
    const at = t * states, next = at + states;
    for (let j = 0; j < states; j++) {
      const share = forward[at + j] / scales[t + 1];
      for (let k = 0; k < states; k++) moves[j * states + k] += share * transition[j * states + k] * densities[next + k] * backward[next + k];
    }
  }
  for (let j = 0; j < states; j++) {
    let total = 0, weight = 0, sum = 0, squares = 0;
    for (let k = 0; k < states; k++) total += moves[j * states + k];
    for (let k = 0; k < states; k++) if (total > 0) transition[j * states + k] = moves[j * states + k] / total;
    for (let t = 0; t < count; t++) {
      const probability = forward[t * states + j] * backward[t * states + j];
      weight += probability;
      sum += probability * data[t];
    }
    start[j] = forward[j] * backward[j];
    // A state that nothing belongs to stays where it is.
    if (!(weight > 0)) continue;
    means[j] = sum / weight;
    for (let t = 0; t < count; t++) squares += forward[t * states + j] * backward[t * states + j] * (data[t] - means[j]) * (data[t] - means[j]);
    deviations[j] = Math.max(floor, Math.sqrt(squares / weight));
  }
}

function byDeviation(model: GaussianHiddenMarkov): GaussianHiddenMarkov {
  const states = model.means.length, order = [...model.deviations.keys()].sort((a, b) => model.deviations[a] - model.deviations[b]);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, k => values[k]);
  return {
    ...model, start: pick(model.start), means: pick(model.means), deviations: pick(model.deviations),
    transition: Float64Array.from({ length: states * states }, (_, k) => model.transition[order[Math.floor(k / states)] * states + order[k % states]]),
  };
}
