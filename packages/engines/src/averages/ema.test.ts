import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { relativeDifference, sharedHint, stockIndicators, talibCases } from '../../test/oracles.ts';
import { ema } from './ema.ts';

engineLaws(test, ema, { options: random => ({ period: random.integer(1, 30) }) });

test.each(talibCases('EMA'))('ema equals TA-Lib on $title', ({ bars, period, expected }) => {
  expect(relativeDifference(ema(bars, { period }).ema, expected)).toBeLessThan(1e-12);
});

const peer = stockIndicators('ema', 'ema');
test.skipIf(peer === undefined)(`ema 20 equals Stock Indicators for .NET ${sharedHint}`, () => {
  expect(relativeDifference(ema(peer!.bars as { close: Float64Array }, { period: 20 }).ema, peer!.expected)).toBeLessThan(1e-12);
});

test('the example in the header holds', () => {
  expect([...ema({ close: Float64Array.of(1, 2, 3, 5) }, { period: 3 }).ema]).toEqual([NaN, NaN, 2, 3.5]);
});

test('leading NaN rows are skipped, a later one lasts until the segment ends', () => {
  const close = Float64Array.of(NaN, 1, 3, NaN, 4, 5, 7), segment = Int32Array.of(0, 0, 0, 0, 0, 1, 1);
  expect([...ema({ close, segment }, { period: 2 }).ema]).toEqual([NaN, NaN, 2, NaN, NaN, NaN, 6]);
});

test('a flat market gives its level to within a rounding', () => {
  const { ema: values } = ema({ close: new Float64Array(5000).fill(1.1) }, { period: 9 });
  for (let i = 8; i < values.length; i++) expect(Math.abs(values[i] - 1.1)).toBeLessThan(1e-14);
});

test('a period that is no positive integer is refused by name', () => {
  expect(() => ema({ close: new Float64Array(1) }, { period: 0 })).toThrow(new RangeError('ema: period must be a positive integer, was 0'));
});
