import { powerOffset, powersOfTwo } from './powers-of-two.ts';

/**
 * The natural logarithm of 1 + x, all digits of it where x is near 0 too, with the same bits everywhere, which `Math.log1p` has not.
 *
 * Definition  1 + x = 2^k (1 + f) as in `logarithm`, f = x where k = 0; what rounding 1 + x has lost is divided by it and added; s = f / (2 + f) and
 *             log(1 + f) = f - (f^2 / 2 - s (f^2 / 2 + R)), R a minimax polynomial in s^2
 * Units       none; off by less than 1 unit in the last place (at most 0.81 at 40,000 points)
 * NaN         of NaN and below -1; -Infinity at -1, Infinity at Infinity; -0 gives itself
 * Source      K. C. Ng, fdlibm 5.3, Sun Microsystems, 1995: reduction, form and coefficients, so that up to Node 24 the bits are those of `Math.log1p`
 * Example     0.5 -> 0.4054651081081644
 */
export function logarithmOfOnePlus(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (Math.abs(x) < 1.862645149230957e-9) return Math.abs(x) < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  let f = x, lost = 0, k = 0, isNearPower = false;
  if (!(x > -0.292893648147583 && x < 0.4142136573791504)) {
    // From 2^53 on the 1 is less than half a unit of the last place.
    const isHuge = x >= 9_007_199_254_740_992, sum = isHuge ? x : 1 + x;
    number[0] = sum;
    const top = words[upper], fraction = top & 0xfffff, next = fraction < 0x6a09e ? 0 : 1, exponent = (top >> 20) - 1023;
    if (!isHuge) lost = (exponent > 0 ? 1 - (sum - x) : x - (sum - 1)) / sum;
    k = exponent + next;
    f = sum * powersOfTwo[powerOffset - k] - 1;
    isNearPower = next === 0 ? fraction === 0 : fraction >= 0xffffd;
  }
  const half = 0.5 * f * f, high = k * logTwoHigh, low = k * logTwoLow + lost;
  if (isNearPower) {
    const rest = half * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - rest : high - (rest - low - f);
  }
  const s = f / (2 + f), square = s * s;
  const rest = square * (0.6666666666666735 + square * (0.3999999999940942 + square * (0.2857142874366239 + square * (0.22222198432149784
    + square * (0.1818357216161805 + square * (0.15313837699209373 + square * 0.14798198605116586))))));
  return k === 0 ? f - (half - s * (half + rest)) : high - (half - (s * (half + rest) + low) - f);
}

/** A number and its two halves; which of them is the upper one depends on the machine. */
const number: Float64Array = Float64Array.of(1), words: Int32Array = new Int32Array(number.buffer), upper = words[0] === 0 ? 1 : 0;
/** log 2 in 33 and 53 bits. */
const logTwoHigh = 0.6931471803691238, logTwoLow = 1.9082149292705877e-10;
