import { describe, expect, test } from 'vitest';
import { equitySchema, fillSchema, roundTripSchema } from '@zanzibar/core';
import { resultTable } from '../result/index.ts';
import { annualReturn, averageTrade, chooseReturnPeriod, computeMetrics, expectancy, exposure, hitRate, longestDrawdown, maximumDrawdown, metricNames, periodEnds, profitFactor, sharpeRatio, simpleReturns, sortinoRatio, turnover } from './index.ts';
import type { MetricsInput } from './index.ts';

const day = 86_400_000_000_000n;

/** Equity once a day, round trips with these nets. */
function run(equity: readonly number[], net: readonly number[], minimum?: MetricsInput['minimum']): MetricsInput {
  return {
    cash: 100, from: 0n, to: BigInt(equity.length) * day, roundTrips: resultTable(roundTripSchema, { net: Float64Array.from(net) }),
    equity: resultTable(equitySchema, { time: BigInt64Array.from(equity, (_, i) => BigInt(i + 1) * day), equity: Float64Array.from(equity) }),
    fills: resultTable(fillSchema, {
      time: BigInt64Array.of(day, 2n * day), side: Int8Array.of(1, -1), quantity: Float64Array.of(2, 2), price: Float64Array.of(25, 30), instrument: Int32Array.of(0, 0),
    }, 2, { instrument: ['X'] }),
    period: { name: 'tradeDate', perYear: 252, endOf: time => time }, held: [{ first: 100, last: 105 }], minimum,
  };
}

describe('single figures, worked by hand', () => {
  test('drawdown: 110 to 88 is a fifth, from row 0 to the recovery in row 4; the longest is counted over all', () => {
    const equity = [110, 99, 88, 100, 110, 109];
    const { depth, peakRow, troughRow, recoveryRow } = maximumDrawdown(100, equity);
    expect(depth).toBeCloseTo(0.2, 15);
    expect([peakRow, troughRow, recoveryRow]).toEqual([0, 2, 4]);
    expect(longestDrawdown(100, equity)).toBe(4);
    expect(longestDrawdown(100, [99, 98, 97])).toBe(3);
    expect(longestDrawdown(100, [101, 102])).toBe(0);
    expect(maximumDrawdown(100, [101, 102])).toEqual({ depth: 0, peakRow: -1, troughRow: -1, recoveryRow: -1 });
  });

  test('a fall from the start counts: the start is a peak', () => {
    expect(maximumDrawdown(100, [90, 95])).toMatchObject({ peakRow: -1, troughRow: 0, recoveryRow: -1 });
    expect(maximumDrawdown(100, [90, 95]).depth).toBeCloseTo(0.1, 15);
  });

  test('round trips 2, -1, 0, 3: half hit, 5 won for 1 lost, 1 on average, one average loss', () => {
    const net = [2, -1, 0, 3];
    expect([hitRate(net), profitFactor(net), averageTrade(net), expectancy(net)]).toEqual([0.5, 5, 1, 1]);
  });

  test('what is not defined is NaN, never 0 or infinite', () => {
    for (const value of [profitFactor([1, 2]), expectancy([1]), hitRate([]), averageTrade([]), sharpeRatio([0.1], 252), sortinoRatio([0.1, 0.2], 252), annualReturn(-1.5, 1), annualReturn(0.1, 0)]) {
      expect(value).toBeNaN();
    }
    expect(annualReturn(-1, 2)).toBe(-1);
  });

  test('pitfall 19: returns that differ by rounding alone have no Sharpe ratio, though their deviation is about 1e-17', () => {
    const same = Array.from({ length: 30 }, () => 0.1);
    same[7] = 0.1 + 2e-17;
    same[8] = 0.10000000000000002;
    expect(sharpeRatio(same, 252)).toBeNaN();
  });

  test('exposure counts overlapping positions once and an open one to the end', () => {
    const fills = [
      { time: 2, instrument: 0, quantity: 1 }, { time: 3, instrument: 1, quantity: -1 }, { time: 4, instrument: 0, quantity: -1 }, { time: 5, instrument: 1, quantity: 1 },
      { time: 9, instrument: 0, quantity: 1 },
    ];
    expect(exposure(fills, 0, 10)).toBe(0.4);
    expect(exposure([], 0, 10)).toBe(0);
    expect(exposure([], 5, 5)).toBeNaN();
  });

  test('turnover of 300 on equity of 100 and 200 is 2', () => {
    expect(turnover([-100, 200], [100, 200])).toBe(2);
  });
});

describe('return periods', () => {
  test('the last row of each period is its end; a period without rows makes no return', () => {
    const time = BigInt64Array.from([1, 5, 10, 11, 35, 40], BigInt), endOf = (at: bigint): bigint => ((at + 9n) / 10n) * 10n;
    const rows = periodEnds(time, endOf);
    expect(Array.from(rows)).toEqual([2, 3, 5]);
    expect(Array.from(simpleReturns(100, [1, 1, 110, 121, 1, 60.5], rows))).toEqual([110 / 100 - 1, 121 / 110 - 1, 60.5 / 121 - 1]);
    expect(periodEnds(new BigInt64Array(0), endOf).length).toBe(0);
  });

  test('a run of fewer than 60 trade dates takes its slowest bar, from 60 on the trade date', () => {
    const daily = { name: 'tradeDate', perYear: 252, endOf: (time: bigint) => time }, bar = { name: '5m', perYear: 74_880, endOf: (time: bigint) => time };
    expect([chooseReturnPeriod(59, daily, bar).name, chooseReturnPeriod(60, daily, bar).name, chooseReturnPeriod(5, daily, undefined).name]).toEqual(['5m', 'tradeDate', 'tradeDate']);
  });
});

describe('all figures of a run', () => {
  test('pitfall 19: below the minimum of samples a figure is not available and says why', () => {
    const { figures } = computeMetrics(run([101, 102, 101], [1, -1, 2]));
    for (const name of ['sharpeRatio', 'sortinoRatio', 'annualVolatility'] as const) {
      expect(figures[name].value).toBeNaN();
      expect(figures[name].reason).toBe('3 returns, needs 20');
    }
    expect(figures.annualReturn.reason).toBe('covers 0.1 months of trading, needs 1.0');
    expect(figures.hitRate).toMatchObject({ value: NaN, reason: '3 round trips, needs 10' });
    expect(figures.totalReturn.value).toBeCloseTo(0.01, 15);
  });

  test('every figure of a run that is long enough has a value, a unit and a definition', () => {
    const equity = Array.from({ length: 300 }, (_, i) => 100 + Math.sin(i) + i / 100), net = Array.from({ length: 36 }, (_, i) => (i % 3) - 0.9);
    const metrics = computeMetrics({ ...run(equity, net), benchmark: equity.map((_, i) => Math.cos(i) / 100) });
    expect(Object.keys(metrics.figures)).toEqual([...metricNames]);
    for (const { value, reason, definition } of Object.values(metrics.figures)) {
      expect(value).toSatisfy(Number.isFinite);
      expect(reason).toBe('');
      expect(definition).not.toBe('');
    }
    expect(metrics).toMatchObject({ returnPeriod: 'tradeDate', periodsPerYear: 252, returnCount: 300 });
    expect(metrics.figures.exposure.value).toBeCloseTo(1 / 300, 12);
    expect(metrics.figures.excessReturn.value).toBeCloseTo(metrics.figures.totalReturn.value - 0.05, 15);
    expect(metrics.figures.turnover.value).toBeCloseTo(110 / (equity.reduce((sum, value) => sum + value) / 300), 12);
  });

  test('VaR needs 100 returns, shape 60, system quality 30 round trips, alpha and beta a benchmark', () => {
    const { figures } = computeMetrics(run(Array.from({ length: 50 }, (_, i) => 100 + Math.sin(i)), Array.from({ length: 29 }, (_, i) => (i % 3) - 0.9)));
    expect((['valueAtRisk', 'expectedShortfall', 'tailRatio', 'skewness', 'kurtosis', 'systemQuality', 'alpha', 'beta', 'informationRatio'] as const).map(name => [figures[name].value, figures[name].reason])).toEqual([
      [NaN, '50 returns, needs 100'], [NaN, '50 returns, needs 100'], [NaN, '50 returns, needs 100'], [NaN, '50 returns, needs 60'], [NaN, '50 returns, needs 60'], [NaN, '29 round trips, needs 30'],
      [NaN, 'no benchmark'], [NaN, 'no benchmark'], [NaN, 'no benchmark'],
    ]);
    expect(figures.omegaRatio.value).toBeGreaterThan(0);
  });

  test('a run without loss has no profit factor, and says that nothing was lost', () => {
    const { figures } = computeMetrics(run([101, 102], Array.from({ length: 10 }, () => 1)));
    expect(figures.profitFactor).toMatchObject({ value: NaN, reason: 'nothing was lost' });
  });

  test('a run that did nothing has a return of 0, no drawdown and no ratios', () => {
    const still = computeMetrics({ ...run(Array.from({ length: 40 }, () => 100), []), fills: resultTable(fillSchema, {}) });
    expect(still.figures.totalReturn.value).toBe(0);
    expect(still.figures.maximumDrawdown.value).toBe(0);
    expect(still.figures.sharpeRatio).toMatchObject({ value: NaN, reason: 'returns do not vary' });
    expect(still.figures.exposure.value).toBe(0);
  });
});
