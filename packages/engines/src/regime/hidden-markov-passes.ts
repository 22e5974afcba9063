/**
 * The passes of a Gaussian hidden Markov model over a stretch of values: scaled forward and backward recursions.
 *
 * Definition  b[t][k] the normal density of state k at value t, over the largest of its row; forward f[0] = start b[0] / c[0], f[t] = (f[t - 1] P) b[t] / c[t], c its sum;
 *             log-likelihood the sum of log c and of the logarithms divided out; backward g[n - 1] = 1, g[t] = P (b[t + 1] g[t + 1]) / c[t + 1].
 *             f is the filtered probability; f g is the smoothed one, which knows later values: for fitting only
 * Source      L. R. Rabiner, A tutorial on hidden Markov models, Proceedings of the IEEE 77 (1989) 257-286
 */
import { exponential, logarithm } from '@zanzibar/core';

export interface HiddenMarkovParameters {
  readonly start: Float64Array;
  /** Row by row: from state `k / states`, to state `k % states`. */
  readonly transition: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** What the passes write, made once for a length of values. */
export interface Passes {
  /** Values x states, row by row: densities over the largest of their row. */
  readonly densities: Float64Array;
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  readonly scales: Float64Array;
}

export function newPasses(count: number, states: number): Passes {
  return { densities: new Float64Array(count * states), forward: new Float64Array(count * states), backward: new Float64Array(count * states), scales: new Float64Array(count) };
}

const halfLogTwoPi = 0.9189385332046727;

/** Densities of one value over the largest of them, written from `at`; returns the logarithm of that largest one. */
export function stateDensities(value: number, { means, deviations }: HiddenMarkovParameters, densities: Float64Array, at: number): number {
  const states = means.length;
  let largest = -Infinity;
  for (let k = 0; k < states; k++) {
    const z = (value - means[k]) / deviations[k], log = -0.5 * z * z - logarithm(deviations[k]) - halfLogTwoPi;
    densities[at + k] = log;
    if (log > largest) largest = log;
  }
  for (let k = 0; k < states; k++) densities[at + k] = exponential(densities[at + k] - largest);
  return largest;
}

/** Fills densities, forward and scales; returns the log-likelihood. */
export function forwardPass(values: Float64Array, model: HiddenMarkovParameters, { densities, forward, scales }: Passes): number {
  const states = model.means.length, { start, transition } = model;
  let logLikelihood = 0;
  for (let t = 0; t < values.length; t++) {
    const at = t * states, largest = stateDensities(values[t], model, densities, at);
    let sum = 0;
    for (let k = 0; k < states; k++) {
      let before = t === 0 ? start[k] : 0;
      if (t > 0) for (let j = 0; j < states; j++) before += forward[at - states + j] * transition[j * states + k];
      sum += forward[at + k] = before * densities[at + k];
    }
    for (let k = 0; k < states; k++) forward[at + k] /= sum;
    scales[t] = sum;
    logLikelihood += logarithm(sum) + largest;
  }
  return logLikelihood;
}

/** Fills backward, after `forwardPass`. */
export function backwardPass(count: number, { transition, means }: HiddenMarkovParameters, { densities, backward, scales }: Passes): void {
  const states = means.length;
  backward.fill(1, (count - 1) * states, count * states);
  for (let t = count - 2; t >= 0; t--) {
    const at = t * states, next = at + states;
    for (let j = 0; j < states; j++) {
      let sum = 0;
      for (let k = 0; k < states; k++) sum += transition[j * states + k] * densities[next + k] * backward[next + k];
      backward[at + j] = sum / scales[t + 1];
    }
  }
}
