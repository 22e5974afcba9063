import { cosine } from '@zanzibar/core';

/**
 * The power of one frequency in a stretch of values: the squared size of its term of the discrete Fourier transform, whole multiple of 1 / n or not.
 *
 * Definition  s[i] = x[i] - s[i - 2] + 2 cos(w) s[i - 1], w = 2 pi * frequency; power = s[n - 1]^2 + s[n - 2]^2 - 2 cos(w) s[n - 1] s[n - 2] =
 *             |sum of x[i] exp(-j w i)|^2
 * Units       frequency in cycles a row; the square of the values' unit out     NaN  from any value
 * Source      G. Goertzel, An algorithm for the evaluation of finite trigonometric series, American Mathematical Monthly 65 (1958) 34-35
 * Example     1 0 -1 0 at 1/4 -> 4
 */
export function goertzelPower(values: ArrayLike<number>, frequency: number, from: number = 0, to: number = values.length): number {
  const twice = 2 * cosine(2 * Math.PI * frequency);
  let s1 = 0, s2 = 0;
  for (let i = from; i < to; i++) {
    const s = values[i] - s2 + twice * s1;
    s2 = s1;
    s1 = s;
  }
  return s1 * s1 + s2 * s2 - twice * s1 * s2;
}

/** What `goertzelPowers` needs of each frequency, made once. */
export function goertzelCoefficients(frequencies: ArrayLike<number>): Float64Array {
  return Float64Array.from(frequencies, frequency => 2 * cosine(2 * Math.PI * frequency));
}

/** `goertzelPower` at the frequency of each coefficient, of values from `from` on, to the same bits. Five go side by side: a step of one waits for the step before it. */
export function goertzelPowers(values: Float64Array, coefficients: Float64Array, powers: Float64Array, from: number = 0): void {
  const last = coefficients.length - 1, length = values.length;
  for (let f = 0; f <= last; f += 5) {
    // Past the end the last one is done again.
    const fb = Math.min(f + 1, last), fc = Math.min(f + 2, last), fd = Math.min(f + 3, last), fe = Math.min(f + 4, last);
    const ta = coefficients[f], tb = coefficients[fb], tc = coefficients[fc], td = coefficients[fd], te = coefficients[fe];
    let a1 = 0, a2 = 0, b1 = 0, b2 = 0, c1 = 0, c2 = 0, d1 = 0, d2 = 0, e1 = 0, e2 = 0;
    for (let i = from; i < length; i++) {
      const x = values[i], a = x - a2 + ta * a1, b = x - b2 + tb * b1, c = x - c2 + tc * c1, d = x - d2 + td * d1, e = x - e2 + te * e1;
      a2 = a1;
      a1 = a;
      b2 = b1;
      b1 = b;
      c2 = c1;
      c1 = c;
      d2 = d1;
      d1 = d;
      e2 = e1;
      e1 = e;
    }
    powers[f] = a1 * a1 + a2 * a2 - ta * a1 * a2;
    powers[fb] = b1 * b1 + b2 * b2 - tb * b1 * b2;
    powers[fc] = c1 * c1 + c2 * c2 - tc * c1 * c2;
    powers[fd] = d1 * d1 + d2 * d2 - td * d1 * d2;
    powers[fe] = e1 * e1 + e2 * e2 - te * e1 * e2;
  }
}
