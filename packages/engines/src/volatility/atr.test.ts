import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { csvColumns, relativeDifference, sharedHint, sharedText, stockIndicators, talibCases } from '../../test/oracles.ts';
import { sma } from '../averages/sma.ts';
import { atr } from './atr.ts';

engineLaws(test, atr, { options: random => ({ period: random.integer(1, 20) }) });

test.each(talibCases('ATR'))('atr equals TA-Lib on $title', ({ bars, period, expected }) => {
  expect(relativeDifference(atr(bars, { period }).atr, expected)).toBeLessThan(1e-12);
});

type Bars = { high: Float64Array; low: Float64Array; close: Float64Array };
const peer = stockIndicators('atr', 'atr');
test.skipIf(peer === undefined)(`atr 14 equals Stock Indicators for .NET ${sharedHint}`, () => {
  expect(relativeDifference(atr(peer!.bars as Bars).atr, peer!.expected)).toBeLessThan(1e-12);
});

const lean = sharedText('oracles/lean-indicators/spy_atr.txt.gz');
test.skipIf(lean === undefined)(`the simple mean of 14 true ranges equals Lean's spy_atr, whose prices have two decimals ${sharedHint}`, () => {
  const columns = csvColumns(lean!), graph = { range: [atr, 'bars', { period: 1 }], mean: [sma, 'bars', { period: 14 }, { close: 'range/atr' }] } as const;
  const values = combine(graph)({ bars: columns }).mean.sma, expected = columns['average true range 14'];
  expect([values.length, values.findIndex(value => !Number.isNaN(value))]).toEqual([501, 14]);
  for (let i = 14; i < values.length; i++) expect(Math.abs(values[i] - expected[i])).toBeLessThan(1e-5);
});

test('the example in the header holds, in batch and live', () => {
  const bars = { high: Float64Array.of(2, 3, 4, 6), low: Float64Array.of(1, 2, 3, 4), close: Float64Array.of(1.5, 2.5, 3.5, 5) };
  expect([...atr(bars, { period: 2 }).atr]).toEqual([NaN, NaN, 1.5, 2]);
  const live = atr.stream({ period: 2 });
  live.push({ high: 2, low: 1, close: 1.5 });
  live.push({ high: 3, low: 2, close: 2.5 });
  expect(live.peek({ high: 4, low: 3, close: 3.5 })).toEqual({ atr: 1.5 });
  expect(live.push({ high: 4, low: 3, close: 3.5 })).toEqual({ atr: 1.5 });
});

test('a gap counts: the range reaches to the close before', () => {
  expect([...atr({ high: Float64Array.of(2, 9, 4), low: Float64Array.of(1, 8, 3), close: Float64Array.of(2, 8, 3) }, { period: 1 }).atr]).toEqual([NaN, 7, 5]);
});

test('leading NaN rows are skipped, a later one lasts until the segment ends', () => {
  const high = Float64Array.of(NaN, 2, 3, NaN, 4, 5, 7), low = high.map(value => value - 1), close = high.map(value => value - 0.5), segment = Int32Array.of(0, 0, 0, 0, 0, 1, 1);
  expect([...atr({ high, low, close, segment }, { period: 1 }).atr]).toEqual([NaN, NaN, 1.5, NaN, NaN, NaN, 2.5]);
});

test('a flat market gives 0', () => {
  const flat = new Float64Array(50).fill(3);
  expect([...atr({ high: flat, low: flat, close: flat }, { period: 3 }).atr.subarray(3)]).toEqual(Array<number>(47).fill(0));
});

test('a period that is no positive integer is refused by name', () => {
  const one = new Float64Array(1);
  expect(() => atr({ high: one, low: one, close: one }, { period: 0.5 })).toThrow(new RangeError('atr: period must be a positive integer, was 0.5'));
});
