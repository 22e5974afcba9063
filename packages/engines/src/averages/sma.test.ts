import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { relativeDifference, sharedHint, stockIndicators, talibCases } from '../../test/oracles.ts';
import { sma } from './sma.ts';

engineLaws(test, sma, { options: random => ({ period: random.integer(1, 30) }) });

test.each(talibCases('SMA'))('sma equals TA-Lib on $title', ({ bars, period, expected }) => {
  expect(relativeDifference(sma(bars, { period }).sma, expected)).toBeLessThan(1e-12);
});

const peer = stockIndicators('sma', 'sma');
test.skipIf(peer === undefined)(`sma 20 equals Stock Indicators for .NET ${sharedHint}`, () => {
  expect(relativeDifference(sma(peer!.bars as { close: Float64Array }, { period: 20 }).sma, peer!.expected)).toBeLessThan(1e-12);
});

test('the example in the header holds', () => {
  expect([...sma({ close: Float64Array.of(1, 2, 3, 4) }, { period: 2 }).sma]).toEqual([NaN, 1.5, 2.5, 3.5]);
});

test('an outlier leaves no trace once it has left the window', () => {
  const close = Float64Array.from({ length: 3000 }, (_, i) => (i === 5 ? 1e17 : 0.1 * ((i % 7) + 1)));
  const { sma: values } = sma({ close }, { period: 7 });
  for (let i = 12; i < close.length; i++) expect(Math.abs(values[i] - 0.4)).toBeLessThan(1e-15);
});

describe('NaN', () => {
  test('leading rows are skipped, so that engines can be chained', () => {
    expect([...sma({ close: Float64Array.of(NaN, NaN, 1, 2, 3) }, { period: 2 }).sma]).toEqual([NaN, NaN, NaN, 1.5, 2.5]);
  });
  test('a later one lasts until the segment ends', () => {
    const close = Float64Array.of(1, 2, NaN, 4, 5, 6, 7), segment = Int32Array.of(0, 0, 0, 0, 0, 1, 1);
    expect([...sma({ close, segment }, { period: 2 }).sma]).toEqual([NaN, 1.5, NaN, NaN, NaN, NaN, 6.5]);
  });
});

test('a period that is no positive integer is refused by name', () => {
  expect(() => sma({ close: new Float64Array(1) }, { period: 0.5 })).toThrow(new RangeError('sma: period must be a positive integer, was 0.5'));
});

test('no rows give no rows, and fewer than the period give NaN only', () => {
  expect(sma({ close: new Float64Array(0) }).sma.length).toBe(0);
  expect([...sma({ close: Float64Array.of(1, 2) }, { period: 3 }).sma]).toEqual([NaN, NaN]);
});
