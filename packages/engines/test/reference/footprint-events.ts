/** Bars of cells by hand, tick 1, and the clusters and exhaustions in them: [price, bought, sold] of every bar. */
export const cellsByHand: readonly (readonly (readonly [price: number, bought: number, sold: number])[])[] = [
  // Mean 5: heavy from 7.5 on are 11 and 12, and 15 by itself; 14 had no trade. The high falls 9, 8, and that is no tenth of 9.
  [[10, 1, 0], [11, 8, 0], [12, 4, 5], [13, 2, 0], [15, 0, 8], [16, 0, 2]],
  // Bought falls 9, 6, 2 to the high, a tenth of 55 is 5.5; delta is 62.
  [[10, 50, 5], [11, 9, 0], [12, 6, 0], [13, 2, 0]],
  // Sold falls 8, 3, 1 to the low; delta is -49.
  [[10, 0, 1], [11, 0, 3], [12, 0, 8], [13, 3, 40]],
  // Sold falls to the low again, but a tick is missing.
  [[10, 0, 1], [12, 0, 3], [13, 0, 8], [14, 100, 9]],
  [],
  // Falls to the high with the delta of a seller.
  [[10, 20, 90], [11, 9, 0], [12, 6, 0], [13, 2, 0]],
];

/** With `multiple` 1.5: [bar, direction, lowest, highest, volume]; a bar of 71 in four rows has its mean at 17.75. */
export const clustersByHand: readonly (readonly [bar: number, direction: number, level0: number, level1: number, value: number])[] = [
  [0, 1, 11, 12, 17], [0, -1, 15, 15, 8], [1, 1, 10, 10, 55], [2, -1, 13, 13, 43], [3, 1, 14, 14, 109], [5, -1, 10, 10, 110],
];

/** [direction, bar, the bar that makes it known, price, aggressive volume]. */
export const exhaustionsByHand: { readonly [confirm in 'flip' | 'close']: readonly (readonly number[])[] } = {
  flip: [[-1, 1, 2, 13, 2], [1, 2, 3, 10, 1]],
  close: [[-1, 1, 1, 13, 2], [1, 2, 2, 10, 1], [-1, 5, 5, 13, 2]],
};
