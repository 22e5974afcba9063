/** Published numbers of the square of nine and of the literal definitions, as data. */

/** A followers' example (fibonaccitrader.com): 40 turned by 225 degrees. */
export const turned: { readonly price: number; readonly degrees: number; readonly level: number } = { price: 40, degrees: 225, level: 57.37 };

/** 1576 less 50 quarters of a root, 50 x 45 degrees in (geometricmarkets.com). */
export const quartersIn: { readonly price: number; readonly degrees: number; readonly level: number } = { price: 1576, degrees: -2250, level: 739.78 };

/** Cells of the spiral that lie on one ray, a full turn apart (fibonaccitrader.com): each turn leads from a cell into the next one named. */
export const rays: readonly (readonly number[])[] = [[2, 11, 28, 53], [3, 13, 31], [4, 15, 34], [6, 19, 40]];

/** Angles of numbers, in degrees (an idea published on tradingview.com). */
export const anglesOfNumbers: readonly (readonly [price: number, degrees: number])[] = [[23_055, 105.97], [2305, 136.87]];

/** A calculator page prints 121 for 100 and a full turn; the square gives 144. */
export const misprint: { readonly price: number; readonly printed: number; readonly correct: number } = { price: 100, printed: 121, correct: 144 };

/** Quantam-imo/quantum-market-observer: the listed counts of bars, and the levels of a range 10 to 20 (low + r, low + 1.5 r, low + 2 r). */
export const literalCounts: readonly number[] = [7, 14, 21, 30, 45, 90, 144, 180, 360];
export const literalLevels: { readonly low: number; readonly high: number; readonly levels: readonly number[] } = { low: 10, high: 20, levels: [20, 25, 30] };
