/** The columns of volume spread analysis from their definitions, each row by itself. */
export interface VolumeSpreadRow {
  readonly volumeRank: number;
  readonly spreadRank: number;
  readonly resultRank: number;
  readonly closeLocation: number;
  readonly trend: number;
}

type Bars = { readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly volume: Float64Array };

/** `range` is the average true range of each row. */
export function volumeSpreadRows({ high, low, close, volume }: Bars, range: Float64Array, window: number, trendPeriod: number): VolumeSpreadRow[] {
  const rank = (values: readonly number[], i: number): number => {
    const past = values.slice(i - window, i);
    if (i < window || past.some(Number.isNaN)) return NaN;
    return past.filter(value => value < values[i]).length / window;
  };
  const spreads = [...high].map((value, i) => value - low[i]), results = [...close].map((value, i) => Math.abs(value - close[i - 1]) / range[i - 1]);
  return results.map((_, i) => ({
    volumeRank: rank([...volume], i), spreadRank: rank(spreads, i), resultRank: rank(results, i),
    closeLocation: (close[i] - low[i] - (high[i] - close[i])) / (high[i] - low[i]), trend: (close[i] - close[i - trendPeriod]) / (range[i - 1] * Math.sqrt(trendPeriod)),
  }));
}
