/**
 * The logarithm of the absolute value of the gamma function, (x - 1)! of real x.
 *
 * Definition  1.5 <= x <= 2.5: the Taylor series at 2, y (1 - g) + sum of (-y)^k (zeta(k) - 1) / k, y = x - 2, g Euler's constant; 0.5 <= x < 1.5 the same
 *             at x + 1, less log x; x >= 10: Stirling's series, (x - 1/2) log x - x + log(2 pi) / 2 + 1 / (12 x) - ...; between, by its recurrence from
 *             below; under 0.5: logGamma(x + 1) - log x where x > 0, else by reflection
 * Units       none     NaN  of NaN; Infinity at 0, the negative integers and infinity
 * Source      M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, 6.1.15, 6.1.17, 6.1.33, 6.1.41
 * Example     5 -> log 24 = 3.178...
 */
import { logarithm } from './logarithm.ts';
import { logarithmOfOnePlus } from './logarithm-of-one-plus.ts';
import { sine } from './sine-cosine.ts';

export function logGamma(x: number): number {
  if (x !== x) return NaN;
  if (x <= 0) {
    if (x === Math.floor(x)) return Infinity;
    // The sine of the distance to the nearest integer: that of pi x itself loses its digits where x is large.
    return logarithm(Math.PI / Math.abs(sine(Math.PI * (x - Math.round(x))))) - logGamma(1 - x);
  }
  if (x < 0.5) return logGamma(x + 1) - logarithm(x);
  if (x < 1.5) return nearTwo(x - 1) - logarithmOfOnePlus(x - 1);
  if (x <= 2.5) return nearTwo(x - 2);
  if (x >= 10) return stirling(x);
  let at = x, product = 1;
  while (at > 2.5) product *= --at;
  return nearTwo(at - 2) + logarithm(product);
}

/** zeta(k) - 1 for k = 2 and up. */
const zetaBelow: readonly number[] = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914, 0.008349277381922827, 0.00407735619794434,
  0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5,
  3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8, 7.45071178983543e-9,
];

/** logGamma(2 + y) for |y| <= 1/2, by Horner's rule. */
function nearTwo(y: number): number {
  let sum = 0;
  for (let k = zetaBelow.length + 1; k >= 2; k--) sum = zetaBelow[k - 2] / k - y * sum;
  return y * (0.42278433509846713 + y * sum);
}

function stirling(x: number): number {
  const inverse = 1 / x, square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360_360 - square / 156))))));
  return (x - 0.5) * (logarithm(x) - 1) - 0.5 + 0.9189385332046727 + series;
}
