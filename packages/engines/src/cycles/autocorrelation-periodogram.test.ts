/**
 * Oracles: TradeStation's filters and correlations (packages/engines/test/papers/market-cycles.ts), a reference of sums over whole stretches
 * (packages/engines/test/reference/autocorrelation-periodogram.ts), periods of sines (packages/engines/test/papers/dominant-cycle.ts) and
 * TA-Lib's HT_DCPERIOD of them (oracles/talib/expected.json).
 */
import { describe, expect, test } from 'vitest';
import { randomStream, standardDeviation } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { firstDifference, programNumbers } from '../../test/oracles.ts';
import { periodsOfSines } from '../../test/papers/dominant-cycle.ts';
import { tradeStation } from '../../test/papers/market-cycles.ts';
import { correlationByRows, periodogramByRows, roofingByRows } from '../../test/reference/autocorrelation-periodogram.ts';
import { autocorrelationCycle } from './autocorrelation-cycle.ts';
import { autocorrelationPeriodogram, type AutocorrelationPeriodogramOptions } from './autocorrelation-periodogram.ts';
import { goertzelCycle } from './goertzel-cycle.ts';

engineLaws(test, autocorrelationPeriodogram, {
  options: random => ({ shortest: random.integer(3, 6), longest: random.integer(8, 20), averaging: [0, 3, 5][random.integer(0, 2)], circle: (['full360', 'legacy370'] as const)[random.integer(0, 1)] }),
});

test('the one-pole roofing filter of the reference is what TradeStation prints, in both decimals of every row', () => {
  const { close, onePoleRoofing: { firstRow, values } } = tradeStation, own = roofingByRows(close, { poles: 1, shortest: 10, longest: 48, firstRow, roots: 'printed' });
  expect(values.findIndex((value, row) => Math.abs(own[row] - value) > 0.005 + 1e-9)).toBe(-1);
  expect(values.length).toBe(278);
});

describe.each(tradeStation.autocorrelations)('the correlation at lag $lag of the two-pole roofing filter', ({ lag, firstRow, values }) => {
  const scaled = (roots: 'exact' | 'printed'): number[] => {
    const filtered = roofingByRows(tradeStation.close, { poles: 2, shortest: 10, longest: 48, firstRow, roots });
    return values.map((_, k) => (1 + correlationByRows(filtered, firstRow + k, lag, lag)) / 2);
  };
  // While the lagged side is all zeros, the listing smooths what it has; from then on every row is compared.
  test('is what TradeStation prints, in all four decimals of every row after the first lag', () => {
    const own = scaled('printed');
    expect(values.findIndex((value, k) => k >= lag && !(Math.abs(own[k] - value) <= 0.00005 + 1e-9))).toBe(-1);
    expect(own.slice(0, lag).every(Number.isNaN)).toBe(true);
  });

  test('moves by less than 0.001 where exact roots stand for .707, 1.414 and 3.14159', () => {
    const own = scaled('exact');
    expect(values.findIndex((value, k) => k >= lag && !(Math.abs(own[k] - value) < 0.001))).toBe(-1);
  });
});

test('correlations over 3 rows, as the periodogram takes them, change their signs at as many of the lags 3 to 48 as TradeStation counts', () => {
  const { close, signChanges: { filterFrom, firstRow, values } } = tradeStation, filtered = roofingByRows(close, { poles: 2, shortest: 10, longest: 48, firstRow: filterFrom, roots: 'printed' });
  const count = (row: number): number => Array.from({ length: 46 }, (_, k) => correlationByRows(filtered, row, k + 3, 3) * correlationByRows(filtered, row - 1, k + 3, 3) < 0).filter(Boolean).length;
  // From the row on in which the longest lag reaches none of the zeros before the filters.
  const from = filterFrom + 48 + 3, rows = values.map((_, k) => firstRow + k).filter(row => row >= from);
  expect(rows.filter(row => count(row) !== values[row - firstRow])).toEqual([]);
  expect(rows.length).toBe(300);
});

test.each([
  { shortest: 10, longest: 48, averaging: 3, circle: 'full360' }, { shortest: 10, longest: 48, averaging: 0, circle: 'full360' }, { shortest: 3, longest: 20, averaging: 3, circle: 'legacy370' },
  { shortest: 6, longest: 31, averaging: 7, circle: 'full360' },
] as const)('the engine is the reference on the closes of TradeStation and on random prices: $shortest to $longest rows, averaging $averaging, $circle', options => {
  const random = randomStream(8, 'periodogram');
  let price = 400;
  const moving = Array.from({ length: 420 }, () => (price += random.integer(-6, 6)) / 4);
  for (const close of [tradeStation.close, moving]) {
    const { period, share } = autocorrelationPeriodogram({ close: Float64Array.from(close) }, options), expected = periodogramByRows(close, options);
    expect(expected.filter(row => row.period === row.period).length).toBeGreaterThan(70);
    expect(firstDifference(period, expected.map(row => (Number.isNaN(row.period) ? null : row.period)), 1e-8)).toBeUndefined();
    expect(firstDifference(share, expected.map(row => (Number.isNaN(row.share) ? null : row.share)), 1e-9)).toBeUndefined();
  }
});

const sine = (period: number, rows: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => 100 + 10 * Math.sin((2 * Math.PI * i) / period));
const meanPeriod = (close: Float64Array, options: Partial<AutocorrelationPeriodogramOptions>): number => {
  const { period } = autocorrelationPeriodogram({ close }, options);
  const known = period.subarray(1000).filter(value => value === value);
  expect(known.length).toBeGreaterThan(900);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe.each(periodsOfSines)('a sine of $sine rows', ({ sine: length, full360, legacy370 }) => {
  // The published means are over rows that were not told; over other thousands of rows that of 30 moves by 0.03, the others by less than 0.01.
  const tolerance = length === 30 ? 0.04 : 0.01;
  test('has the published period with 360 degrees, and with the 370 of the listing', () => {
    expect(Math.abs(meanPeriod(sine(length, 2000), {}) - full360)).toBeLessThan(tolerance);
    expect(Math.abs(meanPeriod(sine(length, 2000), { circle: 'legacy370' }) - legacy370)).toBeLessThan(tolerance);
  });
});

// A peer of another method, hence loose: the Hilbert transform of TA-Lib has no bins, the centre of gravity of ours leans to the longer ones.
const { hilbertCyclePeriods } = programNumbers<{ hilbertCyclePeriods: { sine: number; mean: number }[] }>('oracles/talib/expected.json');
test.each(hilbertCyclePeriods)('a sine of $sine rows has within 4 % the period that HT_DCPERIOD of TA-Lib finds, and to the row in the other two engines', ({ sine: length, mean }) => {
  const close = sine(length, 2000), last = (values: Float64Array): number => values[1999];
  expect(Math.abs(meanPeriod(close, {}) / mean - 1)).toBeLessThan(0.04);
  expect([last(goertzelCycle({ close }, { length: 200 }).period), last(autocorrelationCycle({ close }, { length: 200 }).period)]).toEqual([Math.round(mean), Math.round(mean)]);
});

test('a cycle is found under a trend and noise; of noise alone the periods scatter, though their share is no smaller', () => {
  const random = randomStream(2, 'noise'), noise = Float64Array.from({ length: 2000 }, () => 3 * random.normal()), both = noise.map((value, i) => value + i / 50 + 10 * Math.sin((2 * Math.PI * i) / 20));
  const scatter = (close: Float64Array): number => standardDeviation(autocorrelationPeriodogram({ close }).period.subarray(1000).filter(value => value === value));
  expect(Math.abs(meanPeriod(both, {}) - 20.32)).toBeLessThan(0.5);
  expect(scatter(noise)).toBeGreaterThan(3 * scatter(both));
});

test('nothing before the warm-up, nothing of a flat market, nothing after a NaN', () => {
  const { period } = autocorrelationPeriodogram({ close: sine(20, 200) });
  expect(period.findIndex(value => !Number.isNaN(value))).toBe(143);
  expect([...autocorrelationPeriodogram({ close: new Float64Array(200).fill(5) }).period.subarray(144)].every(Number.isNaN)).toBe(true);
  const holed = sine(20, 300);
  holed[200] = NaN;
  expect([...autocorrelationPeriodogram({ close: holed }).period.subarray(200)].every(Number.isNaN)).toBe(true);
  expect([...autocorrelationPeriodogram({ close: sine(20, 1) }).period]).toEqual([NaN]);
});

test('options out of range are refused by name', () => {
  const close = new Float64Array(1);
  expect(() => autocorrelationPeriodogram({ close }, { shortest: 2 })).toThrow(new RangeError('autocorrelationPeriodogram: shortest must be at least 3, was 2'));
  expect(() => autocorrelationPeriodogram({ close }, { longest: 10 })).toThrow(new RangeError('autocorrelationPeriodogram: longest must be an integer above shortest, was 10'));
  expect(() => autocorrelationPeriodogram({ close }, { averaging: 2 })).toThrow(new RangeError('autocorrelationPeriodogram: averaging must be 0 or an integer of at least 3, was 2'));
});
