import { powerOffset, powersOfTwo } from './powers-of-two.ts';

/**
 * e to the power of x, less 1, all digits of it where x is near 0 too, with the same bits everywhere, which `Math.expm1` has not.
 *
 * Definition  x = k log 2 + r as in `exponential`, c what r has lost by rounding; e^r - 1 - r = r^2 / 2 (1 + r E), where E is made of a minimax polynomial in
 *             r^2 / 2 for 6 / r ((e^r + 1) / (e^r - 1) - 2 / r); 2^k (e^r - 1) + 2^k - 1 is summed from its smaller part
 * Units       none; off by less than 1 unit in the last place (at most 0.77 at 40,000 points)
 * NaN         gives NaN; Infinity gives itself, -Infinity -1; above 709.782712893384 Infinity, below -38.816 -1; -0 gives itself
 * Source      K. C. Ng, fdlibm 5.3, Sun Microsystems, 1995: reduction, form and coefficients, so that up to Node 24 the bits are those of `Math.expm1`
 * Example     1e-10 -> 1.00000000005e-10
 */
export function exponentialLessOne(x: number): number {
  if (!(x <= 709.782712893384)) return x * Infinity;
  if (x < -38.816242) return -1;
  const distance = Math.abs(x);
  if (distance < 5.551115123125783e-17) return x;
  let r = x, lost = 0, k = 0;
  if (distance >= 0.3465735912322998) {
    k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0;
    const high = x - k * 0.6931471803691238, low = k * 1.9082149292705877e-10;
    r = high - low;
    lost = high - r - low;
  }
  const half = 0.5 * r, square = r * half;
  const ratio = 1 + square * (-0.03333333333333313 + square * (0.0015873015872548146 + square * (-7.93650757867488e-5 + square * (4.008217827329362e-6 + square * -2.0109921818362437e-7))));
  const three = 3 - ratio * half, quotient = square * ((ratio - three) / (6 - r * three));
  if (k === 0) return r - (r * quotient - square);
  const rest = r * (quotient - lost) - lost - square;
  if (k === -1) return 0.5 * (r - rest) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (rest - (r + 0.5)) : 1 + 2 * (r - rest);
  if (k === 1024) return (1 - (rest - r)) * 2 * powersOfTwo[powerOffset + 1023] - 1;
  const power = powersOfTwo[powerOffset + k];
  if (k < 0 || k > 56) return (1 - (rest - r)) * power - 1;
  const inverse = powersOfTwo[powerOffset - k];
  return k < 20 ? (1 - inverse - (rest - r)) * power : (r - (rest + inverse) + 1) * power;
}
