/** Trades by hand, tick 1: [time in seconds, price, size, side]. */
export type HandTrade = readonly [time: number, price: number, size: number, side: number];

/** Windows of two seconds, compared with the two before by the median: what is absorbed, as [direction, first row, row that closes it, low, high, volume]. */
export const absorptionByHand: { readonly trades: readonly HandTrade[]; readonly expected: readonly (readonly number[])[] } = {
  trades: [
    [0, 10, 3, 1], // 0: a window of 3
    [2, 10, 4, 1], // 1: of 4; two are known now
    [4, 10, 5, -1], [5, 11, 4, -1], [5.5, 11, 2, 1], // 2: 9 sold against 2, at least 3.5, within a tick
    [6, 10, 20, 1], [6.5, 12, 1, 1], // 5: closes the one before at its lowest price; two ticks wide itself
    [9, 13, 9, 1], // 7
    [11, 14, 20, 1], // 8: closes one of 9, which is less than the median of 9 and 21
    [13, 15, 1, 1], // 9: closes one of 20 with a price beyond it
    [15, 15, 30, -1], // 10: closes one of 1
    [17, 15, 5, 0], // 11: closes one of 30 sold at its price
    [19, 15, 5, 1],
  ],
  expected: [[1, 2, 5, 10, 11, 9], [1, 10, 11, 15, 15, 30]],
};

/** Orders through two prices or more, as [direction, first row, row that ends it, lowest, highest, volume]. */
export const tradeThroughsByHand: { readonly trades: readonly HandTrade[]; readonly expected: readonly (readonly number[])[] } = {
  trades: [
    [1, 10, 2, 1], [1, 11, 3, 1], [1, 11, 1, 1], // 0: bought through 10 and 11
    [2, 11, 1, -1], [2, 10, 1, -1], [2, 8, 2, -1], // 3: sold through 11, 10 and 8
    [2, 9, 1, -1], // 6: back up: another order
    [3, 9, 1, 1], [3, 9, 1, 1], // 7: one price
    [4, 9, 1, 1], [5, 10, 1, 1], // 9: two times
    [6, 9, 1, 1], [6, 10, 1, -1], // 11: two sides
    [7, 9, 1, 0], [7, 10, 1, 0], // 13: no side
    [8, 5, 1, 1], [8, 6, NaN, 1], [8, 7, 1, 1], // 15: a bad size between
    [9, 5, 4, 1], [9, 6, 4, 1], // 18: through 5 and 6, and nothing follows
  ],
  expected: [[1, 0, 3, 10, 11, 6], [-1, 3, 6, 8, 11, 4]],
};
