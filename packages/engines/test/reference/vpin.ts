/** VPIN lot by lot: every lot of one is put into its bucket by itself. Whole sizes and bucket volumes only; shares no code with the engines. */
export interface ReferenceBucket { readonly row: number; readonly bought: number; readonly sold: number; readonly vpin: number }

/** Rows of one side each. */
export function referenceVpin(rows: readonly (readonly [sign: number, lots: number])[], bucketVolume: number, buckets: number): ReferenceBucket[] {
  const lots = rows.flatMap(([sign, count], row) => Array.from({ length: count }, () => [row, sign] as const)), found: ReferenceBucket[] = [], imbalances: number[] = [];
  for (let start = 0; start + bucketVolume <= lots.length; start += bucketVolume) {
    const part = lots.slice(start, start + bucketVolume), bought = part.filter(([, sign]) => sign > 0).length, sold = part.filter(([, sign]) => sign < 0).length;
    imbalances.push(Math.abs(bought - sold));
    const last = imbalances.slice(-buckets);
    found.push({ row: part[part.length - 1][0], bought, sold, vpin: last.length < buckets ? NaN : last.reduce((sum, imbalance) => sum + imbalance, 0) / (buckets * bucketVolume) });
  }
  return found;
}
