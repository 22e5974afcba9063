/**
 * A rolling figure: any figure of returns over the latest `window` of them, at rows spread over the run.
 *
 * Definition  value[i] = figure(returns[i + 1 - window .. i]); computed anew for every row that is asked for, so nothing drifts
 * Units       those of the figure.  Shape  the rows as asked for, by default all from window - 1 on; NaN before.
 * Errors      RangeError for a window that is no positive integer
 * Example     rollingFigure([1, 2, 3], 2, mean) -> rows 1, 2: 1.5, 2.5
 */
import { positiveInteger } from '@zanzibar/core';

export interface RollingFigure {
  readonly row: Int32Array;
  readonly value: Float64Array;
}

/** `points` rows at most, evenly spread, the last one among them. @defaultValue all */
export function rollingFigure(
  returns: Float64Array, window: number, figure: (returns: Float64Array, from: number) => number, points: number = Infinity,
): RollingFigure {
  positiveInteger('rollingFigure: window', window);
  const whole = Math.max(0, returns.length - window + 1), count = Math.min(whole, points);
  // From the last row back, so that the newest is always there.
  const row = Int32Array.from({ length: count }, (_, k) => returns.length - 1 - Math.floor(((count - 1 - k) * whole) / count));
  return { row, value: Float64Array.from(row, i => figure(returns.subarray(i + 1 - window, i + 1), i + 1 - window)) };
}
