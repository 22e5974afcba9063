/** Figures of returns against empyrical-reloaded 0.7.1 and quantstats 0.0.86 (oracles/metrics/returns.py), PerformanceAnalytics and backtesting.py. Where they differ, the test says by what. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compensatedSum, dayNumber, dayStart, formatTime, kurtosis, mean, parseTime, skewness, standardDeviation, weekday } from '@zanzibar/core';
import { historicalExpectedShortfall, historicalValueAtRisk } from '@zanzibar/engines/risk';
import { normal, seriesA, uniforms } from '../../test/reference-data.ts';
import { benchmarkFigures, monthlyReturns, omegaRatio, rollingFigure, sharpeRatio, sortinoRatio, systemQuality, tailRatio, worstDrawdowns } from './index.ts';

const root = new URL('../../../../', import.meta.url), oracle = JSON.parse(readFileSync(new URL('oracles/metrics/returns.json', root), 'utf8'));
const close = (actual: number, expected: number, relative: number = 1e-11): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-3));
};

/** Equity of 1 invested at these returns, at the end of each day. */
function grow(returns: ArrayLike<number>): Float64Array {
  let equity = 1;
  return Float64Array.from(returns, r => (equity *= 1 + r));
}

function check(returns: Float64Array, benchmark: Float64Array, dates: readonly string[], { empyrical, quantstats }: any): void {
  const perYear = 252, pair = benchmarkFigures(returns, benchmark, perYear), curve = grow(returns), times = BigInt64Array.from(dates, date => parseTime(date) + 82_800_000_000_000n);
  for (const program of [empyrical, quantstats]) {
    close(omegaRatio(returns, perYear), program.omega);
    close(tailRatio(returns), program.tail);
    close(pair.beta, program.beta, 1e-9);
  }
  // Its threshold is a daily rate that compounds to 10 %, ours a 252nd of the yearly one: the same rate, stated in our way, gives the same.
  close(omegaRatio(returns, perYear, perYear * Math.expm1(Math.log1p(0.1) / perYear)), empyrical.omegaAbove10Percent, 1e-9);
  close(sharpeRatio(returns, perYear), empyrical.sharpe);
  close(sortinoRatio(returns, perYear), empyrical.sortino);
  close(skewness(returns), quantstats.skew);
  close(kurtosis(returns), quantstats.kurtosis);
  close(pair.alpha, quantstats.alpha, 1e-9);
  // empyrical compounds the daily alpha over the year.
  close(Math.expm1(perYear * Math.log1p(pair.alpha / perYear)), empyrical.alpha, 1e-9);
  // Neither scales the information ratio to a year.
  expect(pair.informationRatio / Math.sqrt(perYear)).toBeCloseTo(empyrical.excessSharpe, 13);
  expect(pair.informationRatio / Math.sqrt(perYear)).toBeCloseTo(quantstats.informationRatio, 13);
  close(-historicalValueAtRisk(returns), empyrical.valueAtRisk);
  // quantstats's value at risk and shortfall are those of a normal distribution with the sample's mean and deviation.
  close(mean(returns) - 1.6448536269514722 * standardDeviation(returns), quantstats.valueAtRisk);
  // empyrical's shortfall is the mean of the floor((n - 1) / 20) + 1 worst; ours of the n / 20 worst, with a fraction of the last.
  const worst = returns.slice().sort(), count = Math.floor((returns.length - 1) * 0.05) + 1;
  close(compensatedSum(worst, 0, count) / count, empyrical.conditionalValueAtRisk);
  close(-historicalExpectedShortfall(returns), (compensatedSum(worst, 0, Math.ceil(returns.length / 20) - 1) + (returns.length / 20 - Math.ceil(returns.length / 20) + 1) * worst[Math.ceil(returns.length / 20) - 1]) / (returns.length / 20));
  const months = monthlyReturns(1, times, curve);
  expect(months.map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`)).toEqual(Object.keys(empyrical.months));
  Object.values(empyrical.months).forEach((value, k) => close(months[k].value, value as number, 1e-9));
  const rolled = rollingFigure(returns, 63, part => sharpeRatio(part, perYear));
  expect(rolled.row.length).toBe(empyrical.rollingSharpe.count);
  close(rolled.value[0], empyrical.rollingSharpe.first, 1e-9);
  close(rolled.value[rolled.value.length - 1], empyrical.rollingSharpe.last, 1e-9);
  close(compensatedSum(rolled.value), empyrical.rollingSharpe.sum, 1e-9);
  const beta = rollingFigure(returns, 63, (part, from) => benchmarkFigures(part, benchmark.subarray(from, from + 63), perYear).beta, 1);
  close(beta.value[0], empyrical.rollingBetaLast, 1e-9);
  // quantstats names the first row under water and the last one, ours are the peak before and the recovery after; its depth is in percent.
  const drawdowns = worstDrawdowns(1, curve, 5);
  expect(drawdowns.map(({ peakRow, troughRow, recoveryRow }) => [peakRow + 1, troughRow, recoveryRow < 0 ? dates.length - 1 : recoveryRow - 1].map(row => dates[row]).join(' '))).toEqual(quantstats.drawdowns.map(([span]: [string]) => span));
  drawdowns.forEach(({ depth }, k) => close(-depth * 100, quantstats.drawdowns[k][1], 1e-9));
  close(-drawdowns[0].depth, empyrical.maximumDrawdown);
}

test('empyrical and quantstats agree on the seeded returns with their benchmark', () => {
  const returns = seriesA(), stream = uniforms(54_321), benchmark = returns.map(r => 0.0002 + 0.6 * r + 0.006 * normal(stream)), dates: string[] = [];
  expect(benchmark[0]).toBe(oracle.benchmark.first);
  close(compensatedSum(benchmark), oracle.benchmark.sum);
  for (let day = dayNumber(2020, 1, 1); dates.length < 500; day++) if (weekday(day) % 6 !== 0) dates.push(formatTime(dayStart(day)).slice(0, 10));
  check(returns, benchmark, dates, oracle.seeded);
});

const pyfolio = new URL('../shared/oracles/pyfolio/test_returns.csv.gz', root);
test.skipIf(!existsSync(fileURLToPath(pyfolio)))("empyrical and quantstats agree on pyfolio's six years of returns (skipped without ../shared/oracles/pyfolio)", () => {
  const lines = gunzipSync(readFileSync(pyfolio)).toString().trim().split(/\r?\n/), returns = Float64Array.from(lines, line => Number(line.split(',')[1])), { length } = returns;
  expect([length, returns[0]]).toEqual([oracle.pyfolio.count, oracle.pyfolio.first]);
  close(compensatedSum(returns), oracle.pyfolio.sum);
  check(returns, Float64Array.from(returns, (_, i) => returns[(i + length - 1) % length]), lines.map(line => line.slice(0, 10)), oracle.pyfolio);
});

test('system quality is backtesting.py\'s SQN of the same trades', () => {
  const { trades, figures } = JSON.parse(readFileSync(new URL('oracles/metrics/backtesting-py.json', root), 'utf8')) as { trades: number[][]; figures: { SQN: number } };
  close(systemQuality(trades.map(trade => trade[5])), figures.SQN);
});

const bacon = new URL('../shared/oracles/performance/bacon.csv', root), ham1 = new URL('../shared/oracles/performance/ham1.csv', root);
describe.skipIf(!existsSync(fileURLToPath(bacon)))('PerformanceAnalytics, HAM1 and Bacon against their benchmarks (skipped without ../shared/oracles/performance)', () => {
  const columns = (file: URL, scale: number): Float64Array[] => [1, 2].map(k => Float64Array.from(readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1), line => Number(line.split(',')[k]) / scale));

  test("Bacon's 24 months: skew, kurtosis, Omega as the Bernardo-Ledoit ratio", () => {
    const [returns] = columns(bacon, 100), count = 24, g1 = -0.0825624552, excess = 2.4324537941 - 3;
    // The book's shape is that of the population; ours is adjusted for the sample, by factors of n alone.
    close(skewness(returns), (g1 * Math.sqrt(count * (count - 1))) / (count - 2), 1e-8);
    close(kurtosis(returns), -0.4076603212, 1e-8);
    expect(excess).toBeLessThan(0);
    close(omegaRatio(returns, 12), 1.7797833935, 1e-9);
  });

  test('HAM1 on the S&P 500: beta, alpha and correlation are those of the regression solved by its normal equations (brute force)', () => {
    const [own, market] = columns(ham1, 1), n = own.length, sum = (values: ArrayLike<number>): number => compensatedSum(values);
    const sx = sum(market), sy = sum(own), sxx = sum(market.map(b => b * b)), sxy = sum(market.map((b, i) => b * own[i])), slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    const { beta, alpha, correlation, count } = benchmarkFigures(own, market, 12);
    expect(count).toBe(132);
    close(beta, slope, 1e-9);
    close(alpha, (12 * (sy - slope * sx)) / n, 1e-9);
    const residual = own.map((r, i) => r - slope * market[i]);
    close(1 - (standardDeviation(residual) / standardDeviation(own)) * (standardDeviation(residual) / standardDeviation(own)), correlation * correlation, 1e-9);
  });
});
