/**
 * Thins a series to what a chart can show: of each of `stretches` equal stretches the first, lowest, highest and last row, so that no peak or trough is lost.
 *
 * Rows of NaN are not extremes. Returns the kept rows, ascending. Source: U. Jugel and others, M4: A Visualization-Oriented Time Series Data Aggregation, 2014.
 */
export function thinRows(values: ArrayLike<number>, stretches: number): number[] {
  const count = values.length;
  if (count <= 4 * stretches) return Array.from({ length: count }, (_, i) => i);
  const rows: number[] = [];
  for (let k = 0; k < stretches; k++) {
    const from = Math.floor((k * count) / stretches), to = Math.floor(((k + 1) * count) / stretches);
    let low = from, high = from;
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    for (const row of [from, Math.min(low, high), Math.max(low, high), to - 1]) if (rows.length === 0 || rows[rows.length - 1] < row) rows.push(row);
  }
  return rows;
}
