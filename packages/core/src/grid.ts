/**
 * Grids: prices and quantities as whole counts of a step, held in doubles.
 *
 * A price on a grid is the double nearest to its decimal, and a tick is a fraction of whole numbers: `ticks * numerator / denominator`
 * rounds once, at the division, so it is that double (`ticks * 0.00001` is another one in 55 % of cases). Quantities use the same type
 * with their step. Without a stated tick there is no grid: values are their own ticks and nothing is rounded or refused.
 */

export interface Grid {
  /** The step as a double, NaN where there is no grid. */
  readonly tick: number;
  /** The step is `numerator / denominator` in lowest terms. */
  readonly numerator: number;
  readonly denominator: number;
  readonly isGrid: boolean;
}

/** Where a value between two steps goes. */
export type Rounding = 'down' | 'up' | 'nearest';

/** The absence of a grid: ticks are the values themselves. */
export const noGrid: Grid = { tick: NaN, numerator: 1, denominator: 1, isGrid: false };

/**
 * The grid of a tick: a whole number (5), one over a whole number (0.00001, 0.25), or any other as a fraction of whole numbers.
 *
 * NaN gives `noGrid`. Errors: RangeError for a number that is neither, such as 2.5, whose fraction is `{ numerator: 5, denominator: 2 }`.
 */
export function makeGrid(tick: number | { readonly numerator: number; readonly denominator: number }, what: string = 'grid: tick'): Grid {
  if (typeof tick === 'object') {
    const { numerator, denominator } = tick;
    if (!(Number.isSafeInteger(numerator) && numerator > 0 && Number.isSafeInteger(denominator) && denominator > 0)) {
      throw new RangeError(`grid: numerator and denominator must be positive integers, were ${numerator} and ${denominator}`);
    }
    let divisor = numerator, rest = denominator;
    while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
    return { tick: numerator / denominator, numerator: numerator / divisor, denominator: denominator / divisor, isGrid: true };
  }
  if (Number.isNaN(tick)) return noGrid;
  // Kernels ask for the same grid block after block.
  if (tick === recent.tick) return recent;
  recent = gridOf(tick, what);
  return recent;
}

let recent: Grid = noGrid;

function gridOf(tick: number, what: string): Grid {
  if (Number.isSafeInteger(tick) && tick > 0) return { tick, numerator: tick, denominator: 1, isGrid: true };
  const perUnit = Math.round(1 / tick);
  if (!(tick > 0 && tick < 1 && Number.isSafeInteger(perUnit) && 1 / perUnit === tick)) {
    throw new RangeError(`${what} must be a positive integer, one over an integer, or a fraction { numerator, denominator }, was ${tick}`);
  }
  return { tick, numerator: 1, denominator: perUnit, isGrid: true };
}

/** The grid with half the step: a mid of two prices on `grid` is always on it. */
export function halfGrid(grid: Grid): Grid {
  return grid.isGrid ? makeGrid({ numerator: grid.numerator, denominator: 2 * grid.denominator }) : noGrid;
}

/** The value that is `ticks` steps from 0. */
export function fromTicks(grid: Grid, ticks: number): number {
  return (ticks * grid.numerator) / grid.denominator;
}

/**
 * A value in steps. `nearest` (the default) is the way back from `fromTicks`; halves go up.
 *
 * `down` and `up` leave a value that is within representation noise of a step (see `noiseOf`) on that step, so that 0.1 + 0.2 rounds to 0.3
 * in both directions. NaN stays NaN. Without a grid the value itself.
 */
export function toTicks(grid: Grid, value: number, rounding: Rounding = 'nearest'): number {
  if (!grid.isGrid) return value;
  const ticks = Math.round((value * grid.denominator) / grid.numerator) + 0;
  if (rounding === 'nearest') return ticks;
  const distance = value - fromTicks(grid, ticks);
  if (distance === 0 || Math.abs(distance) <= noiseOf(grid, value, 'f64')) return ticks;
  if (rounding === 'down') return distance < 0 ? ticks - 1 : ticks;
  return distance > 0 ? ticks + 1 : ticks;
}

/** The value of the grid at, below or above `value`. Without a grid the value itself. */
export function roundToGrid(grid: Grid, value: number, rounding: Rounding): number {
  return grid.isGrid ? fromTicks(grid, toTicks(grid, value, rounding)) : value;
}

/** The rounding that makes a modelled price worse for an order of this side (+1 buy, -1 sell): buys up, sells down. Stops go the same way. */
export function againstOrder(side: number): Rounding {
  return side > 0 ? 'up' : 'down';
}

/** The rounding to the passive side of an order: buys down, sells up. Limits go this way. */
export function passiveSide(side: number): Rounding {
  return side > 0 ? 'down' : 'up';
}

/** A quantity cut to whole steps, towards 0. */
export function wholeSteps(grid: Grid, quantity: number): number {
  return roundToGrid(grid, quantity, quantity < 0 ? 'up' : 'down');
}

/** Is this the double that the grid has for it? Never for NaN and infinities; without a grid always for numbers. */
export function isOnGrid(grid: Grid, value: number): boolean {
  return Number.isFinite(value) && roundToGrid(grid, value, 'nearest') === value;
}

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** Distance of a stored number of this size to the next one of its type. */
function spacing(value: number, stored: 'f32' | 'f64'): number {
  bits[0] = value;
  const exponent = ((words[1] >>> 20) & 0x7ff) - (stored === 'f32' ? 23 : 52);
  words[0] = 0;
  words[1] = exponent > 0 ? exponent << 20 : 0;
  return bits[0];
}

/** Representation noise: what a value on the grid may lie off it after storage, the larger of 1e-6 of a tick and the spacing of the stored type. */
export function noiseOf(grid: Grid, value: number, stored: 'f32' | 'f64'): number {
  return Math.max((1e-6 * grid.numerator) / grid.denominator, spacing(value, stored));
}

/**
 * Puts the values of rows `[from, to)` on the grid in place where they are off it by no more than noise; returns how many others there are.
 *
 * Those others, infinities among them, stay as they are (`isOnGrid` finds them); NaN is no value and counts as none. `stored` is the type
 * that the values came from.
 */
export function putOnGrid(column: Float64Array, grid: Grid, stored: 'f32' | 'f64' = 'f64', from: number = 0, to: number = column.length): number {
  if (!grid.isGrid) return 0;
  const { numerator, denominator } = grid;
  let offGridCount = 0;
  for (let i = from; i < to; i++) {
    const value = column[i], nearest = ((Math.round((value * denominator) / numerator) + 0) * numerator) / denominator;
    if (nearest === value && value !== Infinity && value !== -Infinity) column[i] = nearest;
    else if (Math.abs(value - nearest) <= noiseOf(grid, value, stored)) column[i] = nearest;
    else if (!Number.isNaN(value)) offGridCount++;
  }
  return offGridCount;
}
