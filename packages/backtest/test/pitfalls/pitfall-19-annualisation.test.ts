import { calendarOf, defineInstrument, parseTime, randomStream } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { bars, defineStrategy, run, type Result } from '../../src/index.ts';
import { sharpeRatio } from '../../src/metrics/index.ts';
import { numbersOf, timesOf } from '../../src/result/index.ts';

const day = 86_400_000_000_000n, start = parseTime('2024-01-01');

/** Holds one unit of a random walk that has an hourly bar at every hour of these many days on which its market is open. */
function held(calendar: string, days: number): Result {
  const rules = calendarOf(calendar), random = randomStream(19, calendar), openTime: bigint[] = [], close: number[] = [];
  for (let time = start, price = 1000; time < start + BigInt(24 * days) * (day / 24n); time += day / 24n) {
    if (!rules.isOpen(time) || !rules.isOpen(time + day / 24n - 1n)) continue;
    openTime.push(time);
    close.push((price += random.integer(-40, 45) / 10));
  }
  const price = Float64Array.from(close), columns = { openTime: BigInt64Array.from(openTime), closeTime: BigInt64Array.from(openTime, (time) => time + day / 24n), open: price, high: price, low: price, close: price };
  const hold = defineStrategy({
    name: 'hold', parameters: {}, sources: () => ({ h1: bars('1h') }), init: () => ({ isIn: false }),
    decide(state, now, _account, actions) {
      if (now.kind !== 'bar' || state.isIn) return;
      state.isIn = true;
      actions.market(1, 1);
    },
  });
  return run(hold, { data: [{ instrument: defineInstrument({ id: 'X.Y', calendar }), kind: 'bars', interval: 3600e9, columns }], from: start, to: start + BigInt(24 * days) * (day / 24n), options: { cash: 2000 } });
}

/** Equity at the last row of each UTC date; the sessions of these calendars are UTC dates. */
function dailyReturns({ equity }: Result): number[] {
  const last = new Map<bigint, number>(), values = numbersOf(equity, 'equity');
  timesOf(equity, 'time').forEach((time, i) => last.set((time - 1n) / day, values[i]));
  return [...last.values()].map((value, i, all) => value / (i === 0 ? 2000 : all[i - 1]) - 1);
}

/** Sessions a year, counted: the Gregorian calendar repeats after 400 years of 20,871 weeks. */
const sessions: readonly (readonly [calendar: string, perYear: number])[] = [['UTC', (5 * 20_871) / 400], ['24x7', (7 * 20_871) / 400]];

type Sharpe = (result: Result, returns: readonly number[]) => number;

/** Oracle: the definition, written out. */
function isOfItsCalendar(sharpe: Sharpe): void {
  for (const [calendar, perYear] of sessions) {
    const result = held(calendar, 120), returns = dailyReturns(result), mean = returns.reduce((a, b) => a + b) / returns.length;
    const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (returns.length - 1)), expected = (mean / deviation) * Math.sqrt(perYear);
    expect([calendar, Math.abs(sharpe(result, returns) / expected - 1) < 1e-9]).toEqual([calendar, true]);
  }
}

const ours: Sharpe = ({ summary }) => summary.metrics.figures.sharpeRatio.value;

test('pitfall 19: a Sharpe ratio is of the trade dates that its calendar has in a year, with the sample deviation', () => isOfItsCalendar(ours));

const moments = (returns: readonly number[]): { mean: number; sumOfSquares: number; count: number } => {
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  return { mean, sumOfSquares: returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0), count: returns.length };
};
test.each<readonly [string, Sharpe]>([
  ['365 days for every market', (_, returns) => sharpeRatio(returns, 365)],
  ['252 days for every market', (_, returns) => sharpeRatio(returns, 252)],
  ['the deviation of a population', (result, returns) => {
    const { mean, sumOfSquares, count } = moments(returns);
    return (mean / Math.sqrt(sumOfSquares / count)) * Math.sqrt(result.summary.metrics.periodsPerYear);
  }],
  ['returns of hours as if they were of days', ({ equity, summary }) => {
    const values = numbersOf(equity, 'equity');
    return sharpeRatio(Array.from({ length: equity.length - 1 }, (__, i) => values[i + 1] / values[i] - 1), summary.metrics.periodsPerYear);
  }],
])('pitfall 19: %s is caught', (_, sharpe) => expect(() => isOfItsCalendar(sharpe)).toThrow(/false/));

/** Oracle: the minimum that the definition states, 20 returns and 10 round trips. */
function saysNothingOnFewSamples(sharpe: Sharpe): void {
  const result = held('24x7', 0.5), { figures, returnCount } = result.summary.metrics;
  expect(returnCount).toBeLessThan(20);
  expect(sharpe(result, [...numbersOf(result.returns!, 'value') as Float64Array])).toBeNaN();
  expect([figures.sharpeRatio.reason, figures.hitRate.value, figures.hitRate.reason]).toEqual([`${returnCount} returns, needs 20`, NaN, '0 round trips, needs 10']);
}

test('pitfall 19: too few returns give no ratio, and the reason', () => saysNothingOnFewSamples(ours));

test('pitfall 19: a ratio of twelve returns is caught', () => expect(() => saysNothingOnFewSamples((_, returns) => sharpeRatio(returns, 8766))).toThrow(/NaN/));
