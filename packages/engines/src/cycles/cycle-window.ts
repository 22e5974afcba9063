/** Windows of the cycle engines: the newest values as one stretch, and what is left of them above a line. */

/** Puts a value into a window of the newest ones, where every value stands twice, half the array apart: the window is one stretch. Returns where the next one goes, where the window begins. */
export function pushTwice(window: Float64Array, at: number, value: number): number {
  const length = window.length >> 1;
  window[at] = window[at + length] = value;
  return at + 1 === length ? 0 : at + 1;
}

/** The window from its oldest value on, less its least-squares line; returns the sum of squares that is left, 0 for what is a rounding of a line. */
export function detrendWindow(window: Float64Array, oldest: number, straight: Float64Array): number {
  const count = straight.length, middle = (count - 1) / 2, anchor = window[oldest], spread = (count * (count * count - 1)) / 12;
  let sum = 0, cross = 0;
  for (let k = 0; k < count; k++) {
    const x = window[oldest + k] - anchor;
    sum += x;
    cross += (k - middle) * x;
  }
  const mean = sum / count, slope = cross / spread, level = anchor + mean;
  let rest = 0;
  for (let k = 0; k < count; k++) {
    const y = window[oldest + k] - anchor - mean - slope * (k - middle);
    straight[k] = y;
    rest += y * y;
  }
  return rest > 1e-24 * (rest + slope * slope * spread + count * level * level) ? rest : rest === rest ? 0 : NaN;
}
