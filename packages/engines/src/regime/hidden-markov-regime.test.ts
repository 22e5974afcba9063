/** Oracles: hmmlearn by a pinned script; figures of the design's validation document. */
import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { hiddenMarkovFigures, seededChecks } from '../../test/papers/regime.ts';
import { fitGaussianHiddenMarkov, type GaussianHiddenMarkov } from './fit-gaussian-hidden-markov.ts';
import { backwardPass, forwardPass, newPasses } from './hidden-markov-passes.ts';
import { hiddenMarkovRegime } from './hidden-markov-regime.ts';

interface Parameters { start: number[]; transition: number[][]; means: number[]; variances: number[]; logLikelihood: number }
interface Expected { inputs: { b: number[] }; hiddenMarkov: { states: number; start: Parameters & { filteredEach25: number[][]; smoothedSum: number[] }; fitted: Parameters }[] }
const { inputs, hiddenMarkov } = programNumbers<Expected>('oracles/regime/expected.json'), value = Float64Array.from(inputs.b);

function modelOf({ start, transition, means, variances, logLikelihood }: Parameters, fittedThrough: bigint = 0n): GaussianHiddenMarkov {
  return {
    start: Float64Array.from(start), transition: Float64Array.from(transition.flat()), means: Float64Array.from(means), deviations: Float64Array.from(variances, Math.sqrt),
    logLikelihood, iterations: 0, isConverged: 1, fittedThrough,
  };
}
const time = BigInt64Array.from(value, (_, row) => BigInt(row + 1));

engineLaws(test, hiddenMarkovRegime, {
  options: random => ({
    model: {
      start: Float64Array.of(0.5, 0.5), transition: Float64Array.of(0.9, 0.1, 0.2, 0.8), means: Float64Array.of(0, random.integer(-8, 8) / 4),
      deviations: Float64Array.of(0.5, random.integer(4, 20) / 4), logLikelihood: 0, iterations: 0, isConverged: 1, fittedThrough: null as never,
    },
  }),
});

describe.each(hiddenMarkov)('a model of $states states over 1,000 values', ({ states, start, fitted }) => {
  test('filtered probabilities are the last rows of the posteriors that hmmlearn gives of each prefix', () => {
    const { probabilities, surprise } = hiddenMarkovRegime({ value, time }, { model: modelOf(start) });
    start.filteredEach25.forEach((expected, k) => {
      const row = 25 * k, own = probabilities.probability.subarray(row * states, (row + 1) * states);
      expect([row, firstDifference(own, expected, 1e-10)]).toEqual([row, undefined]);
    });
    expect(Math.abs(-surprise.reduce((sum, x) => sum + x, 0) - start.logLikelihood)).toBeLessThan(1e-8);
  });

  test('smoothed probabilities, which only the fit uses, sum to those of hmmlearn', () => {
    const passes = newPasses(value.length, states), sums = new Float64Array(states), model = modelOf(start);
    expect(Math.abs(forwardPass(value, model, passes) - start.logLikelihood)).toBeLessThan(1e-8);
    backwardPass(value.length, model, passes);
    for (let k = 0; k < value.length * states; k++) sums[k % states] += passes.forward[k] * passes.backward[k];
    expect(firstDifference(sums, start.smoothedSum, 1e-8)).toBeUndefined();
  });

  test('the fit from the same start ends where hmmlearn ends', () => {
    const own = fitGaussianHiddenMarkov(value, 1000n, { states, restarts: 1, from: modelOf(start), tolerance: 1e-10, iterations: 20_000 });
    const order = [...fitted.variances.keys()].sort((a, b) => fitted.variances[a] - fitted.variances[b]);
    expect(Math.abs(own.logLikelihood - fitted.logLikelihood)).toBeLessThan(1e-8);
    expect(firstDifference(own.means, order.map(k => fitted.means[k]), 1e-5)).toBeUndefined();
    expect(firstDifference(own.deviations, order.map(k => Math.sqrt(fitted.variances[k])), 1e-5)).toBeUndefined();
    expect(firstDifference(own.transition, order.flatMap(j => order.map(k => fitted.transition[j][k])), 1e-5)).toBeUndefined();
    expect([own.isConverged, own.fittedThrough]).toEqual([1, 1000n]);
  });

  test('without a start of the caller, the restarts find a likelihood at least as large', () => {
    expect(fitGaussianHiddenMarkov(value, 1000n, { states, restarts: 6, iterations: 2000 }).logLikelihood).toBeGreaterThan(fitted.logLikelihood - 0.01);
  });
});

test('the values are the series of the design', () => {
  expect([value[0], value.reduce((sum, x) => sum + x, 0).toFixed(12), value.reduce((sum, x) => sum + x * x, 0).toFixed(11)]).toEqual([seededChecks.values[0], seededChecks.values[1].toFixed(12), seededChecks.values[2].toFixed(11)]);
});

test('the figures of the design hold: log-likelihood, filtered and smoothed probabilities', () => {
  const model = modelOf(hiddenMarkov[0].start), passes = newPasses(1000, 2), { probabilities } = hiddenMarkovRegime({ value, time }, { model });
  expect(forwardPass(value, model, passes)).toBeCloseTo(hiddenMarkovFigures.logLikelihood, 8);
  backwardPass(1000, model, passes);
  expect(probabilities.probability[2 * 999]).toBeCloseTo(hiddenMarkovFigures.filteredLast, 11);
  expect(passes.forward[1000] * passes.backward[1000]).toBeCloseTo(hiddenMarkovFigures.smoothed500, 11);
  let sum = 0;
  for (let t = 0; t < 1000; t++) sum += passes.forward[2 * t] * passes.backward[2 * t];
  expect(sum).toBeCloseTo(hiddenMarkovFigures.smoothedSum, 7);
});

test('the same values and seed give the same model to the bit; states come calm first and rows of transitions sum to 1', () => {
  const first = fitGaussianHiddenMarkov(value, 1000n, { states: 3 }), second = fitGaussianHiddenMarkov(value, 1000n, { states: 3 });
  expect(second).toEqual(first);
  expect([...first.deviations]).toEqual([...first.deviations].sort((a, b) => a - b));
  for (let j = 0; j < 3; j++) expect(first.transition[3 * j] + first.transition[3 * j + 1] + first.transition[3 * j + 2]).toBeCloseTo(1, 12);
});

test('a model may not be applied to rows that it was fitted on', () => {
  const model = fitGaussianHiddenMarkov(value.subarray(0, 500), time[499], { restarts: 1, iterations: 20 });
  expect(() => hiddenMarkovRegime({ value, time }, { model })).toThrow('hiddenMarkovRegime: model was fitted through 500 and must not be applied at 1');
  expect(hiddenMarkovRegime({ value: value.slice(500), time: time.slice(500) }, { model }).state.every(state => state === 1 || state === 2)).toBe(true);
});

const still: GaussianHiddenMarkov = { ...modelOf({ start: [0.5, 0.5], transition: [[1, 0], [0, 1]], means: [0, 10], variances: [1, 1], logLikelihood: 0 }) };
test('the example in the header holds; a NaN moves on by the transitions alone', () => {
  const { state, probability, events } = hiddenMarkovRegime({ value: Float64Array.of(0, NaN, 0), time: time.slice(0, 3) }, { model: still });
  expect([...state]).toEqual([1, 0, 1]);
  expect([...probability].map(p => Math.round(p * 1e6) / 1e6)).toEqual([1, NaN, 1]);
  expect(events.length).toBe(0);
});

test('bad values and options are refused by name', () => {
  expect(() => hiddenMarkovRegime({ value })).toThrow(new TypeError('hiddenMarkovRegime: model is missing, fitGaussianHiddenMarkov makes one'));
  expect(() => hiddenMarkovRegime({ value }, { model: { ...still, start: new Float64Array(1) } })).toThrow('hiddenMarkovRegime: model of 2 means has 1 start probabilities');
  expect(() => fitGaussianHiddenMarkov([1, NaN, 2], 0n)).toThrow('row 1: fitGaussianHiddenMarkov needs finite values, found NaN');
  expect(() => fitGaussianHiddenMarkov([1, 2, 3], 0n)).toThrow(new RangeError('fitGaussianHiddenMarkov: 2 states need at least 20 values, were 3'));
  expect(() => fitGaussianHiddenMarkov(new Float64Array(50), 0n)).toThrow('fitGaussianHiddenMarkov: the values do not vary');
  expect(() => fitGaussianHiddenMarkov(value, 0n, { states: 0 })).toThrow(new RangeError('fitGaussianHiddenMarkov: states must be a positive integer, was 0'));
});
