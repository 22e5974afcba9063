/** Bars for the tests of spread and impact estimators. */
import { randomStream } from '@zanzibar/core';
import { csvColumns, sharedText } from './oracles.ts';

/** The 1,000 dollar bars of mlfinlab's and mlfinpy's sample; undefined where `../shared` is absent. */
export function dollarBars(): { high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array; turnover: Float64Array } | undefined {
  const text = sharedText('oracles/mlfinpy/dollar_bar_sample.csv.gz');
  if (text === undefined) return undefined;
  const { high, low, close, cum_vol: volume, cum_dollar: turnover } = csvColumns(text);
  return { high, low, close, volume, turnover };
}

/** A walk with ties, in hundredths. */
export function walk(seed: number, rows: number): { high: number[]; low: number[]; close: number[]; volume: number[] } {
  const random = randomStream(seed, 'walk'), result = { high: [] as number[], low: [] as number[], close: [] as number[], volume: [] as number[] };
  for (let i = 0, cents = 10_000; i < rows; i++) {
    const move = random.integer(-30, 30), last = cents + (random.uniform() < 0.2 ? 0 : move), gap = random.uniform() < 0.2 ? random.integer(-80, 80) : 0;
    result.high.push((Math.max(cents, last) + gap + random.integer(1, 20)) / 100);
    result.low.push((Math.min(cents, last) + gap - random.integer(1, 20)) / 100);
    result.close.push((last + gap) / 100);
    result.volume.push(random.integer(1, 900));
    cents = last + gap;
  }
  return result;
}

export function columnsOf(rows: { readonly [name: string]: readonly number[] }): any {
  return Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, Float64Array.from(values)]));
}
