import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket } from '@zanzibar/core/testing';
import { relativeDifference, sharedHint, stockIndicators, talibCases } from '../../test/oracles.ts';
import { rsi } from './rsi.ts';

engineLaws(test, rsi, { options: random => ({ period: random.integer(1, 20) }) });

test.each(talibCases('RSI'))('rsi equals TA-Lib on $title', ({ bars, period, expected }) => {
  expect(relativeDifference(rsi(bars, { period }).rsi, expected)).toBeLessThan(1e-12);
});

const peer = stockIndicators('rsi', 'rsi');
test.skipIf(peer === undefined)(`rsi 14 equals Stock Indicators for .NET ${sharedHint}`, () => {
  expect(relativeDifference(rsi(peer!.bars as { close: Float64Array }).rsi, peer!.expected)).toBeLessThan(1e-12);
});

test('the example in the header holds', () => {
  expect([...rsi({ close: Float64Array.of(1, 2, 1, 2) }, { period: 2 }).rsi]).toEqual([NaN, NaN, 50, 75]);
});

test('a flat market gives 0, a rising one 100', () => {
  expect([...rsi({ close: Float64Array.of(5, 5, 5, 5) }, { period: 2 }).rsi]).toEqual([NaN, NaN, 0, 0]);
  expect([...rsi({ close: Float64Array.of(5, 6, 7, 8) }, { period: 2 }).rsi]).toEqual([NaN, NaN, 100, 100]);
});

test('where prices move, the mirrored market gives 100 minus it', () => {
  const columns = randomMarket({ close: 'f64' }, randomStream(1, 'rsi mirror'), 2000, { isHoled: false, isFlat: false, isCut: false, ticksPerUnit: 64 });
  const mirrored = rsi({ close: columns.close.map((price: number) => 300 - price) }).rsi, values = rsi({ close: columns.close }).rsi;
  for (let i = 14; i < values.length; i++) expect(Math.abs(mirrored[i] - (100 - values[i]))).toBeLessThan(1e-10);
});

test('leading NaN rows are skipped, a later one lasts until the segment ends', () => {
  const close = Float64Array.of(NaN, 1, 2, NaN, 4, 5, 7), segment = Int32Array.of(0, 0, 0, 0, 0, 1, 1);
  expect([...rsi({ close, segment }, { period: 1 }).rsi]).toEqual([NaN, NaN, 100, NaN, NaN, NaN, 100]);
});

test('a period that is no positive integer is refused by name', () => {
  expect(() => rsi({ close: new Float64Array(1) }, { period: -1 })).toThrow(new RangeError('rsi: period must be a positive integer, was -1'));
});
