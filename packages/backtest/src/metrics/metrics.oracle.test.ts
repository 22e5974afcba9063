import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compensatedSum, variance } from '@zanzibar/core';
import { seededCloses, seriesA } from '../../test/reference-data.ts';
import {
  annualReturn, annualVolatility, averageTrade, buyAndHoldReturn, calmarRatio, drawdowns, exposure, hitRate, longestDrawdown, maximumDrawdown, profitFactor, sharpeRatio, simpleReturns,
  sortinoRatio, totalReturn,
} from './index.ts';

const root = new URL('../../../../', import.meta.url), shared = new URL('../shared/oracles/performance/', root);
const load = (path: string): any => JSON.parse(readFileSync(fileURLToPath(new URL(path, root)), 'utf8'));
const rows = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const close = (actual: number, expected: number, relative: number = 1e-12): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-3));
};
/** Equity of 1 invested at these returns. */
function grow(returns: ArrayLike<number>): Float64Array {
  let equity = 1;
  return Float64Array.from(returns, r => (equity *= 1 + r));
}

describe('series A of the reference data, figures recomputed from the definitions in empyrical, ffn and quantstats', () => {
  const returns = seriesA();

  test('the series is the one that the figures belong to', () => {
    expect(returns[0]).toBe(0.0032438674299250622);
    close(compensatedSum(returns), 0.50544712509282);
  });

  test('Sharpe, Sortino, volatility, return, drawdown and Calmar are theirs to the digits given', () => {
    const curve = grow(returns), growth = annualReturn(curve[499] - 1, 500 / 252), { depth } = maximumDrawdown(1, curve);
    close(sharpeRatio(returns, 252), 1.59674026002, 1e-11);
    close(sortinoRatio(returns, 252), 2.4759448171, 1e-11);
    close(annualVolatility(returns, 252), 0.159540883026, 1e-11);
    close(growth, 0.273721430247, 1e-11);
    close(depth, 0.0802771788105, 1e-11);
    close(calmarRatio(growth, depth), 3.40970415631, 1e-11);
    close(profitFactor(returns), 1.28996895203, 1e-11);
  });
});

describe('vectorbt 1.2.0 on our seeded bars (oracles/metrics/vectorbt.py)', () => {
  const oracle = load('oracles/metrics/vectorbt.json'), { figures, cash } = oracle, equity = Float64Array.from(oracle.equity), net = Float64Array.from(oracle.net);
  const returns = simpleReturns(cash, equity, rows(equity.length)), closes = seededCloses(oracle.seed, oracle.count);

  test('both sides read the same prices', () => {
    expect(closes[0]).toBe(oracle.close.first);
    expect(closes[499]).toBe(oracle.close.last);
  });

  test('return, volatility and ratios agree', () => {
    const total = totalReturn(cash, equity[499]), growth = annualReturn(total, 500 / 252), { depth } = maximumDrawdown(cash, equity);
    close(total, figures.totalReturn);
    close(growth, figures.annualReturn);
    close(annualVolatility(returns, 252), figures.annualVolatility);
    close(sharpeRatio(returns, 252), figures.sharpeRatio);
    close(sortinoRatio(returns, 252), figures.sortinoRatio);
    close(calmarRatio(growth, depth), figures.calmarRatio);
    close(buyAndHoldReturn([{ first: closes[0], last: closes[499] }]), figures.buyAndHoldReturn);
  });

  test('drawdown agrees, with the opposite sign: ours is a loss as a positive fraction', () => {
    close(-maximumDrawdown(cash, equity).depth, figures.maximumDrawdown);
    expect(longestDrawdown(cash, equity)).toBe(figures.longestDrawdownDays);
  });

  test('hit rate, profit factor and average trade agree; it calls the last expectancy', () => {
    expect(net.length).toBe(figures.roundTripCount);
    close(hitRate(net), figures.hitRate);
    close(profitFactor(net), figures.profitFactor);
    close(averageTrade(net), figures.averageTrade);
  });

  test('exposure is the share of time in a position, where it counts rows that hold one', () => {
    const fills = (oracle.orders as number[][]).map(([row, side, size]) => ({ time: row, instrument: 0, quantity: side * size }));
    // A position bought at the close of row 25 and sold at that of row 45 is held on 20 of its rows and for 20 of our days.
    close(exposure(fills, 0, oracle.count), figures.coverage);
  });
});

describe('backtesting.py 0.6.6 on our seeded bars (oracles/metrics/backtesting-py.py)', () => {
  const oracle = load('oracles/metrics/backtesting-py.json'), { figures, cash } = oracle, equity = Float64Array.from(oracle.equity);
  const returns = simpleReturns(cash, equity, rows(equity.length)), trades = oracle.trades as number[][], net = trades.map(trade => trade[5]);
  // It counts returns between rows, 499, where ours also count the one from the start to the first row.
  const total = totalReturn(cash, equity[499]), growth = annualReturn(total, 499 / 365), { depth } = maximumDrawdown(cash, equity);

  test('both sides read the same prices', () => {
    const closes = seededCloses(oracle.seed, oracle.count);
    expect(closes[0]).toBe(oracle.close.first);
    expect(closes[499]).toBe(oracle.close.last);
  });

  test('return, annual return, Sortino, Calmar, drawdown and its duration agree', () => {
    close(total * 100, figures['Return [%]']);
    close(growth * 100, figures['Return (Ann.) [%]']);
    close(-depth * 100, figures['Max. Drawdown [%]']);
    close(calmarRatio(growth, depth), figures['Calmar Ratio']);
    expect(longestDrawdown(cash, equity)).toBe(figures['Max. Drawdown Duration']);
  });

  test('its Sortino and Sharpe divide the compound annual return, where ours take the mean: with its numerator they agree', () => {
    const own = returns.subarray(1), yearly = Float64Array.from(own, r => Math.min(r, 0)), downside = Math.sqrt((compensatedSum(yearly.map(r => r * r)) / own.length) * 365);
    close(growth / downside, figures['Sortino Ratio'], 1e-9);
    close(sortinoRatio(own, 365) * downside, (compensatedSum(own) / own.length) * 365);
    // Its volatility is that of a compounded year: sqrt((s^2 + g^2)^365 - g^730) with g = 1 + the geometric mean.
    const g = Math.exp(Math.log1p(growth) / 365), compounded = Math.sqrt(Math.exp(365 * Math.log(variance(own) + g * g)) - Math.exp(730 * Math.log(g)));
    close(compounded * 100, figures['Volatility (Ann.) [%]'], 1e-9);
    close(growth / compounded, figures['Sharpe Ratio'], 1e-9);
    expect(annualVolatility(own, 365)).toBeLessThan(compounded);
  });

  test('hit rate agrees; its profit factor and expectancy are of returns in percent of the entry, ours of money', () => {
    close(hitRate(net) * 100, figures['Win Rate [%]']);
    const percent = trades.map(trade => trade[6]);
    close(profitFactor(percent), figures['Profit Factor']);
    close(averageTrade(percent) * 100, figures['Expectancy [%]']);
    expect(Math.abs(profitFactor(net) - figures['Profit Factor'])).toBeGreaterThan(1e-3);
  });

  test('profit of the trades is what equity gained', () => {
    close(compensatedSum(net), equity[499] - cash, 1e-9);
  });
});

describe.skipIf(!existsSync(fileURLToPath(shared)))('PerformanceAnalytics, HAM1 and Bacon (skipped without ../shared/oracles/performance)', () => {
  const column = (file: string, index: number): Float64Array => Float64Array.from(
    readFileSync(fileURLToPath(new URL(file, shared)), 'utf8').trim().split(/\r?\n/).slice(1), line => Number(line.split(',')[index]),
  );

  test('HAM1, 132 months: Sortino, Calmar, drawdown and Sharpe', () => {
    const returns = column('ham1.csv', 1), expected = JSON.parse(readFileSync(fileURLToPath(new URL('ham1.expected.shared.json', shared)), 'utf8')), curve = grow(returns);
    expect(returns.length).toBe(132);
    close(sortinoRatio(returns, 1), expected.sortino_mar_0.value);
    const { depth } = maximumDrawdown(1, curve);
    expect(depth.toFixed(4)).toBe(expected.max_drawdown.value.toFixed(4));
    close(calmarRatio(annualReturn(curve[131] - 1, 132 / 12), depth), expected.calmar.value);
    expect(sharpeRatio(returns, 1).toFixed(3)).toBe(expected.prob_sharpe_ref_0_23.sharpe.toFixed(3));
  });

  test('Bacon, 24 months: annual return and drawdown', () => {
    const returns = column('bacon.csv', 1).map(percent => percent / 100), curve = grow(returns);
    expect(returns.length).toBe(24);
    close(annualReturn(curve[23] - 1, 2), 0.1036782897, 1e-9);
    close(maximumDrawdown(1, curve).depth, 0.144672955739, 1e-11);
    close(Math.sqrt(compensatedSum(drawdowns(1, curve).map(d => d * d)) / 24), 0.0611842873, 1e-9);
    // Downside deviation below 0.5 % a month, .0255367382: what our Sortino divides by.
    const downside = ((compensatedSum(returns) / 24 - 0.005) / sortinoRatio(returns, 1, 0.005));
    close(downside, 0.0255367382, 4e-9);
  });
});
