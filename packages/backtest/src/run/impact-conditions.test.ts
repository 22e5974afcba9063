/** Oracle: worked by hand, and the same data with its future cut off. */
import { DataError, defineInstrument, generateBars, parseTime, type SourceColumns } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { impactConditions } from './impact-conditions.ts';
import type { MarketInput } from './market-input.ts';

const instrument = defineInstrument({ id: 'X.V', quoteCurrency: 'USD' }), at = (text: string): bigint => parseTime(text);
const trades = (rows: readonly (readonly [time: string, price: number, size: number])[]): MarketInput => ({
  instrument, kind: 'trades', columns: { time: BigInt64Array.from(rows, ([time]) => at(time)), price: Float64Array.from(rows, ([, price]) => price), size: Float64Array.from(rows, ([, , size]) => size) },
});
const given = trades([['2024-01-01T10:00Z', 90, 1], ['2024-01-01T20:00Z', 100, 3], ['2024-01-02T10:00Z', 110, 8], ['2024-01-04T10:00Z', 99, 6], ['2024-01-05T01:00Z', 500, 1000]]);

test('days with rows count, each is known from the midnight behind it on', () => {
  const { volume, volatility } = impactConditions(given, { days: 2 });
  expect([[...volume.time], [...volume.value]]).toEqual([[at('2024-01-03'), at('2024-01-05'), at('2024-01-06')], [6, 7, 503]]);
  // Returns +10 % and -10 % of closes 100, 110, 99: their logarithms' deviation is |a - b| / sqrt(2).
  expect(volatility.time[0]).toBe(at('2024-01-05'));
  expect(volatility.value[0]).toBeCloseTo((Math.log(1.1) - Math.log(0.9)) / Math.SQRT2, 14);
});

test('a bar that closes at midnight belongs to the day that ends, and nothing changes when later rows come', () => {
  const columns = generateBars({ seed: 3, count: 24 * 40, interval: '1h' }), bars = (to: number): MarketInput => ({
    instrument, kind: 'bars', interval: 3_600e9, columns: Object.fromEntries(Object.entries(columns).flatMap(([name, values]) => (ArrayBuffer.isView(values) ? [[name, (values as Float64Array).subarray(0, to)]] : []))) as unknown as SourceColumns,
  });
  const whole = impactConditions(bars(24 * 40)), part = impactConditions(bars(24 * 30 + 7));
  for (const name of ['volume', 'volatility'] as const) {
    const known = part[name].time.length - 1;
    expect(known).toBeGreaterThan(5);
    expect([...part[name].value.subarray(0, known)]).toEqual([...whole[name].value.subarray(0, known)]);
  }
});

test('what has no traded volume, or a hole in it, is an error with its place', () => {
  const { columns } = given, quotes: MarketInput = { instrument, kind: 'quotes', columns: { time: columns.time, bid: columns.price, ask: columns.price } };
  expect(() => impactConditions(quotes)).toThrow('impactConditions: X.V needs trades or bars, for quotes have no traded volume');
  expect(() => impactConditions({ ...given, columns: { time: columns.time, price: columns.price } })).toThrow('impactConditions: X.V needs the column "size"');
  expect(() => impactConditions(trades([['2024-01-01', 1, 1], ['2024-01-02', 1, NaN]]))).toThrow(new DataError('X.V at 2024-01-02T00:00:00Z: must be a number of at least 0, was NaN', { row: 1, column: 'size' }));
  expect(() => impactConditions(given, { days: 1 })).toThrow('impactConditions: days must be an integer of at least 2, was 1');
});
