/** Oracle: scikit-learn by a pinned script (oracles/score/make.py). */
import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { brierScore, calibrated, fitCalibration, reliabilityTable } from './calibration.ts';
import { calibratedProbability } from './calibrated-probability.ts';

interface Side { grid: number[]; test: number[]; brier: number; observed: number[]; predicted: number[] }
interface Expected { scores: number[]; labels: number[]; trained: number; grid: number[]; coefficients: number[]; isotonic: Side; logistic: Side }
const expected = programNumbers<Expected>('oracles/score/expected.json'), { trained, scores, labels } = expected;
const kinds = ['isotonic', 'logistic'] as const, fitted = kinds.map(kind => fitCalibration(kind, scores.slice(0, trained), labels.slice(0, trained), 250n));

engineLaws(test, calibratedProbability, { options: random => ({ calibration: { ...fitted[random.integer(0, 1)], fittedThrough: null as never } }) });

describe.each(kinds.map((kind, k) => [kind, fitted[k]] as const))('%s calibration', (kind, calibration) => {
  const side = expected[kind], later = Float64Array.from(scores.slice(trained)), known = labels.slice(trained);
  test('gives the probabilities of scikit-learn on later scores, between and beyond those it met', () => {
    const time = BigInt64Array.from(later, (_, k) => 251n + BigInt(k)), { probability } = calibratedProbability({ score: later, time }, { calibration });
    expect(firstDifference(probability, side.test, 1e-9)).toBeUndefined();
    expect(firstDifference(expected.grid.map(score => calibrated(calibration, score)), side.grid, 1e-9)).toBeUndefined();
  });
  test('has the Brier score and the reliability of scikit-learn', () => {
    const probabilities = Float64Array.from(later, score => calibrated(calibration, score)), { predicted, observed, counts } = reliabilityTable(probabilities, known, 5);
    expect(Math.abs(brierScore(probabilities, known) - side.brier)).toBeLessThan(1e-9);
    const full = [...counts.keys()].filter(bin => counts[bin] > 0);
    expect(firstDifference(full.map(bin => predicted[bin]), side.predicted, 1e-9)).toBeUndefined();
    expect(firstDifference(full.map(bin => observed[bin]), side.observed, 1e-9)).toBeUndefined();
  });
  test('never falls when the score grows, and beats the base rate on later rows', () => {
    for (let score = -1.5; score < 1.5; score += 0.01) expect(calibrated(calibration, score + 0.01)).toBeGreaterThanOrEqual(calibrated(calibration, score) - 1e-15);
    const rate = known.reduce((sum, label) => sum + label, 0) / known.length;
    expect(brierScore(Float64Array.from(later, score => calibrated(calibration, score)), known)).toBeLessThan(rate * (1 - rate));
  });
});

test('the logistic coefficients are those of scikit-learn without a penalty', () => {
  expect(firstDifference(fitted[1].values, expected.coefficients, 1e-8)).toBeUndefined();
});

test('a calibration may not be applied to rows that it was fitted on', () => {
  expect(() => calibratedProbability({ score: Float64Array.of(1), time: BigInt64Array.of(250n) }, { calibration: fitted[0] })).toThrow('calibratedProbability: calibration was fitted through 250 and must not be applied at 250');
});

test('the examples in the headers hold', () => {
  const calibration = fitCalibration('isotonic', [4, 3, 2, 1], [1, 0, 1, 0], 0n);
  expect([[...calibration.scores], [...calibration.values]]).toEqual([[1, 2, 3, 4], [0, 0.5, 0.5, 1]]);
  expect([calibrated(calibration, 2.5), calibrated(calibration, 9), calibrated(calibration, NaN)]).toEqual([0.5, 1, NaN]);
  expect([brierScore([0.5, 0.5], [0, 1]), brierScore([], []), brierScore([1, 0], [1, 0])]).toEqual([0.25, NaN, 0]);
});

test('labels that one score divides, equal scores and NaN', () => {
  const divided = fitCalibration('logistic', [1, 2, 3, 4], [0, 0, 1, 1], 0n);
  expect([calibrated(divided, 1) < 0.01, calibrated(divided, 4) > 0.99]).toEqual([true, true]);
  const equal = fitCalibration('logistic', [2, 2, 2, 2], [0, 1, 1, 1], 0n);
  expect(calibrated(equal, 2)).toBeCloseTo(0.75, 9);
  expect(fitCalibration('isotonic', [1, NaN, 2], [0, 1, 1], 0n).scores.length).toBe(2);
});

test('bad input is refused by name', () => {
  expect(() => calibratedProbability({ score: new Float64Array(1) })).toThrow(new TypeError('calibratedProbability: calibration is missing, fitCalibration makes one'));
  expect(() => fitCalibration('isotonic', [1], [0, 1], 0n)).toThrow(new RangeError('fitCalibration: scores and labels must be as many, were 1 and 2'));
  expect(() => fitCalibration('isotonic', [1, 2], [0, 2], 0n)).toThrow(new RangeError('fitCalibration: labels must be 0 or 1, was 2 at 1'));
  expect(() => fitCalibration('logistic', [1, 2], [1, 1], 0n)).toThrow(new RangeError('fitCalibration: needs scores of both labels, were 2 of which 2 are 1'));
  expect(() => fitCalibration('platt' as never, [1, 2], [1, 0], 0n)).toThrow(new RangeError('fitCalibration: kind must be one of isotonic, logistic, was platt'));
  expect(() => reliabilityTable([1], [1], 0)).toThrow(new RangeError('reliabilityTable: bins must be a positive integer, was 0'));
});
