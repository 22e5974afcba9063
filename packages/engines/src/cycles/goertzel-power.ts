/**
 * The power of one frequency in a stretch of values: the squared size of its term of the discrete Fourier transform, whole multiple of 1 / n or not.
 *
 * Definition  s[i] = x[i] + 2 cos(w) s[i - 1] - s[i - 2], w = 2 pi * frequency; power = s[n - 1]^2 + s[n - 2]^2 - 2 cos(w) s[n - 1] s[n - 2] =
 *             |sum of x[i] exp(-j w i)|^2
 * Units       frequency in cycles a row; the square of the values' unit out     NaN  from any value
 * Source      G. Goertzel, An algorithm for the evaluation of finite trigonometric series, American Mathematical Monthly 65 (1958) 34-35
 * Example     1 0 -1 0 at 1/4 -> 4
 */
export function goertzelPower(values: ArrayLike<number>, frequency: number, from: number = 0, to: number = values.length): number {
  const twice = 2 * Math.cos(2 * Math.PI * frequency);
  let s1 = 0, s2 = 0;
  for (let i = from; i < to; i++) {
    const s = values[i] + twice * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return s1 * s1 + s2 * s2 - twice * s1 * s2;
}
