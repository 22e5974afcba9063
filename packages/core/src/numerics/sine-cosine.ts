import { quarterTurns } from './quarter-turns.ts';

/**
 * Sine and cosine, with the same bits on every machine and in every engine of JavaScript, which those of `Math` have not.
 *
 * Definition  the angle less the nearest multiple of pi / 2, r, and what rounding it has lost, c: by the number of quarter turns the sine or the cosine of
 *             r + c or its negative; sin r = r + r^3 S(r^2), cos r = 1 - r^2 / 2 + r^4 C(r^2) with minimax polynomials S and C for |r| <= pi / 4
 * Units       radians in; off by less than 1 unit in the last place (at most 0.77 at 40,000 points), however large the angle
 * NaN         gives NaN, as the infinities do; the sine of -0 is -0
 * Source      K. C. Ng, fdlibm 5.3, Sun Microsystems, 1995: the polynomials' coefficients; the reduction as in `quarterTurns`
 * Example     1 -> sine 0.8414709848078965, cosine 0.5403023058681398
 */
export function sine(x: number): number {
  const distance = Math.abs(x);
  // A square below would underflow, and lose the sign of -0.
  if (distance < 7.450580596923828e-9) return x;
  if (distance <= eighthTurn) return sineOf(x, 0);
  const quarters = quarterTurns(x, rest), value = (quarters & 1) === 0 ? sineOf(rest[0], rest[1]) : cosineOf(rest[0], rest[1]);
  return quarters < 2 ? value : -value;
}

/** The cosine of an angle in radians: with `sine`, whose definition it shares. */
export function cosine(x: number): number {
  if (Math.abs(x) <= eighthTurn) return cosineOf(x, 0);
  const quarters = quarterTurns(x, rest), value = (quarters & 1) === 0 ? cosineOf(rest[0], rest[1]) : sineOf(rest[0], rest[1]);
  return quarters === 0 || quarters === 3 ? value : -value;
}

function sineOf(r: number, lost: number): number {
  const square = r * r, cube = square * r;
  const series = 0.00833333333332249 + square * (-0.0001984126982985795 + square * (2.7557313707070068e-6 + square * (-2.5050760253406863e-8 + square * 1.58969099521155e-10)));
  return r - (square * (0.5 * lost - cube * series) - lost - cube * -0.16666666666666632);
}

function cosineOf(r: number, lost: number): number {
  const square = r * r, half = 0.5 * square, near = 1 - half;
  const series = square * (0.0416666666666666 + square * (-0.001388888888887411 + square * (2.480158728947673e-5
    + square * (-2.7557314351390663e-7 + square * (2.087572321298175e-9 + square * -1.1359647557788195e-11)))));
  return near + (1 - near - half + (square * series - r * lost));
}

const rest: Float64Array = new Float64Array(2), eighthTurn = 0.7853981633974483;
