import { newWindow, pushValue } from './value-window.ts';

/** The newest values of x, the changes of price that came with them in the same places, and the price before. */
export type ChangeWindow = { previous: number; isBegun: number; changes: Float64Array; values: Float64Array; at: number; count: number };

export function newChangeWindow(size: number): ChangeWindow {
  return { previous: NaN, isBegun: 0, changes: new Float64Array(size), ...newWindow(size) };
}

/** Takes a row, and leaves the line of the window's price changes on x in `fittedLine`: NaN until the window is full. The first row has no change. */
export function pushChange(window: ChangeWindow, price: number, x: number): void {
  if (window.isBegun === 1) {
    window.changes[window.at] = price - window.previous;
    pushValue(window, x);
  }
  window.previous = price;
  window.isBegun = 1;
  if (window.count < window.values.length) fittedLine[0] = fittedLine[1] = NaN;
  else fitLine(window.values, window.changes, window.at);
}

/**
 * The line through the pairs of two rings of one window, by least squares with an intercept, in two passes from the oldest pair on.
 *
 * Its slope and the share of the variance of y that it explains are left in `fittedLine`; NaN where x (for the share x or y) does not vary.
 */
function fitLine(xs: Float64Array, ys: Float64Array, oldest: number): void {
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

/** Slope and share of variance of the last call of `pushChange`: read at once, so that no row makes an object. */
export const fittedLine: Float64Array = new Float64Array(2);
