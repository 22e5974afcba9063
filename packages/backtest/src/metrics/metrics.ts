/** All figures of a run with their definitions; what too few samples cannot carry is not available and says why. */
import { kurtosis, skewness } from '@zanzibar/core';
import { historicalExpectedShortfall, historicalValueAtRisk } from '@zanzibar/engines/risk';
import { annualReturn } from './annual-return.ts';
import { annualVolatility } from './volatility.ts';
import { averageTrade } from './average-trade.ts';
import { benchmarkFigures } from './benchmark-figures.ts';
import { buyAndHoldReturn } from './buy-and-hold.ts';
import type { HeldInstrument } from './buy-and-hold.ts';
import { calmarRatio } from './calmar-ratio.ts';
import { longestDrawdown, maximumDrawdown } from './drawdown.ts';
import { expectancy } from './expectancy.ts';
import { exposure } from './exposure.ts';
import type { SignedFill } from './exposure.ts';
import { hitRate } from './hit-rate.ts';
import { minimumSamples } from './metric.ts';
import type { Metric, MetricUnit, MinimumSamples } from './metric.ts';
import { omegaRatio } from './omega-ratio.ts';
import { profitFactor } from './profit-factor.ts';
import { daysSince, periodEnds, simpleReturns } from './return-period.ts';
import type { ReturnPeriod } from './return-period.ts';
import { sharpeRatio } from './sharpe-ratio.ts';
import { sortinoRatio } from './sortino-ratio.ts';
import { systemQuality } from './system-quality.ts';
import { tailRatio } from './tail-ratio.ts';
import { totalReturn } from './total-return.ts';
import { notionals } from './notionals.ts';
import { turnover } from './turnover.ts';
import { numbersOf, timesOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';

export const metricNames = [
  'totalReturn', 'annualReturn', 'annualVolatility', 'sharpeRatio', 'sortinoRatio', 'calmarRatio', 'maximumDrawdown', 'drawdownDays', 'exposure', 'turnover',
  'roundTripCount', 'hitRate', 'profitFactor', 'expectancy', 'averageTrade', 'buyAndHoldReturn', 'excessReturn',
  'omegaRatio', 'tailRatio', 'skewness', 'kurtosis', 'valueAtRisk', 'expectedShortfall', 'systemQuality', 'alpha', 'beta', 'informationRatio',
] as const;
export type MetricName = (typeof metricNames)[number];

export interface Metrics {
  /** `tradeDate`, or the interval of the bars that returns are of. */
  readonly returnPeriod: string;
  readonly periodsPerYear: number;
  readonly returnCount: number;
  readonly figures: { readonly [N in MetricName]: Metric };
}

export interface MetricsInput {
  /** Account currency at the start. */
  readonly cash: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly equity: ResultTable;
  readonly fills: ResultTable;
  readonly roundTrips: ResultTable;
  readonly period: ReturnPeriod;
  /** First and last price of each instrument in the run. */
  readonly held: readonly HeldInstrument[];
  /** Returns of the benchmark over the same periods, one for each of the run's. @defaultValue none: alpha, beta and information ratio are not available */
  readonly benchmark?: ArrayLike<number>;
  /** Contract size by instrument. @defaultValue 1 */
  readonly multipliers?: { readonly [instrument: string]: number };
  /** Fraction a year. @defaultValue 0 */
  readonly riskFree?: number;
  readonly minimum?: Partial<MinimumSamples>;
}

/** The returns of a run at its return period. */
export function periodReturns({ cash, equity, period }: Pick<MetricsInput, 'cash' | 'equity' | 'period'>): Float64Array {
  return simpleReturns(cash, numbersOf(equity, 'equity'), periodEnds(timesOf(equity, 'time'), period.endOf));
}

export function computeMetrics(input: MetricsInput): Metrics {
  const { cash, equity, fills, roundTrips, period, held, riskFree = 0 } = input, minimum = { ...minimumSamples, ...input.minimum };
  const curve = numbersOf(equity, 'equity'), returns = periodReturns(input), years = returns.length / period.perYear;
  const net = numbersOf(roundTrips, 'net'), final = curve.length > 0 ? curve[curve.length - 1] : cash;
  const total = totalReturn(cash, final), yearly = annualReturn(total, years), depth = maximumDrawdown(cash, curve).depth;
  const hold = buyAndHoldReturn(held), length = daysSince(BigInt64Array.of(input.to), input.from)[0];

  const scaled = `${period.name} returns, ${round(period.perYear)} a year`;
  const fewReturns = tooFew(returns.length, minimum.returns, 'returns'), fewTrips = tooFew(roundTrips.length, minimum.roundTrips, 'round trips');
  const fewSystem = tooFew(roundTrips.length, minimum.systemTrips, 'round trips');
  const fewTail = tooFew(returns.length, minimum.tailReturns, 'returns'), fewShape = tooFew(returns.length, minimum.shapeReturns, 'returns');
  const { alpha, beta, informationRatio, count: pairs } = benchmarkFigures(returns, input.benchmark ?? new Float64Array(returns.length).fill(NaN), period.perYear, riskFree);
  const fewPairs = input.benchmark === undefined ? 'no benchmark' : tooFew(pairs, minimum.returns, 'returns');
  const fewYears = years < minimum.years ? `covers ${(years * 12).toFixed(1)} months of trading, needs ${(minimum.years * 12).toFixed(1)}` : '';
  return {
    returnPeriod: period.name,
    periodsPerYear: period.perYear,
    returnCount: returns.length,
    figures: {
      totalReturn: metric('Total return', 'fraction', total, 'final equity / cash at the start - 1', '', 'nothing to start with'),
      annualReturn: metric('Annual return', 'fraction a year', yearly, `compound, ${scaled}`, fewYears, 'more than everything was lost'),
      annualVolatility: metric('Volatility', 'fraction a year', annualVolatility(returns, period.perYear), `sample deviation (n - 1) of ${scaled}`, fewReturns, 'equity fell to 0 or below'),
      sharpeRatio: metric('Sharpe', 'ratio', sharpeRatio(returns, period.perYear, riskFree), `mean / sample deviation of ${scaled}, risk-free ${riskFree}`, fewReturns, 'returns do not vary'),
      sortinoRatio: metric('Sortino', 'ratio', sortinoRatio(returns, period.perYear), `mean / downside deviation below 0 over all ${scaled}`, fewReturns, 'no negative return'),
      calmarRatio: metric('Calmar', 'ratio', calmarRatio(yearly, depth), 'annual return / maximum drawdown', fewYears, 'no drawdown'),
      maximumDrawdown: metric('Max drawdown', 'fraction', depth, 'largest fall from a peak of equity or the start, every row of equity', '', ''),
      drawdownDays: metric('Longest drawdown', 'days', longestDrawdown(cash, curve, daysSince(timesOf(equity, 'time'), input.from)), 'peak to recovery or the end', '', ''),
      exposure: metric('Exposure', 'fraction', exposure(signedFills(fills, input.from), 0, length), 'time in a position / time of the run', '', 'run without length'),
      turnover: metric('Turnover', 'times', curve.length > 0 ? turnover(notionals(fills, input.multipliers), curve) : NaN, 'notional traded / mean equity, whole run', '', 'no equity'),
      roundTripCount: metric('Round trips', 'count', roundTrips.length, 'closed round trips', '', ''),
      hitRate: metric('Hit rate', 'fraction', hitRate(net), 'round trips with net above 0 / all', fewTrips, ''),
      profitFactor: metric('Profit factor', 'ratio', profitFactor(net), 'net won / net lost', fewTrips, 'nothing was lost'),
      expectancy: metric('Expectancy', 'ratio', expectancy(net), 'average trade / average loss', fewTrips, 'nothing was lost'),
      averageTrade: metric('Average trade', 'currency', averageTrade(net), 'mean net of round trips', fewTrips, ''),
      buyAndHoldReturn: metric('Buy and hold', 'fraction', hold, 'last / first price - 1, equal parts, no costs', '', 'no price'),
      excessReturn: metric('Over buy and hold', 'fraction', total - hold, 'total return - buy and hold', '', 'no price'),
      omegaRatio: metric('Omega', 'ratio', omegaRatio(returns, period.perYear), `gained / lost over all ${scaled}, threshold 0`, fewReturns, 'no negative return'),
      tailRatio: metric('Tail ratio', 'ratio', tailRatio(returns), `95 % / 5 % quantile of ${scaled}, in size`, fewTail, 'no bad tail'),
      skewness: metric('Skew', 'ratio', skewness(returns), `of ${scaled}, adjusted sample skewness, 0 for the normal`, fewShape, 'returns do not vary'),
      kurtosis: metric('Excess kurtosis', 'ratio', kurtosis(returns), `of ${scaled}, adjusted sample kurtosis, 0 for the normal`, fewShape, 'returns do not vary'),
      valueAtRisk: metric('VaR 95 %', 'fraction', historicalValueAtRisk(returns), `historical: loss that 5 % of ${scaled} exceed, quantile of type 7`, fewTail, 'equity fell to 0 or below'),
      expectedShortfall: metric('CVaR 95 %', 'fraction', historicalExpectedShortfall(returns), `historical: mean loss of the worst 5 % of ${scaled}`, fewTail, 'equity fell to 0 or below'),
      systemQuality: metric('SQN', 'ratio', systemQuality(net), 'root of the count * mean / sample deviation of net of round trips', fewSystem, 'round trips do not vary'),
      alpha: metric('Alpha', 'fraction a year', alpha, `part of the mean that beta does not explain, ${scaled}, benchmark buy and hold`, fewPairs, 'benchmark does not vary'),
      beta: metric('Beta', 'ratio', beta, `of ${scaled} on those of buy and hold`, fewPairs, 'benchmark does not vary'),
      informationRatio: metric('Information ratio', 'ratio', informationRatio, `mean / sample deviation of ${scaled} over buy and hold`, fewPairs, 'does not differ from the benchmark'),
    },
  };
}

function metric(title: string, unit: MetricUnit, value: number, definition: string, tooFew: string, undefinedBecause: string): Metric {
  const isGiven = tooFew === '' && Number.isFinite(value);
  return { value: isGiven ? value : NaN, unit, title, definition, reason: isGiven ? '' : tooFew === '' ? undefinedBecause : tooFew };
}

function tooFew(count: number, needed: number, what: string): string {
  return count < needed ? `${count} ${what}, needs ${needed}` : '';
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function signedFills(fills: ResultTable, from: bigint): SignedFill[] {
  const time = daysSince(timesOf(fills, 'time'), from), side = numbersOf(fills, 'side'), quantity = numbersOf(fills, 'quantity'), instrument = numbersOf(fills, 'instrument');
  return Array.from({ length: fills.length }, (_, i) => ({ time: time[i], instrument: instrument[i], quantity: side[i] * quantity[i] }));
}
