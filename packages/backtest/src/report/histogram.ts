/** A histogram with edges at round numbers, one of them 0 where the amounts have both signs. */
import type { ReportHistogram } from './report-model.ts';

/** About 30 bins, widths of 1, 2 or 5 times a power of ten; the last bin holds its upper edge. */
export function histogramOf(title: string, unit: string, values: ArrayLike<number>): ReportHistogram {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (!(high >= low)) return { title, unit, edges: [], count: [] };
  const { width, text } = roundWidth(Math.max((high - low) / 30, 1e-9)), first = Math.floor(low / width), bins = Math.max(1, Math.ceil(high / width) - first);
  const count: number[] = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < values.length; i++) count[Math.min(Math.floor(values[i] / width) - first, bins - 1)]++;
  return { title, unit, edges: Array.from({ length: bins + 1 }, (_, k) => Number(((first + k) * width).toFixed(text))), count };
}

/** The smallest 1, 2 or 5 times a power of ten that is not below `least`, and the decimals that it needs. */
function roundWidth(least: number): { width: number; text: number } {
  for (let exponent = -9; ; exponent++) {
    for (const digit of [1, 2, 5]) {
      const width = Number(`${digit}e${exponent}`);
      if (width >= least) return { width, text: Math.max(0, -exponent) };
    }
  }
}
