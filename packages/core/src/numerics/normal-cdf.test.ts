import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { normalCdf } from './normal-cdf.ts';

const file = new URL('../../../../oracles/normal/expected.json', import.meta.url);
const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: readonly (readonly [x: number, exact: number, scipy: number])[] };

test('equals mpmath with 60 digits to 1e-15 of the value, from -37.5 on, and scipy as closely as scipy equals that', () => {
  let worst = 0;
  for (const [x, exact, scipy] of rows) {
    if (exact < 1e-307) continue;
    const error = Math.abs(normalCdf(x) - exact) / exact;
    worst = Math.max(worst, error);
    expect(Math.abs(normalCdf(x) - scipy)).toBeLessThanOrEqual(Math.abs(scipy - exact) + 1e-15 * exact);
  }
  expect(rows.length).toBeGreaterThan(700);
  expect(worst).toBeLessThan(1e-15);
});

test('both tails sum to 1, it never falls, and it stays within 0 and 1', () => {
  let before = 0, falls = 0, farthest = 0;
  for (let k = -45_000; k <= 45_000; k++) {
    const value = normalCdf(k / 1000);
    if (!(value >= before && value <= 1)) falls++;
    farthest = Math.max(farthest, Math.abs(value + normalCdf(-k / 1000) - 1));
    before = value;
  }
  expect(falls).toBe(0);
  expect(farthest).toBeLessThan(2.3e-16);
});

test('the example in the header holds; NaN and the infinities', () => {
  expect([normalCdf(0), normalCdf(-0), normalCdf(-Infinity), normalCdf(Infinity), normalCdf(-1000), normalCdf(1000)]).toEqual([0.5, 0.5, 0, 1, 0, 1]);
  expect(normalCdf(1.96)).toBeCloseTo(0.9750021048517795, 15);
  expect(normalCdf(NaN)).toBeNaN();
});
