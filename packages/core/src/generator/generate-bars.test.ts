import { expect, test } from 'vitest';
import { standardDeviation } from '../numerics/index.ts';
import { generateBars } from './generate-bars.ts';

test('generated bars hold together, follow each other and have the stated deviation', () => {
  const { openTime, closeTime, open, high, low, close, volume } = generateBars({ seed: 1, count: 20_000 });
  let badCount = 0;
  for (let i = 0; i < open.length; i++) {
    if (!(low[i] <= Math.min(open[i], close[i]) && high[i] >= Math.max(open[i], close[i]) && volume[i] >= 1 && volume[i] <= 1000)) badCount++;
    if (closeTime[i] - openTime[i] !== 60_000_000_000n || (i > 0 && (openTime[i] !== closeTime[i - 1] || open[i] !== close[i - 1]))) badCount++;
  }
  expect(badCount).toBe(0);
  expect(open[0]).toBe(100);
  const returns = close.map((price, i) => Math.log(price / open[i]));
  expect(Math.abs(standardDeviation(returns) - 0.001)).toBeLessThan(0.00003);
});

test('generated bars are the same for the same seed, and a longer run begins with the shorter one', () => {
  const bars = generateBars({ seed: 3, count: 10, interval: '1h', from: '2020-01-01' });
  expect(generateBars({ seed: 3, count: 20, interval: '1h', from: '2020-01-01' }).close.subarray(0, 10)).toEqual(bars.close);
  expect(generateBars({ seed: 4, count: 10 }).close).not.toEqual(bars.close);
  expect(bars.closeTime[9] - bars.openTime[0]).toBe(36_000_000_000_000n);
  expect(() => generateBars({ seed: 1, count: 0 })).toThrow('generateBars: count must be a positive integer, was 0');
});
