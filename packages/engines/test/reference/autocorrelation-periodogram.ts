/**
 * The autocorrelation periodogram by its definition, every row anew from sums over whole stretches: J. F. Ehlers, Cycle Analytics for Traders, 2013, listings 7-1, 8-2
 * and 8-3. `firstRow` is the first row with filters of its own, before which they are 0; `roots` exact, or the decimals of the listings.
 */
export interface Roofing { readonly poles: 1 | 2; readonly shortest: number; readonly longest: number; readonly firstRow: number; readonly roots: 'exact' | 'printed' }

export function roofingByRows(close: readonly number[], { poles, shortest, longest, firstRow, roots }: Roofing): number[] {
  const root2 = roots === 'exact' ? Math.SQRT2 : 1414 / 1000, half = roots === 'exact' ? Math.SQRT1_2 : 707 / 1000, pi = roots === 'exact' ? Math.PI : 314_159 / 100_000;
  const turn = ((poles === 2 ? half : 1) * 2 * Math.PI) / longest, alpha = (Math.cos(turn) + Math.sin(turn) - 1) / Math.cos(turn);
  const decay = Math.exp((-root2 * pi) / shortest), second = 2 * decay * Math.cos((root2 * Math.PI) / shortest), third = -decay * decay;
  const high: number[] = [], smooth: number[] = [], at = (values: readonly number[], row: number): number => (row < firstRow ? 0 : values[row]);
  close.forEach((x, row) => {
    high[row] = row < firstRow ? 0
      : poles === 1 ? (1 - alpha / 2) * (x - close[row - 1]) + (1 - alpha) * at(high, row - 1)
      : (1 - alpha / 2) * (1 - alpha / 2) * (x - 2 * close[row - 1] + close[row - 2]) + 2 * (1 - alpha) * at(high, row - 1) - (1 - alpha) * (1 - alpha) * at(high, row - 2);
    smooth[row] = row < firstRow ? 0 : ((1 - second - third) * (high[row] + at(high, row - 1))) / 2 + second * at(smooth, row - 1) + third * at(smooth, row - 2);
  });
  return smooth;
}

/** Pearson's correlation of `count` values that end at `row` with those that end `lag` rows before, about their means; NaN where one side does not vary. */
export function correlationByRows(values: readonly number[], row: number, lag: number, count: number): number {
  let meanX = 0, meanY = 0, cross = 0, squaresX = 0, squaresY = 0;
  for (let k = 0; k < count; k++) {
    meanX += values[row - k] / count;
    meanY += values[row - lag - k] / count;
  }
  for (let k = 0; k < count; k++) {
    const x = values[row - k] - meanX, y = values[row - lag - k] - meanY;
    cross += x * y;
    squaresX += x * x;
    squaresY += y * y;
  }
  return squaresX > 0 && squaresY > 0 ? cross / Math.sqrt(squaresX * squaresY) : NaN;
}

export interface Periodogram { readonly shortest: number; readonly longest: number; readonly averaging: number; readonly circle: 'full360' | 'legacy370' }

/** Period and share of every row; the first number of `close` is row 0. */
export function periodogramByRows(close: readonly number[], { shortest, longest, averaging, circle }: Periodogram): { period: number; share: number }[] {
  const values = roofingByRows(close, { poles: 2, shortest, longest, firstRow: 2, roots: 'exact' }), circleLength = circle === 'full360' ? 2 * Math.PI : (37 * Math.PI) / 18;
  const smoothed = new Map<number, number>();
  let peak = 0;
  return close.map((_, row) => {
    if (row < 2 * longest + 2) return { period: NaN, share: NaN };
    const lags = Array.from({ length: longest + 1 }, (_, lag) => correlationByRows(values, row, lag, averaging || lag) || 0);
    for (let period = shortest; period <= longest; period++) {
      let cosine = 0, sine = 0;
      for (let lag = 3; lag <= longest; lag++) {
        cosine += lags[lag] * Math.cos((circleLength * lag) / period);
        sine += lags[lag] * Math.sin((circleLength * lag) / period);
      }
      const power = cosine * cosine + sine * sine;
      smoothed.set(period, 0.2 * power * power + 0.8 * (smoothed.get(period) ?? 0));
    }
    const powers = [...smoothed], largest = Math.max(...smoothed.values());
    peak = Math.max(0.995 * peak, largest);
    if (row < 3 * longest - 1) return { period: NaN, share: NaN };
    const strong = powers.filter(([, power]) => power / peak >= 0.5), weight = strong.reduce((sum, [, power]) => sum + power, 0);
    return { period: strong.reduce((sum, [period, power]) => sum + period * power, 0) / weight, share: largest / powers.reduce((sum, [, power]) => sum + power, 0) };
  });
}
