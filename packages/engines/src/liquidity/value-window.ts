/** The last values of a column. Sums go through them anew in each row, the oldest first: nothing drifts, and a NaN leaves with its row. */
export interface ValueWindow {
  values: Float64Array;
  at: number;
  count: number;
}

export function newWindow(size: number): { values: Float64Array; at: number; count: number } {
  return { values: new Float64Array(size), at: 0, count: 0 };
}

export function pushValue(window: ValueWindow, value: number): void {
  window.values[window.at] = value;
  window.at = window.at + 1 === window.values.length ? 0 : window.at + 1;
  if (window.count < window.values.length) window.count++;
}

/** NaN until the window is full. */
export function windowMean({ values, at, count }: ValueWindow): number {
  if (count < values.length) return NaN;
  let sum = 0;
  for (let k = at; k < count; k++) sum += values[k];
  for (let k = 0; k < at; k++) sum += values[k];
  return sum / count;
}
