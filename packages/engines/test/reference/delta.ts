/** Trades of five bars by hand, one of them without volume, and what they add up to; the third bar begins a new session. */
export const deltaByHand: { readonly trades: readonly (readonly (readonly [side: number, size: number])[])[]; readonly anchor: readonly number[]; readonly expected: { readonly [column: string]: readonly number[] } } = {
  trades: [
    [[1, 5], [1, 2], [-1, 3]],
    [[-1, 2], [0, 1], [1, 1]],
    [[0, 8]],
    [],
    [[-1, 6], [1, 2], [-1, 2]],
  ],
  anchor: [0, 0, 1, 0, 0],
  expected: {
    delta: [4, -1, 0, 0, -6],
    unsignedVolume: [0, 1, 8, 0, 0],
    cumulativeDelta: [4, 3, 0, 0, -6],
    heat: [70, 37.5, 50, NaN, 20],
    bias: [1, -1, 0, 0, -1],
  },
};

/** [row where it sits, row that proves it, price, total of delta there] of the highs and lows of a session by hand, and the divergences among them. */
export const divergencesByHand: {
  readonly swings: readonly (readonly [direction: number, originRow: number, knownRow: number, price: number])[];
  readonly cumulativeDelta: readonly number[];
  readonly expected: readonly (readonly [direction: number, originRow: number, knownRow: number, ref: number, level0: number, level1: number, value: number])[];
} = {
  cumulativeDelta: [0, 10, 4, 2, 8, 6, 1, 3, 9, 20],
  swings: [
    [1, 1, 2, 100],
    [-1, 3, 4, 90],
    [1, 4, 5, 105],
    [-1, 6, 7, 85],
    [-1, 7, 8, 80],
    [1, 8, 9, 105],
  ],
  // The second high is higher and has a total of 8 after 10; the third low is lower and has 3 after 1. The second low has the lower total, the third high is no higher.
  expected: [
    [-1, 4, 5, 2, 100, 105, -2],
    [1, 7, 8, 4, 80, 85, 2],
  ],
};
