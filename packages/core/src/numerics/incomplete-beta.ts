/**
 * The regularised incomplete beta function: the probability that a beta variable with shapes a and b is at most x.
 *
 * Definition  x^a (1 - x)^b / (a B(a, b)) over the continued fraction of 26.5.8, by Lentz's method, where x < (a + 1) / (a + b + 2); else 1 less that of
 *             1 - x with the shapes changed over
 * Units       none in, a probability out. Of shapes up to 300 the relative error stays below 1e-12; it grows with them, as differences of logGamma lose digits
 * NaN         gives NaN; x outside of 0 to 1, or a shape that is not above 0, does too
 * Source      M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.5.1, 26.5.2 and 26.5.8; W. J. Lentz, Generating Bessel functions in Mie
 *             scattering calculations using continued fractions, Applied Optics 15 (1976) 668-671
 * Example     incompleteBeta(0.5, 2, 2) is 0.5, incompleteBeta(0.25, 1, 2) is 1 - 0.75^2 = 0.4375
 */
import { exponential } from './exponential.ts';
import { logGamma } from './log-gamma.ts';
import { logarithm } from './logarithm.ts';
import { logarithmOfOnePlus } from './logarithm-of-one-plus.ts';

/** `complement` is 1 - x, where the caller knows it better than a subtraction would. */
export function incompleteBeta(x: number, a: number, b: number, complement: number = 1 - x): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return NaN;
  if (x === 0 || complement === 0) return x === 0 ? 0 : 1;
  const front = a * logOf(x, complement) + b * logOf(complement, x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  if (x < (a + 1) / (a + b + 2)) return exponential(front) / (a * fraction(x, a, b));
  return 1 - exponential(front) / (b * fraction(complement, b, a));
}

function logOf(x: number, complement: number): number {
  return x < 0.5 ? logarithm(x) : logarithmOfOnePlus(-complement);
}

/** 1 + d1 / (1 + d2 / (1 + ...)), from the front, until a factor is 1 to the last digit. */
function fraction(x: number, a: number, b: number): number {
  const least = 1e-300;
  let value = 1, c = 1, d = 0;
  for (let k = 1, factor = 0; Math.abs(factor - 1) > 2e-16; k++) {
    const m = k >> 1, term = (k & 1) === 0 ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)) : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + term * d;
    d = 1 / (Math.abs(d) < least ? least : d);
    c = 1 + term / c;
    if (Math.abs(c) < least) c = least;
    factor = c * d;
    value *= factor;
    if (k > 100_000) return NaN;
  }
  return value;
}
