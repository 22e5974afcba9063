import { readFileSync } from 'node:fs';
import { rsi } from '@zanzibar/engines/oscillators';
import { atr } from '@zanzibar/engines/volatility';
import { ema } from '@zanzibar/engines/averages';
import { expect, test } from 'vitest';

interface Bars { readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array }
type Indicator = (bars: Bars, period: number) => Float64Array;

/** TA-Lib's values of one function (oracles/talib/make.py), NaN where it has none. */
function talibCases(name: string): { readonly title: string; readonly period: number; readonly bars: Bars; readonly expected: Float64Array }[] {
  const { inputs, cases } = JSON.parse(readFileSync(new URL('../../../../oracles/talib/expected.json', import.meta.url), 'utf8')), doubles = (values: (number | null)[]): Float64Array => Float64Array.from(values, (value) => value ?? NaN);
  const bars = (series: string): Bars => ({ high: doubles(inputs[series].high), low: doubles(inputs[series].low), close: doubles(inputs[series].close) });
  return cases.filter((one: any) => one.function === name).map(({ series, period, expected }: any) => ({ title: `series ${series}, period ${period}`, period, bars: bars(series), expected: doubles(expected) }));
}

function isClose(actual: Float64Array, expected: Float64Array): boolean {
  return actual.length === expected.length && expected.every((value, i) => (Number.isNaN(value) ? Number.isNaN(actual[i]) : Math.abs(actual[i] - value) <= 1e-12 * Math.max(Math.abs(value), Math.abs(actual[i]))));
}

/** Oracle: TA-Lib's values, all of them, to 1e-12. */
function isTalib(name: string, indicator: Indicator): void {
  const cases = talibCases(name);
  expect(cases.length).toBeGreaterThan(3);
  for (const { title, bars, period, expected } of cases) expect([title, isClose(indicator(bars, period), expected)]).toEqual([title, true]);
}

const ourRsi: Indicator = (bars, period) => rsi(bars, { period }).rsi, ourAtr: Indicator = (bars, period) => atr(bars, { period }).atr, ourEma: Indicator = (bars, period) => ema(bars, { period }).ema;

test('pitfall 16: rsi, atr and ema are TA-Lib\'s in full precision', () => {
  isTalib('RSI', ourRsi);
  isTalib('ATR', ourAtr);
  isTalib('EMA', ourEma);
});

test('pitfall 16: an rsi that is rounded to two decimals is caught', () => {
  expect(() => isTalib('RSI', (bars, period) => ourRsi(bars, period).map((value) => Math.round(value * 100) / 100))).toThrow();
});

test('pitfall 16: rounding changes what a strategy does: a threshold is crossed where it was not', () => {
  const [{ bars, period }] = talibCases('RSI').filter((each) => each.title === 'series W, period 14'), values = ourRsi(bars, period), rounded = values.map((value) => Math.round(value * 100) / 100);
  // Thresholds such as an optimiser finds them: some value of the series, rounded as it is printed.
  const entries = (series: Float64Array, threshold: number): number[] => [...series.keys()].filter((row) => series[row] <= threshold && series[row - 1] > threshold);
  const moved = [...rounded].filter((threshold) => !Number.isNaN(threshold) && String(entries(rounded, threshold)) !== String(entries(values, threshold)));
  expect(moved.length).toBeGreaterThan(50);
});

test('pitfall 16: an atr of the wrong smoothing is caught, exponential or simple', () => {
  const ranges = ({ high, low, close }: Bars): Float64Array => high.map((value, i) => (i === 0 ? NaN : Math.max(value - low[i], Math.abs(value - close[i - 1]), Math.abs(low[i] - close[i - 1]))));
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const simple: Indicator = (bars, period) => ranges(bars).map((_, i, all) => (i < period ? NaN : mean(all.subarray(i - period + 1, i + 1))));
  const exponential: Indicator = (bars, period) => {
    const all = ranges(bars);
    let value = NaN;
    return all.map((range, i) => (i < period ? NaN : (value = i === period ? mean(all.subarray(1, period + 1)) : value + (2 / (period + 1)) * (range - value))));
  };
  for (const wrong of [simple, exponential]) expect(() => isTalib('ATR', wrong)).toThrow();
});
