/**
 * Numbers that mlfinlab's tests assert of its microstructural features over the 1,000 dollar bars of its sample, window 20: the largest value, the mean, and
 * the value of row 25. Source: Hudson and Thames, mlfinlab, mlfinlab/tests/test_microstructural_features.py. As many digits as are published; the tests
 * there assert them to about one unit of the last one (some are cut off, not rounded), which is the tolerance.
 */
export interface PublishedFigure { readonly max: number; readonly mean: number; readonly row25: number; readonly tolerance: readonly [max: number, mean: number, row25: number] }

export const mlfinlabRoll: PublishedFigure = { max: 7.1584, mean: 2.341, row25: 1.176, tolerance: [1e-4, 1e-3, 1e-3] };
export const mlfinlabCorwinSchultz: PublishedFigure = { max: 0.01652, mean: 0.00151602, row25: 0.00139617, tolerance: [1e-5, 1e-8, 1e-8] };
export const mlfinlabKyle: PublishedFigure = { max: 0.000163423, mean: 7.02e-5, row25: 7.76e-5, tolerance: [1e-9, 1e-7, 1e-7] };
export const mlfinlabAmihud: PublishedFigure = { max: 4.0578e-11, mean: 1.7213e-11, row25: 1.8439e-11, tolerance: [1e-15, 1e-15, 1e-15] };
export const mlfinlabHasbrouck: PublishedFigure = { max: 3.39527e-7, mean: 1.44037e-7, row25: 1.5433e-7, tolerance: [1e-12, 1e-12, 1e-11] };
/** Mean absolute imbalance by bulk classification, window 1, over the volume of the bar. */
export const mlfinlabVpin1: PublishedFigure = { max: 0.999, mean: 0.501, row25: 0.554, tolerance: [1e-3, 1e-3, 1e-3] };
/** The same with window 20; the third figure is that of row 45. */
export const mlfinlabVpin20: PublishedFigure = { max: 0.6811, mean: 0.5, row25: 0.4638, tolerance: [1e-4, 1e-3, 1e-4] };

/** Largest value, mean and one row of a column, its NaN left out. */
export function figuresOf(column: ArrayLike<number>, row: number = 25): readonly [max: number, mean: number, row: number] {
  const values = Array.from(column).filter(value => !Number.isNaN(value));
  return [Math.max(...values), values.reduce((sum, value) => sum + value, 0) / values.length, column[row]];
}

/** Figures that are farther off than the digits published, by name; none is agreement. */
export function disagreements(column: ArrayLike<number>, { max, mean, row25, tolerance }: PublishedFigure, row: number = 25): string[] {
  const found = figuresOf(column, row);
  return [max, mean, row25].flatMap((figure, k) => (Math.abs(found[k] - figure) <= tolerance[k] ? [] : [`${['max', 'mean', `row ${row}`][k]}: ${found[k]}, published ${figure}`]));
}
