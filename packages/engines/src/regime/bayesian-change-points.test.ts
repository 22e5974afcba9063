import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { bayesianChangePoints } from './bayesian-change-points.ts';

engineLaws(test, bayesianChangePoints, {
  options: random => ({ expectedRunLength: random.integer(5, 100), mean: random.integer(-2, 2), deviation: random.integer(1, 8) / 4, maximumRunLength: random.integer(10, 80), recent: random.integer(1, 12) }),
  inputUnits: { value: 'change' },
  runs: 20,
});

interface Expected { inputs: { shifted: number[] }; runLengths: { hazard: number; alpha: number; beta: number; kappa: number; mu: number; likeliest: number[]; mean: number[]; shorterThan10: number[] }[] }
const { inputs, runLengths } = programNumbers<Expected>('oracles/regime/expected.json'), value = Float64Array.from(inputs.shifted);

test.each(runLengths)('run lengths at hazard 1 / $hazard equal the published bayesian-changepoint-detection', ({ hazard, alpha, beta, kappa, mu, likeliest, mean, shorterThan10 }) => {
  const found = bayesianChangePoints({ value }, { expectedRunLength: hazard, mean: mu, weight: kappa, shape: alpha, deviation: Math.sqrt(beta / alpha), maximumRunLength: 250 });
  expect(firstDifference(found.meanRunLength, mean, 1e-8)).toBeUndefined();
  expect(firstDifference(found.recentProbability, shorterThan10, 1e-10)).toBeUndefined();
  // They may name run length 0, which holds the hazard whatever came.
  likeliest.forEach((length, row) => length > 0 && expect([row, found.runLength[row]]).toEqual([row, length]));
});

test('the two shifts of the series, at rows 80 and 140, are found within a few rows and dated there', () => {
  const { events } = bayesianChangePoints({ value }, { expectedRunLength: 100 }), found = [...events.originRow].map((origin, k) => [origin, events.knownRow[k]]);
  expect(found.some(([origin, known]) => Math.abs(origin - 80) <= 1 && known <= 85)).toBe(true);
  expect(found.some(([origin, known]) => Math.abs(origin - 140) <= 1 && known <= 145)).toBe(true);
});

test('a cap of run lengths below the regime keeps its age at the cap and still sees the change', () => {
  const { runLength, events } = bayesianChangePoints({ value }, { expectedRunLength: 100, maximumRunLength: 30 });
  expect([runLength[79], runLength[139]]).toEqual([30, 30]);
  expect([...events.originRow].some(origin => Math.abs(origin - 80) <= 1)).toBe(true);
});

test('the example in the header holds; an outlier of any size leaves probabilities', () => {
  const { runLength, meanRunLength, recentProbability } = bayesianChangePoints({ value: Float64Array.of(0, 1e100, 0) });
  expect([runLength[0], meanRunLength[0], recentProbability[0]]).toEqual([1, 0.996, 1]);
  expect([...meanRunLength].every(mean => mean > 0 && mean <= 3)).toBe(true);
});

test('densities by whole powers are those by logarithms, which any other shape takes, and so is what an outlier leaves', () => {
  const outlying = value.slice();
  outlying[100] = 1e90;
  for (const values of [value, outlying]) {
    const whole = bayesianChangePoints({ value: values }, { shape: 1.5 }), fractional = bayesianChangePoints({ value: values }, { shape: 1.5 + 1e-12 });
    expect(firstDifference(whole.meanRunLength, [...fractional.meanRunLength], 1e-8)).toBeUndefined();
    expect(firstDifference(whole.recentProbability, [...fractional.recentProbability], 1e-8)).toBeUndefined();
  }
});

test('a NaN changes nothing; a flat market is one regime', () => {
  const plain = bayesianChangePoints({ value: Float64Array.of(1, 2, 3) }).meanRunLength, holed = bayesianChangePoints({ value: Float64Array.of(1, NaN, 2, 3) }).meanRunLength;
  expect([...holed]).toEqual([plain[0], NaN, plain[1], plain[2]]);
  const flat = bayesianChangePoints({ value: new Float64Array(300).fill(0.5) });
  expect([flat.runLength[299], flat.events.length]).toEqual([100, 0]);
});

test('options out of range are refused by name', () => {
  const one = { value: new Float64Array(1) };
  expect(() => bayesianChangePoints(one, { expectedRunLength: 1 })).toThrow(new RangeError('bayesianChangePoints: expectedRunLength must be above 1, was 1'));
  expect(() => bayesianChangePoints(one, { deviation: 0 })).toThrow(new RangeError('bayesianChangePoints: deviation must be a positive number, was 0'));
  expect(() => bayesianChangePoints(one, { maximumRunLength: 0 })).toThrow(new RangeError('bayesianChangePoints: maximumRunLength must be a positive integer, was 0'));
});
