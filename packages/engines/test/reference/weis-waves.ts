/** One wave of a zigzag from its definition, given where the wave before ended and when that was known. */
type Bars = { readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly volume: Float64Array };

export interface ReferenceWave {
  readonly originRow: number;
  readonly knownRow: number;
  readonly price: number;
  readonly volume: number;
}

/** `range` is the average true range of each row; undefined where the wave has not ended. */
export function nextWave({ high, low, close, volume }: Bars, range: Float64Array, reversal: number, side: number, fromRow: number, since: number): ReferenceWave | undefined {
  const extremes = side > 0 ? high : low;
  for (let row = since + 1; row < close.length; row++) {
    const rows = Array.from({ length: row - fromRow }, (_, k) => fromRow + 1 + k), extreme = Math.max(...rows.map(k => side * extremes[k])), originRow = rows.find(k => side * extremes[k] === extreme)!;
    if (!(extreme - side * close[row] >= reversal * range[row - 1])) continue;
    return { originRow, knownRow: row, price: side * extreme, volume: rows.filter(k => k <= originRow).reduce((sum, k) => sum + volume[k], 0) };
  }
  return undefined;
}
