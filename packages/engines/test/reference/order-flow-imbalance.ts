/** Quotes by hand, the first five of section 3.7 of the engines' design: [bid, bidSize, ask, askSize], with what each brings, its queue imbalance and its weighted mid. */
export const quotesByHand: { readonly quotes: readonly (readonly [number, number, number, number])[]; readonly flow: readonly number[]; readonly queue: readonly number[]; readonly mid: readonly number[] } = {
  quotes: [
    [100, 10, 101, 8], [100, 14, 101, 8], [100, 14, 101, 5], [101, 6, 102, 9], [100, 7, 102, 9],
    // Both sides lower: the new ask 3 came, the bid of 7 went; then both sides empty, and one comes back.
    [99, 5, 101, 3], [99, 0, 101, 0], [99, 4, 101, 12],
  ],
  flow: [NaN, 4, 3, 11, -6, -10, -2, -8],
  queue: [2 / 18, 6 / 22, 9 / 19, -3 / 15, -2 / 16, 2 / 8, NaN, -8 / 16],
  mid: [(101 * 10 + 100 * 8) / 18, (101 * 14 + 100 * 8) / 22, (101 * 14 + 100 * 5) / 19, (102 * 6 + 101 * 9) / 15, (102 * 7 + 100 * 9) / 16, (101 * 5 + 99 * 3) / 8, NaN, (101 * 4 + 99 * 12) / 16],
};

/** The rows of `quotesByHand` that fall into each of three bars, their sum, and it over the mean of their depths; the first row of all has no flow. */
export const barsOfQuotes: readonly (readonly [from: number, to: number, sum: number, normalised: number])[] = [
  [0, 5, 12, 12 / ((11 + 9.5 + 7.5 + 8) / 4)],
  [5, 5, 0, NaN],
  [5, 8, -20, -20 / ((4 + 0 + 8) / 3)],
];
