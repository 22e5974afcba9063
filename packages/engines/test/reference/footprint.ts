/** A bar of trades by hand, tick 1: rows 10 to 17 and 20, ratio 3, least volume 10, stacks of 3. */
export const footprintByHand: {
  readonly trades: readonly (readonly [price: number, size: number, side: number])[];
  readonly cells: readonly (readonly [price: number, volume: number, buyVolume: number, sellVolume: number, imbalance: number])[];
  readonly stacks: readonly (readonly [direction: number, level0: number, level1: number, value: number])[];
  readonly figures: { readonly [column: string]: number };
} = {
  trades: [
    [10, 4, -1], [10, 1, 1], // both at the low: unfinished
    [11, 12, 1], [11, 2, -1], // 12 >= 3 x 4
    [12, 10, 1], [12, 3, -1], // 10 >= 3 x 2
    [13, 9, 1], // 9 >= 3 x 3, but below the least volume
    [14, 20, 1], [14, 30, -1], // 20 against nothing; 30 >= 3 x 5
    [15, 5, 1], [15, 40, -1], // 40 >= 3 x 12
    [16, 12, 1], [16, 25, -1], // 25 against nothing
    [17, 2, 0], // nobody knows whose
    [20, 19, 1], // against nothing, less than 20
  ],
  cells: [
    [10, 5, 1, 4, 0], [11, 14, 12, 2, 1], [12, 13, 10, 3, 1], [13, 9, 9, 0, 0], [14, 50, 20, 30, 2], [15, 45, 5, 40, -1], [16, 37, 12, 25, -1], [17, 2, 0, 0, 0], [20, 19, 19, 0, 0],
  ],
  stacks: [[-1, 14, 16, 3]],
  // 88 bought, 104 sold; the running delta is 43 after what was bought at 14, -35 after what was sold at 16, and ends at -16.
  figures: { delta: -16, minimumDelta: -35, maximumDelta: 43, pointOfControl: 14, unfinishedHigh: 0, unfinishedLow: 1, toCell: 9 },
};

interface PlainCell { readonly buy: number; readonly sell: number }

/** Imbalances from the definition, over every tick between the lowest and the highest: +1 bought, -1 sold, 2 both, 0 none. */
export function plainImbalances(cells: ReadonlyMap<number, PlainCell>, ratio: number, minimumVolume: number): Map<number, number> {
  const enough = (large: number, small: number): boolean => (small === 0 ? large > 0 && large >= 2 * minimumVolume : large >= minimumVolume && large >= ratio * small), result = new Map<number, number>();
  for (const [price, { buy, sell }] of cells) {
    const isBuy = enough(buy, cells.get(price - 1)?.sell ?? 0), isSell = enough(sell, cells.get(price + 1)?.buy ?? 0);
    result.set(price, isBuy && isSell ? 2 : isBuy ? 1 : isSell ? -1 : 0);
  }
  return result;
}
