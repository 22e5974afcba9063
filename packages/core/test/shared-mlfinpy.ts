/** Reads the ticks and expected bars of mlfinpy from the folder `shared` beside the repository. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedJson, sharedPath } from './shared-market.ts';

/** The data lines of a CSV file of the group, split at commas. */
function lines(file: string): string[][] {
  const bytes = readFileSync(sharedPath(`oracles/mlfinpy/${file}`)),
    text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** Nanoseconds of `2011-07-31 22:00:21.079`, which is UTC, with slashes or dashes. */
export function mlfinpyTime(text: string): bigint {
  return BigInt(Date.parse(`${text.replaceAll('/', '-').replace(' ', 'T')}Z`)) * 1_000_000n;
}

export function mlfinpyTicks(file: string): { time: BigInt64Array; price: Float64Array; size: Float64Array } {
  const rows = lines(file);
  return {
    time: BigInt64Array.from(rows, (row) => mlfinpyTime(row[0])),
    price: Float64Array.from(rows, (row) => Number(row[1])),
    size: Float64Array.from(rows, (row) => Number(row[2])),
  };
}

/** One of the cases by the name of its upstream test. */
export function mlfinpyCase(test: string): any {
  return sharedJson('oracles/mlfinpy/expected.json').tests.find((entry: any) => entry.test.endsWith(`.${test}`));
}

/** All information-driven bars by set: close time, one past the last tick, open, high, low, close, volume, bought volume, ticks. */
export function mlfinpyBars(): Map<string, number[][]> {
  const sets = new Map<string, number[][]>();
  for (const [set, time, ...figures] of lines('information_bars.csv.gz')) {
    if (!sets.has(set)) sets.set(set, []);
    sets.get(set)!.push([Number(mlfinpyTime(time)), ...figures.slice(0, 8).map(Number)]);
  }
  return sets;
}
