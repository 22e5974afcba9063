// Oracle: the definition, summed anew for every window.
import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { countOf, meanOf, newWindowMean, takeValue } from './window-mean.ts';

function plain(values: readonly number[], span: number): number {
  let sum = 0,
    total = 0,
    weight = 1;
  for (const value of [...values].reverse()) {
    sum += weight * value;
    total += weight;
    weight *= 1 - 2 / (span + 1);
  }
  return sum / total;
}

test.each([
  [1, 0],
  [7, 0],
  [50, 0],
  [4, 4],
  [3, 20],
])('the mean of a window of %d with span %d is that of its definition, long after an outlier too', (window, span) => {
  const random = randomStream(2, `window ${window} ${span}`),
    mean = newWindowMean(window, span),
    values: number[] = [];
  for (let i = 0; i < 4000; i++) {
    values.push(i === 500 ? 1e12 : random.normal());
    takeValue(mean, values.at(-1)!);
    const last = values.slice(-window),
      expected = plain(last, span === 0 ? last.length : span),
      scale = Math.max(...last.map(Math.abs));
    if (i < 500 || i > 500 + 60 * window + 60 * span) expect(Math.abs(meanOf(mean) - expected)).toBeLessThan(1e-12 * scale);
  }
  expect(countOf(mean)).toBe(4000);
  expect(meanOf(newWindowMean(window, span))).toBeNaN();
});
