/** The extremes of the last prices, as of a time: a queue in which every value is further out than all that follow it. One array of doubles, so that it is a state value. */

const headAt = 0,
  countAt = 1,
  header = 2;

export function newPriceWindow(): Float64Array {
  return new Float64Array(header + 2 * 8);
}

/** Forgets what is older than `time`. */
export function forgetBefore(window: Float64Array, time: number): void {
  while (window[countAt] > 0 && window[placeOf(window, 0)] < time) {
    window[headAt] = (window[headAt] + 1) % capacityOf(window);
    window[countAt]--;
  }
}

/** The extreme of what is remembered, NaN of nothing. */
export function extremeOf(window: Float64Array): number {
  return window[countAt] > 0 ? window[placeOf(window, 0) + 1] : NaN;
}

/** Remembers a price; of the highest ones with `direction` 1, of the lowest with -1. Returns the window, which is another one where it had to grow. */
export function remember(window: Float64Array, time: number, price: number, direction: number): Float64Array {
  while (window[countAt] > 0 && (window[placeOf(window, window[countAt] - 1) + 1] - price) * direction <= 0) window[countAt]--;
  const roomy = window[countAt] === capacityOf(window) ? grown(window) : window,
    at = placeOf(roomy, roomy[countAt]++);
  roomy[at] = time;
  roomy[at + 1] = price;
  return roomy;
}

/** Moves the times back, so that they stay exact. */
export function shiftTimes(window: Float64Array, by: number): void {
  for (let k = 0; k < window[countAt]; k++) window[placeOf(window, k)] -= by;
}

export function forgetAll(window: Float64Array): void {
  window[countAt] = 0;
}

function capacityOf(window: Float64Array): number {
  return (window.length - header) / 2;
}

function placeOf(window: Float64Array, k: number): number {
  return header + 2 * ((window[headAt] + k) % capacityOf(window));
}

function grown(window: Float64Array): Float64Array {
  const larger = new Float64Array(header + 4 * capacityOf(window));
  for (let k = 0; k < window[countAt]; k++) {
    larger[header + 2 * k] = window[placeOf(window, k)];
    larger[header + 2 * k + 1] = window[placeOf(window, k) + 1];
  }
  larger[countAt] = window[countAt];
  return larger;
}
