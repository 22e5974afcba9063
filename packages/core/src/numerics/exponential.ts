import { powerOffset, powersOfTwo } from './powers-of-two.ts';

/**
 * e to the power of x, with the same bits on every machine and in every engine of JavaScript, which `Math.exp` has not.
 *
 * Definition  x = k log 2 + r with |r| <= log(2) / 2, log 2 in two parts of which k times the first is exact (Cody and Waite); e^r = 1 + 2 r / (R - r) with
 *             R = r (e^r + 1) / (e^r - 1) by a minimax polynomial in r^2; the result is that times 2^k. At 1 it is the number nearest e.
 * Units       none; off by less than 1 unit in the last place (at most 0.82 at 40,000 points), gradual underflow below -708.39
 * NaN         gives NaN; Infinity gives itself, -Infinity 0; above 709.782712893384 Infinity, below -745.1332191019411 0
 * Source      W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980; reduction, quotient and coefficients are those of K. C. Ng in,
 *             fdlibm 5.3, Sun Microsystems, 1995, so that up to Node 24 the bits are those of `Math.exp`
 * Example     0.5 -> 1.6487212707001282
 */
export function exponential(x: number): number {
  const distance = Math.abs(x);
  if (distance < halfLogTwo) {
    if (distance < tiny) return 1 + x;
    const rest = restOf(x);
    return 1 - ((x * rest) / (rest - 2) - x);
  }
  if (!(x <= overflow)) return x * Infinity;
  if (x < underflow) return 0;
  if (x === 1) return Math.E;
  const k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0, high = x - k * logTwoHigh, low = k * logTwoLow, r = high - low, rest = restOf(r);
  const power = 1 - (low - (r * rest) / (2 - rest) - high);
  if (k === 1024) return power * 2 * powersOfTwo[powerOffset + 1023];
  if (k >= -1021) return power * powersOfTwo[powerOffset + k];
  // In two steps, the first of them exact: a subnormal result is rounded once.
  return power * powersOfTwo[powerOffset + k + 1000] * powersOfTwo[powerOffset - 1000];
}

/** r less (R - 2), for |r| <= log(2) / 2. */
function restOf(r: number): number {
  const square = r * r;
  return r - square * (0.16666666666666602 + square * (-0.0027777777777015593 + square * (6.613756321437934e-5 + square * (-1.6533902205465252e-6 + square * 4.1381367970572385e-8))));
}

/** log 2 in 33 and 53 bits, and what is next to its half. */
const logTwoHigh = 0.6931471803691238, logTwoLow = 1.9082149292705877e-10, halfLogTwo = 0.3465735912322998;
const overflow = 709.782712893384, underflow = -745.1332191019411, tiny = 3.725290298461914e-9;
