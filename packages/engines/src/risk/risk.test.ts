/** Oracles: closed sums by hand; the reference figures of validation (series A and B, recomputed from skfolio's and empyrical's definitions); R by PerformanceAnalytics. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compensatedSum, randomStream } from '@zanzibar/core';
import { seededNormals } from '../../test/reference/seeded-series.ts';
import { historicalExpectedShortfall, historicalValueAtRisk } from './index.ts';

function seriesA(): Float64Array {
  const z = seededNormals(12_345);
  return Float64Array.from({ length: 500 }, () => 0.0004 + 0.01 * z());
}

/** A GARCH(1,1) with AR(1) mean, percent. */
function seriesB(): Float64Array {
  const z = seededNormals(2024);
  let h = 1, e = 0, before = 0;
  return Float64Array.from({ length: 1000 }, (_, t) => {
    h = t === 0 ? 1 : 0.05 + 0.1 * e * e + 0.85 * h;
    e = Math.sqrt(h) * z();
    return (before = 0.02 + 0.15 * before + e);
  });
}

const shared = new URL('../../../../../shared/oracles/performance/', import.meta.url);
const close = (actual: number, expected: number, relative: number = 1e-11): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

describe('value at risk and expected shortfall of the reference series (skfolio, empyrical)', () => {
  const a = seriesA(), b = seriesB();

  test('the series are those that the figures belong to', () => {
    close(a[0], 0.0032438674299250622, 1e-15);
    close(compensatedSum(a), 0.50544712509282);
    close(b[0], -1.6502633642918725, 1e-15);
    close(compensatedSum(b), 4.170032447487, 1e-10);
  });

  test('historical at 5 and 1 percent, interpolated and observed', () => {
    close(historicalValueAtRisk(a), 0.0153933321338, 1e-11);
    close(historicalValueAtRisk(a, { probability: 0.01 }), 0.0248927778112, 1e-11);
    close(historicalValueAtRisk(a, { quantileType: 1 }), 0.015564137542, 1e-10);
    close(historicalValueAtRisk(a, { probability: 0.01, quantileType: 1 }), 0.0252950475721, 1e-11);
    close(historicalValueAtRisk(b), 1.68557173696, 1e-11);
    close(historicalValueAtRisk(b, { probability: 0.01 }), 2.42946488521, 1e-11);
    close(historicalValueAtRisk(b, { quantileType: 1 }), 1.70059262391, 1e-11);
  });

  test('expected shortfall', () => {
    close(historicalExpectedShortfall(a), 0.0199533760261, 1e-11);
    close(historicalExpectedShortfall(a, { probability: 0.01 }), 0.0269806512213, 1e-11);
    close(historicalExpectedShortfall(b), 2.18077530525, 1e-11);
    close(historicalExpectedShortfall(b, { probability: 0.01 }), 2.88224838352, 1e-11);
  });
});

describe.skipIf(!existsSync(fileURLToPath(shared)))('PerformanceAnalytics, HAM1 (skipped without ../shared/oracles/performance)', () => {
  const lines = (): string[] => readFileSync(new URL('ham1.csv', shared), 'utf8').trim().split(/\r?\n/).slice(1);

  test('historical value at risk is its figure; its shortfall is the mean at or below that, ours counts the part of a seventh month', () => {
    const returns = Float64Array.from(lines(), line => Number(line.split(',')[1])), expected = JSON.parse(readFileSync(new URL('ham1.expected.shared.json', shared), 'utf8'));
    expect(returns.length).toBe(132);
    expect(historicalValueAtRisk(returns).toFixed(4)).toBe(expected.historical_VaR_95.value.toFixed(4));
    const below = returns.filter(r => r <= -historicalValueAtRisk(returns)).sort();
    expect((-compensatedSum(below) / below.length).toFixed(4)).toBe(expected.historical_ES_95.value.toFixed(4));
    // 5 % of 132 months are 6.6: the seven worst, the seventh with weight 0.6.
    expect(below.length).toBe(7);
    close(historicalExpectedShortfall(returns), -(compensatedSum(below, 0, 6) + 0.6 * below[6]) / 6.6, 1e-12);
  });
});

describe('by hand and in general', () => {
  test('examples of the headers', () => {
    expect(historicalValueAtRisk([-0.02, -0.01, 0, 0.01, 0.02], { probability: 0.25 })).toBe(0.01);
    expect(historicalExpectedShortfall([0.02, -0.02, -0.03, 0.01, 0], { probability: 0.3 })).toBeCloseTo(0.08 / 3, 15);
  });

  test('the shortfall is the minimum of the function of Rockafellar and Uryasev over its thresholds, and never below the value at risk (brute force)', () => {
    const random = randomStream(3, 'tails');
    for (let round = 0; round < 200; round++) {
      const returns = Float64Array.from({ length: random.integer(1, 60) }, () => random.normal()), probability = 0.01 + 0.9 * random.uniform();
      // The minimum of a piecewise linear function lies at one of its corners.
      const values = Array.from(returns, at => -at + compensatedSum(returns.map(r => Math.max(at - r, 0))) / (probability * returns.length));
      expect(historicalExpectedShortfall(returns, { probability })).toBeCloseTo(Math.min(...values), 12);
      expect(historicalExpectedShortfall(returns, { probability })).toBeGreaterThanOrEqual(historicalValueAtRisk(returns, { probability, quantileType: 1 }) - 1e-12);
    }
  });

  test('coherent: a certain gain moves both by itself, and twice the returns is twice the loss', () => {
    const a = seriesA();
    for (const risk of [historicalValueAtRisk, historicalExpectedShortfall]) {
      expect(risk(a.map(r => r + 0.01))).toBeCloseTo(risk(a) - 0.01, 14);
      expect(risk(a.map(r => 2 * r))).toBeCloseTo(2 * risk(a), 14);
    }
  });

  test('no return and NaN give NaN; a probability of 0, 1 or NaN is an error', () => {
    for (const risk of [historicalValueAtRisk, historicalExpectedShortfall]) {
      expect(risk([])).toBeNaN();
      expect(risk([0.1, NaN])).toBeNaN();
      for (const probability of [0, 1, NaN, -0.1]) expect(() => risk([1], { probability })).toThrow(RangeError);
    }
  });
});
