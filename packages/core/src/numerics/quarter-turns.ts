/**
 * An angle as whole quarter turns and a rest of at most an eighth of a turn, which is in two parts: rest[0] the nearest number, rest[1] what that leaves out.
 *
 * Definition  x = n pi / 2 + rest; up to 2^20 quarter turns by subtracting n times pi / 2 in parts of 33 bits, whose products are exact; beyond, x times
 *             2 / pi in whole numbers of 1216 bits, so that no angle is too large
 * Units       radians     NaN  and the infinities give a rest of NaN
 * Source      W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980; M. Payne and R. Hanek, Radian reduction for trigonometric functions,
 *             ACM SIGNUM Newsletter 18 (1983) 19-24
 * Example     10 radians are 6 quarter turns and 0.5752...
 *
 * Returns the quarter turns modulo 4.
 */
export function quarterTurns(x: number, rest: Float64Array): number {
  if (!(Math.abs(x) < 1_647_099)) return quarterTurnsOfLarge(x, rest);
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  const first = x - n * 1.5707963267341256;
  let part = n * 6.077100506303966e-11, before = first, after = first - part, lost = n * 2.0222662487959506e-21 - (before - after - part);
  if (Math.abs(after) < 1e-9) {
    // So near to a multiple of pi / 2 that the first 66 bits have cancelled each other.
    before = after;
    part = n * 2.0222662487111665e-21;
    after = before - part;
    lost = n * 8.4784276603689e-32 - (before - after - part);
  }
  rest[0] = after - lost;
  rest[1] = after - rest[0] - lost;
  return n & 3;
}

function quarterTurnsOfLarge(x: number, rest: Float64Array): number {
  if (!(Math.abs(x) < Infinity)) {
    rest[0] = rest[1] = NaN;
    return 0;
  }
  // x = significand 2^exponent, the significand a whole number; multiples of 2^2 turns of the product fall away.
  let significand = Math.abs(x), exponent = 0;
  while (significand >= 9_007_199_254_740_992) {
    significand /= 2;
    exponent++;
  }
  while (significand !== Math.floor(significand)) {
    significand *= 2;
    exponent--;
  }
  const product = BigInt(significand) * twoOverPi, turns = BigInt.asUintN(1218, exponent < 0 ? product >> BigInt(-exponent) : product << BigInt(exponent));
  let n = Number(turns >> 1216n), fraction = BigInt.asUintN(1216, turns) >> 1024n;
  if (fraction >> 191n === 1n) {
    n++;
    fraction -= 1n << 192n;
  }
  const angle = fraction * halfPi, nearest = Number(angle), sign = x < 0 ? -1 : 1;
  rest[0] = sign * nearest * twoToMinus384;
  rest[1] = sign * Number(angle - BigInt(nearest)) * twoToMinus384;
  return (sign * n) & 3;
}

/** 2 / pi times 2^1216 and pi / 2 times 2^192, their fractions cut off. */
const twoOverPi: bigint = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e41'
  + '3991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08'
  + '56033046fc7b6bab',
);
const halfPi = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e8n;
const twoToMinus384 = 2.5379418373156492e-116;
