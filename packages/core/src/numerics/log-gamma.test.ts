import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { logGamma } from './log-gamma.ts';

interface Points { points: number[]; expected: number[]; scipy: number[] }
const { points, expected, scipy } = JSON.parse(readFileSync(new URL('../../../../oracles/log-gamma/expected.json', import.meta.url), 'utf8')) as Points;

test('logGamma equals 50 digits of mpmath at 292 points, near its zeros at 1 and 2 too', () => {
  expect(points.length).toBe(292);
  points.forEach((x, i) => expect([x, Math.abs(logGamma(x) - expected[i]) <= 1e-15 * (x < 0 ? Math.max(1, Math.abs(expected[i])) : Math.abs(expected[i]))]).toEqual([x, true]));
});

test('logGamma equals scipy, which is off by up to 2e-10 of itself near 1 and 2', () => {
  points.forEach((x, i) => expect([x, Math.abs(logGamma(x) - scipy[i]) <= 2e-15 * Math.max(1, Math.abs(scipy[i]))]).toEqual([x, true]));
});

test('factorials to 170 (product by hand)', () => {
  for (let n = 1, log = 0; n <= 170; n++) {
    log += Math.log(n);
    expect(Math.abs(logGamma(n + 1) - log)).toBeLessThanOrEqual(4e-15 * Math.max(1, log));
  }
});

test('infinite at 0, the negative integers and infinity; NaN of NaN', () => {
  expect([0, -0, -1, -7, Infinity].map(logGamma)).toEqual([Infinity, Infinity, Infinity, Infinity, Infinity]);
  expect(logGamma(NaN)).toBeNaN();
});
