import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { incompleteBeta } from './incomplete-beta.ts';
import { normalCdf } from './normal-cdf.ts';
import { studentTCdf } from './student-t-cdf.ts';

interface Rows { readonly rows: readonly (readonly number[])[] }
const { t, beta } = JSON.parse(readFileSync(new URL('../../../../oracles/student-t/expected.json', import.meta.url), 'utf8')) as { t: Rows; beta: Rows };

test('studentTCdf equals 60 digits of mpmath to 2e-12 of the value, for 0.1 to 1,000 degrees of freedom, and scipy as closely as scipy equals that', () => {
  let worst = 0;
  for (const [x, n, exact, scipy] of t.rows) {
    if (exact < 1e-290) continue;
    const found = studentTCdf(x, n);
    worst = Math.max(worst, Math.abs(found - exact) / exact);
    expect([x, n, Math.abs(found - scipy) <= Math.abs(scipy - exact) + 2e-12 * exact]).toEqual([x, n, true]);
  }
  expect(t.rows.length).toBe(13 * 39);
  expect(worst).toBeLessThan(2e-12);
});

test('incompleteBeta equals 60 digits of mpmath to 1e-12 of the value, shapes from 0.05 to 300, and scipy as closely', () => {
  let worst = 0;
  for (const [x, a, b, exact, scipy] of beta.rows) {
    if (exact < 1e-290) continue;
    const found = incompleteBeta(x, a, b);
    worst = Math.max(worst, Math.abs(found - exact) / exact);
    expect([x, a, b, Math.abs(found - scipy) <= Math.abs(scipy - exact) + 1e-12 * exact]).toEqual([x, a, b, true]);
  }
  expect(beta.rows.length).toBe(8 * 8 * 8);
  expect(worst).toBeLessThan(1e-12);
});

test('both tails sum to 1 and it never falls; with one and two degrees of freedom it is the closed form (oracle: arctangent and root)', () => {
  for (const n of [0.25, 1, 2, 7, 300]) {
    let before = 0, falls = 0;
    for (let k = -4000; k <= 4000; k++) {
      const value = studentTCdf(k / 100, n);
      if (!(value >= before)) falls++;
      if (Math.abs(value + studentTCdf(-k / 100, n) - 1) > 4e-16) falls++;
      if (n === 1) expect(Math.abs(value - (0.5 + Math.atan(k / 100) / Math.PI))).toBeLessThan(2e-15);
      if (n === 2) expect(Math.abs(value - (0.5 + k / 100 / (2 * Math.sqrt(2 + (k / 100) * (k / 100)))))).toBeLessThan(2e-15);
      before = value;
    }
    expect([n, falls]).toEqual([n, 0]);
  }
});

test('the examples in the headers hold; ends, NaN and the normal limit', () => {
  expect([studentTCdf(0, 3), studentTCdf(-1, 2).toFixed(4)]).toEqual([0.5, '0.2113']);
  expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 15);
  expect(incompleteBeta(0.5, 2, 2)).toBeCloseTo(0.5, 15);
  expect(incompleteBeta(0.25, 1, 2)).toBeCloseTo(0.4375, 15);
  expect([studentTCdf(-Infinity, 0.25), studentTCdf(Infinity, 0.25), studentTCdf(1.5, Infinity)]).toEqual([0, 1, normalCdf(1.5)]);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  expect([studentTCdf(NaN, 1), studentTCdf(0, 0), studentTCdf(1, -1), studentTCdf(1, NaN), incompleteBeta(-0.1, 1, 1), incompleteBeta(1.1, 1, 1), incompleteBeta(0.5, 0, 1)].every(Number.isNaN)).toBe(true);
});
