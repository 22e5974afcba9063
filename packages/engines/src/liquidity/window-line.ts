/**
 * The line through the pairs of two rings of one window, by least squares with an intercept, in two passes from the oldest pair on.
 *
 * Its slope and the share of the variance of y that it explains are left in `fittedLine`; NaN where x (for the share x or y) does not vary.
 */
export function fitLine(xs: Float64Array, ys: Float64Array, oldest: number): void {
  const window = xs.length;
  let sumX = 0, sumY = 0, xx = 0, xy = 0, yy = 0;
  for (let k = 0; k < window; k++) {
    const at = oldest + k < window ? oldest + k : oldest + k - window;
    sumX += xs[at];
    sumY += ys[at];
  }
  const meanX = sumX / window, meanY = sumY / window;
  for (let k = 0; k < window; k++) {
    const at = oldest + k < window ? oldest + k : oldest + k - window, x = xs[at] - meanX, y = ys[at] - meanY;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  fittedLine[0] = xx > 0 ? xy / xx : NaN;
  fittedLine[1] = xx > 0 && yy > 0 ? (xy / xx) * (xy / yy) : NaN;
}

/** Slope and share of variance of the last call of `fitLine`: read at once, so that no row makes an object. */
export const fittedLine: Float64Array = new Float64Array(2);
