/**
 * The probability that a standard normal variable is at most x.
 *
 * Definition  near 0: 1/2 + x times a quotient of polynomials in x^2; from |x| = 0.67448975 on a quotient in |x|, from sqrt(32) on one in 1 / x^2,
 *             times exp(-x^2 / 2), whose argument is split at sixteenths so that squaring loses no digit; the upper tail is 1 minus the lower one
 * Units       none in, a probability out, relative error below 1e-14 in the lower tail and absolute error below 2e-16 above 0
 * NaN         gives NaN; -Infinity gives 0, Infinity 1; below about -38.5 it underflows to 0
 * Source      W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969) 631-637; the coefficients for the
 *             normal distribution are those of his ANORM, Algorithm 715, ACM Transactions on Mathematical Software 19 (1993) 22-32
 * Example     normalCdf(0) is 0.5, normalCdf(1.96) is 0.9750021...
 */
import { exponential } from './exponential.ts';

export function normalCdf(x: number): number {
  const distance = Math.abs(x);
  if (distance <= 0.67448975) {
    const square = x * x;
    return 0.5 + (x * polynomial(near, square)) / polynomial(nearDivisor, square);
  }
  if (x !== x) return NaN;
  const tail = distance <= Math.sqrt(32)
    ? density(distance) * (polynomial(middle, distance) / polynomial(middleDivisor, distance))
    : density(distance) * farQuotient(distance);
  return x < 0 ? tail : 1 - tail;
}

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0];
  for (let k = 1; k < coefficients.length; k++) sum = sum * x + coefficients[k];
  return sum;
}

/** exp(-x^2 / 2), its exponent in two parts of which the first is exact. */
function density(x: number): number {
  // Beyond, it is 0, and the split would meet infinity minus infinity.
  if (x > 40) return 0;
  const sixteenths = Math.trunc(x * 16) / 16, rest = (x - sixteenths) * (x + sixteenths);
  return exponential(-0.5 * sixteenths * sixteenths) * exponential(-0.5 * rest);
}

function farQuotient(x: number): number {
  const inverse = 1 / (x * x);
  return (rootOfInverseTwoPi - (inverse * polynomial(far, inverse)) / polynomial(farDivisor, inverse)) / x;
}

const rootOfInverseTwoPi = 0.3989422804014327;
const near: readonly number[] = [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.689485460371, 18154.98125334356];
const nearDivisor: readonly number[] = [1, 47.20258190468824, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const middle: readonly number[] = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388375, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
  11602.65143764735, 9842.714838383978,
];
const middleDivisor: readonly number[] = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598, 38912.00328609327,
  19685.429676859992,
];
const far: readonly number[] = [0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278936, 2.9112874951168793e-5];
const farDivisor: readonly number[] = [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5];
